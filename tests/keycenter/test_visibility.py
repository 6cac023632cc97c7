"""A member sees the union of his accounts, and not one thing more."""

from __future__ import annotations

import pytest

from tests.builders import (
    ANN,
    BOB,
    account_of,
    change,
    create_customer,
    expect_problem,
    licenses,
    members,
    person,
    submit,
    submitted,
    with_password,
)
from tests.wire import PRODUCER, Wire

EVE = "eve@evil.example"
OTHER_ICN = "0054321"


def orders_of(wire: Wire, auth: tuple[str, str] | str) -> list[str]:
    """The order numbers that a caller sees."""
    return [entry["order_number"] for entry in wire.value(wire.get("/lkc/api/v1/orders", auth))]


def two_customers(wire: Wire) -> tuple[str, str]:
    """An order of Ann's and one of Eve's, on accounts of different ICNs."""
    create_customer(wire, OTHER_ICN, "Evil Corp")
    mine = submitted(wire)
    theirs = submitted(wire, icn=OTHER_ICN, contact=person(EVE), registered_end_users=[person(EVE)])
    return mine["order_number"], theirs["order_number"]


def test_a_member_sees_only_his_own_orders(wire: Wire) -> None:
    """Orders of another ICN are on another account and not in the list."""
    mine, _ = two_customers(wire)

    assert orders_of(wire, with_password(wire)) == [mine]


def test_a_foreign_and_an_unknown_id_give_the_same_answer_on_every_path(wire: Wire) -> None:
    """Nobody can tell whether what is not his exists."""
    _, theirs = two_customers(wire)
    ann = with_password(wire)
    their_license = licenses(wire, theirs)[0]["license_id"]
    wire.post(f"/lkc/api/v1/licenses/{their_license}/generate", {}, PRODUCER)
    their_account = account_of(wire, theirs)
    paths = [
        ("GET", "/lkc/api/v1/orders/{}/licenses", theirs, None),
        ("GET", "/lkc/api/v1/licenses/{}", their_license, None),
        ("GET", "/lkc/api/v1/licenses/{}/file", their_license, None),
        ("POST", "/lkc/api/v1/licenses/{}/generate", their_license, {}),
        ("GET", "/lkc/api/v1/accounts/{}/members", their_account, None),
        ("POST", "/lkc/api/v1/accounts/{}/members", their_account, person("new@acme.example")),
        ("PATCH", "/lkc/api/v1/accounts/{}/members/eve@evil.example", their_account, {"name": "E"}),
        ("DELETE", "/lkc/api/v1/accounts/{}/members/eve@evil.example", their_account, None),
    ]
    for method, path, foreign, body in paths:
        there = expect_problem(wire.call(method, path.format(foreign), body, ann), 404, "not-visible")
        nowhere = expect_problem(wire.call(method, path.format("nothing"), body, ann), 404, "not-visible")
        assert there == nowhere
        assert there["question"] == 12


def test_another_customer_name_under_the_same_icn_is_another_account(wire: Wire) -> None:
    """Q12: one ICN, two customer names, two accounts."""
    first = submitted(wire)
    second = submitted(wire, customer_name="Acme Holding GmbH", registered_end_users=[person(BOB)])

    assert account_of(wire, first["order_number"]) != account_of(wire, second["order_number"])
    assert orders_of(wire, with_password(wire)) == [first["order_number"]]
    assert orders_of(wire, with_password(wire, BOB)) == [second["order_number"]]


def test_later_orders_come_onto_the_same_account(wire: Wire) -> None:
    """Orders of the same ICN and customer name are consolidated."""
    first, second = submitted(wire), submitted(wire)

    assert account_of(wire, first["order_number"]) == account_of(wire, second["order_number"])


def test_joining_shows_the_union_of_both_accounts(wire: Wire) -> None:
    """Q12 cured: after joining the other account, both accounts' orders are in the list."""
    mine, theirs = two_customers(wire)
    ann = with_password(wire)
    body = {"account_id": account_of(wire, theirs), "sales_order_number": theirs, "email": ANN, "name": "Ann"}

    wire.value(wire.post("/lkc/api/v1/join", body), 201)

    assert orders_of(wire, ann) == sorted([mine, theirs])


