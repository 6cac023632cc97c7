"""The actions of one answer go together: made one after the other, each of them works and all of them cure."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings

from lkc.app import Landscape
from lkc.scenarios.cases import questions
from lkc.world.store import Origin
from tests.builders import ANN
from tests.explain.test_composition import (
    SiteTrouble,
    Trouble,
    explained,
    in_trouble,
    site_in_trouble,
    site_troubles,
    troubles,
)
from tests.wire import PRODUCER, Wire

# What is offered where nothing is wrong: doing it cures nothing.
AT_EASE = frozenset({"license-ready", "how-licensed"})
MOST_ROUNDS = 4

_numbers = count(1)


@pytest.mark.parametrize("case", [case.id for question in questions() for case in question.cases])
def test_all_actions_of_a_case_work_one_after_the_other(wire: Wire, case: str) -> None:
    """At its symptom, whoever asks for whatever part of it; what comes to light by a cure is cured as well."""
    wire.value(wire.control("POST", f"/scenarios/{case}/play", {"until": "symptom"}))

    for subject in subjects(wire):
        copy = Wire(wire.landscape, f"{wire.world}-copy")
        wire.landscape.store.fork(wire.world, copy.world)
        assert cure_all(copy, subject) == []
        wire.landscape.store.delete(copy.world)


@settings(max_examples=40, deadline=None)
@given(trouble=troubles)
def test_all_actions_of_composed_causes_work_one_after_the_other(landscape: Landscape, trouble: Trouble) -> None:
    """However causes are combined."""
    wire = Wire(landscape, f"a-{next(_numbers)}")
    landscape.store.create(wire.world, Origin())
    number = in_trouble(wire, trouble)

    assert cure_all(wire, {"email": ANN, "order_number": number}) == []

    landscape.store.delete(wire.world)


@settings(max_examples=40, deadline=None)
@given(trouble=site_troubles)
def test_all_actions_around_a_token_work_one_after_the_other(landscape: Landscape, trouble: SiteTrouble) -> None:
    """Whether the product or its token is asked about."""
    wire = Wire(landscape, f"a-{next(_numbers)}")
    landscape.store.create(wire.world, Origin())
    site, token = site_in_trouble(wire, trouble)

    assert cure_all(wire, {"token": token}) == []
    assert cure_all(wire, {"installation": site}) == []

    landscape.store.delete(wire.world)


def cure_all(wire: Wire, subject: dict[str, Any]) -> list[dict[str, Any]]:
    """Makes the calls of each answer in turn, and gives the causes that are left although they have a call."""
    for _ in range(MOST_ROUNDS):
        before = curable(wire, subject)
        if not before:
            return []
        for finding in before:
            action = finding["remedy"]["action"]
            auth = None if action["as"] == "nobody" else PRODUCER
            response = wire.call(action["method"], action["path"], action["body"], auth)
            assert response.status_code < 300, (subject, finding, response.get_data(as_text=True))
        left = [(finding["code"], finding["statement"]) for finding in curable(wire, subject)]
        assert [one for one in before if (one["code"], one["statement"]) in left] == [], subject
    return curable(wire, subject)


def curable(wire: Wire, subject: dict[str, Any]) -> list[dict[str, Any]]:
    """The causes of a subject that have an action; none of what is gone, as a mail that was deleted."""
    response = wire.control("POST", "/explain", subject)
    if response.status_code == 404:
        return []
    found = wire.value(response)["findings"]
    assert found, subject
    told = [(finding["code"], finding["statement"]) for finding in found]
    assert len(told) == len(set(told)), subject
    return [one for one in found if one["remedy"]["action"] is not None and one["code"] not in AT_EASE]


def subjects(wire: Wire) -> list[dict[str, Any]]:
    """Everything that can be asked about in a world: parts by themselves, and people and products with each order."""
    orders = wire.value(wire.get("/ordering/api/v1/orders", PRODUCER))
    numbers = [{"order_number": order["order_number"]} for order in orders]
    people = sorted({one["email"] for order in orders for one in (order["contact"], *order["registered_end_users"])})
    askers = [{"email": email} for email in people]
    askers += [{"installation": one["id"]} for one in wire.value(wire.get("/products/api/v1/installations"))]
    received = wire.value(wire.get("/lkc/api/v1/orders", PRODUCER))
    return [
        *numbers,
        *askers,
        *({**asker, **number} for asker in askers for number in numbers),
        *({"token": one["token"]} for one in wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))),
        *({"account_id": one["account_id"]} for one in received),
        *({"message_id": one["id"]} for one in wire.value(wire.get("/mail/api/v1/messages"))),
    ]


def test_an_answer_is_never_empty(wire: Wire) -> None:
    """Of an order of which nothing else can be said it is told what it consists of, and where it has gone."""
    number = in_trouble(wire, Trouble(elsewhere=False, bounced=False, misdated=False, empty=False, fate="-"))
    path = f"/ordering/api/v1/orders/{number}?submit=true"
    lines = [{"part_number": "D0SP2LL", "quantity": 0, "expiration_date": "31-DEC-2014"}]
    wire.value(wire.patch(path, {"lines": lines}, PRODUCER))

    assert explained(wire, order_number=number)
