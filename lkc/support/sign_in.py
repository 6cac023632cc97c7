"""Who calls the desk: an IBM ID by address and password, or the vendor's staff."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from lkc.support.models import SYSTEM, FailedSignIns, IbmId
from lkc.support.refusals import IbmIdExists, TooManyAttempts
from lkc.world.credentials import Basic, Scheme, basic, hashed, is_producer
from lkc.world.database import Prepared
from lkc.world.keys import derive
from lkc.world.refusals import Unauthenticated
from lkc.world.session import WorldSession
from lkc.world.throttling import Throttle

REALM = "IBM ID"
IBM_ID = Scheme(
    "ibm-id",
    "basic",
    "Address and password of an IBM ID (`POST /support/api/v1/ibm-ids`).",
    (Unauthenticated, TooManyAttempts),
)
STAFF = "producer"

_THROTTLE = Throttle(SYSTEM, FailedSignIns, TooManyAttempts)
_HASH = Prepared(lambda: select(IbmId.password_hash).where(IbmId.email == bindparam("email")))


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: an IBM ID by its address, or the vendor's staff (`email` None)."""

    email: str | None

    @property
    def name(self) -> str:
        """For the record."""
        return self.email or STAFF


def create_ibm_id(world: WorldSession, email: str, password: str) -> IbmId:
    """Gives an address an IBM ID; it counts in lower case. Raises IbmIdExists."""
    email = email.lower()
    if world.orm.get(IbmId, email) is not None:
        raise IbmIdExists(f"There is an IBM ID of {email} already.", email=email)
    salt = derive(world.seed, "salt", SYSTEM, email, str(world.ids.next("salt")))[:16]
    world.insert(IbmId, email=email, password_hash=hashed(password, salt))
    world.record(SYSTEM, "ibm-id-created", f"{email} has an IBM ID.", email=email)
    return world.orm.get_one(IbmId, email)


def current_caller(world: WorldSession) -> Caller:
    """Who sends this request. Raises Unauthenticated or TooManyAttempts."""
    given = basic()
    if given is None:
        raise Unauthenticated("This call needs an IBM ID (HTTP Basic).", REALM)
    return checked_caller(world, given.name, given.password)


def checked_caller(world: WorldSession, name: str, password: str) -> Caller:
    """Whose name and password these are. Raises Unauthenticated or TooManyAttempts."""
    if is_producer(Basic(name, password)):
        return Caller(None)
    email = name.strip().lower()
    if not _THROTTLE.passes(world, email, password, lambda there: _kept(there, email)):
        raise Unauthenticated("IBM ID and password do not belong together.", REALM)
    return Caller(email)


def _kept(world: WorldSession, email: str) -> str | None:
    """The hash of the password of an IBM ID, or None."""
    row = world.row(_HASH, email=email)
    return None if row is None else row[0]


def current_ibm_id(world: WorldSession) -> str:
    """The address of the IBM ID that sends this request. Raises Unauthenticated, for the staff too."""
    caller = current_caller(world)
    if caller.email is None:
        raise Unauthenticated("This call needs a customer's IBM ID; the staff have none.", REALM)
    return caller.email
