"""Accounts and members come in pages, each with a link to the next."""

from __future__ import annotations

from typing import Any

from tests.builders import ANN, BOB, account_of, expect_problem, person, submitted, with_password
from tests.wire import PRODUCER, Auth, Wire

ACCOUNTS = "/lkc/api/v1/accounts"


def pages(wire: Wire, path: str, auth: Auth, key: str) -> list[list[Any]]:
    """The values of a key, page by page, as the links lead."""
    found = []
    while path:
        response = wire.get(path, auth)
        found.append([entry[key] for entry in wire.value(response)])
        path = response.headers.get("Link", "").partition(f"/w/{wire.world}")[2].partition(">")[0]
    return found


def test_accounts_come_in_pages_for_the_staff_and_for_members(wire: Wire) -> None:
    """Each sees all of his accounts once, by number, so many a page as were asked for."""
    for name in ("Acme East", "Acme West", "Acme North"):
        submitted(wire, customer_name=name)
    submitted(wire, customer_name="Others", registered_end_users=[person(BOB)])

    staff = pages(wire, f"{ACCOUNTS}?limit=2", PRODUCER, "account_id")
    ann = pages(wire, f"{ACCOUNTS}?limit=2", with_password(wire), "account_id")

    assert [len(page) for page in staff] == [2, 2]
    assert [len(page) for page in ann] == [2, 1]
    numbers = [number for page in staff for number in page]
    assert numbers == sorted(set(numbers))
    assert [number for page in ann for number in page] == numbers[:3]


def test_members_come_in_pages_in_the_order_in_which_they_came(wire: Wire) -> None:
    """The address of the last one leads on; one that is on no account leads nowhere."""
    people = [person(email) for email in ("zoe@acme.example", ANN, BOB)]
    account = account_of(wire, submitted(wire, registered_end_users=people)["order_number"])
    path = f"{ACCOUNTS}/{account}/members?limit=2"

    assert pages(wire, path, PRODUCER, "email") == [["zoe@acme.example", ANN], [BOB]]
    expect_problem(wire.get(f"{path}&after=nobody@acme.example", PRODUCER), 404, "not-visible")
    expect_problem(wire.get(f"{ACCOUNTS}/{account}/members?limit=0", PRODUCER), 422, "validation")
