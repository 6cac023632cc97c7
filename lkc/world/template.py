"""The empty world as a file: built by Alembic once per head revision, copied ever after."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import tempfile
import threading
from contextlib import closing
from functools import cache
from pathlib import Path

import platformdirs

from lkc.world.clock import DEFAULT_START, Mode, to_micros

# Alembic keeps what it works on in the process, not in a call: one file at a time.
_alembic = threading.Lock()
_REVISION = re.compile(r"(\d{4})_\w+\.py\Z")


@cache
def shipped(folder: str) -> Path:
    """A folder that ships with the product (`migrations`, `seed_data`), in a checkout or in the wheel."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "_shipped" / folder
    return installed if installed.is_dir() else package.parent / folder


@cache
def revisions() -> tuple[str, ...]:
    """All data formats this version knows, oldest first: the numbers before the migrations' names."""
    names = sorted(path.name for path in (shipped("migrations") / "versions").iterdir())
    return tuple(match[1] for name in names if (match := _REVISION.match(name)))


def head() -> str:
    """The data format that this version writes."""
    return revisions()[-1]


def upgrade(path: Path, revision: str = "head") -> None:
    """Brings a database file, which may be empty, to a data format; `head` is this version's."""
    from alembic import command  # noqa: PLC0415 - 76 ms that only the first start of a version needs
    from alembic.config import Config  # noqa: PLC0415 - likewise

    config = Config()
    config.set_main_option("script_location", str(shipped("migrations")))
    config.attributes["path"] = path
    with _alembic:
        command.upgrade(config, revision)


@cache
def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted((shipped("migrations") / "versions").glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def cached_template(data_dir: Path) -> Path:
    """The template of this version: from the user's cache, or where that cannot be written, in the data directory."""
    name = f"template-{head()}-{_fingerprint()}.sqlite"
    cache_dir = Path(platformdirs.user_cache_dir("lkc-simulator", appauthor=False))
    for folder in (cache_dir, data_dir / "templates"):
        if (folder / name).is_file():
            return folder / name
    for folder in (cache_dir, data_dir / "templates"):
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return _build(folder / name)
        except OSError:
            if folder != cache_dir:
                raise
    raise AssertionError


def _build(target: Path) -> Path:
    """Builds under another name and moves it in place, so that no process ever sees half a template."""
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".building")
    os.close(handle)
    building = Path(name)
    try:
        upgrade(building)
        with closing(sqlite3.connect(building, isolation_level=None)) as connection:
            start = to_micros(DEFAULT_START)
            connection.execute(
                "INSERT INTO world"
                " (id, seed, origin, origin_now, origin_mode, clock_mode, clock_base, clock_anchor, counters)"
                " VALUES (1, 1, 'empty', ?, ?, ?, ?, 0, '{}')",
                (start, Mode.FROZEN.value, Mode.FROZEN.value, start),
            )
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode=WAL")
        building.replace(target)
    finally:
        building.unlink(missing_ok=True)
    return target
