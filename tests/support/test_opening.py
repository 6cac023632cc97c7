"""Opening service requests: who may, what is asked for, and to which team they go."""

from __future__ import annotations

import re

import pytest

from tests.builders import ANN, BOB, ICN, expect_problem
from tests.support.desk import LICENSING, REQUESTS, ibm_id, opened, seen
from tests.wire import PRODUCER, Wire

HELPFUL = {
    "ocn": "12345678",
    "purchase_order": "PO-1",
    "customer_name": "Acme Holding",
    "contact_name": "Ann",
    "order_date": "03-MAR-2014",
    "expiration_date": "31/12/2014",
    "product": "SiteProtector",
    "quantity": 5,
}


def test_a_service_request_is_a_pmr(wire: Wire) -> None:
    """What is opened as a service request is found by its PMR number: one record (documented: swg21512186)."""
    ann = ibm_id(wire, level="basic")

    made = opened(wire, ann, description="Generate fails.\nWhat now?")

    found = wire.value(wire.get(f"{REQUESTS}/{made['pmr_number']}", ann))
    assert found == {**made, "notes": []}
    assert found["description"] == "Generate fails.\nWhat now?"
    assert (found["opened_by"], found["opened_at"]) == (ANN, "2014-03-03T09:00:00Z")
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    assert [event["kind"] for event in events if event["subject"].get("pmr_number") == made["pmr_number"]] == [
        "service-request-opened"
    ]


def test_a_pmr_number_has_the_form_seen_in_the_wild(wire: Wire) -> None:
    """Five, three and three digits; the commas may be written as they are or percent-encoded."""
    ann = ibm_id(wire, level="basic")
    numbers = [opened(wire, ann)["pmr_number"] for _ in range(3)]

    for number in numbers:
        assert re.fullmatch(r"\d{5},\d{3},\d{3}", number)
        for path in (number, number.replace(",", "%2C")):
            assert wire.value(wire.get(f"{REQUESTS}/{path}", ann))["pmr_number"] == number
    assert len(set(numbers)) == 3


@pytest.mark.parametrize("given", [{}, {"icn": None}, {"icn": ""}, {"icn": "  "}])
def test_without_a_customer_number_it_is_asked_for(wire: Wire, given: dict[str, str | None]) -> None:
    """Q4: the ICN is the least that is needed; the rest is not."""
    ann = ibm_id(wire, level="basic")

    problem = expect_problem(wire.post(REQUESTS, {"summary": LICENSING, **given}, ann), 422, "icn-missing")

    assert problem["question"] == 4
    assert seen(wire, ann) == []


def test_a_customer_number_alone_is_enough(wire: Wire) -> None:
    """Q4: the request is taken, and what would speed it up is named in the documented order."""
    ann = ibm_id(wire, level="basic")

    bare = opened(wire, ann)
    full = opened(wire, ann, **HELPFUL)
    some = opened(wire, ann, ocn="12345678", quantity=0, product=None)

    assert bare["missing"] == list(HELPFUL)
    assert full["missing"] == []
    assert full | HELPFUL == full
    assert some["missing"] == [name for name in HELPFUL if name not in {"ocn", "quantity"}]


@pytest.mark.parametrize(
    ("summary", "queue"),
    [
        ("licensing for IBM Security products", "licensing"),
        ("LICENSING FOR  ibm security PRODUCTS: no token", "licensing"),
        ("My license does not work", "general"),
        ("Licensing of IBM Security products", "general"),
    ],
)
def test_the_named_subject_routes_to_the_licensing_team(wire: Wire, summary: str, queue: str) -> None:
    """Q1, Q3: a summary that names licensing for IBM Security products; others go to the general queue."""
    ann = ibm_id(wire, level="basic")

    made = opened(wire, ann, summary=summary)

    assert made["queue"] == queue
    assert seen(wire, PRODUCER, queue=queue) == [made["pmr_number"]]
    assert seen(wire, PRODUCER, queue="general" if queue == "licensing" else "licensing") == []


def test_severities_go_from_one_to_four(wire: Wire) -> None:
    """One is critical, four minimal; without one it is three."""
    ann = ibm_id(wire, level="basic")

    assert [opened(wire, ann, severity=severity)["severity"] for severity in (1, 2, 3, 4)] == [1, 2, 3, 4]
    assert opened(wire, ann)["severity"] == 3
    for severity in (0, 5, "2", None):
        body = {"summary": LICENSING, "icn": ICN, "severity": severity}
        expect_problem(wire.post(REQUESTS, body, ann), 422, "validation")


def test_it_takes_an_ibm_id_and_a_registration(wire: Wire) -> None:
    """Q1: neither nobody, nor a wrong password, nor the staff, nor an IBM ID without this customer number."""
    ann = ibm_id(wire, level="basic")
    bob = ibm_id(wire, BOB, level="admin", icn="7777777")
    body = {"summary": LICENSING, "icn": ICN}

    for auth in (None, (ANN, "wrong"), ("nobody@acme.example", ann[1]), PRODUCER):
        expect_problem(wire.post(REQUESTS, body, auth), 401, "invalid-credentials")
    assert expect_problem(wire.post(REQUESTS, body, bob), 403, "not-registered")["question"] == 1
    assert opened(wire, (ANN.upper(), ann[1]))["opened_by"] == ANN


def test_mistakes_are_named_by_their_fields(wire: Wire) -> None:
    """All of them at once, and nothing is opened."""
    ann = ibm_id(wire, level="basic")

    problem = expect_problem(wire.post(REQUESTS, {"icn": "12-x", "quantity": -1}, ann), 422, "validation")

    assert {error["field"] for error in problem["errors"]} == {"icn", "quantity", "summary"}
    assert seen(wire, PRODUCER) == []


def test_what_cannot_be_a_number_finds_nothing(wire: Wire) -> None:
    """Odd text in a path, a search or a credential gives a clear answer."""
    ann = ibm_id(wire, level="basic")

    for odd in ("%00", "%ff,1,1", "12345,678,901'--", "x" * 3000):
        expect_problem(wire.get(f"{REQUESTS}/{odd}", ann), 404, "unknown-service-request")
    assert wire.value(wire.get(f"{REQUESTS}?after=nothing&icn=x", ann)) == []
    expect_problem(wire.get(f"{REQUESTS}?icn=%00x", ann), 422, "validation")
    expect_problem(wire.get(REQUESTS, ("\x00\ufffe", "x")), 401, "invalid-credentials")


def test_a_refused_request_is_remembered(wire: Wire) -> None:
    """Nothing is opened, but the timeline tells who was refused, for which customer number and why."""
    ann = ibm_id(wire)

    wire.post(REQUESTS, {"summary": LICENSING, "icn": ICN}, ann)
    wire.post(REQUESTS, {"summary": LICENSING}, ann)

    events = [event for event in wire.value(wire.get("/_sim/events?limit=100")) if "refused" in event["kind"]]
    assert sorted((event["subject"]["icn"] or "", event["subject"]["code"]) for event in events) == [
        ("", "icn-missing"),
        (ICN, "not-registered"),
    ]
    assert all(event["subject"]["email"] == ANN for event in events)
    assert seen(wire, PRODUCER) == []
