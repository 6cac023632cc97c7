"""Snapshots: saving a world, and leading it back; the journal notes both, for what is to be played from there."""

from __future__ import annotations

from lkc.world.hold import Hold
from lkc.world.journal import SNAPSHOT, current_journal
from lkc.world.snapshots import Snapshot
from lkc.world.store import WorldInfo


def save_snapshot(hold: Hold, name: str) -> tuple[Snapshot, bool]:
    """Saves the world as it is; gives whether there was no snapshot of this name. Raises Invalid for a wrong name."""
    saved, is_new = hold.store.snapshots.save(hold.name, name)
    current_journal().note(hold.name, SNAPSHOT, number=saved.number)
    return saved, is_new


def load_snapshot(hold: Hold, name: str) -> WorldInfo:
    """Leads the world back to a snapshot. Raises UnknownSnapshot."""
    info = hold.store.snapshots.load(hold.name, name)
    loaded = next((one for one in hold.store.snapshots.saved(hold.name) if one.name == name), None)
    if loaded is not None:
        current_journal().note(hold.name, SNAPSHOT, number=loaded.number, request_id=hold.exchange.request_id)
    return info
