"""Who calls the key center: members by Basic or bearer credentials, or the vendor's staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import request
from sqlalchemy import bindparam, delete, select

from lkc.keycenter.leftovers import remove_expired
from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.models import FailedSignIns, SignInSession, User
from lkc.keycenter.passwords import digest_of
from lkc.keycenter.refusals import TooManyAttempts
from lkc.keycenter.throttling import Guesses, check, forget_failures, note_failure
from lkc.world.clock import from_micros, stamp, to_micros
from lkc.world.credentials import Scheme, basic, bearer, fits, is_producer, known_to_fit
from lkc.world.database import Prepared
from lkc.world.hold import current_hold
from lkc.world.refusals import Bearer, Unauthenticated
from lkc.world.session import Access, WorldSession

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
_guesses = Guesses()


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

    Raises Unauthenticated or TooManyAttempts. A password that was found right before costs nothing more. Any other is
    a guess, and guesses are looked at one after the other, under the world's write lock: however many come at once, and
    at however many processes, no more are looked at than are let pass.
    """
    email, address = email.strip().lower(), request.remote_addr or ""
    kept, failures, from_there = world.row(_HASH, email=email, address=address) or (None, None, None)
    if _guesses.settles(world.name, email, lambda: known_to_fit(kept, password)):
        if failures or from_there:
            check(world, email, address)
        return email
    with _guesses.under_way(world.name, email) as was_wrong:
        if world.access is Access.WRITE:
            is_right = _guessed(world, email, password)
        else:
            with current_hold().transaction(Access.WRITE) as writing:
                is_right = _guessed(writing, email, password)
        if not is_right:
            was_wrong()
            raise Unauthenticated("E-mail address and password do not belong together.", REALM)
    return email


def _guessed(world: WorldSession, email: str, password: str) -> bool:
    """Looks at a guess and counts it where it is wrong; the session may write. Raises TooManyAttempts."""
    address = request.remote_addr or ""
    kept, failures, _ = world.row(_HASH, email=email, address=address) or (None, None, None)
    check(world, email, address)
    if fits(kept, password):
        if failures:
            forget_failures(world, email)
        return True
    note_failure(world, email, address)
    return False
