"""What a call brings along and nobody would look at: refused by name, and nothing is done."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.builders import ANN, ICN, book, create_customer, expect_problem, line, mails, order, submitted, with_password
from tests.builders import licenses as licenses_of
from tests.wire import PRODUCER, Wire

ORDERS = "/ordering/api/v1/orders"


def mistakes(response: Any) -> dict[str, str]:
    """What a refusal says, by field."""
    return {found["field"]: found["message"] for found in expect_problem(response, 422, "validation")["errors"]}


@pytest.mark.parametrize(
    ("method", "path", "named"),
    [
        ("GET", "/mail/api/v1/messages?statuss=bounced", {"statuss": "limit, after, to, from, subject, status"}),
        ("GET", f"{ORDERS}?limit=1&limit=2", {"limit": "more than once"}),
        ("GET", "/ordering/api/v1/catalogue?x=1&y=", {"x": "takes none", "y": "takes none"}),
        ("POST", f"{ORDERS}/import?submitt=true", {"submitt": "submit, file, first_row"}),
        ("POST", "/ordering/api/v1/customers?dry=1", {"dry": "takes none"}),
        ("DELETE", "/mail/api/v1/messages?to=ann@acme.example", {"to": "takes none"}),
        ("GET", "/_sim/clock?mode=running", {"mode": "takes none"}),
        ("GET", "/onetrust/api/v1/tokens?icn=1", {"icn": "limit, after"}),
    ],
)
def test_a_parameter_that_there_is_not_is_named(wire: Wire, method: str, path: str, named: dict[str, str]) -> None:
    """With those that there are; the same for one that comes twice, for both could not be meant."""
    create_customer(wire)
    submitted(wire)
    body = {"icn": "777777", "name": "New", "country": "DE"} if method == "POST" else None

    found = mistakes(wire.call(method, path, body, PRODUCER))

    assert found.keys() == named.keys()
    assert all(part in found[name] for name, part in named.items())
    assert mails(wire) != []


@pytest.mark.parametrize("path", ["submit", "cancel"])
def test_a_call_that_takes_no_body_refuses_one(wire: Wire, path: str) -> None:
    """Fields are named, another kind of body is not JSON; an empty body and {} pass."""
    create_customer(wire)
    number = book(wire)["order_number"]
    url = f"{ORDERS}/{number}/{path}"

    fields = mistakes(wire.post(url, {"reason": "none"}, PRODUCER))
    plain = wire.call("POST", url, b"reason=none", PRODUCER, headers={"Content-Type": "text/plain"})
    broken = wire.call("POST", url, b"{", PRODUCER, headers={"Content-Type": "application/json"})
    listed = wire.post(url, [1], PRODUCER)

    assert fields == {"reason": "Unknown field."}
    assert "-H 'Content-Type: application/json'" in expect_problem(plain, 415, "not-json")["remedy"]
    expect_problem(broken, 400, "bad-request")
    expect_problem(listed, 422, "validation")
    assert mails(wire) == []
    assert wire.value(wire.get(f"{ORDERS}/{number}", PRODUCER))["status"] == "booked"
    assert wire.post(url, {}, PRODUCER).status_code == 200
    assert wire.post(url, None, PRODUCER).status_code in {200, 409}


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "", "multipart/form-data"])
def test_a_body_that_is_not_json_is_not_passed_over(wire: Wire, media_type: str) -> None:
    """Generate without its host would make the wrong file: no file is made."""
    number = submitted(wire)["order_number"]
    ann = with_password(wire, ANN)
    [license_id] = [found["license_id"] for found in licenses_of(wire, number)]
    url = f"/lkc/api/v1/licenses/{license_id}/generate"

    wrong = wire.call("POST", url, b"format=flexnet", ann, headers={"Content-Type": media_type})

    assert "application/json" in expect_problem(wrong, 415, "not-json")["remedy"]
    [status] = [found["status"] for found in licenses_of(wire, number)]
    assert status == "not-generated"
    assert wire.post(url, None, ann).status_code == 201


@pytest.mark.parametrize(
    ("path", "body", "name"),
    [
        ("/ordering/api/v1/customers", b'{"icn":"7777","name":"A","name":"B","country":"DE"}', "name"),
        ("/ordering/api/v1/customers", b'{"icn":"7777","name":"A","name":"B \\u003a","country":"DE"}', "name"),
        ("/_sim/clock/advance", b'{"days": 1, "days": 2}', "days"),
    ],
)
def test_a_name_that_comes_twice_is_refused(wire: Wire, path: str, body: bytes, name: str) -> None:
    """Both values could be meant."""
    response = wire.call("POST", path, body, PRODUCER, headers={"Content-Type": "application/json"})

    assert mistakes(response) == {name: "Comes more than once."}


def test_colons_and_escapes_within_values_are_no_mistake(wire: Wire) -> None:
    """Only names that repeat are refused."""
    body = b'{"icn": "7777", "name": "A: \\u003a \\u00fc \\"name\\": B", "country": "DE"}'

    response = wire.call("POST", "/ordering/api/v1/customers", body, PRODUCER, content_type="application/json")

    assert wire.value(response, 201)["name"] == 'A: : \u00fc "name": B'


def test_a_repeated_name_deep_in_an_order_is_found(wire: Wire) -> None:
    """Nothing is booked."""
    create_customer(wire, ICN)
    body = json.dumps(order(lines=[line(quantity=5)])).replace('"quantity": 5', '"quantity": 5, "quantity": 6')

    response = wire.call("POST", ORDERS, body.encode(), PRODUCER, headers={"Content-Type": "application/json"})

    assert mistakes(response) == {"quantity": "Comes more than once."}
    assert wire.value(wire.get(ORDERS, PRODUCER)) == []
