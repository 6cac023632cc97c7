"""What was called in a world, on pages."""

from __future__ import annotations

from contextlib import suppress

from tests.builders import create_customer
from tests.console.walking import at_desk
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

ORDERS = "/ordering/api/v1/orders"


def test_a_world_in_which_nothing_was_called_says_so(wire: Wire) -> None:
    """Calls of the simulator itself do not count, unless one asks for them."""
    reader = at_desk(wire, "/desk/exchanges")
    assert "Nothing was called yet" in reader.text

    assert "/desk/exchanges" in reader.open("/desk/exchanges?own=1").parsed.links.popitem()[1]


def test_exchanges_are_found_by_method_path_and_status(wire: Wire) -> None:
    """The latest first; a status may be a class of them."""
    create_customer(wire)
    wire.get(f"{ORDERS}/0000000", auth=PRODUCER)

    both = at_desk(wire, "/desk/exchanges").text
    assert both.index(f"{ORDERS}/0000000") < both.index("/ordering/api/v1/customers")
    for query, is_there in (
        ("status=4xx", True),
        ("status=404", True),
        ("status=2xx", False),
        ("method=GET", True),
        ("method=POST", False),
        ("path=/orders/", True),
        ("path=/licenses", False),
    ):
        assert (f"{ORDERS}/0000000" in at_desk(wire, f"/desk/exchanges?{query}").text) is is_there, query
    assert "Nothing that fits" in at_desk(wire, "/desk/exchanges?path=/licenses").text
    assert "Give a status such as 409 or 4xx." in at_desk(wire, "/desk/exchanges?status=often").text


def test_an_exchange_shows_both_sides_and_what_happened_by_it(wire: Wire) -> None:
    """Headers and bodies as they are kept, JSON for reading, secrets blotted out."""
    create_customer(wire)
    made = wire.post(
        ORDERS + "?submit=false",
        {
            "icn": "0012345",
            "purchase_order": "PO-1",
            "contact": {"name": "B", "email": "b@acme.example"},
            "lines": [{"part_number": "D0G04LL", "quantity": 1, "expiration_date": "31-DEC-2014"}],
        },
        PRODUCER,
        headers={"X-Request-Id": "demo.1"},
    )
    assert made.status_code == 201, made.text

    text = at_desk(wire, "/desk/exchanges/demo.1").text
    assert "POST /ordering/api/v1/orders" in text
    assert "201 Created" in text
    assert "?submit=false" in text
    assert "Basic ***" in text
    assert '"purchase_order": "PO-1"' in text
    assert "is booked." in text


def test_what_a_call_led_to_stands_with_it(wire: Wire) -> None:
    """A product that retrieves calls the token service from within; a fault is marked."""
    installation = wire.value(
        wire.post("/products/api/v1/installations", {"kind": "siteprotector", "name": "SP", "version": "2.9"}), 201
    )["id"]
    create_customer(wire)
    token = wire.value(wire.post("/onetrust/api/v1/tokens", {"icn": "0012345"}, PRODUCER), 201)["token"]
    wire.post(f"/products/api/v1/installations/{installation}/tokens", {"token": token})
    wire.control("POST", "/faults", {"kind": "latency", "system": "onetrust", "ms": 1})
    wire.post(f"/products/api/v1/installations/{installation}/retrieve", headers={"X-Request-Id": "demo-2"})

    text = at_desk(wire, "/desk/exchanges/demo-2").text
    assert text.index("/retrieve") < text.index("Called from within") < text.index(f"/tokens/{token}/entitlements")
    assert "fault: latency" in text
    assert "fault: latency" in at_desk(wire, "/desk/exchanges").text


def test_a_dropped_connection_is_told(wire: Wire) -> None:
    """It has no status."""
    wire.control("POST", "/faults", {"kind": "drop-connection", "system": "mail"})
    with suppress(ConnectionResetError):
        wire.get("/mail/api/v1/messages", headers={"X-Request-Id": "demo-3"})

    assert "connection dropped" in at_desk(wire, "/desk/exchanges/demo-3").text
    assert "dropped" in at_desk(wire, "/desk/exchanges").text


def test_long_and_streamed_bodies_say_that_they_are_not_all(wire: Wire) -> None:
    """Only the beginning is kept."""
    wire.post("/mail/api/v1/messages", b"From: a@b.example\r\nTo: c@d.example\r\n\r\n" + b"x" * 20_000,
              headers={"Content-Type": "message/rfc822", "X-Request-Id": "demo-4"})  # fmt: skip

    assert "The beginning of 20,0" in at_desk(wire, "/desk/exchanges/demo-4").text


def test_what_the_journal_has_lost_says_why(wire: Wire) -> None:
    """The events stay; an exchange that never was is not found."""
    create_customer(wire)
    path = next(link for label, link in at_desk(wire, "/desk/exchanges").parsed.links.items() if "customers" in label)
    wire.control("DELETE", "/requests")

    reader = at_desk(wire, "/desk/exchanges").open(path)
    assert "does not hold this exchange any more" in reader.text
    assert "is customer" in reader.text
    Reader(wire.landscape, wire.world).open("/desk/exchanges/never-was", 404)


def test_a_refused_call_caused_nothing(wire: Wire) -> None:
    """Which is said."""
    wire.get(f"{ORDERS}/0000000", auth=PRODUCER, headers={"X-Request-Id": "demo-5"})

    assert "Nothing: it only looked, or was refused." in at_desk(wire, "/desk/exchanges/demo-5").text
