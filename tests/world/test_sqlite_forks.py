"""Forks as files: what they cost, and that what they began as is kept in time."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkc.world.session import Access
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from tests.world.older import made_old
from tests.world.store_suite import rows, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store in a directory of its own."""
    made = SqliteStore(tmp_path / "data", "OFF")
    yield made
    made.close()


def test_a_fork_is_one_file_until_it_is_changed(store: SqliteStore) -> None:
    """Looking at a fork, forking it and deleting it copy nothing more; the first change keeps what it began as."""
    store.create("acme", Origin())
    write(store, "acme")
    store.fork("acme", "copy")
    store.fork("copy", "second")
    store.snapshots.save("copy", "here")

    assert (rows(store, "copy"), rows(store, "second")) == (1, 1)
    assert len(list(store.files.generations.glob("*.sqlite"))) == 3

    write(store, "copy")

    assert len(list(store.files.generations.glob("*.sqlite"))) == 4
    store.reset("copy")
    store.reset("second")
    assert (rows(store, "copy"), rows(store, "second")) == (1, 1)
    for name in ("acme", "copy", "second"):
        store.delete(name)
    assert list(store.files.generations.iterdir()) == []


def test_a_fork_that_is_first_changed_by_many_is_reset_to_its_beginning(store: SqliteStore) -> None:
    """Threads that are the first to write keep one origin, without a row of any of them."""
    for number in range(10):
        store.create(f"acme{number}", Origin())
        store.fork(f"acme{number}", f"copy{number}")
        threads = [threading.Thread(target=write, args=(store, f"copy{number}")) for _ in range(6)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert rows(store, f"copy{number}") == 6
        store.reset(f"copy{number}")
        assert rows(store, f"copy{number}") == 0
    assert len(list(store.files.generations.glob("*.sqlite"))) == 30


def test_a_change_that_finds_no_room_for_the_origin_is_not_made(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what a fork began as cannot be kept, the change fails; once there is room, it goes through."""
    store.create("acme", Origin())
    store.fork("acme", "copy")

    with monkeypatch.context() as full:
        full.setattr("lkc.world.sqlite.store.copy_locked", _full_disk)
        with pytest.raises(OSError, match="No space"):
            write(store, "copy")

    assert rows(store, "copy") == 0
    write(store, "copy")
    assert rows(store, "copy") == 1
    store.reset("copy")
    assert rows(store, "copy") == 0


def test_an_unchanged_fork_of_an_older_format_has_its_origin(store: SqliteStore) -> None:
    """A fork that nobody changed before an upgrade is reset to what it was, in today's format."""
    store.create("acme", Origin())
    store.fork("acme", "copy")
    made_old(store, store.files.current("copy"))

    assert rows(store, "copy") == 1
    write(store, "copy")
    store.reset("copy")

    assert rows(store, "copy") == 1


def test_links_of_an_earlier_version_are_taken_in(store: SqliteStore, tmp_path: Path) -> None:
    """A directory that tells origins by links of their own goes on with the same worlds and origins."""
    store.create("plain", Origin())
    store.create("filled", Origin(furnish=lambda world: world.record("mail", "sent", "One.")))
    write(store, "filled")
    store.close()
    origins = tmp_path / "data" / "origins"
    origins.mkdir()
    for name in ("plain", "filled"):
        link = tmp_path / "data" / "worlds" / name
        generation, origin = str(link.readlink()).split(":")
        link.unlink()
        link.symlink_to(generation)
        (origins / name).symlink_to(origin)

    again = SqliteStore(tmp_path / "data", "OFF")
    again.files.sweep()

    assert not origins.exists()
    assert rows(again, "filled") == 1
    again.reset("plain")
    again.reset("filled")
    with again.session("filled", Access.READ) as world:
        assert world.driver.execute("SELECT count(*) FROM world_event").fetchone() == (1,)
    assert (rows(again, "plain"), rows(again, "filled")) == (0, 0)
    again.close()


def _full_disk(*_: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
