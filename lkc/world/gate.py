"""The outermost layer: finds the world of a request, ends its transaction, and writes the journal."""

from __future__ import annotations

import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy.exc import DBAPIError

from lkc.world.bodies import drain, made_measurable
from lkc.world.clock import real_micros
from lkc.world.door import DOOR_KEY, Door
from lkc.world.due import Action
from lkc.world.hold import ENVIRON_KEY, Hold
from lkc.world.hosts import Hosts
from lkc.world.journal import Journal
from lkc.world.problem import Problem, problem_of, storage_problem
from lkc.world.refusals import Refused, UnknownWorld
from lkc.world.selection import Selected, origin_of, selected
from lkc.world.session import Access, Exchange
from lkc.world.store import WorldStore

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], object]

READING = frozenset({"GET", "HEAD", "OPTIONS"})
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")


class Gate:
    """A WSGI application around the landscape's: worlds, transactions and journal are its matter alone.

    Args:
        landscape: the application behind; it finds a `Hold` in its environment.
        store: where worlds are kept.
        journal: where exchanges are written down.
        actions: who does what comes due.
        statuses: HTTP status of each refusal, by code.
        hosts: the hosts that a request may be for.
    """

    def __init__(
        self,
        landscape: Callable[[Environ, Any], Iterable[bytes]],
        store: WorldStore,
        journal: Journal,
        *,
        actions: Mapping[str, Action],
        statuses: Mapping[str, int],
        hosts: Hosts,
    ) -> None:
        self._landscape = landscape
        self._store = store
        self._journal = journal
        self._actions = actions
        self._statuses = statuses
        self._hosts = hosts

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        began = time.perf_counter_ns()
        choice = selected(environ)
        door: Door | None = environ.get(DOOR_KEY)
        exchange = Exchange(_request_id(environ), origin_of(environ), choice.world, door=door)
        answer = _Answer()
        if not self._hosts.cover(environ.get("HTTP_HOST", "")):
            body: Iterable[bytes] = answer.replace(_MISDIRECTED)
        elif door is not None or self._store.exists(choice.world):
            environ["PATH_INFO"] = choice.path
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + choice.script
            access = Access.READ if environ["REQUEST_METHOD"] in READING else Access.WRITE
            hold = Hold(self._store, choice.world, access, exchange, self._actions)
            environ[ENVIRON_KEY] = hold
            refused = made_measurable(environ)
            body = self._answered(environ, hold, answer) if refused is None else answer.replace(refused)
            if door is None or not door.is_hidden:
                self._write_down(environ, choice, exchange, answer, began)
        else:
            body = answer.replace(problem_of(UnknownWorld(choice.world[:80]), self._statuses))
        if not answer.status.startswith("2"):
            drain(environ)
        headers = answer.headers
        if choice.world.isascii() and choice.world.isprintable():
            headers.append(("X-LKC-World", choice.world[:80]))
        headers.append(("X-Request-Id", exchange.request_id))
        if exchange.faults:
            headers.append(("X-LKC-Fault", ", ".join(dict.fromkeys(exchange.faults))))
        start_response(answer.status, headers)
        return body

    def _answered(self, environ: Environ, hold: Hold, answer: _Answer) -> Iterable[bytes]:
        """The landscape's answer, once what it did is committed; where that fails, a problem instead."""
        try:
            body = self._landscape(environ, answer)
            hold.finish()
        except Refused as refusal:
            hold.abandon()
            return answer.replace(problem_of(refusal, self._statuses))
        except (sqlite3.Error, DBAPIError, OSError) as error:
            hold.abandon()
            return answer.replace(storage_problem(error, kept_steps=hold.kept_steps))
        except BaseException:
            hold.abandon()
            raise
        return body

    def _write_down(self, environ: Environ, choice: Selected, exchange: Exchange, answer: _Answer, began: int) -> None:
        self._journal.append(
            choice.world,
            {
                "at": real_micros(),
                "request_id": exchange.request_id,
                "method": environ["REQUEST_METHOD"],
                "path": _SECRET.sub("***", choice.path),
                "query": _SECRET.sub("***", environ.get("QUERY_STRING", "")),
                "status": int(answer.status[:3]),
                "micros": (time.perf_counter_ns() - began) // 1000,
                "faults": list(dict.fromkeys(exchange.faults)),
            },
        )


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

    def __call__(self, status: str, headers: Headers, exc_info: object = None) -> None:  # noqa: ARG002 - WSGI's form
        self.status, self.headers = status, list(headers)

    def replace(self, problem: Problem) -> list[bytes]:
        """Puts a problem document in place of whatever was to be answered."""
        body = problem.body()
        self.status = problem.status_line()
        self.headers = [*problem.headers(), ("Content-Length", str(len(body)))]
        return [body]


def _request_id(environ: Environ) -> str:
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if _REQUEST_ID.match(given) else secrets.token_hex(8)
