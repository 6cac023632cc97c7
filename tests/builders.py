"""Builders of what tests need, with defaults for everything that does not matter to them."""

from __future__ import annotations

import re
from typing import Any

from lkc.ordering.catalogue import catalogue
from tests.wire import PRODUCER, Wire

ICN = "0012345"
ANN, BOB = "ann@acme.example", "bob@acme.example"
PASSWORD = "correct horse"


def person(email: str = ANN, name: str | None = None) -> dict[str, str]:
    """A person; the name follows from the address."""
    return {"name": name or email.partition("@")[0].title(), "email": email}


def line(**values: Any) -> dict[str, Any]:
    """An order line of a key-file product that can be generated."""
    return {"part_number": part("key-file"), "quantity": 5, "expiration_date": "31-DEC-2014", **values}


def part(delivery: str, place: int = 0) -> str:
    """The part number of a product that is delivered in this way."""
    found = [product.part_number for product in catalogue().values() if product.delivery == delivery]
    return found[place]


def create_customer(wire: Wire, icn: str = ICN, name: str = "Acme Holding", country: str = "DE") -> None:
    """Makes sure that a customer is there."""
    response = wire.post("/ordering/api/v1/customers", {"icn": icn, "name": name, "country": country}, PRODUCER)
    assert response.status_code in {201, 409}


def order(**values: Any) -> dict[str, Any]:
    """An order as it is booked: one key-file line, Ann as contact and registered end user."""
    return {
        "icn": ICN,
        "purchase_order": "PO-1",
        "contact": person(),
        "registered_end_users": [person()],
        "lines": [line()],
        **values,
    }


def book(wire: Wire, **values: Any) -> dict[str, Any]:
    """Books an order and returns it as answered; the customer is created if need be."""
    body = order(**values)
    create_customer(wire, body["icn"])
    booked: dict[str, Any] = wire.value(wire.post("/ordering/api/v1/orders", body, PRODUCER), 201)
    return booked


def submit(wire: Wire, order_number: str) -> dict[str, Any]:
    """Submits an order and returns the answer."""
    done: dict[str, Any] = wire.value(wire.post(f"/ordering/api/v1/orders/{order_number}/submit", None, PRODUCER))
    return done


def submitted(wire: Wire, **values: Any) -> dict[str, Any]:
    """Books an order, submits it and returns it as booked."""
    booked = book(wire, **values)
    submit(wire, booked["order_number"])
    return booked


def change(wire: Wire, order_number: str, **changes: Any) -> dict[str, Any]:
    """Changes an order in the order system alone."""
    path = f"/ordering/api/v1/orders/{order_number}"
    changed: dict[str, Any] = wire.value(wire.patch(path, changes, PRODUCER))
    return changed


def mails(wire: Wire, **search: str) -> list[dict[str, Any]]:
    """The mails that fit, newest first."""
    found: list[dict[str, Any]] = wire.value(wire.get("/mail/api/v1/messages", query_string=search))
    return found


def with_password(wire: Wire, email: str = ANN, password: str = PASSWORD) -> tuple[str, str]:
    """Lets a registered end user set a password by the Password Finder; name and password for HTTP Basic."""
    wire.value(wire.post("/lkc/api/v1/password-finder", {"email": email}), 202)
    link = mails(wire, to=email, subject="Password Finder")[0]["links"][0]
    token = link.rpartition("/")[2]
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert wire.post("/lkc/api/v1/password", {"token": token, "password": password}).status_code == 204
    return email, password


def licenses(wire: Wire, order_number: str, auth: tuple[str, str] | str = PRODUCER) -> list[dict[str, Any]]:
    """The licenses of an order as the caller sees them."""
    found: list[dict[str, Any]] = wire.value(wire.get(f"/lkc/api/v1/orders/{order_number}/licenses", auth))
    return found


def account_of(wire: Wire, order_number: str) -> str:
    """The account on which an order is."""
    orders = wire.value(wire.get("/lkc/api/v1/orders", PRODUCER))
    found: str = next(entry["account_id"] for entry in orders if entry["order_number"] == order_number)
    return found


def members(wire: Wire, account_id: str) -> dict[str, str]:
    """Role by address of the members of an account."""
    found = wire.value(wire.get(f"/lkc/api/v1/accounts/{account_id}/members", PRODUCER))
    return {entry["email"]: entry["role"] for entry in found}


def expect_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """The problem document of an answer that must have this status and code."""
    assert response.status_code == status, response.get_data(as_text=True)
    assert response.mimetype == "application/problem+json"
    document: dict[str, Any] = response.get_json(force=True)
    assert (document["code"], document["status"]) == (code, status)
    return document
