"""The journal: what was called and answered in a world, one line an exchange, in a bounded file beside it."""

from __future__ import annotations

import fcntl
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import orjson
from flask import current_app

from lkc.world.clock import real_micros
from lkc.world.marks import Marks, kept_marks, without_marks

JOURNAL_KEY = "LKC_JOURNAL"
# Of each half; an exchange takes from half a KiB to 20 KiB, so that at least 400 and at most some 16,000 are kept.
MAX_BYTES = 8 * 1024 * 1024
OPEN_JOURNALS = 32
# What stands between the exchanges: where a moment of the world lies among them, and where some are missing.
NOTE = "note"
LOST, ORIGIN, CHECKPOINT, SNAPSHOT = "lost", "origin", "checkpoint", "snapshot"
_NOTED = b'{"note":'
_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT


class Journal:
    """The journals of all worlds below one folder.

    Args:
        folder: where they are.
        exists: whether there is a world of this name; for one that is gone nothing is written down.
        is_kept: whether anything is written down at all.

    A journal is no part of the world: it is not forked, diffed or exported, and writing it needs no lock.
    When a file has reached the bound it becomes the older half, and the older half before it goes.
    """

    def __init__(self, folder: Path, exists: Callable[[str], bool], *, is_kept: bool = True) -> None:
        self._folder = folder
        self._exists = exists
        self.is_kept = is_kept
        self._open: OrderedDict[str, int] = OrderedDict()
        self._lock = threading.Lock()
        self.marks: Marks = kept_marks(folder)

    def append(self, world: str, entry: dict[str, Any]) -> None:
        """Adds one exchange; lines of several processes do not mix."""
        line = orjson.dumps(entry, option=orjson.OPT_APPEND_NEWLINE)
        # A full disk must not spoil an answer that is done: the exchange goes unrecorded then.
        with self._lock, suppress(OSError):
            handle = self._handle(world)
            if handle is not None:
                os.write(handle, line)

    def note(self, world: str, kind: str, **what: Any) -> None:
        """Notes what lies between the exchanges before and those after, with the real moment."""
        if self.is_kept:
            self.append(world, {NOTE: kind, "at": real_micros(), **what})

    def entries(self, world: str) -> Iterator[dict[str, Any]]:
        """What is kept of a world's exchanges, oldest first, and nothing of what was hidden."""
        for line in self._lines(world):
            if not line.startswith(_NOTED):
                with suppress(orjson.JSONDecodeError):
                    yield orjson.loads(without_marks(line))

    def everything(self, world: str) -> Iterator[dict[str, Any]]:
        """Exchanges with the marks of what was hidden (`lkc.world.marks`), and notes; for this house alone."""
        for line in self._lines(world):
            with suppress(orjson.JSONDecodeError):
                yield orjson.loads(line)

    def _lines(self, world: str) -> Iterator[bytes]:
        """The lines of a journal; a full disk, or a kill, may have left half of one."""
        for path in (self._older(world), self._path(world)):
            with suppress(FileNotFoundError), path.open("rb") as lines:
                yield from lines

    def clear(self, world: str) -> None:
        """Forgets a world's exchanges."""
        with self._lock, self._rotating():
            self._older(world).unlink(missing_ok=True)
            self._path(world).unlink(missing_ok=True)

    def close(self) -> None:
        """Lets go of every open file."""
        with self._lock:
            while self._open:
                os.close(self._open.popitem()[1])

    def _handle(self, world: str) -> int | None:
        """The open journal of a world, another one where it has been cleared or is full; None where there is none."""
        handle = self._open.get(world)
        if handle is not None:
            state = os.fstat(handle)
            if state.st_nlink and state.st_size < MAX_BYTES:
                self._open.move_to_end(world)
                return handle
            os.close(self._open.pop(world))
            if state.st_nlink:
                self._make_older(world, state.st_ino)
        if not self._exists(world):
            return None
        handle = os.open(self._path(world), _APPENDING, 0o600)
        self._open[world] = handle
        if len(self._open) > OPEN_JOURNALS:
            os.close(self._open.popitem(last=False)[1])
        return handle

    def _make_older(self, world: str, inode: int) -> None:
        """Turns a full journal into the older half, unless another process has done so."""
        path = self._path(world)
        with self._rotating(), suppress(FileNotFoundError):
            if path.stat().st_ino == inode:
                loses = self._older(world).exists()
                path.replace(self._older(world))
                if loses:
                    line = orjson.dumps({NOTE: LOST, "at": real_micros()}, option=orjson.OPT_APPEND_NEWLINE)
                    handle = os.open(path, _APPENDING, 0o600)
                    os.write(handle, line)
                    os.close(handle)

    @contextmanager
    def _rotating(self) -> Iterator[None]:
        """A block in which no other process moves or clears journals."""
        with (self._folder / ".rotating").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _path(self, world: str) -> Path:
        return self._folder / f"{world}.ndjson"

    def _older(self, world: str) -> Path:
        return self._folder / f"{world}.older.ndjson"


def current_journal() -> Journal:
    """The journals of the landscape that answers this request."""
    journal: Journal = current_app.config[JOURNAL_KEY]
    return journal
