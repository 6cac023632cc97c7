"""The timeline on a page."""

from __future__ import annotations

import pytest
from werkzeug.test import Client

from lkc.world.session import Access
from tests.builders import book, create_customer
from tests.console.walking import at_desk
from tests.wire import PRODUCER, Wire

HOSTILE = "<script>alert(1)</script> & Söhne " + "x" * 60


def test_a_world_without_events_says_where_they_come_from(wire: Wire) -> None:
    """An empty page is no dead end."""
    assert "Nothing has happened in this world yet" in at_desk(wire, "/desk/timeline").text


def test_the_latest_exchange_comes_first_and_reads_from_cause_to_effect(wire: Wire) -> None:
    """A submission: the order system first, then what it led to; world time between exchanges is told."""
    create_customer(wire)
    number = book(wire)["order_number"]
    wire.control("POST", "/clock/advance", {"days": 3})
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/submit", auth=PRODUCER))

    text = at_desk(wire, "/desk/timeline").text
    places = [text.index(part) for part in (f"{number} was submitted", f"{number} was received", "3 days later")]
    assert places == sorted(places)
    assert text.index("3 days later") < text.index("is booked")
    assert "lane-link" in at_desk(wire, "/desk/timeline").html


def test_events_lead_to_their_exchange(wire: Wire) -> None:
    """One click away."""
    create_customer(wire)
    reader = at_desk(wire, "/desk/timeline")
    reader.follow("Exchange")

    assert "POST /ordering/api/v1/customers" in reader.text


def test_it_is_searched_by_system_and_text(wire: Wire) -> None:
    """What is searched for stays in the fields; what cannot be meant is left out."""
    create_customer(wire)
    wire.control("POST", "/clock/advance", {"days": 3})

    assert "is customer" in at_desk(wire, "/desk/timeline?system=ordering").text
    assert "The clock shows 2014" not in at_desk(wire, "/desk/timeline?system=ordering").text
    assert "is customer" not in at_desk(wire, "/desk/timeline?q=THE+CLOCK").text
    assert "Nothing that fits" in at_desk(wire, "/desk/timeline?q=%25").text
    assert "is customer" in at_desk(wire, "/desk/timeline?system=nowhere&before=soon").text
    assert "Nothing happened before that" in at_desk(wire, "/desk/timeline?before=1").text


def test_a_long_timeline_comes_in_pages(wire: Wire) -> None:
    """Every event is on exactly one of them."""
    for number in range(130):
        wire.control("POST", "/clock/advance", {"minutes": number})
    reader, seen = at_desk(wire, "/desk/timeline"), list[str]()
    for _ in range(10):
        seen += [part.partition('"')[0] for part in reader.html.split('id="event-')[1:]]
        if "Next page" not in reader.parsed.links:
            break
        reader.follow("Next page")

    assert seen == [str(number) for number in range(130, 0, -1)]


def test_a_search_through_a_long_timeline_goes_on_where_it_ended(wire: Wire) -> None:
    """It looks through 20,000 events at once, and says so."""
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        world.record("world", "noted", "The first of all.")
        for _ in range(20_500):
            world.record("world", "noted", "One of many.")
    reader = at_desk(wire, "/desk/timeline?q=first")
    assert "among the latest 20,000 events" in reader.text

    assert "The first of all." in reader.follow("Next page").text


def test_what_people_have_written_is_shown_as_text(wire: Wire) -> None:
    """Names may hold anything."""
    wire.value(
        wire.post(
            "/ordering/api/v1/customers", {"icn": "0000001", "name": HOSTILE, "country": "DE"}, ("producer",) * 2
        ),
        201,
    )

    reader = at_desk(wire, "/desk/timeline")
    assert "<script>alert" not in reader.html
    assert HOSTILE in reader.text


def test_open_pages_are_told_that_something_happened(wire: Wire) -> None:
    """By a stream of their own that asks for no token: at once where things stand, and at each change."""
    answer = Client(wire.landscape).get(f"/w/{wire.world}/desk/timeline/news", buffered=False)
    parts = answer.iter_encoded()
    assert answer.mimetype == "text/event-stream"

    told = [next(parts), next(parts)]
    create_customer(wire)
    told.append(next(part for part in parts if b"data" in part))
    answer.close()

    ends = [part.split()[-1] for part in told[1:]]
    assert ends == [b"0", b"1"]


@pytest.mark.parametrize("path", ["/desk/timeline", "/desk/exchanges"])
def test_pages_of_the_desk_show_the_clock(wire: Wire, path: str) -> None:
    """Wherever one is."""
    assert "+1 day" in at_desk(wire, path).text
