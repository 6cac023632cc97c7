"""Installations: set up, found, given a network and tokens."""

from __future__ import annotations

from sqlalchemy import delete as delete_rows
from sqlalchemy import func, select

from lkc.world.session import WorldSession
from onetrust.products.kinds import PRESET_VERSIONS, Kind, checked_serial_number
from onetrust.products.models import PREFIX, SYSTEM, EnteredToken, Installation, RetrievedEntitlement
from onetrust.products.refusals import TokenNotTaken, UnknownInstallation, UnknownToken

_LONGEST_NUMBER = 18


def set_up(world: WorldSession, kind: Kind, name: str, version: str | None, serial_number: str | None) -> Installation:
    """Installs a product; the version is a current one where none is told. Raises Invalid for an MX without number."""
    number = world.ids.next("installation")
    version = version or PRESET_VERSIONS.get(kind)
    serial_number = checked_serial_number(kind, serial_number)
    world.insert(Installation, number=number, name=name, kind=kind.value, version=version, serial_number=serial_number)
    installation = world.orm.get_one(Installation, number)
    record(world, installation, "installation-set-up", f"{name} is installed as {installation.id} ({kind.value}).")
    return installation


def record(world: WorldSession, installation: Installation, kind: str, text: str, **subject: object) -> None:
    """Writes an entry of the timeline that has to do with an installation."""
    world.record(SYSTEM, kind, text, installation=installation.id, **subject)


def number_in(installation_id: str) -> int | None:
    """The number in an id such as `I-1`, or None where it is none."""
    digits = installation_id.removeprefix(PREFIX)
    is_one = installation_id.startswith(PREFIX) and digits.isascii() and digits.isdigit()
    return int(digits) if is_one and len(digits) <= _LONGEST_NUMBER else None


def find_installation(world: WorldSession, installation_id: str) -> Installation | None:
    """An installation by its id, or None."""
    number = number_in(installation_id)
    return None if number is None else world.orm.get(Installation, number)


def get_installation(world: WorldSession, installation_id: str) -> Installation:
    """An installation by its id. Raises UnknownInstallation."""
    found = find_installation(world, installation_id)
    if found is None:
        raise UnknownInstallation(installation_id)
    return found


def list_installations(world: WorldSession, after: str | None, limit: int) -> list[Installation]:
    """Installations in the order in which they were set up, those after a given one, at most so many."""
    query = select(Installation).order_by(Installation.number).limit(limit)
    if after is not None:
        query = query.where(Installation.number > (number_in(after) or 0))
    return list(world.orm.scalars(query))


def change_network(world: WorldSession, installation: Installation, proxy: str | None, *, internet: bool) -> None:
    """Says whether there is a way to the Internet, and by which proxy; nothing is retrieved by that."""
    installation.internet, installation.proxy = internet, proxy
    way = f" by proxy {proxy}" if proxy else ""
    text = f"{installation.name} {'has' if internet else 'has no'} way to the Internet{way}."
    record(world, installation, "network-changed", text, internet=internet, proxy=proxy)


def entered_tokens(world: WorldSession, installation: Installation) -> list[str]:
    """The tokens that were entered, first come first."""
    query = select(EnteredToken.token).where(EnteredToken.installation == installation.number)
    return list(world.orm.scalars(query.order_by(EnteredToken.position)))


def enter_token(world: WorldSession, installation: Installation, token: str) -> bool:
    """Enters a token beside those that are there (Q18), and tells whether it is new; nothing is retrieved by that.

    Raises TokenNotTaken where the product has no place for tokens (inferred from swg21435290).
    """
    _check_takes_tokens(installation)
    if world.orm.get(EnteredToken, (installation.number, token)) is not None:
        return False
    query = select(func.max(EnteredToken.position)).where(EnteredToken.installation == installation.number)
    position = (world.orm.scalar(query) or 0) + 1
    world.insert(EnteredToken, installation=installation.number, token=token, position=position)
    record(world, installation, "token-entered", f"Token {token} is entered at {installation.name}.", token=token)
    return True


def remove_token(world: WorldSession, installation: Installation, token: str) -> None:
    """Takes a token out again, with what was retrieved with it. Raises UnknownToken."""
    entered = world.orm.get(EnteredToken, (installation.number, token))
    if entered is None:
        raise UnknownToken(f"Token {token[:40]!r} was not entered at {installation.name}.", token=token[:40])
    world.orm.delete(entered)
    query = delete_rows(RetrievedEntitlement).where(RetrievedEntitlement.installation == installation.number)
    world.orm.execute(query.where(RetrievedEntitlement.source == token))
    record(world, installation, "token-removed", f"Token {token} is gone from {installation.name}.", token=token)


def _check_takes_tokens(installation: Installation) -> None:
    if installation.ways.tokens:
        return
    refusal = TokenNotTaken(f"An installation of kind {installation.kind} takes no tokens.", kind=installation.kind)
    refusal.remedy = (  # type: ignore[misc] # one refusal, whose cure depends on the kind
        "It retrieves by its serial number: have the order name that number, or register it with the token."
        if installation.ways.serial_number
        else "Generate a license file in the License Key Center, apply it, and restart the product."
    )
    raise refusal
