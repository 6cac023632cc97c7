"""MyISS: accounts of the portal, and the token that some customers find there."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.app import Landscape
from lkc.world.session import Access, Exchange
from onetrust.myiss.facts import AccountFact, account_for, shows_token
from tests.builders import ANN, BOB, ICN, expect_problem, line, part, submitted
from tests.wire import PRODUCER, Wire

API = "/myiss/api/v1"
ANNS = (ANN, "proventia")


def open_account(wire: Wire, email: str = ANN, **values: Any) -> dict[str, Any]:
    """Gives somebody an account of the portal."""
    body = {"email": email, "password": "proventia", "icn": ICN, **values}
    made: dict[str, Any] = wire.value(wire.post(f"{API}/accounts", body, PRODUCER), 201)
    return made


def test_many_customers_find_their_token_there(wire: Wire) -> None:
    """Q16: the token that the token service gave the customer number with an order."""
    open_account(wire)
    submitted(wire, lines=[line(part_number=part("onetrust"))])
    issued = wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))[0]["token"]

    shown = wire.value(wire.get(f"{API}/token", (ANN.upper(), "proventia")))

    assert shown == {"icn": ICN, "token": issued}


def test_a_customer_number_without_token_is_shown_none(wire: Wire) -> None:
    """Q16: looking gives nobody a token; the remedy is a service request."""
    open_account(wire)
    submitted(wire)

    problem = expect_problem(wire.get(f"{API}/token", ANNS), 404, "token-not-in-myiss")

    assert (problem["question"], problem["icn"]) == (16, ICN)
    assert "service request" in problem["remedy"]
    assert wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER)) == []


def test_some_customers_have_none_there(wire: Wire) -> None:
    """Q16: the token service has the token and the portal does not know it; a colleague's account may."""
    wire.value(wire.post("/onetrust/api/v1/tokens", {"icn": ICN, "token": "123456"}, PRODUCER), 201)
    open_account(wire, shows_token=False)
    open_account(wire, BOB)

    unseen = wire.get(f"{API}/token", ANNS)

    assert expect_problem(unseen, 404, "token-not-in-myiss")["question"] == 16
    assert wire.value(wire.get(f"{API}/token", (BOB, "proventia")))["token"] == "123456"


@pytest.mark.parametrize("auth", [None, (ANN, "wrong"), (BOB, "proventia"), PRODUCER])
def test_the_portal_shows_a_token_only_to_its_accounts(wire: Wire, auth: tuple[str, str] | None) -> None:
    """Neither a stranger nor a wrong password nor the vendor's staff sign in; the refusals do not tell which."""
    open_account(wire)

    expect_problem(wire.get(f"{API}/token", auth), 401, "invalid-credentials")


def test_accounts_are_made_and_listed_by_the_staff(wire: Wire) -> None:
    """They come in pages by address, without their passwords; an address has one account."""
    made = open_account(wire, "Carl@acme.example", shows_token=False)
    open_account(wire)

    first = wire.get(f"{API}/accounts?limit=1", PRODUCER)
    rest = wire.get(first.headers["Link"].partition(f"/w/{wire.world}")[2].partition(">")[0], PRODUCER)

    assert made == {"email": "carl@acme.example", "icn": ICN, "shows_token": False}
    assert wire.value(first) + wire.value(rest) == [{"email": ANN, "icn": ICN, "shows_token": True}, made]
    body = {"email": ANN.upper(), "password": "another", "icn": ICN}
    expect_problem(wire.post(f"{API}/accounts", body, PRODUCER), 409, "myiss-account-exists")
    expect_problem(wire.post(f"{API}/accounts", body), 401, "invalid-credentials")
    expect_problem(wire.get(f"{API}/accounts", ANNS), 401, "invalid-credentials")
    expect_problem(wire.post(f"{API}/accounts", {**body, "icn": "x"}, PRODUCER), 422, "validation")


def test_the_portal_states_what_it_would_show(wire: Wire, landscape: Landscape) -> None:
    """Of a customer number's accounts the one that shows tokens counts; without an account nothing is shown."""
    open_account(wire, shows_token=False)
    open_account(wire, BOB, icn="7777777", shows_token=False)
    open_account(wire, "carl@acme.example")

    with landscape.store.session(wire.world, Access.READ, Exchange()) as world:
        stated = [account_for(world, icn) for icn in (ICN, "7777777", "8888888")]
        shown = [shows_token(world, icn) for icn in (ICN, "7777777", "8888888")]

    assert stated == [
        AccountFact("carl@acme.example", ICN, shows_token=True),
        AccountFact(BOB, "7777777", shows_token=False),
        None,
    ]
    assert shown == [True, False, False]