def test_a_removed_end_user_keeps_nothing(wire: Wire) -> None:
    """Taken off the order and resubmitted, he sees nothing any more: no order, no file, no session."""
    order = submitted(wire, registered_end_users=[person(ANN), person(BOB)])
    number = order["order_number"]
    bob = with_password(wire, BOB)
    token = wire.value(wire.post("/lkc/api/v1/session", {"email": BOB, "password": bob[1]}), 201)["token"]
    wire.post("/lkc/api/v1/password-finder", {"email": BOB})
    license_id = licenses(wire, number, bob)[0]["license_id"]
    wire.value(wire.post(f"/lkc/api/v1/licenses/{license_id}/generate", {}, bob), 201)

    change(wire, number, registered_end_users=[person(ANN)])
    assert wire.get(f"/lkc/api/v1/licenses/{license_id}/file", token).status_code == 200
    submit(wire, number)

    for auth in (bob, token):
        for path in (
            "/lkc/api/v1/orders",
            f"/lkc/api/v1/licenses/{license_id}/file",
            f"/lkc/api/v1/licenses/{license_id}",
        ):
            expect_problem(wire.get(path, auth), 401, "invalid-credentials")
    link = wire.value(wire.get(f"/mail/api/v1/messages?to={BOB}&subject=Password"))[0]["links"][0]
    body = {"token": link.rpartition("/")[2], "password": "another one"}
    expect_problem(wire.post("/lkc/api/v1/password", body), 410, "password-link-expired")
    assert list(members(wire, account_of(wire, number))) == [ANN]


def test_a_removed_end_user_stays_while_another_order_names_him(wire: Wire) -> None:
    """Membership by orders is the union of the orders of the account."""
    first = submitted(wire, registered_end_users=[person(ANN), person(BOB)])
    submitted(wire, registered_end_users=[person(BOB)])

    change(wire, first["order_number"], registered_end_users=[person(ANN)])
    submit(wire, first["order_number"])

    assert members(wire, account_of(wire, first["order_number"])) == {ANN: "administrator", BOB: "member"}


def test_who_joined_by_himself_is_not_removed_by_orders(wire: Wire) -> None:
    """A resubmission takes away only whom orders had brought."""
    order = submitted(wire)
    number, account = order["order_number"], account_of(wire, order["order_number"])
    wire.post("/lkc/api/v1/join", {"account_id": account, "sales_order_number": number, "email": BOB, "name": "Bob"})

    submit(wire, number)

    assert members(wire, account) == {ANN: "administrator", BOB: "member"}


def test_an_account_that_loses_its_administrator_by_an_order_gets_the_next(wire: Wire) -> None:
    """An account with members is never without an administrator."""
    order = submitted(wire, registered_end_users=[person(ANN), person(BOB)])
    number = order["order_number"]

    change(wire, number, registered_end_users=[person(BOB)])
    submit(wire, number)

    assert members(wire, account_of(wire, number)) == {BOB: "administrator"}


def test_an_order_moved_to_another_name_leaves_its_account(wire: Wire) -> None:
    """After a change of the customer name and resubmission, the former account no longer shows the order."""
    first, moved = submitted(wire), submitted(wire, registered_end_users=[person(BOB)])
    number = moved["order_number"]
    ann = with_password(wire)
    assert orders_of(wire, ann) == [first["order_number"], number]

    change(wire, number, customer_name="Acme East")
    submit(wire, number)

    assert orders_of(wire, ann) == [first["order_number"]]
    assert members(wire, account_of(wire, number)) == {BOB: "administrator"}
    assert members(wire, account_of(wire, first["order_number"])) == {ANN: "administrator"}


@pytest.mark.parametrize("path", ["/lkc/api/v1/orders", "/lkc/api/v1/accounts", "/lkc/api/v1/licenses/L-1"])
def test_nobody_sees_anything_without_a_credential(wire: Wire, path: str) -> None:
    """Without a credential, or with a wrong one, there is a challenge and nothing else."""
    submitted(wire)

    for auth in (None, (ANN, "wrong"), ("nobody@acme.example", "x"), "no-token"):
        response = wire.get(path, auth)
        expect_problem(response, 401, "invalid-credentials")
        wanted = "Bearer " if auth == "no-token" else "Basic "
        assert response.headers["WWW-Authenticate"].startswith(wanted)
