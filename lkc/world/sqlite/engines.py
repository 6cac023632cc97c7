"""Which world files are open: a few engines, the least used one closed first."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path

from sqlalchemy.engine import Connection, Engine

from lkc.world.database import engine_for

OPEN_WORLDS = 32


class Engines:
    """The engines of one process, by file; safe for many threads."""

    def __init__(self, synchronous: str) -> None:
        self._synchronous = synchronous
        self._engines: OrderedDict[Path, Engine] = OrderedDict()
        self._lock = threading.Lock()

    def is_open(self, path: Path) -> bool:
        """Whether this process has the file open."""
        return path in self._engines

    def connect(self, path: Path) -> Connection:
        """A connection to a file, opened if need be. Raises OperationalError where the file is gone."""
        with self._lock:
            engine = self._engines.get(path)
            surplus = None
            if engine is None:
                engine = self._engines[path] = engine_for(path, self._synchronous)
                if len(self._engines) > OPEN_WORLDS:
                    surplus = self._engines.popitem(last=False)[1]
            else:
                self._engines.move_to_end(path)
        if surplus is not None:
            surplus.dispose()
        return engine.connect()

    def drop(self, path: Path) -> None:
        """Closes what is open of a file; a session that still works on it may end in peace."""
        with self._lock:
            engine = self._engines.pop(path, None)
        if engine is not None:
            engine.dispose()

    def close(self) -> None:
        """Closes everything."""
        for path in list(self._engines):
            self.drop(path)
