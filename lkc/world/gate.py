"""The outermost layer: finds the world of a request, ends its transaction, and writes the journal."""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.exc import DBAPIError

from lkc.world import exchanges, redaction
from lkc.world.bodies import drain, made_measurable
from lkc.world.clock import real_micros
from lkc.world.door import DOOR_KEY, Door
from lkc.world.due import Action
from lkc.world.exchanges import Upload
from lkc.world.hold import ENVIRON_KEY, Hold
from lkc.world.hosts import Hosts
from lkc.world.injecting import NO_LENGTH, Injection, Spoilt, lost_answer
from lkc.world.journal import Journal
from lkc.world.nested import NESTED
from lkc.world.operations import Operations
from lkc.world.problem import Problem, problem_of, storage_problem
from lkc.world.refusals import Refused, UnknownWorld
from lkc.world.selection import Selected, origin_of, selected
from lkc.world.session import Access, Exchange
from lkc.world.store import WorldStore
from lkc.world.wire_faults import ANY_SYSTEM, TRUNCATE, FaultBoard, WireFault, wanted_by

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], object]
# Makes of a problem, with environment and path of its request, what is sent: itself, or a page that tells it.
Shown = Callable[[Environ, str, Problem], Problem]

READING = frozenset({"GET", "HEAD", "OPTIONS"})
CONTROLS = "/_sim"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


class Gate:
    """A WSGI application around the landscape's: worlds, transactions and journal are its matter alone.

    Args:
        landscape: the application behind; it finds a `Hold` in its environment.
        store: where worlds are kept.
        journal: where exchanges are written down; None keeps none.
        actions: who does what comes due.
        statuses: HTTP status of each refusal, by code.
        hosts: the hosts that a request may be for.
        board: the faults of the wire that are on order.
        operations: what can be called.
        shown: how problems look that meet a request outside the landscape.
    """

    def __init__(  # noqa: PLR0913 - the whole of a landscape meets here
        self,
        landscape: Callable[[Environ, Any], Iterable[bytes]],
        store: WorldStore,
        journal: Journal | None,
        *,
        actions: Mapping[str, Action],
        statuses: Mapping[str, int],
        hosts: Hosts,
        board: FaultBoard,
        operations: Operations,
        shown: Shown = lambda _environ, _path, problem: problem,
    ) -> None:
        self._landscape = landscape
        self._store = store
        self._journal = journal
        self._actions = actions
        self._statuses = statuses
        self._hosts = hosts
        self._board = board
        self._operations = operations
        self._shown = shown

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        began = time.perf_counter_ns()
        choice = selected(environ)
        door: Door | None = environ.get(DOOR_KEY)
        exchange = Exchange(_request_id(environ), origin_of(environ), choice.world, door=door)
        answer = _Answer()
        generation, upload = self._store.generation(choice.world) if door is None else door.generation, None
        if not self._hosts.cover(environ.get("HTTP_HOST", "")):
            body: Iterable[bytes] = answer.replace(_MISDIRECTED)
            generation = None
        elif generation is not None:
            environ["PATH_INFO"] = choice.path
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + choice.script
            access = Access.READ if environ["REQUEST_METHOD"] in READING else Access.WRITE
            hold = Hold(self._store, choice.world, access, exchange, self._actions)
            environ[ENVIRON_KEY] = hold
            refused = made_measurable(environ)
            if self._journal is not None:
                upload = exchanges.watched(environ)
            body = self._answered(environ, hold, answer, generation) if refused is None else answer.replace(refused)
        else:
            problem = problem_of(UnknownWorld(choice.world[:80]), self._statuses)
            body = answer.replace(self._shown(environ, choice.path, problem))
        if not answer.status.startswith("2") or answer.end is not None:
            drain(environ)
        if generation is not None and not (door is not None and door.is_hidden):
            body = self._written_down(environ, choice, exchange, (answer, body), upload, began)
        headers = answer.headers
        if choice.world.isascii() and choice.world.isprintable():
            headers.append(("X-LKC-World", choice.world[:80]))
        headers.append(("X-Request-Id", exchange.request_id))
        if exchange.faults:
            headers.append(("X-LKC-Fault", ", ".join(dict.fromkeys(exchange.faults))))
        start_response(answer.status, headers)
        return body if answer.end is None else answer.end.spoilt(body, environ)

    def _answered(self, environ: Environ, hold: Hold, answer: _Answer, generation: str) -> Iterable[bytes]:
        """The landscape's answer, once what it did is committed; where that fails, a problem instead."""
        try:
            faults = self._faults(environ, hold, generation)
            if faults:
                return self._with_faults(environ, hold, answer, Injection(faults, hold, self._board))
            body = self._landscape(environ, answer)
            hold.finish()
        except Refused as refusal:
            hold.abandon()
            problem = problem_of(refusal, self._statuses)
        except (sqlite3.Error, DBAPIError, OSError) as error:
            hold.abandon()
            problem = storage_problem(error, kept_steps=hold.kept_steps)
        except BaseException:
            hold.abandon()
            raise
        else:
            return body
        return answer.replace(self._shown(environ, environ["PATH_INFO"], problem))

    def _faults(self, environ: Environ, hold: Hold, generation: str) -> tuple[WireFault, ...]:
        """The faults that fit a call: those on order, of which none meets a control, and those it asks for itself."""
        path: str = environ["PATH_INFO"]
        found = () if path.startswith(CONTROLS) else self._board.ordered(hold.name, generation, hold.opener)
        if found:
            system = self._operations.system_of(path)
            found = tuple(fault for fault in found if system is not None and fault.system in {ANY_SYSTEM, system})
        if any(fault.operation is not None for fault in found):
            names = self._operations.names_of(environ["REQUEST_METHOD"], path)
            found = tuple(fault for fault in found if fault.operation is None or fault.operation in names)
        return wanted_by(environ["HTTP_PREFER"]) + found if "HTTP_PREFER" in environ else found

    def _with_faults(self, environ: Environ, hold: Hold, answer: _Answer, injection: Injection) -> Iterable[bytes]:
        """The landscape's answer, or what faults leave of it."""
        end = injection.before()
        if isinstance(end, Problem):
            return answer.replace(self._shown(environ, environ["PATH_INFO"], end))
        if end is not None:
            return answer.drop(end)
        body = self._landscape(environ, answer)
        hold.finish()
        fault = injection.after(int(answer.status[:3]), answer.length)
        if fault is None:
            return body
        if fault.kind == TRUNCATE:
            answer.end = Spoilt(fault, answer.length)
            return body
        close = getattr(body, "close", None)
        if close is not None:
            close()
        return (
            answer.drop(fault)
            if fault.settings.get("close")
            else answer.replace(self._shown(environ, environ["PATH_INFO"], lost_answer(fault)))
        )

    def _written_down(
        self,
        environ: Environ,
        choice: Selected,
        exchange: Exchange,
        answered: tuple[_Answer, Iterable[bytes]],
        upload: Upload | None,
        began: int,
    ) -> Iterable[bytes]:
        """Writes an exchange down, where there is a journal; gives the body to send, whose first part was looked at."""
        answer, body = answered
        body, beginning, length = exchanges.looked_at(body, answer.headers)
        if self._journal is None:
            return body
        marks = self._journal.marks
        entry = {
            "id": exchanges.number(),
            "at": real_micros(),
            "request_id": exchange.request_id,
            "nested": NESTED in environ,
            "method": environ["REQUEST_METHOD"],
            "path": redaction.path(choice.path, marks.hide),
            "query": redaction.query(environ.get("QUERY_STRING", ""), marks.hide),
            "status": None if answer.is_dropped else int(answer.status[:3]),
            "micros": (time.perf_counter_ns() - began) // 1000,
            "faults": list(dict.fromkeys(exchange.faults)),
            "request": exchanges.asked(environ, upload, marks),
            "response": {"headers": {}}
            if answer.is_dropped
            else exchanges.answered(answer.headers, beginning, length, marks),
        }
        self._journal.append(choice.world, entry)
        return body


