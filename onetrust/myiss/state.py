"""How the tables of the portal stand in documents."""

from __future__ import annotations

from lkc.world.state.parts import CALLER, EMAIL, ICN, MOMENT, PASSWORD, PLAIN, Part
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
    Part(
        system=SYSTEM,
        model=FailedSignIns,
        name="failed_sign_in",
        key=("who",),
        title="wrong passwords by {who}",
        appeared="counted",
        gone="forgotten",
        columns={"who": CALLER, "failures": PLAIN, "since": MOMENT},
    ),
)
