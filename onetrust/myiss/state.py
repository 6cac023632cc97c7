"""How the accounts of the portal stand in documents."""

from __future__ import annotations

from lkc.world.state.parts import EMAIL, ICN, PASSWORD, PLAIN, Part
from onetrust.myiss.accounts import SYSTEM
from onetrust.myiss.models import Account

PARTS = (
    Part(
        system=SYSTEM,
        model=Account,
        name="account",
        key=("email",),
        title="account of {email}",
        appeared="created",
        columns={"email": EMAIL, "password_hash": PASSWORD, "icn": ICN, "shows_token": PLAIN},
    ),
)
