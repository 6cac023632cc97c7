"""What every store of worlds must do, whatever it is built on: subclass it and give it a `store` fixture."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from lkc.world.clock import Mode
from lkc.world.models import Fault
from lkc.world.refusals import InvalidWorldName, UnknownWorld, WorldExists
from lkc.world.session import Access, WorldSession
from lkc.world.store import Origin, WorldStore

MOMENT = datetime(2014, 6, 1, 12, 0, tzinfo=UTC)


def put(world: WorldSession, kind: str = "mail-bounce") -> None:
    """Adds one row that can be counted."""
    world.insert(
        Fault,
        id=world.ids.next("fault"),
        system="mail",
        operation=None,
        kind=kind,
        times=None,
        every=None,
        probability=None,
        until=None,
        settings="{}",
    )


def rows(store: WorldStore, name: str) -> int:
    """How many such rows a world has."""
    with store.session(name, Access.READ) as world:
        return world.orm.scalar(select(func.count()).select_from(Fault)) or 0


def write(store: WorldStore, name: str) -> None:
    """Adds one row in a session of its own."""
    with store.session(name, Access.WRITE) as world:
        put(world)


def write_often(store: WorldStore) -> None:
    """Adds 25 rows, each in a session of its own."""
    for _ in range(25):
        write(store, "acme")


class StoreSuite:
    """The facts that hold for every store."""

    def test_a_new_world_is_empty_and_shows_its_origin(self, store: WorldStore) -> None:
        """A world begins with the seed, clock and mode that were asked for, and without rows."""
        made = store.create("acme", Origin(seed=7, at=MOMENT, mode=Mode.FROZEN))

        assert (made.name, made.source, made.seed, made.now) == ("acme", "empty", 7, MOMENT)
        assert store.info("acme") == made
        assert rows(store, "acme") == 0

    def test_a_furnished_world_is_reset_to_its_furniture(self, store: WorldStore) -> None:
        """What a world was furnished with belongs to its origin."""
        store.create("acme", Origin(furnish=put))
        write(store, "acme")

        store.reset("acme")

        assert rows(store, "acme") == 1

    def test_a_world_that_could_not_be_furnished_is_not_there(self, store: WorldStore) -> None:
        """A failure while furnishing leaves nothing behind."""

        def fail(world: WorldSession) -> None:
            put(world)
            raise RuntimeError("no furniture")

        with pytest.raises(RuntimeError, match="no furniture"):
            store.create("acme", Origin(furnish=fail))

        assert not store.exists("acme")
        assert store.list() == []

    def test_a_name_is_taken_once(self, store: WorldStore) -> None:
        """Neither create nor fork gives a name that is taken."""
        store.create("acme", Origin())

        with pytest.raises(WorldExists):
            store.create("acme", Origin())
        with pytest.raises(WorldExists):
            store.fork("acme", "acme")

    @pytest.mark.parametrize("name", ["", "../x", "a/b", "Acme", "-a", "a" * 64, "a b", "a\n", "ä", ".", "a."])
    def test_names_that_no_world_can_have(self, store: WorldStore, name: str) -> None:
        """Names that are no host names, or would leave the directory, are refused everywhere."""
        store.create("acme", Origin())

        with pytest.raises(InvalidWorldName):
            store.create(name, Origin())
        with pytest.raises(InvalidWorldName):
            store.fork("acme", name)
        assert not store.exists(name)

    def test_unknown_worlds_are_refused_everywhere(self, store: WorldStore) -> None:
        """Every call that names a world says so when there is none."""
        calls: list[Callable[[], object]] = [
            lambda: store.fork("nobody", "copy"),
            lambda: store.reset("nobody"),
            lambda: store.delete("nobody"),
            lambda: store.info("nobody"),
            lambda: rows(store, "nobody"),
        ]
        for call in calls:
            with pytest.raises(UnknownWorld):
                call()

    def test_a_fork_is_a_copy_that_goes_its_own_way(self, store: WorldStore) -> None:
        """A fork has what its original had, and neither sees what the other does later."""
        store.create("acme", Origin(seed=3, at=MOMENT))
        write(store, "acme")

        copy = store.fork("acme", "copy")
        write(store, "copy")
        write(store, "acme")
        write(store, "acme")

        assert (copy.source, copy.seed, copy.now) == ("world:acme", 3, MOMENT)
        assert (rows(store, "copy"), rows(store, "acme")) == (2, 3)

    def test_a_fork_is_reset_to_the_moment_of_forking(self, store: WorldStore) -> None:
        """The origin of a fork is the moment at which it was made: rows, numbers and clock."""
        store.create("acme", Origin(at=MOMENT))
        write(store, "acme")
        store.fork("acme", "copy")
        with store.session("copy", Access.WRITE) as world:
            put(world)
            world.clock.set(MOMENT + timedelta(days=9))
        store.delete("acme")

        info = store.reset("copy")

        assert info.now == MOMENT
        assert rows(store, "copy") == 1
        with store.session("copy", Access.WRITE) as world:
            assert world.ids.next("fault") == 2

    def test_a_reset_leads_back_to_the_origin(self, store: WorldStore) -> None:
        """Rows, numbers, clock and mode are after a reset as they were at first."""
        store.create("acme", Origin(seed=5, at=MOMENT, mode=Mode.FROZEN))
        with store.session("acme", Access.WRITE) as world:
            put(world)
            world.clock.set(MOMENT + timedelta(days=400))
            world.clock.switch(Mode.RUNNING)

        info = store.reset("acme")

        assert (info.seed, info.now, info.mode) == (5, MOMENT, Mode.FROZEN)
        assert rows(store, "acme") == 0
        with store.session("acme", Access.WRITE) as world:
            assert world.ids.next("fault") == 1

    def test_a_session_that_raises_keeps_nothing(self, store: WorldStore) -> None:
        """A block that ends in an exception has done nothing, numbers included."""
        store.create("acme", Origin())

        def fail() -> None:
            with store.session("acme", Access.WRITE) as world:
                put(world)
                world.flush()
                raise RuntimeError("halfway")

        with pytest.raises(RuntimeError, match="halfway"):
            fail()

        assert rows(store, "acme") == 0

    def test_a_running_clock_runs_and_a_frozen_one_does_not(self, store: WorldStore) -> None:
        """Two looks at a frozen clock show the same, at a running one not."""
        store.create("still", Origin(mode=Mode.FROZEN))
        store.create("going", Origin(mode=Mode.RUNNING))

        first, second = store.info("still"), store.info("still")
        before = store.info("going")
        after = store.info("going")

        assert first.now == second.now
        assert after.now > before.now

    def test_a_list_names_all_worlds(self, store: WorldStore) -> None:
        """Worlds are listed by name, and no longer after they were deleted."""
        for name in ("b", "c", "a"):
            store.create(name, Origin())
        store.delete("c")

        assert [info.name for info in store.list()] == ["a", "b"]

    def test_who_reads_goes_on_reading_what_was(self, store: WorldStore) -> None:
        """A session that was open before a reset sees the old world to its end."""
        store.create("acme", Origin())
        write(store, "acme")
        reader = store.session("acme", Access.READ)
        with reader as world:
            count = select(func.count()).select_from(Fault)
            assert world.orm.scalar(count) == 1
            store.reset("acme")
            assert world.orm.scalar(count) == 1

        assert rows(store, "acme") == 0

    def test_a_writer_is_never_lost_in_a_replaced_world(self, store: WorldStore) -> None:
        """Whoever waits to write while a world is reset writes into the new one."""
        store.create("acme", Origin())
        for _ in range(20):
            waiting = threading.Thread(target=write, args=(store, "acme"))
            with store.session("acme", Access.WRITE) as world:
                put(world)
                waiting.start()
            store.reset("acme")
            waiting.join()
            before = rows(store, "acme")

            write(store, "acme")

            assert before in {0, 1}
            assert rows(store, "acme") == before + 1
            store.reset("acme")

    def test_writes_of_many_threads_are_all_there(self, store: WorldStore) -> None:
        """Eight threads that write at once neither lose a row nor get a number twice."""
        store.create("acme", Origin())
        threads = [threading.Thread(target=write_often, args=(store,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert rows(store, "acme") == 200
        with store.session("acme", Access.WRITE) as world:
            assert world.ids.next("fault") == 201
