"""What an installation can state of itself, for whoever explains why something is as it is."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from lkc.world.session import WorldSession
from onetrust.products.agents import list_agents, seats_of
from onetrust.products.installations import entered_tokens
from onetrust.products.installations import find_installation as find_row
from onetrust.products.kinds import Kind
from onetrust.products.licenses import entitlements_of, held_licenses, key_files_of, mode_of, ruling_keys
from onetrust.products.models import NEVER, EnteredToken, Installation


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitlementFacts:
    """An entitlement as it was retrieved; `expiration_date` is an ISO date."""

    product: str
    quantity: int
    expiration_date: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFileFacts:
    """A license file as it was applied.

    Attributes:
        service_end: ISO date, end of the service contract (S&S).
        license_end: ISO date or `permanent`.
        is_read: whether a restart came after it was applied.
        feature: one name for its product in files of every format.
        rules: whether it is the one that rules among the files of its product that were read.
    """

    key_id: int
    product: str
    feature: str
    quantity: int
    service_end: str
    license_end: str
    is_read: bool
    rules: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallationFacts:
    """An installation.

    Attributes:
        takes_key_files: license files may count for its updates; a SiteProtector from 2.8 on only keeps them.
        gets_out: it reaches the Internet, by its proxy where it has one.
        mode: `Automatic Mode` or `Manual Mode` of an M or MX appliance, else None.
        last_retrieval: moment of the last one that brought something, or None.
        last_failure: code with which the last retrieval failed, or None where it did not.
        seats: how many agents its licenses allow.
        agents: names in the order of their seats.
    """

    id: str
    name: str
    kind: str
    version: str | None
    serial_number: str | None
    takes_key_files: bool
    takes_tokens: bool
    uses_serial_number: bool
    internet: bool
    proxy: str | None
    gets_out: bool
    mode: str | None
    tokens: tuple[str, ...]
    last_retrieval: str | None
    last_failure: str | None
    entitlements: tuple[EntitlementFacts, ...]
    key_files: tuple[KeyFileFacts, ...]
    seats: int
    agents: tuple[str, ...]


def find_installation(world: WorldSession, installation_id: str) -> InstallationFacts | None:
    """What is to be said of an installation, or None where no one has this id."""
    found = find_row(world, installation_id)
    return None if found is None else _facts(world, found)


def installations_with_token(world: WorldSession, token: str) -> list[InstallationFacts]:
    """The installations at which a token was entered."""
    query = select(Installation).join(EnteredToken).where(EnteredToken.token == token)
    return [_facts(world, found) for found in world.orm.scalars(query.order_by(Installation.number))]


def installations_with_serial_number(world: WorldSession, serial_number: str) -> list[InstallationFacts]:
    """The installations of a serial number."""
    query = select(Installation).where(Installation.serial_number == serial_number)
    return [_facts(world, found) for found in world.orm.scalars(query.order_by(Installation.number))]


def first_of_kind(world: WorldSession, kind: Kind) -> InstallationFacts | None:
    """The first installation of a kind, or None."""
    query = select(Installation).where(Installation.kind == kind.value).order_by(Installation.number).limit(1)
    found = world.orm.scalar(query)
    return None if found is None else _facts(world, found)


def serial_numbers_of_kind(world: WorldSession, kind: Kind) -> list[str]:
    """The serial numbers of all installations of a kind, in the order in which these were set up."""
    query = select(Installation.serial_number).where(Installation.kind == kind.value).order_by(Installation.number)
    return [number for number in world.orm.scalars(query) if number is not None]


def tokens_anywhere(world: WorldSession) -> list[str]:
    """Every token that was entered at some installation, once."""
    return list(world.orm.scalars(select(EnteredToken.token).distinct().order_by(EnteredToken.token)))


def _facts(world: WorldSession, installation: Installation) -> InstallationFacts:
    ways = installation.ways
    return InstallationFacts(
        id=installation.id,
        name=installation.name,
        kind=installation.kind,
        version=installation.version,
        serial_number=installation.serial_number,
        takes_key_files=ways.key_files,
        takes_tokens=ways.tokens,
        uses_serial_number=ways.serial_number,
        internet=installation.internet,
        proxy=installation.proxy,
        gets_out=installation.gets_out,
        mode=mode_of(installation),
        tokens=tuple(entered_tokens(world, installation)),
        last_retrieval=installation.last_retrieval,
        last_failure=installation.last_failure,
        entitlements=_entitlements(world, installation),
        key_files=_key_files(world, installation),
        seats=seats_of(world, installation, held_licenses(world, installation)).licensed,
        agents=tuple(agent.name for agent in list_agents(world, installation, None, None)),
    )


def _entitlements(world: WorldSession, installation: Installation) -> tuple[EntitlementFacts, ...]:
    return tuple(
        EntitlementFacts(
            product=entitlement.product,
            quantity=entitlement.quantity,
            expiration_date=entitlement.expiration_day,
            token=entitlement.token,
        )
        for entitlement in entitlements_of(world, installation)
    )


def _key_files(world: WorldSession, installation: Installation) -> tuple[KeyFileFacts, ...]:
    files = key_files_of(world, installation)
    ruling = ruling_keys(files)
    return tuple(
        KeyFileFacts(
            key_id=file.key_id,
            product=file.product,
            feature=file.feature,
            quantity=file.quantity,
            service_end=file.service_end,
            license_end=file.license_end or NEVER,
            is_read=file.is_read,
            rules=file.key_id in ruling,
        )
        for file in files
    )
