"""How the tables of the token service stand in documents."""

from __future__ import annotations

from lkc.world.state.parts import ICN, ORDER, PLAIN, SERIAL, TOKEN, Part
from onetrust.tokens.issuing import SYSTEM
from onetrust.tokens.models import Entitlement, ReceivedOrder, Token

PARTS = (
    Part(
        system=SYSTEM,
        model=Token,
        name="token",
        key=("token",),
        title="token {token}",
        appeared="issued",
        columns={"token": TOKEN, "icn": ICN, "serial_number": SERIAL},
    ),
    Part(
        system=SYSTEM,
        model=ReceivedOrder,
        name="order",
        key=("order_number",),
        title="order {order_number}",
        appeared="received",
        columns={"order_number": ORDER, "submission": PLAIN},
    ),
    Part(
        system=SYSTEM,
        model=Entitlement,
        name="entitlement",
        key=("order_number", "line_number"),
        title="entitlement by line {line_number} of order {order_number}",
        appeared="granted",
        columns={
            "order_number": ORDER,
            "line_number": PLAIN,
            "token": TOKEN,
            "product": PLAIN,
            "quantity": PLAIN,
            "serial_number": SERIAL,
            "expiration_day": PLAIN,
        },
    ),
)
