"""The simulator without its journal, to see what the journal costs."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from granian import Granian
from granian.constants import Interfaces

from lkc.app import ensure_default
from lkc.cli.start import load
from lkc.config import Settings
from lkc.world.sqlite.store import SqliteStore

if __name__ == "__main__":
    settings = Settings(data_dir=Path(sys.argv[2]), journal=False)
    store = SqliteStore(settings.data_dir, settings.synchronous)
    ensure_default(store, "empty")
    store.close()
    Granian(
        "quiet",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        blocking_threads=64,
        backpressure=256,
        log_enabled=False,
        websockets=False,
    ).serve(target_loader=partial(load, settings), wrap_loader=False)
