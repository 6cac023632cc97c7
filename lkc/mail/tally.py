"""What became of mails that were to be relayed, counted by each process and added up over all of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from lkc.world.store import WorldStore

ENDING = ".json"


@dataclass(slots=True)
class Counts:
    """Mails since the start, and how it stands now.

    Attributes:
        relayed: the server took them.
        waiting: their turn is to come.
        refused: the server did not take them.
        dropped: too many waited already.
        gone: deleted, or their world led elsewhere, before their turn came.
        withheld: their recipients may be somebody, so they are never relayed.
        trouble: why the server cannot be reached now; None where it can, as far as is known.
    """

    relayed: int = 0
    waiting: int = 0
    refused: int = 0
    dropped: int = 0
    gone: int = 0
    withheld: int = 0
    trouble: str | None = None


class Tally:
    """The counts of this process, in memory and in a file that the others read.

    Args:
        folder: where each process has a file of its name; made if it is not there.
        server: to which the mails go; processes with another one do not count.
        store: knows who is at work.
    """

    def __init__(self, folder: Path, server: str, store: WorldStore) -> None:
        self.counts = Counts()
        self._folder = folder
        self._server = server
        self._store = store
        self._written: dict[str, Any] | None = None

    def write(self) -> None:
        """Lets the others know, where something has changed; a disk that is full stops nothing."""
        now = asdict(self.counts)
        if now == self._written:
            return
        path = self._folder / (self._store.worker + ENDING)
        coming = path.with_suffix(".coming")
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            coming.write_bytes(orjson.dumps({"server": self._server, **now}))
            coming.replace(path)
        except OSError:
            return
        self._written = now

    def total(self) -> dict[str, Any]:
        """The server and the counts of all processes that are at work."""
        total = asdict(self.counts)
        for other in self._others():
            for name, value in other.items():
                total[name] = (total[name] or value) if name == "trouble" else total[name] + value
        return {"server": self._server, **total}

    def close(self) -> None:
        """Takes the file away."""
        (self._folder / (self._store.worker + ENDING)).unlink(missing_ok=True)

    def _others(self) -> list[dict[str, Any]]:
        found = []
        for path in self._folder.glob(f"*{ENDING}"):
            worker = path.name.removesuffix(ENDING)
            if worker == self._store.worker:
                continue
            if not self._store.is_at_work(worker):
                path.unlink(missing_ok=True)
                continue
            try:
                kept = orjson.loads(path.read_bytes())
            except (OSError, orjson.JSONDecodeError):
                continue
            if kept.pop("server") == self._server:
                found.append(kept)
        return found
