"""Signing in with an order's control number (OCN) and its password; nobody can reset it for himself (Q19)."""

from __future__ import annotations

import hmac

from sqlalchemy import select

from lkc.ordering.models import SYSTEM, OrderRow
from lkc.ordering.refusals import OcnPassword
from lkc.world.credentials import fits
from lkc.world.keys import derive, unpadded
from lkc.world.session import WorldSession


def first_password(seed: int, ocn: str) -> str:
    """The password with which an OCN begins: 12 characters that follow from the world's seed."""
    return unpadded(derive(seed, "ocn-password", ocn))[:12]


def sign_in(world: WorldSession, ocn: str, password: str) -> str:
    """The number of the order whose OCN and password these are. Raises OcnPassword."""
    order = world.orm.scalar(select(OrderRow).where(OrderRow.ocn == ocn))
    if order is None:
        raise OcnPassword("No order has this OCN, or the password is another.")
    if order.password_hash is None:
        right = hmac.compare_digest(first_password(world.seed, ocn).encode(), password.encode())
    else:
        right = fits(order.password_hash, password)
    if not right:
        _note(world, "ocn-sign-in-failed", f"A wrong password was given for OCN {ocn}.", order)
        raise OcnPassword("No order has this OCN, or the password is another.")
    _note(world, "ocn-signed-in", f"Somebody signed in with OCN {ocn}.", order)
    return order.order_number


def _note(world: WorldSession, kind: str, text: str, order: OrderRow) -> None:
    world.record(SYSTEM, kind, text, ocn=order.ocn, order_number=order.order_number)
