"""The store on SQLite: what every store does, and what only files can show."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lkc.world import template
from lkc.world.refusals import DamagedWorld, NewerWorld
from lkc.world.session import Access
from lkc.world.sqlite import handles
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from tests.world.older import made_old
from tests.world.store_suite import StoreSuite, rows, write


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store in a directory of its own."""
    made = SqliteStore(tmp_path / "data", "OFF")
    yield made
    made.close()


WRITER = """
    import sys
    from pathlib import Path
    from lkc.world.sqlite.store import SqliteStore
    from tests.world.store_suite import write
    store = SqliteStore(Path(sys.argv[1]), "OFF")
    for _ in range(100):
        write(store, "acme")
    store.close()
"""

VISITOR = """
    import sys
    from pathlib import Path
    from lkc.world.sqlite.store import SqliteStore
    from tests.world.store_suite import rows
    store = SqliteStore(Path(sys.argv[1]), "OFF")
    rows(store, "acme")
    store.close()
"""


class TestSqliteStore(StoreSuite):
    """The facts of every store, on SQLite."""

    def test_two_processes_write_one_world(self, store: SqliteStore, tmp_path: Path) -> None:
        """Two processes that write at once neither lose a row nor get a number twice."""
        store.create("acme", Origin())
        command = [sys.executable, "-c", textwrap.dedent(WRITER), str(tmp_path / "data")]
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}  # noqa: PTH109 - where the tests were started

        writers = [subprocess.Popen(command, env=environment) for _ in range(2)]
        codes = [writer.wait(60) for writer in writers]

        assert codes == [0, 0]
        assert rows(store, "acme") == 200
        with store.session("acme", Access.WRITE) as world:
            assert world.ids.next("fault") == 201

    def test_another_process_sees_a_reset_at_once(self, store: SqliteStore, tmp_path: Path) -> None:
        """A store that has a world open finds the new generation after somebody else's reset."""
        store.create("acme", Origin())
        other = SqliteStore(tmp_path / "data", "OFF")
        write(other, "acme")
        assert rows(store, "acme") == 1

        other.reset("acme")

        assert rows(store, "acme") == 0
        other.close()

    def test_nothing_stays_of_deleted_worlds(self, store: SqliteStore) -> None:
        """Deleting removes generation, origin and whatever SQLite keeps beside them."""
        store.create("acme", Origin(furnish=lambda _: None))
        store.fork("acme", "copy")
        write(store, "copy")
        store.reset("copy")

        store.delete("acme")
        store.delete("copy")

        assert list(store.files.generations.iterdir()) == []
        assert list(store.files.worlds.iterdir()) == []

    def test_leavings_of_a_killed_process_are_swept(self, store: SqliteStore, tmp_path: Path) -> None:
        """A generation that no name points to goes when the next process starts alone."""
        store.create("acme", Origin())
        orphan = store.files.path(store.files.new_generation("acme"))
        orphan.write_bytes(b"half a file")
        lone = orphan.with_name(orphan.name + "-wal")
        lone.write_bytes(b"half a log")
        (store.files.generations / "some.copying").write_bytes(b"half a copy")
        (store.files.worlds / ".half").symlink_to("nowhere")
        store.close()

        again = SqliteStore(tmp_path / "data", "OFF")
        again.files.sweep()

        assert [path.name for path in again.files.generations.iterdir()] == [again.files.current("acme")]
        assert [path.name for path in again.files.worlds.iterdir()] == ["acme"]
        assert [info.name for info in again.list()] == ["acme"]
        again.close()

    def test_a_seed_is_told_once_and_shared(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Worlds of one recipe begin as one file, which stays while one of them is there, and is found again."""
        monkeypatch.setattr("platformdirs.user_cache_dir", lambda *_, **__: str(tmp_path / "cache"))
        store = SqliteStore(tmp_path / "data", "OFF")
        told: list[str] = []
        origin = Origin(furnish=lambda world: told.append(world.name), recipe="test")
        for name in ("a", "b"):
            store.create(name, origin)
        store.delete("a")
        store.reset("b")
        kept = list(store.files.generations.glob("_seed.*"))
        store.close()

        again = SqliteStore(tmp_path / "data", "OFF")
        again.files.sweep()
        again.delete("b")
        again.close()
        third = SqliteStore(tmp_path / "data", "OFF")
        third.files.sweep()

        assert (told, len(kept)) == (["seed"], 1)
        assert list(third.files.generations.iterdir()) == []
        third.create("c", origin)
        assert told == ["seed"]
        third.close()

    def test_more_worlds_than_engines(self, store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
        """Worlds beyond the bound of open ones are closed and opened again, and lose nothing."""
        monkeypatch.setattr(handles, "OPEN_WORLDS", 2)
        for number in range(5):
            store.create(f"w{number}", Origin())
            write(store, f"w{number}")

        counted = [rows(store, f"w{number}") for number in range(5)]

        assert counted == [1] * 5

    def test_a_newer_file_is_refused(self, store: SqliteStore) -> None:
        """A file of a later version is not touched."""
        store.create("acme", Origin())
        _set_revision(store, "acme", "9999")

        with pytest.raises(NewerWorld):
            rows(store, "acme")

    def test_an_older_file_is_upgraded_when_opened(self, store: SqliteStore) -> None:
        """A file of the first version is brought up to date in a new generation, with its rows."""
        store.create("acme", Origin())
        before = made_old(store, store.files.current("acme"))

        counted = rows(store, "acme")

        assert counted == 1
        assert store.files.current("acme") != before.name
        assert not before.exists()

    def test_many_threads_open_an_older_file(self, store: SqliteStore) -> None:
        """Whoever opens an older world meanwhile works on the one upgraded file, and no row is lost."""
        store.create("acme", Origin())
        made_old(store, store.files.current("acme"))
        threads = [threading.Thread(target=write, args=(store, "acme")) for _ in range(8)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert rows(store, "acme") == 9
        assert [path.name for path in store.files.generations.glob("*.sqlite")] == [store.files.current("acme")]

    def test_an_origin_of_an_older_file_is_upgraded_at_reset(self, store: SqliteStore) -> None:
        """A reset gives a world of today's format, however old its origin is."""
        store.create("acme", Origin(furnish=lambda _: None))
        origin = store.files.origin("acme")
        assert origin is not None
        made_old(store, origin)

        store.reset("acme")

        assert rows(store, "acme") == 1
        with store.session("acme", Access.READ) as world:
            assert world.driver.execute("SELECT version_num FROM alembic_version").fetchone() == (template.head(),)

    def test_a_newer_world_can_be_deleted_and_hides_no_other(self, store: SqliteStore) -> None:
        """A world that this version cannot open stands in nobody's way."""
        store.create("acme", Origin())
        store.create("other", Origin())
        _set_revision(store, "acme", "9999")
        listed = [info.name for info in store.list()]

        store.delete("acme")

        assert listed == ["other"]
        assert not store.exists("acme")
        assert len(list(store.files.generations.glob("*.sqlite"))) == 1

    def test_a_fork_leaves_what_others_commit_alone(self, store: SqliteStore, tmp_path: Path) -> None:
        """Rows committed after a fork survive that another process opens and closes the world."""
        store.create("acme", Origin())
        write(store, "acme")
        command = [sys.executable, "-c", textwrap.dedent(VISITOR), str(tmp_path / "data")]
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}  # noqa: PTH109 - where the tests were started
        for number in range(3):
            store.fork("acme", f"copy{number}")
            write(store, "acme")

            subprocess.run(command, env=environment, check=True, timeout=60)

            write(store, "acme")
        assert rows(store, "acme") == 7
        assert [rows(store, f"copy{number}") for number in range(3)] == [1, 3, 5]

    def test_a_damaged_link_is_an_error_and_no_new_file(self, store: SqliteStore) -> None:
        """A world whose file is gone cannot be opened, and no empty file takes its place."""
        store.create("acme", Origin())
        file = store.files.current("acme")
        store._open_files.drop(file)
        store.files.path(file).unlink()

        with pytest.raises(DamagedWorld):
            rows(store, "acme")

        assert not store.files.path(file).exists()


def _set_revision(store: SqliteStore, name: str, revision: str) -> None:
    file = store.files.current(name)
    store._open_files.drop(file)
    with closing(sqlite3.connect(store.files.path(file))) as connection:
        connection.execute("UPDATE alembic_version SET version_num=?", (revision,))
        connection.commit()


def test_an_emptied_cache_stops_no_new_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The template that has gone meanwhile is built again, for a new world and for a reset."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    store = SqliteStore(tmp_path / "data", "OFF")
    store.create("first", Origin())

    shutil.rmtree(tmp_path / "cache")
    store.create("second", Origin())
    shutil.rmtree(tmp_path / "cache")
    store.reset("first")

    assert [info.name for info in store.list()] == ["first", "second"]
    store.close()
