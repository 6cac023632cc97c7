"""The door of a world that is being built: a file that no name points to yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from lkc.world.refusals import Refused
from lkc.world.session import Access, Exchange, WorldSession
from lkc.world.sqlite.handles import OpenFiles, begun

# Secrets of what is built for any name follow from this one; no world can have it.
ANY_NAME = "_any"


class Unnamed:
    """A world that nobody finds but who has this door.

    Args:
        open_files: of the process.
        file: name of the file.
    """

    is_hidden = True
    lost: Refused | None = None

    def __init__(self, open_files: OpenFiles, file: str) -> None:
        self._open_files = open_files
        self.generation = file

    def open(self, name: str, access: Access, exchange: Exchange) -> WorldSession:
        """Begins a session in it; whatever the name, it is meant."""
        session = begun(name, self._open_files.take(self.generation), access, exchange)
        session.generation, session.secrets_of = self.generation, ANY_NAME
        return session

    @contextmanager
    def session(self, name: str, access: Access, exchange: Exchange | None = None) -> Iterator[WorldSession]:
        """A session for a block."""
        session = self.open(name, access, exchange or Exchange(world=name, door=self))
        try:
            yield session
            session.commit()
        finally:
            session.close()
