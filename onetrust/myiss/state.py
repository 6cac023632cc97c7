"""How the tables of the portal stand in documents."""

from __future__ import annotations

from lkc.world.state.parts import EMAIL, ICN, PASSWORD, PLAIN, Part, wrong_passwords
from onetrust.myiss.accounts import SYSTEM
from onetrust.myiss.models import Account, FailedSignIns

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
    wrong_passwords(SYSTEM, FailedSignIns),
)
