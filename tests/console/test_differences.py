"""Two worlds side by side on the trainer's desk."""

from __future__ import annotations

from tests.builders import book
from tests.console.walking import at_desk
from tests.wire import Wire


def test_differences_stand_under_their_systems_with_before_and_after(wire: Wire) -> None:
    """In words; equal worlds are said to be equal."""
    store, other = wire.landscape.store, f"{wire.world}-other"
    store.fork(wire.world, other)
    page = f"/desk/worlds/diff?one={other}&other={wire.world}"
    assert "Equal" in at_desk(wire, page).text

    book(wire, purchase_order="<script>alert(1)</script>")

    reader = at_desk(wire, page)
    assert "Order system" in reader.text
    assert "nothing" in reader.text
    assert "order 0005283 booked" in reader.text
    assert "&lt;script&gt;alert(1)" in reader.html
    assert "<script>alert" not in reader.html
    store.delete(other)


def test_long_lists_are_cut_and_the_rest_is_counted(wire: Wire) -> None:
    """200 are shown."""
    store, other = wire.landscape.store, f"{wire.world}-demo"
    wire.control("POST", "/worlds", {"name": other, "from": "demo"})
    for number in range(220):
        wire.post("/mail/api/v1/messages", f"From: a@x.example\r\nTo: b@x.example\r\n\r\n{number}".encode())

    text = at_desk(wire, f"/desk/worlds/diff?one={wire.world}&other={other}").text

    assert "The first 200 are shown" in text
    store.delete(other)


def test_without_two_worlds_that_there_are_nothing_is_compared(wire: Wire) -> None:
    """None named, and one that there is not."""
    assert "Choose two worlds" in at_desk(wire, "/desk/worlds/diff").text
    reader = at_desk(wire, f"/desk/worlds/diff?one={wire.world}&other=nobody", 404)
    assert "no world named 'nobody'" in reader.text
    assert "GET /_sim" not in reader.text
