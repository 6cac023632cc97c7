"""Accounts of the portal: made by the vendor's staff, used with an address and a password."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from lkc.world.credentials import Scheme, basic, hashed
from lkc.world.keys import derive
from lkc.world.refusals import Unauthenticated
from lkc.world.session import WorldSession
from lkc.world.throttling import Throttle
from onetrust.myiss.models import Account, FailedSignIns
from onetrust.myiss.refusals import AddressTaken, TooManyAttempts

SYSTEM = "myiss"
REALM = "MyISS"
CUSTOMER = Scheme(
    "customer",
    "basic",
    "Address and password of an account of the MyISS portal.",
    (Unauthenticated, TooManyAttempts),
)

_THROTTLE = Throttle(SYSTEM, FailedSignIns, TooManyAttempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account as the staff want it.

    Attributes:
        shows_token: False for one of the customers whose token the portal does not know (documented: Q16).
    """

    email: str
    password: str
    icn: str
    shows_token: bool


def create_account(world: WorldSession, wanted: NewAccount) -> Account:
    """Makes an account; its address counts in lower case. Raises AddressTaken."""
    email = wanted.email.lower()
    if world.orm.get(Account, email) is not None:
        raise AddressTaken(f"There is an account of {email} already.", email=email)
    salt = derive(world.seed, "salt", SYSTEM, email, str(world.ids.next("salt")))[:16]
    world.insert(
        Account,
        email=email,
        password_hash=hashed(wanted.password, salt),
        icn=wanted.icn,
        shows_token=int(wanted.shows_token),
    )
    text = f"{email} has an account for customer number {wanted.icn}."
    world.record(SYSTEM, "myiss-account-created", text, email=email, icn=wanted.icn)
    return world.orm.get_one(Account, email)


def list_accounts(world: WorldSession, after: str | None, limit: int) -> list[Account]:
    """Accounts by address, those after a given one, at most so many."""
    query = select(Account).order_by(Account.email).limit(limit)
    if after is not None:
        query = query.where(Account.email > after)
    return list(world.orm.scalars(query))


def current_account(world: WorldSession) -> Account:
    """The account with whose address and password this request comes. Raises Unauthenticated or TooManyAttempts."""
    given = basic()
    if given is None:
        raise Unauthenticated("This call needs the address and password of an account of the portal.", REALM)
    return account_with(world, given.name, given.password)


def account_with(world: WorldSession, email: str, password: str) -> Account:
    """The account of an address, where the password is right. Raises Unauthenticated or TooManyAttempts."""
    email = email.strip().lower()
    if not _THROTTLE.passes(world, email, password, lambda there: _kept(there, email)):
        raise Unauthenticated("E-mail address and password do not belong together.", REALM)
    return world.orm.get_one(Account, email)


def _kept(world: WorldSession, email: str) -> str | None:
    """The hash of the password of an account, or None."""
    account = find_account(world, email)
    return None if account is None else account.password_hash


def find_account(world: WorldSession, email: str) -> Account | None:
    """The account of an address."""
    return world.orm.get(Account, email.strip().lower())