_MISDIRECTED = Problem(
    status=421,
    code="misdirected",
    detail="This simulator does not serve the host that the request names.",
    remedy="Use 127.0.0.1, localhost, NAME.localhost, the address given to `lkc start --host`, or a name given to"
    " `--allow-host`.",
)


class _Answer:
    """Takes status and headers in until the transaction has ended well."""

    def __init__(self) -> None:
        self.status = "500 Internal Server Error"
        self.headers: Headers = []
        self.end: Spoilt | None = None

    @property
    def length(self) -> int:
        """How long its body is in bytes, as far as that is said; 0 for one that streams."""
        length = next((value for name, value in self.headers if name == "Content-Length"), "")
        return int(length) if length.isdecimal() else 0

    @property
    def is_dropped(self) -> bool:
        """Whether nothing of it reaches the caller."""
        return self.end is not None and not self.end.length

    def __call__(self, status: str, headers: Headers, exc_info: object = None) -> None:  # noqa: ARG002 - WSGI's form
        self.status, self.headers = status, list(headers)

    def replace(self, problem: Problem) -> list[bytes]:
        """Puts a problem document in place of whatever was to be answered."""
        body = problem.body()
        self.status = problem.status_line()
        self.headers = [*problem.headers(), ("Content-Length", str(len(body)))]
        return [body]

    def drop(self, fault: WireFault) -> list[bytes]:
        """Sees to it that the connection ends without an answer."""
        self.status, self.headers, self.end = "502 Bad Gateway", [NO_LENGTH], Spoilt(fault, 0)
        return []


def _request_id(environ: Environ) -> str:
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _REQUEST_ID.match(given) else secrets.token_hex(8)
