"""Faults of the wire: which kinds there are, which are on order in a world, and what one call asks for itself."""

from __future__ import annotations

import json
import mmap
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from lkc.world.faults import FaultKind, is_still_on
from lkc.world.models import Fault
from lkc.world.refusals import Refused
from lkc.world.session import Access, Exchange
from lkc.world.store import WorldStore

LATENCY, STATUS, DROP, TRUNCATE, AFTER_COMMIT = "latency", "status", "drop-connection", "truncate", "after-commit"
# Least and most of each setting that is a number: milliseconds, an HTTP status, and seconds.
BOUNDS = {"ms": (0, 60_000), "status": (400, 599), "retry_after": (0, 86_400)}
KINDS = {
    kind.name: kind
    for kind in (
        FaultKind(LATENCY, needed=frozenset({"ms"})),
        FaultKind(STATUS, needed=frozenset({"status"}), allowed=frozenset({"retry_after"})),
        FaultKind(DROP),
        FaultKind(TRUNCATE),
        FaultKind(AFTER_COMMIT, allowed=frozenset({"close"})),
    )
}
ANY_SYSTEM = "*"
PREFERENCE = "lkc-fault"

_WORLDS = 4096
_MARK = 8
_WORDS = {"true": True, "false": False}


class WrongPreference(Refused):
    """A call asks for a fault of its own that there is not."""

    code = "wrong-preference"
    remedy = "Write e.g. `Prefer: lkc-fault=status; status=503`; GET /_sim/faults/kinds lists kinds and settings."


@dataclass(frozen=True, slots=True)
class WireFault:
    """A fault of the wire.

    Attributes:
        id: its number; None where a call asks for it itself.
        system: id of the system in which it acts, or `*`.
        operation: narrows it to one operation.
        settings: what is particular to the kind.
    """

    id: int | None
    system: str
    operation: str | None
    kind: str
    settings: Mapping[str, Any]


class FaultBoard:
    """The faults of the wire on order in every world, known without asking the world's file.

    Args:
        store: where worlds are kept.
        mark: a file that all processes on a data directory share; what stands in it changes with every order.

    What is known of a generation of a world holds until the mark is another. A reset or a fork makes a new
    generation. So a call of a world without faults costs a look into memory.
    """

    def __init__(self, store: WorldStore, mark: Path) -> None:
        self._store = store
        with mark.open("a+b") as file:
            if file.tell() < _MARK:
                file.truncate(_MARK)
            self._mark = mmap.mmap(file.fileno(), _MARK)
        self._seen = self._mark[:]
        self._known: dict[str, tuple[WireFault, ...]] = {}

    def ordered(self, world: str, generation: str) -> tuple[WireFault, ...]:
        """The faults of the wire that may act in this generation of a world, oldest first."""
        mark = self._mark[:]
        if mark != self._seen:
            self._known, self._seen = {}, mark
        found = self._known.get(generation)
        return self._looked_up(world, generation) if found is None else found

    def announce(self) -> None:
        """Says to all processes that faults were ordered or taken back; to be called once that is committed."""
        self._mark[:] = secrets.token_bytes(_MARK)

    def close(self) -> None:
        """Lets go of the file."""
        self._mark.close()

    def _looked_up(self, world: str, generation: str) -> tuple[WireFault, ...]:
        known = self._known
        with self._store.session(world, Access.READ, Exchange()) as session:
            query = select(Fault).where(Fault.kind.in_(KINDS)).order_by(Fault.id)
            is_empty = session.driver.execute("SELECT 1 FROM world_fault LIMIT 1").fetchone() is None
            faults = (
                () if is_empty else tuple(filter(lambda one: is_still_on(session, one), session.orm.scalars(query)))
            )
            found = tuple(
                WireFault(fault.id, fault.system, fault.operation, fault.kind, json.loads(fault.settings))
                for fault in faults
            )
            if session.generation == generation:
                if len(known) >= _WORLDS:
                    known.clear()
                known[generation] = found
        return found


def wanted_by(header: str) -> tuple[WireFault, ...]:
    """What the header `Prefer` of a call asks for: each `lkc-fault=KIND` with `; name=value` for its settings.

    Other preferences are none of ours. Raises WrongPreference.
    """
    if PREFERENCE not in header.lower():
        return ()
    found = []
    for preference in header.split(","):
        first, *rest = (part.strip() for part in preference.split(";"))
        name, _, kind = (part.strip() for part in first.partition("="))
        if name.lower() == PREFERENCE:
            found.append(_wish(kind.strip('"').lower(), rest))
    return tuple(found)


def _wish(name: str, parameters: Iterable[str]) -> WireFault:
    kind = KINDS.get(name)
    if kind is None:
        known = ", ".join(KINDS)
        raise WrongPreference(f"A call cannot ask for the fault {name[:80]!r}; known are {known}.", kinds=list(KINDS))
    settings: dict[str, Any] = {}
    for parameter in filter(None, parameters):
        setting, _, value = (part.strip() for part in parameter.partition("="))
        setting = setting.lower()
        if setting not in kind.needed | kind.allowed:
            takes = ", ".join(sorted(kind.needed | kind.allowed)) or "none"
            raise WrongPreference(f"{name} knows no setting {setting[:80]!r}; it takes {takes}.", kinds=list(KINDS))
        settings[setting] = _setting(setting, value.strip('"'))
    missing = sorted(kind.needed - settings.keys())
    if missing:
        raise WrongPreference(f"{name} needs {', '.join(missing)}.", kinds=list(KINDS))
    return WireFault(None, ANY_SYSTEM, None, name, settings)


def _setting(name: str, value: str) -> int | bool:
    """The value of a setting. Raises WrongPreference."""
    if name == "close":
        if value.lower() in _WORDS:
            return _WORDS[value.lower()]
        raise WrongPreference(f"close is true or false, not {value[:80]!r}.", kinds=list(KINDS))
    least, most = BOUNDS[name]
    if value.isascii() and value.isdecimal() and len(value) < 10 and least <= int(value) <= most:
        return int(value)
    raise WrongPreference(f"{name} is a whole number from {least} to {most}, not {value[:80]!r}.", kinds=list(KINDS))
