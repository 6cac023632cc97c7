"""Who calls: HTTP Basic and bearer credentials, and passwords kept as argon2 hashes."""

from __future__ import annotations

import hashlib
import hmac
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from flask import current_app, request

from lkc.world.refusals import Refused, Unauthenticated

if TYPE_CHECKING:
    from argon2 import PasswordHasher

REMEMBERED = 4096
PRODUCER_KEY = "LKC_PRODUCER"
ADMIN_TOKEN_KEY = "LKC_ADMIN_TOKEN"  # noqa: S105 - the name of a setting


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way to say who calls, as the OpenAPI documents describe it.

    Attributes:
        name: of the security scheme, e.g. `producer`.
        kind: `basic` or `bearer`; empty for calls without a credential.
        description: who that is, and where the credential comes from.
        refusals: what is refused where the credential is missing or wrong.
    """

    name: str
    kind: str
    description: str
    refusals: tuple[type[Refused], ...] = (Unauthenticated,)


NOBODY = Scheme("nobody", "", "No credential.", ())
PRODUCER = Scheme("producer", "basic", "The vendor's staff; name and password are `producer` unless set otherwise.")


@dataclass(frozen=True, slots=True)
class Basic:
    """Name and password as they came by HTTP Basic."""

    name: str
    password: str


def basic() -> Basic | None:
    """The request's Basic credential, or None."""
    given = request.authorization
    if given is None or given.type != "basic" or given.username is None:
        return None
    return Basic(given.username, given.password or "")


def bearer() -> str | None:
    """The request's bearer token, or None."""
    given = request.authorization
    return given.token if given is not None and given.type == "bearer" else None


def require_producer() -> None:
    """Lets only the vendor's staff pass. Raises Unauthenticated."""
    given = basic()
    if given is None or not is_producer(given):
        raise Unauthenticated("This call is for the vendor's staff (HTTP Basic).", "producer")


def is_producer(given: Basic) -> bool:
    """Whether these are the vendor staff's name and password."""
    name, password = current_app.config[PRODUCER_KEY]
    # The name is no secret; nearly every other caller differs in it.
    return given.name == name and hmac.compare_digest(given.password.encode(), password.encode())


@cache
def _hasher() -> PasswordHasher:
    """A cheap profile (1 pass over 1 MiB): passwords of a simulated world are no secrets, time is dear."""
    from argon2 import PasswordHasher  # noqa: PLC0415 - 5 ms that the start need not pay

    return PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)


def hashed(password: str, salt: bytes | None = None) -> str:
    """A password as it is kept; with a salt of 16 bytes the same password is always kept the same way."""
    return _hasher().hash(password, salt=salt)


class _Remembered:
    """Passwords that were right, by the kept hash they fitted: a changed password is never taken from here."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, bool] = OrderedDict()
        self._lock = threading.Lock()

    def knows(self, kept: str, password: str) -> bool:
        return _key(kept, password) in self._known

    def fits(self, kept: str, password: str) -> bool:
        if self.knows(kept, password):
            return True
        if not _verifies(kept, password):
            return False
        with self._lock:
            self._known[_key(kept, password)] = True
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return True


def _key(kept: str, password: str) -> bytes:
    return hashlib.sha256(f"{kept}\x1f{password}".encode()).digest()


def _verifies(kept: str, password: str) -> bool:
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - as above

    try:
        return _hasher().verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


_remembered = _Remembered()


def known_to_fit(kept: str | None, password: str) -> bool:
    """Whether this process has found before that a password is the one kept as this hash; costs no verification."""
    return kept is not None and _remembered.knows(kept, password)


def fits(kept: str | None, password: str) -> bool:
    """Whether a password is the one that was kept as this hash; takes as long where nothing was kept."""
    if kept is None:
        _remembered.fits(_nobody(), password)
        return False
    return _remembered.fits(kept, password)


@cache
def _nobody() -> str:
    return hashed("nobody has this password")
