"""Who calls the key center: members by Basic or bearer credentials, or the vendor's staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import bindparam, delete, select

from lkc.keycenter.leftovers import remove_expired
from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.models import FailedSignIns, SignInSession, User
from lkc.keycenter.passwords import digest_of
from lkc.keycenter.refusals import TooManyAttempts
from lkc.keycenter.throttling import THROTTLE
from lkc.world.clock import from_micros, stamp, to_micros
from lkc.world.credentials import Scheme, basic, bearer, is_producer
from lkc.world.database import Prepared
from lkc.world.refusals import Bearer, Unauthenticated
from lkc.world.session import WorldSession
from lkc.world.throttling import calling_address

SESSION_HOLDS = timedelta(hours=8)
REALM = "License Key Center"
MEMBER = Scheme(
    "member",
    "basic",
    "A member's e-mail address and the password that he has set with the Password Finder.",
    (Unauthenticated, TooManyAttempts),
)
SESSION = Scheme("session", "bearer", "The token of `POST /lkc/api/v1/session`; it holds for eight hours of the world.")

_FROM_THERE = FailedSignIns.__table__.alias()
_HASH = Prepared(
    lambda: (
        select(User.password_hash, FailedSignIns.failures, _FROM_THERE.c.failures)
        .outerjoin(FailedSignIns, FailedSignIns.who == User.email)
        .outerjoin(_FROM_THERE, _FROM_THERE.c.who == bindparam("address"))
        .where(User.email == bindparam("email"))
    )
)
_SESSION = Prepared(
    lambda: select(SignInSession.email, SignInSession.expires_at).where(SignInSession.digest == bindparam("digest"))
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: a member by address, or the vendor's staff (`email` None), who see everything."""

    email: str | None

    @property
    def is_producer(self) -> bool:
        """Whether the vendor's staff call."""
        return self.email is None

    @property
    def name(self) -> str:
        """For the record."""
        return self.email or "producer"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A sign-in: the bearer token, told only now, and until when (text, world time) it holds."""

    token: str
    email: str
    expires_at: str


def current_caller(world: WorldSession) -> Caller:
    """Who sends this request. Raises Unauthenticated."""
    token = bearer()
    if token is not None:
        return Caller(holder_of(world, token))
    given = basic()
    if given is None:
        raise Unauthenticated("This call needs a member's e-mail address and password, or a session's token.", REALM)
    if is_producer(given):
        return Caller(None)
    return Caller(_checked(world, given.name, given.password))


def sign_in(world: WorldSession, email: str, password: str) -> SignedIn:
    """Begins a session of eight hours of the world. Raises Unauthenticated."""
    email = _checked(world, email, password)
    remove_expired(world)
    token = world.ids.secret("session", email)
    expires_at = to_micros(world.clock.now() + SESSION_HOLDS)
    world.insert(SignInSession, digest=digest_of(token), email=email, expires_at=expires_at)
    world.record(SYSTEM, "signed-in", f"{email} signed in.", email=email)
    return SignedIn(token, email, stamp(from_micros(expires_at)))


def sign_out(world: WorldSession) -> None:
    """Ends the session with whose token this request comes, if it comes with one."""
    token = bearer()
    if token is not None:
        end_session(world, token)


def end_session(world: WorldSession, token: str) -> None:
    """Ends the session of a token, if there is one."""
    world.orm.execute(delete(SignInSession).where(SignInSession.digest == digest_of(token)))


def holder_of(world: WorldSession, token: str) -> str:
    """The address of whoever signed in for a token. Raises Unauthenticated where it does not hold."""
    row = world.row(_SESSION, digest=digest_of(token))
    if row is None or world.clock.micros() >= row[1]:
        raise Unauthenticated("This session's token does not hold (any more).", REALM, Bearer("Sign in again."))
    email: str = row[0]
    return email


def _checked(world: WorldSession, email: str, password: str) -> str:
    """The address itself, where the password is right; an address without a password fits none (Q8).

    Raises Unauthenticated or TooManyAttempts. A password that was found right before costs nothing more.
    """
    email, address = email.strip().lower(), calling_address()
    kept, failures, from_there = world.row(_HASH, email=email, address=address) or (None, None, None)
    if THROTTLE.settles(world, email, password, kept):
        if failures or from_there:
            THROTTLE.check(world, email, address)
    elif not THROTTLE.guess(world, email, password, lambda there: _kept(there, email)):
        raise Unauthenticated("E-mail address and password do not belong together.", REALM)
    return email


def _kept(world: WorldSession, email: str) -> str | None:
    """The hash of a member's password, or None."""
    user = world.row(_HASH, email=email, address="")
    return None if user is None else user[0]
