"""What an installation holds, license by license, and which of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from lkc.world.session import WorldSession
from onetrust.products.kinds import Kind
from onetrust.products.models import NEVER, Installation, KeyFile, RetrievedEntitlement
from onetrust.products.refusals import ServiceFailed

AUTOMATIC, MANUAL = "Automatic Mode", "Manual Mode"


class Origin(StrEnum):
    """Where a license comes from."""

    ONETRUST = "onetrust"
    KEY_FILE = "key-file"


class State(StrEnum):
    """Whether a license counts for updates, and if not, why."""

    RUNNING = "running"
    SERVICE_ENDED = "service-ended"
    LICENSE_ENDED = "license-ended"
    NOT_READ = "not-read"
    HIDDEN = "hidden"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldLicense:
    """A license that an installation holds.

    Attributes:
        expiration_date: ISO date, end of the service contract (S&S).
        license_expiration_date: ISO date or `permanent`; of an entitlement None, as none is retrieved.
        token: with which it was retrieved; None for a file.
        key_id: of the file; None for an entitlement.
        own_state: what its own dates say.
        state: what counts.
    """

    origin: Origin
    product: str
    quantity: int
    expiration_date: str
    license_expiration_date: str | None = None
    token: str | None = None
    key_id: int | None = None
    own_state: State
    state: State


def mode_of(installation: Installation) -> str | None:
    """What an M or MX appliance shows of its way to licenses; other products show no mode.

    Automatic where OneTrust is in use; Manual where it cannot be reached and license files count (documented:
    swg21435290). It cannot be where nothing gets out, or where the last retrieval met nobody.
    """
    if installation.kind != Kind.MX_APPLIANCE:
        return None
    reaches = installation.gets_out and installation.last_failure != ServiceFailed.code
    return AUTOMATIC if installation.ways.serial_number and reaches else MANUAL


def counts(installation: Installation, origin: Origin) -> bool:
    """Whether licenses of this origin count for updates now (documented: swg21435290)."""
    mode = mode_of(installation)
    if origin is Origin.ONETRUST:
        return installation.ways.tokens or mode == AUTOMATIC
    return installation.ways.key_files and mode != AUTOMATIC


def ruling_keys(files: Iterable[KeyFile]) -> set[int]:
    """The keys that rule: those of the files that were read and were not hidden when that happened."""
    return {file.key_id for file in files if file.is_read and not file.is_hidden}


def key_files_of(world: WorldSession, installation: Installation) -> list[KeyFile]:
    """The license files that are applied, by key."""
    query = select(KeyFile).where(KeyFile.installation == installation.number)
    return list(world.orm.scalars(query.order_by(KeyFile.key_id)))


def entitlements_of(world: WorldSession, installation: Installation) -> list[RetrievedEntitlement]:
    """What was retrieved last, by product and date."""
    row = RetrievedEntitlement
    query = select(row).where(row.installation == installation.number)
    return list(world.orm.scalars(query.order_by(row.product, row.expiration_day, row.source, row.place)))


def held_licenses(world: WorldSession, installation: Installation) -> list[HeldLicense]:
    """All that an installation holds: what was retrieved, then what was applied."""
    today = world.clock.today()
    entitled = [
        _of_entitlement(entitlement, today, used=counts(installation, Origin.ONETRUST))
        for entitlement in entitlements_of(world, installation)
    ]
    files = key_files_of(world, installation)
    ruling, used = ruling_keys(files), counts(installation, Origin.KEY_FILE)
    return entitled + [_of_file(file, today, file.key_id in ruling, used=used) for file in files]


def _of_entitlement(entitlement: RetrievedEntitlement, today: date, *, used: bool) -> HeldLicense:
    own = State.RUNNING if entitlement.is_running(today) else State.SERVICE_ENDED
    return HeldLicense(
        origin=Origin.ONETRUST,
        product=entitlement.product,
        quantity=entitlement.quantity,
        expiration_date=entitlement.expiration_day,
        token=entitlement.token,
        own_state=own,
        state=own if used else State.IGNORED,
    )


def _of_file(file: KeyFile, today: date, rules: bool, *, used: bool) -> HeldLicense:  # noqa: FBT001 - a fact of the file
    own = State.RUNNING if file.has_service(today) else State.SERVICE_ENDED
    own = own if file.is_running(today) else State.LICENSE_ENDED
    met = [(State.IGNORED, not used), (State.NOT_READ, not file.is_read), (State.HIDDEN, not rules)]
    return HeldLicense(
        origin=Origin.KEY_FILE,
        product=file.product,
        quantity=file.quantity,
        expiration_date=file.service_end,
        license_expiration_date=file.license_end or NEVER,
        key_id=file.key_id,
        own_state=own,
        state=next((state for state, is_so in met if is_so), own),
    )


def reason_of(licenses: Sequence[HeldLicense]) -> State | None:
    """Why none of these licenses counts, the reason that is most worth knowing; None where there are none.

    A license that would run by itself and is kept from it comes first.
    """
    kept_from = [license_.state for license_ in licenses if license_.own_state is State.RUNNING]
    ended = [license_.own_state for license_ in licenses]
    order = (State.HIDDEN, State.NOT_READ, State.IGNORED)
    return next((state for state in order if state in kept_from), None) or next(iter(ended), None)
