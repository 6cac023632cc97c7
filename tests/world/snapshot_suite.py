"""What every store of worlds must do with snapshots and checkpoints: subclass it and give it a `store` fixture."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest

from lkc.world.clock import Mode
from lkc.world.refusals import Invalid, UnknownWorld, WorldExists, WorldReplaced
from lkc.world.session import Access, Exchange
from lkc.world.snapshots import Change, ChangedMeanwhile, NothingToUndo, UnknownSnapshot
from lkc.world.store import Origin, WorldStore
from tests.world.store_suite import MOMENT, put, rows, write


def change(store: WorldStore, reason: str = "change") -> None:
    """Adds one row, with a checkpoint before it."""
    with store.session("acme", Access.WRITE) as world:
        store.snapshots.checkpoint(world, reason)
        put(world)


class SnapshotSuite:
    """The facts that hold for the snapshots of every store."""

    def test_a_snapshot_leads_back_any_number_of_times(self, store: WorldStore) -> None:
        """Rows, numbers and clock are as they were saved, and what follows does not change what was saved."""
        store.create("acme", Origin(at=MOMENT))
        write(store, "acme")
        saved, is_new = store.snapshots.save("acme", "one")
        for _ in range(2):
            with store.session("acme", Access.WRITE) as world:
                put(world)
                world.clock.advance(timedelta(days=3))

            info = store.snapshots.load("acme", "one")

            assert (info.name, info.now, rows(store, "acme")) == ("acme", MOMENT, 1)
            assert store.info("acme") == info
        assert (saved.name, saved.at, is_new) == ("one", MOMENT, True)
        assert store.snapshots.saved("acme") == [saved]

    def test_a_snapshot_is_replaced_by_one_of_its_name(self, store: WorldStore) -> None:
        """The newer one is loaded, and there is no other."""
        store.create("acme", Origin())
        store.snapshots.save("acme", "one")
        write(store, "acme")

        _, is_new = store.snapshots.save("acme", "one")
        write(store, "acme")
        store.snapshots.load("acme", "one")

        assert (is_new, rows(store, "acme"), len(store.snapshots.saved("acme"))) == (False, 1, 1)

    def test_snapshots_outlast_a_reset_and_go_with_the_world(self, store: WorldStore) -> None:
        """A world of the same name has none of those of the former one; other worlds keep theirs."""
        store.create("acme", Origin())
        store.create("other", Origin())
        write(store, "acme")
        for world in ("acme", "other"):
            store.snapshots.save(world, "one")
        store.reset("acme")
        store.snapshots.load("acme", "one")
        assert rows(store, "acme") == 1

        store.delete("acme")
        store.create("acme", Origin())

        assert store.snapshots.saved("acme") == []
        assert [saved.name for saved in store.snapshots.saved("other")] == ["one"]

    def test_a_running_clock_runs_on_from_where_it_was_saved(self, store: WorldStore) -> None:
        """What passed between saving and loading has not passed in the world."""
        store.create("acme", Origin(at=MOMENT, mode=Mode.RUNNING))
        store.snapshots.save("acme", "one")
        with store.session("acme", Access.WRITE) as world:
            world.clock.advance(timedelta(days=30))

        info = store.snapshots.load("acme", "one")

        assert info.mode is Mode.RUNNING
        assert info.now - MOMENT < timedelta(minutes=1)
        assert store.info("acme").now > info.now

    def test_a_world_begins_as_a_snapshot(self, store: WorldStore) -> None:
        """It goes its own way, and a reset leads it back to the moment of the snapshot."""
        store.create("acme", Origin(seed=4, at=MOMENT))
        write(store, "acme")
        store.snapshots.save("acme", "one")
        write(store, "acme")

        info = store.snapshots.begin("acme", "one", "copy")
        store.delete("acme")
        write(store, "copy")
        store.reset("copy")

        assert (info.source, info.seed, info.now) == ("snapshot:one", 4, MOMENT)
        assert rows(store, "copy") == 1
        with pytest.raises(WorldExists):
            store.snapshots.begin("copy", "one", "copy")

    def test_what_is_not_there_is_refused(self, store: WorldStore) -> None:
        """Neither a snapshot of an unknown name nor one of an unknown world."""
        store.create("acme", Origin())
        here: list[Any] = [store.snapshots.load, store.snapshots.delete]
        for call in here:
            with pytest.raises(UnknownSnapshot):
                call("acme", "one")
        with pytest.raises(UnknownSnapshot):
            store.snapshots.begin("acme", "../one", "copy")
        for call in (*here, store.snapshots.save):
            with pytest.raises(UnknownWorld):
                call("nobody", "one")
        for world in ("nobody", "../worlds"):
            with pytest.raises(UnknownWorld):
                store.snapshots.saved(world)
            with pytest.raises(UnknownWorld):
                store.snapshots.undo(world)

    @pytest.mark.parametrize("name", ["", "../x", "a/b", "One", "a.b", "a" * 64, "a\n", "."])
    def test_names_that_no_snapshot_can_have(self, store: WorldStore, name: str) -> None:
        """A snapshot is named as a world is."""
        store.create("acme", Origin())

        with pytest.raises(Invalid):
            store.snapshots.save("acme", name)

        assert store.snapshots.saved("acme") == []

    def test_changes_are_undone_one_by_one(self, store: WorldStore) -> None:
        """The last first; then there is nothing left to undo."""
        store.create("acme", Origin())
        for reason in ("first", "second, ä/.:%"):
            change(store, reason)
        listed = [found.reason for found in store.snapshots.checkpoints("acme")]

        undone = [store.snapshots.undo("acme")[0].reason for _ in range(2)]

        assert undone == listed == ["second, ä/.:%", "first"]
        assert rows(store, "acme") == 0
        with pytest.raises(NothingToUndo):
            store.snapshots.undo("acme")

    def test_only_the_last_changes_can_be_undone(self, store: WorldStore) -> None:
        """So many as are kept, whatever was done before."""
        store.create("acme", Origin())
        for number in range(15):
            change(store, str(number))

        assert [found.reason for found in store.snapshots.checkpoints("acme")] == [str(n) for n in range(14, 4, -1)]

    def test_a_reset_is_not_gone_behind(self, store: WorldStore) -> None:
        """After a reset there is nothing to undo."""
        store.create("acme", Origin())
        change(store)
        store.reset("acme")

        with pytest.raises(NothingToUndo):
            store.snapshots.undo("acme")

    def test_a_failed_change_is_taken_back_with_what_came_after(self, store: WorldStore) -> None:
        """By its reason, in the generation in which it was made."""
        store.create("acme", Origin())
        change(store, "before")
        change(store, "failed")
        change(store, "after")
        with store.session("acme", Access.READ) as world:
            generation = world.generation

        with pytest.raises(NothingToUndo):
            store.snapshots.take_back("acme", generation, Change("unheard of", 0, "r-1"))
        store.snapshots.take_back("acme", generation, Change("failed", 0, "r-1"))

        assert rows(store, "acme") == 1
        assert [found.reason for found in store.snapshots.checkpoints("acme")] == ["before"]
        with pytest.raises(WorldReplaced):
            store.snapshots.take_back("acme", generation, Change("before", 0, "r-1"))

    def test_what_others_have_done_is_not_taken_back(self, store: WorldStore) -> None:
        """Then the failed change stays as well; the own calls are told by their name."""
        store.create("acme", Origin())
        for request_id in ("r-1", "r-2"):
            with store.session("acme", Access.WRITE, Exchange(request_id)) as world:
                store.snapshots.checkpoint(world, request_id)
                world.record("desk", "note-written", "A note.")
                generation = world.generation

        with pytest.raises(ChangedMeanwhile):
            store.snapshots.take_back("acme", generation, Change("r-1", 0, "r-1"))
        store.snapshots.take_back("acme", generation, Change("r-2", 1, "r-2"))

        with store.session("acme", Access.READ) as world:
            assert world.ids.counters["event"] == 1

    def test_loads_and_writes_of_many_threads_do_not_mix(self, store: WorldStore) -> None:
        """Whoever writes while a snapshot is loaded writes into the old world or the new one, whole."""
        store.create("acme", Origin())
        store.snapshots.save("acme", "one")
        threads = [threading.Thread(target=write_some, args=(store,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for _ in range(20):
            store.snapshots.load("acme", "one")
        for thread in threads:
            thread.join()
        before = rows(store, "acme")
        write(store, "acme")

        assert rows(store, "acme") == before + 1
        store.snapshots.load("acme", "one")
        assert rows(store, "acme") == 0


def write_some(store: WorldStore) -> None:
    """Changes a world twenty times, each with a checkpoint."""
    for _ in range(20):
        change(store)
