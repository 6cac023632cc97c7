"""Worlds: copying one, leading one back, and deleting one."""

from __future__ import annotations

from lkc.world.clock import Mode
from lkc.world.hold import Hold
from lkc.world.journal import ORIGIN, current_journal
from lkc.world.names import DEFAULT
from lkc.world.refusals import Refused
from lkc.world.store import WorldInfo


class DefaultWorld(Refused):
    """The world that is meant where a call names none: without it, most calls would lead nowhere."""

    code = "default-world"
    remedy = "Reset it with POST /_sim/worlds/default/reset."


def delete_world(hold: Hold, name: str) -> None:
    """Deletes a world with all that belongs to it. Raises DefaultWorld or UnknownWorld."""
    if name == DEFAULT:
        raise DefaultWorld("The world 'default' cannot be deleted.")
    hold.store.delete(name)
    current_journal().clear(name)


def copy_world(hold: Hold, name: str, copy: str) -> WorldInfo:
    """Copies a world as it is now. Raises UnknownWorld, WorldExists or InvalidWorldName."""
    info = hold.store.fork(name, copy)
    note_beginning(info)
    return info


def reset_world(hold: Hold, name: str) -> WorldInfo:
    """Leads a world back to its origin, and empties its journal. Raises UnknownWorld."""
    info = hold.store.reset(name)
    current_journal().clear(name)
    note_beginning(info)
    return info


def note_beginning(info: WorldInfo) -> None:
    """Notes when a world began: of one whose clock runs nothing else tells it later."""
    if info.mode is Mode.RUNNING:
        current_journal().note(info.name, ORIGIN)
