"""Asking why: what is refused, and that asking changes nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import text

from lkc.world.session import Access
from tests.builders import ANN, account_of, expect_problem, licenses, mails, submitted
from tests.wire import PRODUCER, Wire


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("order_number", "4711"),
        ("account_id", "4711"),
        ("license_id", "L-4711"),
        ("token", "4711"),
        ("installation", "I-4711"),
        ("message_id", 4711),
    ],
)
def test_what_no_system_knows_is_refused(wire: Wire, field: str, value: Any) -> None:
    """The refusal names the field and what was given; what is known beside it does not help."""
    submitted(wire)

    for subject in ({field: value}, {"email": ANN, field: value}):
        refused = expect_problem(wire.control("POST", "/explain", subject), 404, "nothing-known")
        assert (refused["field"], refused["received"]) == (field, value)
        assert refused["remedy"]


@pytest.mark.parametrize(
    ("subject", "field"),
    [
        ({"colour": "red"}, "colour"),
        ({"email": ANN, "colour": "red"}, "colour"),
        ({"email": 5}, "email"),
        ({"email": None}, "email"),
        ({"message_id": "first"}, "message_id"),
        ({"message_id": -1}, "message_id"),
    ],
)
def test_a_subject_that_cannot_be_one_is_refused(wire: Wire, subject: dict[str, Any], field: str) -> None:
    """Unknown fields and wrong types are named."""
    refused = expect_problem(wire.control("POST", "/explain", subject), 422, "validation")

    assert field in [mistake["field"] for mistake in refused["errors"]]


def test_a_question_about_nothing_is_refused(wire: Wire) -> None:
    """At least one subject is needed, and the refusal lists what may be one."""
    refused = expect_problem(wire.control("POST", "/explain", {}), 422, "validation")

    told = refused["errors"][0]["message"]
    for field in ("email", "order_number", "account_id", "license_id", "token", "installation", "message_id"):
        assert field in told


def test_somebody_unknown_is_an_answer_and_no_refusal(wire: Wire) -> None:
    """That an address is on no account is what many wonder about."""
    answered = wire.value(wire.control("POST", "/explain", {"email": "stranger@elsewhere.example"}))

    assert [finding["code"] for finding in answered["findings"]] == ["not-registered"]


def test_an_address_is_found_in_any_letter_case(wire: Wire) -> None:
    """As people write it, with blanks around."""
    submitted(wire)

    answered = wire.value(wire.control("POST", "/explain", {"email": f" {ANN.upper()} "}))

    assert "is-administrator" in [finding["code"] for finding in answered["findings"]]


@pytest.mark.parametrize("address", ["", "no", "two@acme.example three"])
def test_what_is_no_address_is_refused(wire: Wire, address: str) -> None:
    """With the field named."""
    told = expect_problem(wire.control("POST", "/explain", {"email": address}), 422, "validation")

    assert [error["field"] for error in told["errors"]] == ["email"]


@pytest.mark.parametrize("case", ["02/no-network", "02/wrong-proxy", "17/no-internet"])
def test_who_asks_for_himself_is_told_of_his_products(wire: Wire, case: str) -> None:
    """That his only product does not reach the Internet, as if he had named the order (Q2, Q17)."""
    name = wire.value(wire.control("POST", "/worlds", {"from": f"scenario:{case}"}), 201)["name"]
    there = Wire(wire.landscape, name)
    order = there.value(there.get("/ordering/api/v1/orders", PRODUCER))[0]
    email = order["contact"]["email"]

    found = there.value(there.control("POST", "/explain", {"email": email}))["findings"]
    wire.landscape.store.delete(name)

    assert "no-internet" in [finding["code"] for finding in found]


def test_asking_changes_nothing(wire: Wire) -> None:
    """Whatever is asked about, every row of the world is as before, the timeline included."""
    subjects = all_subjects(wire)
    before = rows(wire)

    for subject in subjects:
        assert wire.value(wire.control("POST", "/explain", subject))["findings"]

    assert rows(wire) == before


def test_asking_waits_for_no_writer(wire: Wire) -> None:
    """An explanation is read from the world as it was, while somebody else is writing into it."""
    subjects = all_subjects(wire)

    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        world.record("world", "held", "Somebody is writing.")
        answers = [wire.control("POST", "/explain", subject).status_code for subject in subjects]

    assert set(answers) == {200}


def all_subjects(wire: Wire) -> list[dict[str, Any]]:
    """A subject of each kind, after an order of which something is wrong."""
    number = submitted(wire, lines=[wrong_line()])["order_number"]
    installed = wire.value(
        wire.post("/products/api/v1/installations", {"kind": "siteprotector", "name": "SiteProtector"}), 201
    )
    token = wire.value(wire.post("/onetrust/api/v1/tokens", {"icn": "0012345"}, PRODUCER), 201)["token"]
    wire.value(wire.post(f"/products/api/v1/installations/{installed['id']}/tokens", {"token": token}), 201)
    return [
        {"email": ANN},
        {"order_number": number},
        {"account_id": account_of(wire, number)},
        {"license_id": licenses(wire, number)[0]["license_id"]},
        {"installation": installed["id"]},
        {"message_id": mails(wire)[0]["id"]},
        {"email": ANN, "order_number": number, "installation": installed["id"], "token": token},
    ]


def wrong_line() -> dict[str, Any]:
    return {"part_number": "D0G04LL", "quantity": 0, "expiration_date": "soon"}


def rows(wire: Wire) -> dict[str, list[Any]]:
    """Every row of a world by table."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        names = world.orm.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")).all()
        return {name: [tuple(row) for row in world.orm.execute(text(f'SELECT * FROM "{name}"'))] for name in names}  # noqa: S608 - the names come from the database itself
