"""What belongs together in a question, and what a question about somebody else's mail tells."""

from __future__ import annotations

from typing import Any

from lkc.ordering.facts import orders_naming
from lkc.world.session import Access
from tests.builders import (
    ANN,
    BOB,
    account_of,
    book,
    create_customer,
    expect_problem,
    licenses,
    mails,
    person,
    submitted,
)
from tests.explain.asking import explained
from tests.onetrust.products.site import onetrust
from tests.wire import PRODUCER, Wire

EVE = {"contact": person("eve@b.example"), "registered_end_users": [person("eve@b.example")]}


def test_parts_that_do_not_belong_together_are_refused(wire: Wire) -> None:
    """Both are named, and where the first belongs; a booked order belongs to the account that it will come onto."""
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
        refused = expect_problem(wire.control("POST", "/explain", subject), 422, "not-connected")
        discreet = expect_problem(wire.control("POST", "/explain", {"email": BOB, **subject}), 422, "not-connected")
        assert set(refused["fields"]) == set(subject)
        assert all(value in refused["detail"] for value in subject.values())
        assert refused["detail"].startswith(discreet["detail"].rstrip("."))
        assert len(refused["detail"]) > len(discreet["detail"])
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


def test_a_token_and_an_order_of_different_companies_are_refused(wire: Wire) -> None:
    """Who asks for himself is not told whose they are; a token of one company's other number belongs to both."""
    mine = submitted(wire, lines=[onetrust()])["order_number"]
    create_customer(wire, "0090001", "Others")
    theirs = submitted(wire, icn="0090001", lines=[onetrust()], **EVE)["order_number"]
    create_customer(wire, "0090002", "Acme Bearings, the Other Number")
    second = submitted(wire, icn="0090002", lines=[onetrust()])["order_number"]
    tokens = {one["icn"]: one["token"] for one in wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))}
    account = tokens["0012345"]

    told = expect_problem(
        wire.control("POST", "/explain", {"token": account, "order_number": theirs}), 422, "not-connected"
    )
    asked = {"email": "eve@b.example", "token": account, "order_number": theirs}
    discreet = expect_problem(wire.control("POST", "/explain", asked), 422, "not-connected")

    assert "ICN 0012345" in told["detail"]
    assert "ICN 0090001" in told["detail"]
    assert "ICN" not in discreet["detail"]
    assert explained(wire, token=account, order_number=mine)
    assert explained(wire, token=account, order_number=second)


def test_a_mail_and_another_order_are_refused(wire: Wire) -> None:
    """A mail is about one order."""
    first, second = submitted(wire)["order_number"], submitted(wire)["order_number"]
    about = next(one for one in mails(wire, to=ANN) if second in one["subject"] + one["text"])

    refused = expect_problem(
        wire.control("POST", "/explain", {"message_id": about["id"], "order_number": first}), 422, "not-connected"
    )

    assert f"is about order {second}" in refused["detail"]
    assert explained(wire, message_id=about["id"], order_number=second)


def test_a_stranger_learns_no_customer_number_by_a_token(wire: Wire) -> None:
    """He is told what becomes of the token, and neither whose it is nor who else is meant."""
    number = submitted(wire, lines=[onetrust()])["order_number"]
    [token] = [one["token"] for one in wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))]

    told = explained(wire, email="nobody@elsewhere.example", token=token)
    to_ann = explained(wire, email=ANN, token=token)

    assert told
    assert not any(word in str(told) for word in ("0012345", ANN, number))
    assert "0012345" in str(to_ann)
