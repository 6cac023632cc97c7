"""What a resubmitted order changes on the members of an account, and that the timeline tells it."""

from __future__ import annotations

from typing import Any

from tests.builders import ANN, BOB, account_of, change, members, person, submit, submitted
from tests.wire import PRODUCER, Wire


def name_of(wire: Wire, account: str, email: str = ANN) -> str:
    """The name of a member."""
    found = wire.value(wire.get(f"/lkc/api/v1/accounts/{account}/members", PRODUCER))
    name: str = next(entry["name"] for entry in found if entry["email"] == email)
    return name


def changed(wire: Wire) -> list[str]:
    """The addresses of members who were changed, oldest first."""
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    return [event["subject"]["email"] for event in events if event["kind"] == "member-changed"]


def resubmitted(wire: Wire, number: str, **changes: Any) -> None:
    """Changes an order and submits it again."""
    change(wire, number, **changes)
    submit(wire, number)


def test_a_name_follows_the_resubmitted_order(wire: Wire) -> None:
    """A member whose name the order has changed has the new one; the address, in any letter case, tells who it is."""
    number = submitted(wire, registered_end_users=[person(ANN, "Ann Old"), person(BOB)])["order_number"]

    resubmitted(wire, number, registered_end_users=[person(ANN.upper(), "Ann New"), person(BOB)])

    assert name_of(wire, account_of(wire, number)) == "Ann New"
    assert changed(wire) == [ANN]


def test_a_name_that_the_order_did_not_change_stays(wire: Wire) -> None:
    """What an administrator wrote on the account outlasts a resubmission with the old name, and another order's."""
    number = submitted(wire, registered_end_users=[person(ANN, "Ann Old")])["order_number"]
    account = account_of(wire, number)
    wire.value(wire.patch(f"/lkc/api/v1/accounts/{account}/members/{ANN}", {"name": "Dr. Ann"}, PRODUCER))

    resubmitted(wire, number, purchase_order="PO-2")
    submitted(wire, registered_end_users=[person(ANN, "A. Other")])

    assert name_of(wire, account) == "Dr. Ann"
    assert changed(wire) == [ANN]


def test_a_promotion_is_on_the_timeline(wire: Wire) -> None:
    """Who becomes administrator because an order took the last one away is told as a changed member."""
    number = submitted(wire, registered_end_users=[person(ANN), person(BOB)])["order_number"]

    resubmitted(wire, number, registered_end_users=[person(BOB)])

    assert members(wire, account_of(wire, number)) == {BOB: "administrator"}
    assert changed(wire) == [BOB]


def test_a_patch_that_changes_nothing_is_not_on_the_timeline(wire: Wire) -> None:
    """An empty body, the same name and the same role leave no event; a real change leaves one."""
    account = account_of(wire, submitted(wire)["order_number"])
    path = f"/lkc/api/v1/accounts/{account}/members/{ANN}"

    for same in ({}, {"name": "Ann"}, {"role": "administrator"}, {"name": "Ann", "role": "administrator"}):
        assert wire.value(wire.patch(path, same, PRODUCER))["name"] == "Ann"

    assert changed(wire) == []
    wire.value(wire.patch(path, {"name": "Ann B.", "role": "administrator"}, PRODUCER))
    assert changed(wire) == [ANN]
