"""Emptying all mailboxes in the browser."""

from __future__ import annotations

from tests.builders import BOB, person, submitted
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

FORGED = b"From: Key Team <ibmss@flexnetoperations.com>\r\nTo: ann@acme.example\r\n\r\nHello.\r\n"


def test_all_mailboxes_are_emptied_once_that_is_confirmed(wire: Wire) -> None:
    """What is to go is counted before; only mails go."""
    submitted(wire, contact=person(BOB))

    reader = Reader(wire.landscape, wire.world).open("/mail/").follow("Empty all mailboxes")
    assert "All 2 mails of this world, to 2 addresses, are deleted" in reader.text
    assert len(wire.value(wire.get("/mail/api/v1/messages"))) == 2
    reader.submit("Empty all mailboxes")

    assert "All mailboxes are empty: 2 mails deleted." in reader.text
    assert wire.value(wire.get("/mail/api/v1/messages")) == []
    assert wire.value(wire.get("/lkc/api/v1/orders", PRODUCER)) != []


def test_empty_mailboxes_are_not_emptied(wire: Wire) -> None:
    """There is nothing to confirm, and nowhere a button; one mail is counted as one."""
    reader = Reader(wire.landscape, wire.world)
    assert "Empty all mailboxes" not in reader.open("/mail/").parsed.links
    assert reader.open("/mail/empty").parsed.forms == []
    wire.value(wire.call("POST", "/mail/api/v1/messages", FORGED), 201)

    assert "The one mail of this world is deleted" in reader.open("/mail/empty").text
