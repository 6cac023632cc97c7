"""Why somebody could not join, and why members could not be changed."""

from __future__ import annotations

from tests.builders import ANN, BOB, account_of, person, submitted, with_password
from tests.explain.asking import cure, explained
from tests.wire import Wire

EVE = "eve@acme.example"


def join(wire: Wire, account: str, order: str) -> None:
    """Bob tries to join; the answer does not matter."""
    body = {"account_id": account, "sales_order_number": order, "email": BOB, "name": "Bob"}
    wire.post("/lkc/api/v1/join", body)


def test_a_refused_join_tells_what_the_pair_is_worth(wire: Wire) -> None:
    """Which of the two numbers belongs elsewhere or nowhere, until the right pair was taken."""
    one, other = submitted(wire)["order_number"], submitted(wire, customer_name="Acme East")["order_number"]
    account, elsewhere = account_of(wire, one), account_of(wire, other)

    join(wire, account, other)
    foreign = explained(wire, email=BOB)
    join(wire, "12345", "nothing")
    unknown = explained(wire, email=BOB)["wrong-pair"]
    join(wire, account, one)

    assert list(foreign) == ["wrong-pair", "not-registered"]
    assert f"that order is on account {elsewhere}" in foreign["wrong-pair"]["statement"]
    assert "there is no such order, and there is no such account" in unknown["statement"]
    assert unknown["remedy"]["action"] is None
    assert "wrong-pair" not in explained(wire, email=BOB)


def test_the_last_administrator_is_kept_until_there_is_another(wire: Wire) -> None:
    """The refusal is explained by the account's only administrator, and cured by a second one."""
    order = submitted(wire, registered_end_users=[person(), person(BOB)])["order_number"]
    account = account_of(wire, order)
    ann = with_password(wire)
    wire.delete(f"/lkc/api/v1/accounts/{account}/members/{ANN}", ann)

    found = explained(wire, account_id=account)

    assert list(found) == ["last-administrator"]
    cure(wire, found["last-administrator"], ann)
    assert "last-administrator" not in explained(wire, account_id=account)
    assert wire.delete(f"/lkc/api/v1/accounts/{account}/members/{ANN}", ann).status_code == 204


def test_an_only_member_has_nobody_to_hand_over_to(wire: Wire) -> None:
    """Where the last administrator is the only member, no call can help."""
    account = account_of(wire, submitted(wire)["order_number"])
    wire.delete(f"/lkc/api/v1/accounts/{account}/members/{ANN}", with_password(wire))

    found = explained(wire, email=ANN)

    assert found["last-administrator"]["remedy"]["action"] is None


def test_an_ordinary_member_learns_who_the_administrator_is(wire: Wire) -> None:
    """A change that was refused to an ordinary member is explained until an administrator has made it."""
    order = submitted(wire, registered_end_users=[person(), person(BOB)])["order_number"]
    account = account_of(wire, order)
    path, ann = f"/lkc/api/v1/accounts/{account}/members", with_password(wire)
    wire.post(path, person(EVE), with_password(wire, BOB))

    found = explained(wire, email=BOB)

    assert list(found) == ["not-administrator"]
    assert ANN in found["not-administrator"]["statement"]
    assert "not-administrator" not in explained(wire, email=ANN)
    wire.value(wire.post(path, person(EVE), ann), 201)
    assert "not-administrator" not in explained(wire, email=BOB)


def test_each_refused_member_is_told_whatever_others_do(wire: Wire) -> None:
    """Two ordinary members are refused; that somebody joins ends neither cause, what they wanted ends its own."""
    people = [person(), person(BOB), person("cat@acme.example")]
    order = submitted(wire, registered_end_users=people)["order_number"]
    account = account_of(wire, order)
    path, ann = f"/lkc/api/v1/accounts/{account}/members", with_password(wire)
    wire.delete(f"{path}/{ANN}", with_password(wire, BOB))
    wire.patch(f"{path}/{BOB}", {"name": "Robert"}, with_password(wire, "cat@acme.example"))
    body = {"account_id": account, "sales_order_number": order, "email": EVE, "name": "Eve"}
    wire.value(wire.post("/lkc/api/v1/join", body), 201)

    both = wire.value(wire.control("POST", "/explain", {"account_id": account}))["findings"]
    wire.value(wire.patch(f"{path}/{BOB}", {"name": "Robert"}, ann))

    assert [finding["statement"].split()[0] for finding in both] == ["cat@acme.example", BOB]
    assert "not-administrator" not in explained(wire, email="cat@acme.example")


def test_a_member_who_became_administrator_and_ordinary_again_was_not_refused_since(wire: Wire) -> None:
    """A change to the member himself ends the cause, also where he is what he was."""
    account = account_of(wire, submitted(wire, registered_end_users=[person(), person(BOB)])["order_number"])
    path, ann = f"/lkc/api/v1/accounts/{account}/members", with_password(wire)
    wire.post(path, person(EVE), with_password(wire, BOB))
    for role in ("administrator", "member"):
        wire.value(wire.patch(f"{path}/{BOB}", {"role": role}, ann))

    assert "not-administrator" not in explained(wire, email=BOB)


def test_a_wrong_pair_ends_on_either_of_its_accounts_only(wire: Wire) -> None:
    """Who got on a third account still could not join; who got on the account of the order he named, could."""
    one, other = submitted(wire)["order_number"], submitted(wire, customer_name="Acme East")["order_number"]
    third = submitted(wire, customer_name="Acme West")["order_number"]
    join(wire, account_of(wire, one), other)

    join(wire, account_of(wire, third), third)
    still = explained(wire, email=BOB)
    join(wire, account_of(wire, other), other)

    assert "wrong-pair" in still
    assert "wrong-pair" not in explained(wire, email=BOB)


def test_an_order_that_nobody_knows_stays_wrong(wire: Wire) -> None:
    """The account is there and the order is not: only the account itself ends it."""
    order = submitted(wire)["order_number"]
    join(wire, account_of(wire, order), "nothing")

    assert "there is no such order." in explained(wire, email=BOB)["wrong-pair"]["statement"]
