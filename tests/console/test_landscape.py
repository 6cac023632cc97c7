"""The map of the landscape: what it shows of each system, and what travelled last."""

from __future__ import annotations

from lkc.app import SYSTEMS
from lkc.world.system import Entrance
from tests.builders import book, create_customer
from tests.reader import Reader
from tests.wire import PRODUCER, Wire


def test_every_arrow_and_every_entrance_is_on_the_map(wire: Wire) -> None:
    """What systems state is drawn, wide and narrow; each node leads to its system's entrance."""
    reader = Reader(wire.landscape, wire.world).open("/")

    for system in SYSTEMS:
        assert isinstance(system.entrance, Entrance)
        assert reader.html.count(f'href="/w/{wire.world}{system.entrance.path}" class="map-node') == 2
        assert system.summary in reader.text
        for route in system.routes:
            assert reader.html.count(f'data-arrow="{route.start or system.id} {route.to}"') >= 2
    assert reader.html.count("data-arrow=") == 2 * sum(len(system.routes) for system in SYSTEMS)


def test_an_arrow_tells_what_last_travelled_along_it(wire: Wire) -> None:
    """Of an order that was submitted: the order document, and both mails, each leading to its event."""
    reader = Reader(wire.landscape, wire.world)
    assert "Nothing has travelled in this world yet." in reader.open("/").text
    create_customer(wire)
    number = book(wire)["order_number"]
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/submit", auth=PRODUCER))

    reader.open("/")
    links = reader.parsed.links
    received = next(label for label in links if label.startswith(f"Order {number} was received"))
    assert sum(label.startswith("Mail ") and "delivered." in label for label in links) >= 2
    assert "1 order" in reader.text

    reader.follow(received)
    assert received.partition(".")[0] in reader.text
    assert f'id="event-{links[received].partition("#event-")[2]}"' in reader.html


def test_an_order_document_that_was_lost_is_told_on_its_arrow(wire: Wire) -> None:
    """It never arrived, so the order system's own entry is the last that is known of it."""
    create_customer(wire)
    number = book(wire)["order_number"]
    wire.control("POST", "/faults", {"kind": "feed-lost", "to": "keycenter"})
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/submit", auth=PRODUCER))

    assert f"Order document {number} to keycenter: lost." in Reader(wire.landscape, wire.world).open("/").text


def test_faults_on_order_stand_at_their_system(wire: Wire) -> None:
    """One that acts everywhere stands at each; one that has acted as often as ordered is gone."""
    reader = Reader(wire.landscape, wire.world)
    assert "fault" not in reader.open("/").text
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": "ann@acme.example"})

    assert "1 fault on order" in reader.open("/").text

    wire.control("POST", "/faults", {"kind": "latency", "system": "*", "ms": 1})
    text = reader.open("/").text
    assert "2 faults on order" in text
    assert text.count("1 fault on order") == len(SYSTEMS) - 1
    badge = f'<a class="map-fault" href="/w/{wire.world}/desk/faults" aria-label="2 faults on order in Mail">'
    assert badge in reader.html
