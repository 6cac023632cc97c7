"""Snapshots on SQLite: what every store does with them, and what only files can show."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkc.world.session import Access
from lkc.world.snapshots import NothingToUndo
from lkc.world.sqlite import snapshots
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from tests.world.snapshot_suite import SnapshotSuite, change
from tests.world.store_suite import rows, write

CHANGER = """
    import sys
    from pathlib import Path
    from lkc.world.sqlite.store import SqliteStore
    from tests.world.snapshot_suite import change
    store = SqliteStore(Path(sys.argv[1]), "OFF")
    for number in range(40):
        change(store)
        if number % 4 == 0:
            store.snapshots.save("acme", "one")
    store.close()
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store in a directory of its own."""
    made = SqliteStore(tmp_path / "data", "OFF")
    yield made
    made.close()


def shelf(store: SqliteStore) -> list[Path]:
    """The files that are kept of the world."""
    return sorted((store.files.kept / "acme").iterdir())


class TestSqliteSnapshots(SnapshotSuite):
    """The facts of every store, on SQLite."""

    def test_two_processes_change_one_world(self, store: SqliteStore, tmp_path: Path) -> None:
        """Neither loses a row or a checkpoint of the other's, and each checkpoint leads one change back."""
        store.create("acme", Origin())
        command = [sys.executable, "-c", textwrap.dedent(CHANGER), str(tmp_path / "data")]
        environment = {**os.environ, "PYTHONPATH": os.getcwd()}  # noqa: PTH109 - where the tests were started

        changers = [subprocess.Popen(command, env=environment) for _ in range(2)]
        codes = [changer.wait(60) for changer in changers]

        assert (codes, rows(store, "acme")) == ([0, 0], 80)
        assert len(store.snapshots.checkpoints("acme")) == snapshots.CHECKPOINTS
        assert len(store.snapshots.saved("acme")) == 1
        for left in (79, 78, 77):
            store.snapshots.undo("acme")
            assert rows(store, "acme") == left

    def test_leavings_of_a_killed_process_are_swept(self, store: SqliteStore, tmp_path: Path) -> None:
        """Half a copy, the shelf of a world that is gone, and the name of a process that is dead."""
        store.create("acme", Origin())
        store.snapshots.save("acme", "one")
        (store.files.kept / "acme" / ".half").write_bytes(b"half a copy")
        (store.files.kept / "gone").mkdir()
        (store.files.kept / "gone" / "save.one.1.0").write_bytes(b"a copy")
        (store.files.workers / "dead").touch()
        store.close()

        again = SqliteStore(tmp_path / "data", "OFF")
        worker = again.worker
        again.files.sweep()

        assert [path.name for path in again.files.kept.iterdir()] == ["acme"]
        assert [path.name.split(".")[:2] for path in shelf(again)] == [["save", "one"]]
        assert [path.name for path in again.files.workers.iterdir()] == [worker]
        assert (again.is_at_work(worker), again.is_at_work("dead")) == (True, False)
        again.close()

    def test_of_a_snapshot_that_is_there_twice_the_newer_counts(self, store: SqliteStore) -> None:
        """Where a process was killed as it replaced one, both are there, and the older goes with the next."""
        store.create("acme", Origin())
        store.snapshots.save("acme", "one")
        older = shelf(store)[0].read_bytes()
        write(store, "acme")
        store.snapshots.save("acme", "one")
        (store.files.kept / "acme" / "save.one.1.0").write_bytes(older)

        store.snapshots.load("acme", "one")

        assert (rows(store, "acme"), len(store.snapshots.saved("acme"))) == (1, 1)
        store.snapshots.save("acme", "one")
        assert len(shelf(store)) == 1
        store.snapshots.delete("acme", "one")
        assert shelf(store) == []

    def test_checkpoints_take_so_much_room_and_no_more(
        self, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Those that are too old for it go; of a world that does not fit at all there are none, and undo says why."""
        store.create("acme", Origin())
        change(store)
        size = shelf(store)[0].stat().st_size
        monkeypatch.setattr(snapshots, "CHECKPOINT_BYTES", size * 2)
        for _ in range(4):
            change(store)
        fitting = len(store.snapshots.checkpoints("acme"))

        monkeypatch.setattr(snapshots, "CHECKPOINT_BYTES", size // 2)
        change(store)

        assert (fitting, shelf(store)) == (2, [])
        with pytest.raises(NothingToUndo, match="too large"):
            store.snapshots.undo("acme")

    def test_a_reason_of_any_length_fits_into_a_name(self, store: SqliteStore) -> None:
        """It is cut where a disk would not take it."""
        store.create("acme", Origin())

        change(store, "import " + "ä" * 300)

        assert store.snapshots.checkpoints("acme")[0].reason.startswith("import ää")

    def test_a_copy_that_fails_leaves_nothing(self, store: SqliteStore) -> None:
        """Neither half a snapshot nor half a generation."""
        store.create("acme", Origin())
        store.snapshots.save("acme", "one")
        shelf(store)[0].write_bytes(b"no database")
        before = sorted(store.files.generations.iterdir())

        with pytest.raises(Exception, match="database"):
            store.snapshots.load("acme", "one")
        with pytest.raises(Exception, match="database"):
            store.snapshots.begin("acme", "one", "copy")

        left = {path.name.rpartition("-")[0] or path.name for path in store.files.generations.iterdir()}
        assert left <= {path.name.rpartition("-")[0] or path.name for path in before} | {store.files.current("acme")}
        assert not store.exists("copy")
        with store.session("acme", Access.READ) as world:
            assert world.seed == 1
