"""The files of snapshots and checkpoints: what each is, as its name tells, so that none is opened to be listed."""

from __future__ import annotations

import os
import re
import secrets
import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote

from lkc.world.clock import from_micros
from lkc.world.snapshots import Checkpoint, Snapshot
from lkc.world.sqlite.files import copy_locked, remove

SAVED, UNDO = "save", "undo"
LONGEST_NAME = 180

_NAME = re.compile(rf"({SAVED}|{UNDO})\.(.*)\.([0-9]+)\.(-?[0-9]+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Kept:
    """A copy of a world.

    Attributes:
        kind: `save` for a snapshot, `undo` for a checkpoint.
        label: the snapshot's name, or the reason of the checkpoint.
        number: rises with each copy of the world.
        at: what the world's clock showed, in microseconds since 1970.
        size: in bytes.
    """

    path: Path
    kind: str
    label: str
    number: int
    at: int
    size: int

    def as_snapshot(self) -> Snapshot:
        """What is told of a snapshot."""
        return Snapshot(self.label, from_micros(self.at), self.size, self.number)

    def as_checkpoint(self) -> Checkpoint:
        """What is told of a checkpoint."""
        return Checkpoint(self.label, from_micros(self.at), self.number)


class Shelf:
    """The copies of one world, in a folder that bears the world's name and goes with it.

    Only who holds the world's write lock changes anything here. A copy is made under another name and moved in place,
    so that nobody ever meets half of one.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: list[Kept] | None = None

    def copies(self, kind: str) -> list[Kept]:
        """All copies of a kind, oldest first; of a name that a killed process has left twice the newer one."""
        found: dict[str | int, Kept] = {}
        for kept in sorted(self._all(), key=lambda one: one.number):
            if kept.kind == kind:
                found[kept.label if kind == SAVED else kept.number] = kept
        return list(found.values())

    def saved(self, name: str) -> list[Kept]:
        """The copies of one snapshot: none or one, or two where a process was killed as it replaced it."""
        return [kept for kept in self._all() if (kept.kind, kept.label) == (SAVED, name)]

    def keep(self, connection: sqlite3.Connection, source: Path, kind: str, label: str, at: int) -> Kept:
        """Copies a world whose write lock the connection holds."""
        self._folder.mkdir(parents=True, exist_ok=True)
        number = max((kept.number for kept in self._all()), default=0) + 1
        safe = _as_file_name(label)
        target = self._folder / f"{kind}.{safe}.{number}.{at}"
        copying = self._folder / f".{secrets.token_hex(6)}"
        try:
            copy_locked(connection, source, copying)
            copying.replace(target)
        except BaseException:
            remove(copying)
            raise
        kept = Kept(target, kind, unquote(safe), number, at, target.stat().st_size)
        self._all().append(kept)
        return kept

    def empty(self, kind: str) -> None:
        """Removes all copies of a kind."""
        for kept in self._all():
            if kept.kind == kind:
                kept.path.unlink(missing_ok=True)

    def _all(self) -> list[Kept]:
        """What is there, read once: a shelf is looked at for one call, by who holds the lock if it matters."""
        if self._read is not None:
            return self._read
        found: list[Kept] = []
        with suppress(FileNotFoundError), os.scandir(self._folder) as entries:
            for entry in entries:
                # What has no such name was put there by somebody else.
                if (read := _NAME.fullmatch(entry.name)) is not None:
                    kind, label, number, at = read.groups()
                    with suppress(FileNotFoundError):
                        size = entry.stat().st_size
                        found.append(Kept(Path(entry.path), kind, unquote(label), int(number), int(at), size))
        self._read = found
        return found


def _as_file_name(label: str) -> str:
    """A label as a part of a file name, which may not be longer than a disk takes."""
    while len(name := quote(label, safe="")) > LONGEST_NAME:
        label = label[: len(label) // 2]
    return name
