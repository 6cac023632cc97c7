"""Who guesses at passwords of members has to wait."""

from __future__ import annotations

from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.models import FailedSignIns
from lkc.keycenter.refusals import TooManyAttempts
from lkc.world.throttling import Throttle

THROTTLE = Throttle(SYSTEM, FailedSignIns, TooManyAttempts)
