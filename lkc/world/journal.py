"""The journal: what was called and answered in a world, one line an exchange, in a bounded file beside it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MAX_BYTES = 2 * 1024 * 1024


class Journal:
    """The journals of all worlds below one folder.

    A journal is no part of the world: it is not forked, diffed or exported, and writing it needs no lock.
    When a file has reached the bound it becomes the older half, and the older half before it goes.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def append(self, world: str, entry: dict[str, Any]) -> None:
        """Adds one exchange; lines of several processes do not mix."""
        line = (json.dumps(entry, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
        path = self._path(world)
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line)
            size = os.lseek(handle, 0, os.SEEK_CUR)
        finally:
            os.close(handle)
        if size >= MAX_BYTES:
            path.replace(self._older(world))

    def entries(self, world: str) -> Iterator[dict[str, Any]]:
        """What is kept of a world's exchanges, oldest first."""
        for path in (self._older(world), self._path(world)):
            if path.exists():
                with path.open(encoding="utf-8") as lines:
                    for line in lines:
                        yield json.loads(line)

    def clear(self, world: str) -> None:
        """Forgets a world's exchanges."""
        self._older(world).unlink(missing_ok=True)
        self._path(world).unlink(missing_ok=True)

    def _path(self, world: str) -> Path:
        return self._folder / f"{world}.ndjson"

    def _older(self, world: str) -> Path:
        return self._folder / f"{world}.older.ndjson"
