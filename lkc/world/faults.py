"""Faults on demand: which were ordered for a world, and whether one acts on this occasion."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from lkc.world.clock import from_micros, stamp
from lkc.world.models import Fault
from lkc.world.refusals import Refused
from lkc.world.session import WorldSession

_ANY = ("any fault",)
# Kinds of events that tell of orders only: by these alone nothing has happened in a world.
ORDERED, TAKEN_BACK = "fault-ordered", "fault-taken-back"


@dataclass(frozen=True, kw_only=True)
class FaultOrder:
    """A fault as somebody asks for it.

    Attributes:
        system: id of the system in which it acts.
        operation: narrows it to one operation of the system.
        kind: what goes wrong, e.g. `mail-bounce`.
        times: how often it acts at most; None = without end.
        every: it acts on each so-manieth fitting occasion only.
        probability: it acts with this chance (0 to 1), drawn from the world's seed.
        until: moment of the world's clock after which it no longer acts, in microseconds since 1970.
        settings: what is particular to the kind, e.g. `{"to": "ann@acme.example"}`.
    """

    system: str
    operation: str | None = None
    kind: str
    times: int | None = None
    every: int | None = None
    probability: float | None = None
    until: int | None = None
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class FaultKind:
    """Something that can go wrong in a system on demand.

    Attributes:
        name: e.g. `mail-bounce`.
        needed: settings without which it cannot be ordered.
        allowed: further settings that it knows.
        targets: what `to` may be; empty = any mail address.
    """

    name: str
    needed: frozenset[str] = frozenset()
    allowed: frozenset[str] = frozenset()
    targets: tuple[str, ...] = ()


class NoSuchFault(Refused):
    """No fault has this id."""

    code = "unknown-fault"
    remedy = "List the faults with GET /_sim/faults."


def order(world: WorldSession, wanted: FaultOrder) -> Fault:
    """Takes a fault in; it acts from now on."""
    world.remembered.pop(_ANY, None)
    number = world.ids.next("fault")
    world.insert(
        Fault,
        id=number,
        system=wanted.system,
        operation=wanted.operation,
        kind=wanted.kind,
        times=wanted.times,
        every=wanted.every,
        probability=wanted.probability,
        until=wanted.until,
        settings=json.dumps(wanted.settings, ensure_ascii=False),
    )
    fault = world.orm.get_one(Fault, number)
    _record(world, ORDERED, fault, "ordered")
    return fault


def listed(world: WorldSession) -> list[Fault]:
    """All faults on order, oldest first."""
    return list(world.orm.scalars(select(Fault).order_by(Fault.id)))


def take_back(world: WorldSession, fault_id: int) -> None:
    """Takes one fault back. Raises NoSuchFault."""
    fault = world.orm.get(Fault, fault_id)
    if fault is None:
        raise NoSuchFault(f"There is no fault {fault_id}.", id=fault_id)
    _take_back(world, fault)


def take_all_back(world: WorldSession) -> None:
    """Takes all faults back; whatever went wrong does so no longer."""
    for fault in listed(world):
        _take_back(world, fault)


def _take_back(world: WorldSession, fault: Fault) -> None:
    _record(world, TAKEN_BACK, fault, "taken back")
    world.orm.delete(fault)
    world.remembered.pop(_ANY, None)


def _record(world: WorldSession, kind: str, fault: Fault, what: str) -> None:
    """Tells in the timeline what became of an order."""
    to = json.loads(fault.settings).get("to")
    told = f"Fault {fault.id} ({fault.kind}{f' to {to}' if to else ''}) was {what}."
    world.record("world", kind, told, fault=fault.id, fault_kind=fault.kind, acts_in=fault.system)


def acting(world: WorldSession, kind: str, **occasion: str) -> dict[str, Any] | None:
    """The settings of the first fault of this kind that acts on this occasion, or None.

    A fault fits when each of its settings that the occasion has too is the same there (letter case
    aside). That it acted is counted, and told to the caller in the answer.
    """
    if not _any_ordered(world):
        return None
    for fault in world.orm.scalars(select(Fault).where(Fault.kind == kind).order_by(Fault.id)):
        settings: dict[str, Any] = json.loads(fault.settings)
        if _fits(settings, occasion) and acts(world, fault):
            world.exchange.faults.append(kind)
            return settings
    return None


def would_act(world: WorldSession, kind: str, **occasion: str) -> bool:
    """Whether some fault of this kind would act if such an occasion came now; nothing is counted by asking."""
    if not _any_ordered(world):
        return False
    faults = world.orm.scalars(select(Fault).where(Fault.kind == kind).order_by(Fault.id))
    return any(
        _fits(json.loads(fault.settings), occasion)
        and is_still_on(world, fault)
        and _meets(world, fault, fault.met + 1)
        for fault in faults
    )


def fault_numbered(world: WorldSession, number: int) -> Fault | None:
    """A fault on order, or None."""
    return world.orm.get(Fault, number)


def acts(world: WorldSession, fault: Fault) -> bool:
    """Whether a fault acts on an occasion that fits it now; the occasion is counted."""
    if not is_still_on(world, fault):
        return False
    fault.met += 1
    if not _meets(world, fault, fault.met):
        return False
    fault.injected += 1
    return True


def is_still_on(world: WorldSession, fault: Fault) -> bool:
    """Whether a fault may act yet: it has not done so as often as ordered, and its end has not come."""
    if fault.times is not None and fault.injected >= fault.times:
        return False
    return fault.until is None or world.clock.micros() <= fault.until


def described(fault: Fault) -> dict[str, Any]:
    """A fault as the control plane shows it: what was ordered, and how often it met and acted."""
    return {
        "id": fault.id,
        "system": fault.system,
        "operation": fault.operation,
        "kind": fault.kind,
        "times": fault.times,
        "every": fault.every,
        "probability": fault.probability,
        "until": None if fault.until is None else stamp(from_micros(fault.until)),
        **json.loads(fault.settings),
        "met": fault.met,
        "injected": fault.injected,
    }


def _any_ordered(world: WorldSession) -> bool:
    known: bool | None = world.remembered.get(_ANY)
    if known is None:
        row = world.driver.execute("SELECT 1 FROM world_fault LIMIT 1").fetchone()
        known = world.remembered[_ANY] = row is not None
    return known


def _fits(settings: dict[str, Any], occasion: dict[str, str]) -> bool:
    return all(
        str(settings[name]).casefold() == value.casefold() for name, value in occasion.items() if name in settings
    )


def _meets(world: WorldSession, fault: Fault, occasion: int) -> bool:
    """Whether a fault acts on the so-manieth of its occasions."""
    if fault.every is not None and occasion % fault.every:
        return False
    return fault.probability is None or _drawn(world.seed, fault.id, occasion) < fault.probability


def _drawn(seed: int, fault: int, occasion: int) -> float:
    """A number from 0 up to 1 that follows from the seed, the fault and the count of its occasions."""
    digest = hashlib.sha256(f"{seed}:{fault}:{occasion}".encode()).digest()
    return int.from_bytes(digest[:6], "big") / 2**48
