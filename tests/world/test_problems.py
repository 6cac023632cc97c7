"""Requests that no view answers: each gets a problem document in words of our own, with a way out."""

from __future__ import annotations

import pytest

from tests.builders import create_customer, expect_problem, order
from tests.wire import PRODUCER, Wire

ORDERS = "/ordering/api/v1/orders"
JSON = {"Content-Type": "application/json"}


def test_a_path_that_leads_nowhere_is_named(wire: Wire) -> None:
    """404 tells the path and where to find the right one."""
    document = expect_problem(wire.get("/ordering/{api}"), 404, "not-found")

    assert document["detail"] == "Nothing is served at /ordering/{api}."
    assert document["remedy"] == "Compare the path with the start page (/) and the README."


def test_a_method_that_is_not_taken_names_those_that_are(wire: Wire) -> None:
    """405 tells the methods in the text and in the header."""
    response = wire.delete(ORDERS, PRODUCER)

    document = expect_problem(response, 405, "method-not-allowed")
    assert document["detail"] == f"{ORDERS} does not take DELETE."
    assert document["remedy"] == "Use one of: GET, HEAD, OPTIONS, POST."
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS", "POST"}


def test_what_is_not_json_is_told_where(wire: Wire) -> None:
    """400 names line and column, where that is known."""
    comma = wire.call("POST", ORDERS, b'{"icn": "1",\n}', PRODUCER, headers=JSON)
    bytes_ = wire.call("POST", ORDERS, b"\xff\xfe", PRODUCER, headers=JSON)

    document = expect_problem(comma, 400, "bad-request")
    assert document["detail"].startswith("The body is not JSON: line ")
    assert document["remedy"] == "Send one JSON value, in UTF-8."
    assert expect_problem(bytes_, 400, "bad-request")["detail"].startswith("The body is not JSON")


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/x-www-form-urlencoded"}])
def test_json_without_its_content_type_is_told_so(wire: Wire, headers: dict[str, str]) -> None:
    """A body of another type is never passed over as if none had come."""
    create_customer(wire)
    number = wire.value(wire.post(ORDERS, order(), PRODUCER), 201)["order_number"]

    for method, path in (("POST", ORDERS), ("PATCH", f"{ORDERS}/{number}")):
        response = wire.call(method, path, b'{"purchase_order": "P"}', PRODUCER, headers=headers)

        document = expect_problem(response, 415, "not-json")
        assert "Content-Type: application/json" in document["remedy"]


@pytest.mark.parametrize("body", [b"[" * 200_000, b'{"days": ' + b"9" * 5000 + b"}", b" " * 2_000_000])
def test_no_problem_is_without_a_remedy(wire: Wire, body: bytes) -> None:
    """Whatever is wrong with a body, there is something to do."""
    response = wire.call("POST", ORDERS, body, PRODUCER, headers=JSON)

    assert response.status_code in {400, 413}
    assert response.get_json(force=True)["remedy"] != ""
