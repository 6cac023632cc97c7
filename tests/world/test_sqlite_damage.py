"""Data directories in which something is wrong: what is whole stays so, and what is not can be put away."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from lkc.world.models import Fault
from lkc.world.refusals import DamagedWorld, WorldExists
from lkc.world.session import Access
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from tests.world.store_suite import rows, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store in a directory of its own."""
    made = SqliteStore(tmp_path / "data", "OFF")
    yield made
    made.close()


def _boom(*_: object) -> None:
    raise OSError(24, "Too many open files")


def test_an_error_after_a_reset_leaves_the_world_that_was_reset(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the name leads to the new file, nothing takes that away."""
    store.create("acme", Origin())
    write(store, "acme")
    monkeypatch.setattr(store.snapshots, "forget_checkpoints", _boom)

    with pytest.raises(OSError, match="Too many"):
        store.reset("acme")

    assert rows(store, "acme") == 0


@pytest.mark.parametrize("change", ["create", "fork", "begin", "reset", "load", "replace", "write"])
def test_an_error_at_the_very_moment_of_the_change_leaves_a_world(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Whoever is interrupted when the link has just moved finds the world behind it, whole."""
    store.create("acme", Origin())
    store.snapshots.save("acme", "here")
    store.fork("acme", "copy")
    changes: dict[str, Callable[[], object]] = {
        "create": lambda: store.create("new", Origin(furnish=lambda _: None)),
        "fork": lambda: store.fork("acme", "new"),
        "begin": lambda: store.snapshots.begin("acme", "here", "new"),
        "reset": lambda: store.reset("acme"),
        "load": lambda: store.snapshots.load("acme", "here"),
        "replace": lambda: store.replace("acme", Origin(furnish=lambda _: None)),
        "write": lambda: write(store, "copy"),
    }
    for name in ("introduce", "succeed"):
        monkeypatch.setattr(store.files, name, _then_interrupted(getattr(store.files, name)))

    with pytest.raises(KeyboardInterrupt):
        changes[change]()

    monkeypatch.undo()
    for name in store.names():
        assert rows(store, name) == 0
        store.reset(name)
        write(store, name)
        assert rows(store, name) == 1


def _then_interrupted(work: Callable[..., object]) -> Callable[..., object]:
    def interrupted(*arguments: object) -> None:
        work(*arguments)
        raise KeyboardInterrupt

    return interrupted


@pytest.mark.parametrize("stray", ["Thumbs.db", "save.one.1.2~", "undo", "save.x.y.z"])
def test_a_stray_file_among_snapshots_is_passed_over(store: SqliteStore, stray: str) -> None:
    """Neither a list nor a reset trips over what somebody else has put there."""
    store.create("acme", Origin())
    store.snapshots.save("acme", "here")
    (store.files.kept / "acme" / stray).write_bytes(b"")

    store.reset("acme")

    assert [snapshot.name for snapshot in store.snapshots.saved("acme")] == ["here"]


@pytest.mark.parametrize(
    "link", ["../../victim:template", "../../victim:../../victim", "{}:../../victim", "..:..", ":", "a"]
)
def test_a_link_that_leads_out_of_the_directory_is_not_followed(store: SqliteStore, tmp_path: Path, link: str) -> None:
    """Such a world cannot be used; it can be deleted, and nothing else goes with it."""
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    store.create("other", Origin())
    (store.files.worlds / "acme").symlink_to(link.format("gone.sqlite"))

    assert [info.name for info in store.list()] == ["other"]
    with pytest.raises((DamagedWorld, OSError)):
        rows(store, "acme")
    store.delete("acme")

    assert not store.exists("acme")
    assert victim.read_bytes() == b"precious"
    assert rows(store, "other") == 0


def test_a_link_without_an_origin_keeps_its_world(store: SqliteStore) -> None:
    """What it begins as is then what it is."""
    store.create("acme", Origin())
    write(store, "acme")
    link = store.files.worlds / "acme"
    file = store.files.current("acme")
    link.unlink()
    link.symlink_to(file)

    write(store, "acme")
    store.reset("acme")

    assert rows(store, "acme") == 1


@pytest.mark.parametrize("damage", ["empty", "no format"])
def test_a_damaged_world_hides_no_other_and_can_be_deleted(store: SqliteStore, damage: str) -> None:
    """Its name is taken until then, and free afterwards."""
    store.create("acme", Origin())
    store.create("other", Origin())
    file = store.files.current("acme")
    store._open_files.drop(file)
    if damage == "empty":
        store.files.path(file).write_bytes(b"")
    else:
        with closing(sqlite3.connect(store.files.path(file))) as connection:
            connection.execute("DELETE FROM alembic_version")
            connection.commit()

    assert [info.name for info in store.list()] == ["other"]
    with pytest.raises(DamagedWorld):
        rows(store, "acme")
    with pytest.raises(WorldExists):
        store.create("acme", Origin())
    store.delete("acme")

    store.create("acme", Origin())
    assert rows(store, "acme") == 0


def test_what_does_not_belong_there_stops_no_start(store: SqliteStore, tmp_path: Path) -> None:
    """Folders among files and files among folders stay where they are."""
    store.create("acme", Origin())
    strays = [store.files.kept / ".DS_Store", store.files.worlds / "notes"]
    for stray in strays:
        stray.write_bytes(b"")
    folders = [getattr(store.files, name) / "folder" for name in ("generations", "workers", "worlds")]
    for folder in folders:
        folder.mkdir()
    store.close()

    again = SqliteStore(tmp_path / "data", "OFF")
    again.files.sweep()

    assert all(path.exists() for path in [*strays, *folders])
    with again.session("acme", Access.READ) as world:
        assert world.name == "acme"
    assert [info.name for info in again.list()] == ["acme"]
    again.close()


def test_a_file_that_is_torn_while_it_is_open_is_told(store: SqliteStore) -> None:
    """Whoever reads what is left of it hears that it is damaged, by hand or by way of mapped classes."""
    store.create("acme", Origin())
    write(store, "acme")
    path = store.files.path(store.files.current("acme"))
    store._open_files.drop(path.name)
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * (path.stat().st_size - 8192))

    with pytest.raises(DamagedWorld), store.session("acme", Access.READ) as world:
        world.driver.execute("SELECT * FROM world_fault").fetchall()
    with pytest.raises(DamagedWorld), store.session("acme", Access.READ) as world:
        world.orm.scalars(select(Fault)).all()
    store.delete("acme")
