"""What is explained of the support desk: refused and opened requests, resets of OCN passwords."""

from __future__ import annotations

import pytest

from tests.builders import ANN, ICN, submitted
from tests.explain.test_composition import explained
from tests.support.desk import API, LICENSING, REQUESTS, ibm_id, opened, register
from tests.support.test_opening import HELPFUL
from tests.wire import PRODUCER, Wire

RESETS = f"{API}/ocn-password-resets"


def codes(wire: Wire, **subject: str) -> list[str]:
    """The codes of the findings on a subject."""
    return [finding["code"] for finding in explained(wire, **subject)]


def test_who_is_not_registered_for_the_customer_number_is_named_and_cured(wire: Wire) -> None:
    """The refusal is remembered; its action registers the IBM ID, and the cause is gone before the next try."""
    submitted(wire)
    ann = ibm_id(wire)
    refused = wire.post(REQUESTS, {"summary": LICENSING, "icn": ICN}, ann)

    (finding,) = explained(wire, email=ANN)
    action = finding["remedy"]["action"]
    wire.value(wire.post(action["path"], action["body"], PRODUCER), 201)

    assert (finding["question"], finding["code"]) == (1, "not-registered-for-icn")
    assert finding["evidence"][0]["request_id"] == refused.headers["X-Request-Id"]
    assert codes(wire, email=ANN) == ["is-administrator", "license-ready"]


def test_a_request_without_a_customer_number_is_a_cause_until_one_is_opened(wire: Wire) -> None:
    """No action can name the number in the customer's place."""
    submitted(wire)
    ann = ibm_id(wire, level="basic")
    wire.post(REQUESTS, {"summary": LICENSING}, ann)

    (finding,) = explained(wire, email=ANN)
    opened(wire, ann, **HELPFUL)

    assert (finding["question"], finding["code"], finding["remedy"]["action"]) == (4, "icn-missing", None)
    assert codes(wire, email=ANN) == ["request-with-licensing-team", "is-administrator", "license-ready"]


def test_a_refused_request_of_somebody_else_explains_nothing(wire: Wire) -> None:
    """A refusal belongs to the address that was refused."""
    submitted(wire)
    eve = ibm_id(wire, "eve@acme.example")
    wire.post(REQUESTS, {"summary": LICENSING, "icn": ICN}, eve)

    assert codes(wire, email=ANN) == ["is-administrator", "license-ready"]


@pytest.mark.parametrize(
    ("summary", "given", "expected"),
    [
        (LICENSING, HELPFUL, []),
        (LICENSING, {}, ["request-incomplete"]),
        ("License trouble", HELPFUL, ["request-in-general-queue"]),
        ("License trouble", {}, ["request-in-general-queue", "request-incomplete"]),
        ("Console is slow", HELPFUL, []),
    ],
)
def test_a_request_is_judged_by_queue_and_content(
    wire: Wire, summary: str, given: dict[str, str | int], expected: list[str]
) -> None:
    """One that is not about licenses lies in the general queue with good reason."""
    submitted(wire)
    opened(wire, ibm_id(wire, level="basic"), summary=summary, **given)

    found = codes(wire, email=ANN)

    at_ease = ["request-with-licensing-team"] if summary == LICENSING else []
    assert found == (expected or [*at_ease, "is-administrator", "license-ready"])


def test_a_reset_with_another_customer_number_is_named_and_cured(wire: Wire) -> None:
    """The action names the ICN of the order, and makes both causes go away."""
    order = submitted(wire)
    wire.post("/ordering/api/v1/wos/sign-in", {"ocn": order["ocn"], "password": "wrong"})
    wire.post(RESETS, {"ocn": order["ocn"], "icn": "7777777"}, PRODUCER)

    findings = explained(wire, order_number=order["order_number"])
    action = findings[-1]["remedy"]["action"]
    wire.value(wire.post(action["path"], action["body"], PRODUCER), 201)

    assert [finding["code"] for finding in findings] == ["ocn-password-wrong", "ocn-of-another-icn"]
    assert {finding["question"] for finding in findings} == {19}
    assert codes(wire, order_number=order["order_number"]) == ["license-ready"]


def test_an_administrator_may_register_as_well(wire: Wire) -> None:
    """Whoever registers the address: what counts is that it is registered now."""
    submitted(wire)
    wire.post(REQUESTS, {"summary": LICENSING, "icn": ICN}, ibm_id(wire))

    register(wire, ANN, "full")

    assert codes(wire, email=ANN) == ["is-administrator", "license-ready"]
