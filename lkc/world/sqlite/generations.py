"""Generations of worlds: what a new one begins as, and how one that nobody needs any more goes."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from lkc.world.clock import Clock, Mode, real_micros, to_micros
from lkc.world.session import Access, Exchange
from lkc.world.sqlite.doors import Unnamed
from lkc.world.sqlite.files import SHARED, DataDirectory, copy_whole, forget_oldest, remove
from lkc.world.sqlite.handles import OpenFiles, begun
from lkc.world.store import Origin
from lkc.world.template import cached_template, head

_BEGIN_AGAIN = (
    "UPDATE world SET seed=?, origin=?, origin_now=?, origin_mode=?, clock_base=?, clock_mode=?, clock_anchor=?"
)


class Generations:
    """Makes files that nobody knows yet, and removes those that nobody needs.

    Args:
        files: the data directory.
        open_files: of the process.
    """

    def __init__(self, files: DataDirectory, open_files: OpenFiles) -> None:
        self._files = files
        self._open_files = open_files
        self._template = cached_template(files.root)

    def copy_origin(self, kept: str | None, file: str) -> None:
        """Makes a file what a world begins as: a copy of what was kept for it, or of the template.

        The template is built again where somebody has emptied the cache meanwhile.
        """
        target = self._files.path(file)
        if kept is not None:
            shutil.copyfile(self._files.path(kept), target)
            return
        try:
            shutil.copyfile(self._template, target)
        except FileNotFoundError:
            self._template = cached_template(self._files.root)
            shutil.copyfile(self._template, target)

    def begin_again(self, file: str, origin: Origin) -> None:
        """Sets seed, origin and clock in a fresh copy that nobody knows yet."""
        at, mode = to_micros(origin.at), origin.mode.value
        handle = self._open_files.take(file)
        try:
            handle.driver.execute(_BEGIN_AGAIN, (origin.seed, origin.source, at, mode, at, mode, real_micros()))
        finally:
            handle.give_back()

    def furnished(self, name: str, origin: Origin) -> tuple[str | None, Origin]:
        """The file that a world begins as, furnished if need be, and what its origin is then.

        The file is None where that is the template. What follows a recipe is furnished once for a seed and a moment,
        and shared by all worlds that begin so.
        """
        if origin.arrange is not None:
            return self._built(name, origin, self._arranged)
        if origin.furnish is None:
            return None, origin
        if origin.recipe is not None:
            return self._shared(origin), origin
        return self._built(name, origin, self._filled)

    def _built(self, name: str, origin: Origin, work: Callable[[str, str, Origin], Origin]) -> tuple[str, Origin]:
        building = self._files.new_generation(name)
        try:
            self.copy_origin(None, building)
            self.begin_again(building, origin)
            reached = work(name, building, origin)
            # Nobody needs it open any more; closing it folds its log into it, and only whole it can be copied.
            self._open_files.drop(building)
        except BaseException:
            self.discard(building)
            raise
        return building, reached

    def _filled(self, name: str, building: str, origin: Origin) -> Origin:
        session = begun(name, self._open_files.take(building), Access.WRITE, Exchange())
        try:
            if origin.furnish is not None:
                origin.furnish(session)
            session.commit()
        finally:
            session.close()
        return origin

    def _arranged(self, name: str, building: str, origin: Origin) -> Origin:
        door = Unnamed(self._open_files, building)
        if origin.arrange is not None:
            origin.arrange(door)
        with door.session(name, Access.READ) as world:
            return replace(origin, at=world.clock.now(), mode=world.clock.mode)

    def _shared(self, origin: Origin) -> str:
        """The file of a seed, here and beside the template, so that it is furnished once for all data directories."""
        shared = f"{SHARED}{head()}-{origin.recipe}-{origin.seed}-{to_micros(origin.at)}.sqlite"
        here, cached = self._files.path(shared), self._template.with_name(shared)
        if here.exists():
            return shared
        with suppress(FileNotFoundError):
            copy_whole(cached, here)
            return shared
        building, _ = self._built("seed", origin, self._filled)
        self._files.path(building).replace(here)
        with suppress(OSError):
            copy_whole(here, cached)
            forget_oldest(cached.parent, f"{SHARED}*")
        return shared

    def abandon(self, name: str, *files: str | None) -> None:
        """Removes what was made for a world and not brought to an end, but nothing that its name leads to by now."""
        self.discard(*(file for file in files if file is not None and not self._files.is_named(name, file)))

    def discard(self, *files: str | None) -> None:
        """Closes and removes files that no world needs any more."""
        for file in files:
            if file is not None and not file.startswith(SHARED):
                self._open_files.drop(file)
                remove(self._files.path(file))


def clock_of(connection: sqlite3.Connection) -> Clock:
    """The clock of a world."""
    mode, base, anchor = connection.execute("SELECT clock_mode, clock_base, clock_anchor FROM world").fetchone()
    return Clock(Mode(mode), base, anchor)
