"""What belongs together in a question, and what a question about somebody else's mail tells."""

from __future__ import annotations

from typing import Any

from lkc.ordering.facts import orders_naming
from lkc.world.session import Access
from tests.builders import ANN, BOB, account_of, book, expect_problem, licenses, mails, person, submitted
from tests.explain.asking import explained
from tests.wire import Wire

EVE = {"contact": person("eve@b.example"), "registered_end_users": [person("eve@b.example")]}


def test_parts_that_do_not_belong_together_are_refused(wire: Wire) -> None:
    """Both fields are named; a booked order belongs to the account that it will come onto."""
    first, second = submitted(wire)["order_number"], submitted(wire, customer_name="B", **EVE)["order_number"]
    booked = book(wire, customer_name="B", **EVE)["order_number"]
    account, license_ = account_of(wire, first), licenses(wire, first)[0]["license_id"]
    other = account_of(wire, second)
    apart: list[dict[str, Any]] = [
        {"order_number": second, "license_id": license_},
        {"order_number": second, "account_id": account},
        {"license_id": license_, "account_id": other},
        {"order_number": booked, "account_id": account},
    ]

    for subject in apart:
        refused = expect_problem(wire.control("POST", "/explain", subject), 422, "validation")
        assert {mistake["field"] for mistake in refused["errors"]} == set(subject)
    assert explained(wire, order_number=booked, account_id=other)
    assert explained(wire, order_number=first, account_id=account, license_id=license_)
    assert "on-another-account" in explained(wire, email=ANN, order_number=second)


def test_the_mail_of_somebody_else_does_not_tell_to_whom_it_went(wire: Wire) -> None:
    """Its fate is told, and that it went to another address; without an asker it is told as it is."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": BOB})
    number = submitted(wire, contact=person(BOB), registered_end_users=[person(BOB)])["order_number"]
    mail = mails(wire, to=BOB)[0]["id"]

    told = explained(wire, email=ANN, message_id=mail)["mail-bounced"]
    to_anybody = explained(wire, message_id=mail)["mail-bounced"]

    assert BOB not in str(told)
    assert number not in str(told)
    assert "went to another address, and came back" in told["statement"]
    assert BOB in to_anybody["statement"]


def test_the_orders_of_a_person_are_found_by_an_index(wire: Wire) -> None:
    """In whatever letter case they name him, and without a look at every order."""
    numbers = [submitted(wire, contact=person(ANN.upper()), registered_end_users=[])["order_number"]]
    numbers.append(submitted(wire, contact=person(BOB))["order_number"])
    statements: list[str] = []

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        world.driver.set_trace_callback(statements.append)
        found = orders_naming(world, ANN)
        world.driver.set_trace_callback(None)
        plans = [row[3] for sql in statements for row in world.driver.execute(f"EXPLAIN QUERY PLAN {sql}")]

    assert found == sorted(numbers)
    assert any("ix_ordering_order_contact" in step for step in plans)
    assert any("ix_ordering_end_user_mailbox" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN") or "TEMP B-TREE" in step] == []
