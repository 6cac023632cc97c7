"""The moment at which a bundle begins: which one is meant, and where it lies in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from lkc.bundles.refusals import JournalTooShort
from lkc.world.clock import Mode
from lkc.world.journal import CHECKPOINT, LOST, NOTE, ORIGIN, SNAPSHOT
from lkc.world.session import Access
from lkc.world.snapshots import UnknownMoment
from lkc.world.store import WorldStore

SINCE_CHECKPOINT, SINCE_SNAPSHOT = "checkpoint:", "snapshot:"
LAST = f"{SINCE_CHECKPOINT}1"

Lines = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of a world.

    Attributes:
        label: what it is, for people.
        number: of what is kept of it; None is the world's origin.
        place: how many lines of the journal lie before it.
        real: when it was, in microseconds of real time; None where nobody knows.
        by: id of the call that led the world back to it, which is not to be made again.
    """

    label: str
    number: int | None
    place: int
    real: int | None
    by: str | None


def moment(store: WorldStore, world: str, since: str | None, lines: Lines) -> Moment:
    """The moment that is meant: by itself the last from which the journal can be played.

    Args:
        store: where the world is.
        world: name of the world.
        since: `origin`, `snapshot:NAME` or `checkpoint:N`, the N-th last; None is the last checkpoint, or the origin
            where there is none, or a later one.
        lines: of the world's journal.

    Raises UnknownWorld, UnknownMoment, or JournalTooShort.
    """
    if since is None:
        return _last(store, world, lines)
    if since == ORIGIN:
        return _origin(store, world, lines)
    if since.startswith(SINCE_SNAPSHOT):
        name = since.removeprefix(SINCE_SNAPSHOT)
        found = next((one for one in store.snapshots.saved(world) if one.name == name), None)
        if found is None:
            raise UnknownMoment(world, since)
        return _kept(world, f"snapshot {name}", found.number, lines)
    kept = store.snapshots.checkpoints(world)
    place = since.removeprefix(SINCE_CHECKPOINT)
    if not (place.isascii() and place.isdecimal() and len(place) < 4 and 0 < int(place) <= len(kept)):
        raise UnknownMoment(world, since)
    wanted = kept[int(place) - 1]
    return _kept(world, f"the checkpoint before {wanted.reason}", wanted.number, lines)


def _last(store: WorldStore, world: str, lines: Lines) -> Moment:
    begins = _last_note(lines, ORIGIN)
    kept = store.snapshots.checkpoints(world)
    if not kept or _place_of(lines, kept[0].number) < begins:
        return _origin(store, world, lines)
    return moment(store, world, LAST, lines)


def _origin(store: WorldStore, world: str, lines: Lines) -> Moment:
    place = _last_note(lines, ORIGIN)
    if any(line.get(NOTE) == LOST for line in lines[place + 1 :]):
        raise JournalTooShort(world, "its origin")
    if place >= 0:
        note = lines[place]
        return Moment("the origin", None, place + 1, note["at"], note.get("request_id"))
    with store.session(world, Access.READ) as session:
        clock = session.clock
        (began_at,) = session.driver.execute("SELECT origin_now FROM world").fetchone()
        knows = clock.mode is Mode.RUNNING and clock.base == began_at
        return Moment("the origin", None, 0, clock.anchor if knows else None, None)


def _kept(world: str, label: str, number: int, lines: Lines) -> Moment:
    place = _place_of(lines, number)
    if place < 0:
        raise JournalTooShort(world, label)
    note = lines[place]
    return Moment(label, number, place + 1, note["at"], note.get("request_id"))


def _place_of(lines: Lines, number: int) -> int:
    """Where the note of a moment that is kept lies; -1 where there is none."""
    found = [
        place
        for place, line in enumerate(lines)
        if line.get(NOTE) in {CHECKPOINT, SNAPSHOT} and line.get("number") == number
    ]
    return found[-1] if found else -1


def _last_note(lines: Lines, kind: str) -> int:
    found = [place for place, line in enumerate(lines) if line.get(NOTE) == kind]
    return found[-1] if found else -1
