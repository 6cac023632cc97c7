"""One person under two addresses of an order, and mails that went to somebody else."""

from __future__ import annotations

from tests.builders import ANN, BOB, mails, person, submitted
from tests.explain.asking import cure, explained
from tests.wire import Wire

WRONG = "anne@acme.example"


def misspelt(wire: Wire) -> str:
    """An order with Ann as contact and, under a wrong address, as registered end user; its number."""
    number: str = submitted(wire, registered_end_users=[person(WRONG, "ann")])["order_number"]
    return number


def test_the_key_center_knows_a_person_by_the_address_on_file_only(wire: Wire) -> None:
    """An address that differs from that of the contact of the same name is the cause, and is put right by its cure."""
    number = misspelt(wire)

    found = explained(wire, email=ANN)

    assert list(found) == ["address-differs", "not-registered"]
    assert WRONG in found["address-differs"]["statement"]
    cure(wire, found["address-differs"])
    assert mails(wire, to=ANN, subject="can be generated")[0]["status"] == "delivered"
    assert list(explained(wire, email=ANN, order_number=number)) == ["license-ready"]


def test_a_bounced_mail_goes_to_the_other_address_of_the_person(wire: Wire) -> None:
    """What bounced at a misspelt address is cured by the address that the order has for the contact."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": WRONG})
    number = misspelt(wire)

    found = explained(wire, order_number=number)

    assert list(found) == ["mail-bounced"]
    cure(wire, found["mail-bounced"])
    assert mails(wire, to=ANN, subject="can be generated")[0]["status"] == "delivered"
    assert list(explained(wire, order_number=number)) == ["license-ready"]


def test_a_contact_is_told_of_the_mails_to_others(wire: Wire) -> None:
    """A contact who is no registered end user learns that the second mail bounced where it went."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": BOB})
    number = submitted(wire, registered_end_users=[person(BOB)])["order_number"]

    found = explained(wire, email=ANN, order_number=number)

    assert list(found) == ["mail-bounced", "not-on-order", "not-registered"]
