"""What the vendor's staff does with customers and orders."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import PRODUCER, Seen, Stage

API = "/ordering/api/v1"


def customer(stage: Stage, **values: Any) -> Seen:
    """A customer is taken in: icn, name, country."""
    return stage.call("POST", f"{API}/customers", values, PRODUCER)


def book(stage: Stage, **values: Any) -> Seen:
    """An order is booked, with what the booking interface takes."""
    return stage.call("POST", f"{API}/orders", values, PRODUCER)


def order(stage: Stage, **values: Any) -> Seen:
    """An order is booked and submitted in one call."""
    return stage.call("POST", f"{API}/orders?submit=true", values, PRODUCER)


def change(stage: Stage, order: str, **changes: Any) -> Seen:
    """An order is changed in the order system alone."""
    return stage.call("PATCH", f"{API}/orders/{order}", changes, PRODUCER)


def correct(stage: Stage, order: str, **changes: Any) -> Seen:
    """An order is changed and submitted again in one call."""
    return stage.call("PATCH", f"{API}/orders/{order}?submit=true", changes, PRODUCER)


def submit(stage: Stage, order: str) -> Seen:
    """An order is submitted."""
    return stage.call("POST", f"{API}/orders/{order}/submit", None, PRODUCER)


def notice(stage: Stage, order: str) -> Seen:
    """The order system's mail is sent again."""
    return stage.call("POST", f"{API}/orders/{order}/notice", None, PRODUCER)


def cancel(stage: Stage, order: str) -> Seen:
    """An order is cancelled and refunded."""
    return stage.call("POST", f"{API}/orders/{order}/cancel", None, PRODUCER)


def show_order(stage: Stage, order: str) -> Seen:
    """An order as the order system has it."""
    return stage.call("GET", f"{API}/orders/{order}", None, PRODUCER)


def ocn_sign_in(stage: Stage, ocn: str, password: str) -> Seen:
    """Somebody signs in with an order's control number."""
    return stage.call("POST", f"{API}/wos/sign-in", {"ocn": ocn, "password": password})


def orders_of(stage: Stage, icn: str) -> Seen:
    """The orders of a customer number."""
    return stage.call("GET", f"{API}/orders?icn={icn}", None, PRODUCER)
