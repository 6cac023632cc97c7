"""Playing a bundle: a world of its own, and every call in it as it was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from lkc.bundles.comparing import difference, what_differs
from lkc.bundles.filling import Values
from lkc.bundles.model import Answered, Bundle, Call
from lkc.bundles.neutral import neutral
from lkc.bundles.paths import is_of_desk
from lkc.bundles.saving import is_compared
from lkc.bundles.sending import HOST, Came, sent
from lkc.look.sessions import desk_session
from lkc.world.clock import Mode, from_micros
from lkc.world.nested import Application
from lkc.world.operations import Operations
from lkc.world.refusals import Invalid
from lkc.world.session import Access
from lkc.world.store import Origin, WorldStore

SOURCE = "bundle"
# As long as a world says so, its bundle was not played to the end.
PLAYING = "bundle (not played to its end)"
SHOWN = 4000
_DONE = "UPDATE world SET origin=? WHERE origin=?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a bundle is played.

    Attributes:
        application: the landscape.
        store: where its worlds are.
        operations: what can be called.
        token: the admin token, where controls need one.
    """

    application: Application
    store: WorldStore
    operations: Operations
    token: str | None


@dataclass(slots=True)
class Outcome:
    """What came of the calls: how many were made and how many answered otherwise, and the first of these."""

    played: int = 0
    different: int = 0
    first: dict[str, Any] | None = None


def played(
    place: Place, world: str, bundle: Bundle, origin: Origin, values: Values, *, stops_at_first: bool
) -> Outcome:
    """Makes a world as it was, and the calls in it, to the last or to the first that is answered otherwise.

    The world tells by its origin that it is being played, until it is. Raises WorldExists, InvalidWorldName, or
    Invalid for a wrong state.
    """
    place.store.create(world, replace(origin, source=PLAYING))
    try:
        return _Playing(place, world, bundle, values).run(stops_at_first=stops_at_first)
    except Invalid:
        # A bundle that was made to harm leaves nothing.
        place.store.delete(world)
        raise


class _Playing:
    def __init__(self, place: Place, world: str, bundle: Bundle, values: Values) -> None:
        self._place, self._world, self._bundle, self._values = place, world, bundle, values
        self._clock = _Clock(place.store, world)

    def run(self, *, stops_at_first: bool) -> Outcome:
        outcome = Outcome()
        for number, call in enumerate(self._bundle.calls, 1):
            self._clock.go_to(call)
            found = self._made(number, call)
            outcome.played += 1
            if found is not None:
                outcome.different += 1
                outcome.first = outcome.first or found
                if stops_at_first:
                    break
        with self._place.store.session(self._world, Access.WRITE) as session:
            session.driver.execute(_DONE, (SOURCE, PLAYING))
        return outcome

    def _made(self, number: int, call: Call) -> dict[str, Any] | None:
        """Makes a call, and tells what is different in its answer, if anything is."""
        cookie, mark = self._at_desk() if is_of_desk(call.path) else ("", None)
        self._values.prepare(call, mark)
        ready = call if mark is None else replace(call, headers=_with_cookie(call.headers, cookie))
        came = sent(self._place.application, self._world, ready, self._values.of, self._place.token)
        self._values.take(number, call, came)
        got, expected = self._neutral(call, came), self._neutral_too(call.answer)
        what = what_differs(expected, got, is_broken=came.is_broken, runs=self._clock.runs)
        if not what:
            return None
        return {
            "number": number,
            "id": call.id,
            "method": call.method,
            "path": call.path,
            "query": call.query,
            "what": what,
            "expected": _view(expected),
            "got": _view(got),
            "difference": difference(expected, got) if expected.body is not None else [],
        }

    def _at_desk(self) -> tuple[str, str]:
        """A session of the desk: its cookie, and the mark of its forms."""
        with self._place.store.session(self._world, Access.READ) as session:
            return desk_session(self._world, session.seed, self._place.token)

    def _neutral_too(self, answer: Answered) -> Answered:
        """An answer of then, in which the name that the world has now is nothing particular either."""
        return answer if answer.body is None else replace(answer, body=neutral(answer.body, {self._world}))

    def _neutral(self, call: Call, came: Came) -> Answered:
        worlds, answer = {self._bundle.world, self._world}, came.answer
        is_told = is_compared(self._place.operations, call.path, dict(came.headers))
        return replace(
            answer,
            location=neutral(answer.location, worlds, HOST),
            body=None if answer.body is None or not is_told else neutral(answer.body, worlds, HOST),
        )


@dataclass(slots=True)
class _Clock:
    """The clock of a world that is played: where it runs, each call meets the moment at which it was made.

    Attributes:
        runs: whether it runs.
    """

    store: WorldStore
    world: str
    runs: bool = False
    _set_to: tuple[int, int] = (-1, -1)
    _shown: int = 0
    _former: Call | None = field(default=None)

    def go_to(self, call: Call) -> None:
        """Sees to it that the clock shows what it showed when a call was made."""
        with self.store.session(self.world, Access.READ) as session:
            clock = session.clock
        self.runs = clock.mode is Mode.RUNNING
        if self.runs:
            self._shown = self._due(call, (clock.base, clock.anchor))
            with self.store.session(self.world, Access.WRITE) as session:
                session.clock.begin(from_micros(self._shown))
                self._set_to = (session.clock.base, session.clock.anchor)
        self._former = call

    def _due(self, call: Call, stands: tuple[int, int]) -> int:
        """What it is to show, given by what the clock was last set to, here or by the call before."""
        if self._former is None:
            return stands[0] + call.began
        if stands == self._set_to:
            return self._shown + max(0, call.began - self._former.began)
        return stands[0] + max(0, call.began - self._former.ended)


def _with_cookie(headers: Mapping[str, str], cookie: str) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() != "cookie"} | {"cookie": cookie}


def _view(answer: Answered) -> dict[str, Any]:
    body = answer.body
    return {
        "status": answer.status,
        "location": answer.location or None,
        "body": body if body is None or len(body) <= SHOWN else f"{body[:SHOWN]} ...",
    }
