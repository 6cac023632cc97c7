"""The way into one world: of a name, of one generation of a name, or of a world that has no name yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from lkc.world.refusals import Refused, UnknownWorld, WorldReplaced
from lkc.world.session import Access, Exchange, WorldSession

# Under this key a call from within finds its way in the environment; no header from outside can have such a name.
DOOR_KEY = "lkc.door"


class Opener(Protocol):
    """Whatever opens sessions of a world."""

    def open(self, name: str, access: Access, exchange: Exchange) -> WorldSession:
        """Begins a session; who opens it commits or rolls back, and closes. Raises UnknownWorld."""

    def session(
        self, name: str, access: Access, exchange: Exchange | None = None
    ) -> AbstractContextManager[WorldSession]:
        """A session that commits at the end of the block and rolls back when the block raises."""


class Door(Opener, Protocol):
    """The only way by which a call from within enters a world."""

    @property
    def is_hidden(self) -> bool:
        """Whether nobody else can see the world, so that nothing of its calls is written down."""

    @property
    def generation(self) -> str:
        """The generation of the world to which it leads."""

    @property
    def lost(self) -> Refused | None:
        """Why the world is not behind the door any more; None as long as it is."""


class Pinned:
    """A world as long as it is the same: not reset, replaced, or deleted and made anew.

    Args:
        store: where it is.
        generation: the file, schema or whatever it was when work in it began.
    """

    is_hidden = False

    def __init__(self, store: Opener, generation: str) -> None:
        self.lost: Refused | None = None
        self._store = store
        self.generation = generation

    def open(self, name: str, access: Access, exchange: Exchange) -> WorldSession:
        """Begins a session. Raises UnknownWorld or WorldReplaced."""
        try:
            session = self._store.open(name, access, exchange)
        except UnknownWorld as gone:
            self.lost = gone
            raise
        if session.generation != self.generation:
            session.close()
            self.lost = WorldReplaced(name)
            raise self.lost
        return session

    @contextmanager
    def session(self, name: str, access: Access, exchange: Exchange | None = None) -> Iterator[WorldSession]:
        """A session for a block. Raises UnknownWorld or WorldReplaced."""
        session = self.open(name, access, exchange or Exchange())
        try:
            yield session
            session.commit()
        finally:
            session.close()
