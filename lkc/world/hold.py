"""What a request has in hand of its world: a session that opens when first used, and sessions of its own making."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import request

from lkc.world.door import Opener
from lkc.world.due import Action, do_due
from lkc.world.refusals import WorldReplaced
from lkc.world.session import Access, Exchange, WorldSession
from lkc.world.store import WorldStore

ENVIRON_KEY = "lkc.world"


class Hold:
    """One request's hold on its world.

    Most handlers use `session`: opened at its first use, committed by the outermost layer when the answer
    stands. Those that wait, or work in batches, or drive other systems leave it closed and use
    `transaction`, for no transaction may be held across such a thing.
    """

    def __init__(
        self, store: WorldStore, name: str, access: Access, exchange: Exchange, actions: Mapping[str, Action]
    ) -> None:
        self.store = store
        self.name = name
        self.access = access
        self.exchange = exchange
        self.keep = True
        self.kept_steps = 0
        self.opener: Opener = exchange.door or store
        self._actions = actions
        self._session: WorldSession | None = None
        self._stepped_in: str | None = None

    @property
    def session(self) -> WorldSession:
        """The request's own session, opened at first use."""
        if self._session is None:
            self._session = self._open(self.access)
        return self._session

    @contextmanager
    def transaction(self, access: Access) -> Iterator[WorldSession]:
        """A session for a block, apart from the request's own."""
        session = self._open(access)
        try:
            yield session
            session.commit()
        finally:
            session.close()

    @contextmanager
    def step(self) -> Iterator[WorldSession]:
        """One writing step of a call that works by several; all of them must meet the same world.

        Steps that are done stay done where a later one fails (`kept_steps`), so the same call, sent again, must go on
        from there. Raises WorldReplaced where it was reset, or deleted and made anew, since the first step.
        """
        with self.transaction(Access.WRITE) as session:
            if self._stepped_in not in {None, session.generation}:
                raise WorldReplaced(self.name)
            self._stepped_in = session.generation
            yield session
        self.kept_steps += 1

    def beside(self, name: str) -> Hold:
        """A hold of the same request on another world; who asks for it finishes it."""
        exchange = Exchange(self.exchange.request_id, self.exchange.origin, name)
        return Hold(self.store, name, self.access, exchange, self._actions)

    def do_due(self) -> None:
        """Does what has come due, within the request's own session, which may write."""
        if self.session.is_due:
            do_due(self.session, self._actions)

    def finish(self) -> None:
        """Commits the request's own session, or rolls it back where the answer is a refusal."""
        session, self._session = self._session, None
        if session is None:
            return
        try:
            if self.keep:
                session.commit()
            else:
                session.rollback()
        finally:
            session.close()

    def abandon(self) -> None:
        """Forgets what the request's own session did."""
        self.keep = False
        self.finish()

    def _open(self, access: Access) -> WorldSession:
        session = self.opener.open(self.name, access, self.exchange)
        if session.is_due:
            session.close()
            with self.opener.session(self.name, Access.WRITE, self.exchange) as world:
                do_due(world, self._actions)
            session = self.opener.open(self.name, access, self.exchange)
        return session


def current_hold() -> Hold:
    """The hold of the request that is being answered."""
    hold: Hold = request.environ[ENVIRON_KEY]
    return hold


def current_world() -> WorldSession:
    """The session of the request that is being answered."""
    hold: Hold = request.environ[ENVIRON_KEY]
    return hold.session
