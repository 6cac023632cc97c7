"""Saving a bundle: from the journal and a moment of the world to calls that can be made again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from lkc.bundles.gathering import gathered, headers_of, not_kept, told
from lkc.bundles.model import Answered, Bundle, Call
from lkc.bundles.moments import Moment, moment
from lkc.bundles.neutral import laid_out, neutral
from lkc.bundles.paths import is_of_desk
from lkc.bundles.placeholders import Secrets, owners_in
from lkc.bundles.refusals import CallsNotKept, JournalTooShort
from lkc.world.gate import CONTROLS, READING
from lkc.world.journal import Journal
from lkc.world.operations import INTERFACE, Operations
from lkc.world.store import WorldStore

SNAPSHOTS = "/_sim/snapshots"
SIGN_IN = "it comes with a sign-in from before the bundle begins"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a bundle comes from.

    Attributes:
        store: where the world is.
        journal: where its calls are.
        operations: what can be called.
        world: name of the world.
        version: of the simulator.
    """

    store: WorldStore
    journal: Journal
    operations: Operations
    world: str
    version: str


def saved(source: Source, since: str | None, secrets: Secrets) -> tuple[Bundle, Moment]:
    """The calls since a moment of a world, and that moment.

    Raises UnknownWorld, UnknownMoment, JournalTooShort, or CallsNotKept, which names every call at fault.
    """
    if not source.journal.is_kept:
        raise JournalTooShort(source.world, "any moment, for none is kept")
    lines = list(source.journal.everything(source.world))
    begins = moment(source.store, source.world, since, lines)
    entries = list(gathered(lines, begins))
    faulty = not_kept(entries)
    if faulty:
        raise CallsNotKept(faulty)
    gathering = _Gathering(source, secrets, _zero(begins, entries))
    calls = list(gathering.calls(entries))
    if gathering.faulty:
        raise CallsNotKept(gathering.faulty)
    return (
        Bundle(
            version=source.version,
            world=source.world,
            since=begins.label,
            secrets=secrets.all,
            calls=calls,
            left_out=gathering.left_out,
        ),
        begins,
    )


class _Gathering:
    """Entries of the journal on their way into a bundle.

    Args:
        source: where they come from.
        secrets: of the bundle.
        zero: real time at which it begins, in microseconds.
    """

    def __init__(self, source: Source, secrets: Secrets, zero: int) -> None:
        self._source, self._secrets, self._zero = source, secrets, zero
        self.faulty: list[dict[str, Any]] = []
        self.left_out = 0

    def calls(self, entries: Sequence[dict[str, Any]]) -> Iterator[Call]:
        """The calls, numbered from 1 in their order."""
        number = 0
        for entry in entries:
            headers = headers_of(entry)
            if not self._keeps_sign_in(entry, headers):
                continue
            number += 1
            yield self._call(entry, headers)
            self._secrets.answered(number, entry["response"])

    def _call(self, entry: dict[str, Any], headers: dict[str, str]) -> Call:
        body = entry["request"].get("body")
        owners = owners_in(body, headers.get("content-type", "").partition(";")[0].strip().lower())
        if "authorization" in headers:
            headers["authorization"] = self._secrets.credential(headers["authorization"], entry)
        # Who signs in with a wrong password is named by the call; in a path or query there is a link's secret.
        return Call(
            id=entry["id"],
            began=max(0, entry["at"] - entry["micros"] - self._zero),
            ended=max(0, entry["at"] - self._zero),
            method=entry["method"],
            path=self._secrets.placed(entry["path"], {}, entry),
            query=self._secrets.placed(entry["query"], {}, entry),
            request_id=entry["request_id"],
            headers=headers,
            body=None if body is None else self._secrets.placed(body, owners, entry),
            answer=self._answer(entry),
        )

    def _answer(self, entry: dict[str, Any]) -> Answered:
        response, host = entry["response"], entry["request"]["headers"].get("host", "")
        kept, worlds = response.get("headers", {}), {self._source.world}
        body = response.get("body") if is_compared(self._source.operations, entry["path"], kept) else None
        whole = bool(response.get("whole", True))
        return Answered(
            status=entry["status"],
            location=neutral(kept.get("location", ""), worlds, host),
            body=None if body is None else _laid_out(neutral(body, worlds, host), is_whole=whole),
            is_whole=whole,
            faults=tuple(entry["faults"]),
        )

    def _keeps_sign_in(self, entry: dict[str, Any], headers: dict[str, str]) -> bool:
        """Puts the cookies of a call right; whether it can be made again with them."""
        path = entry["path"]
        if path.startswith(CONTROLS):
            # Whoever plays the bundle has a token of his own, if one is needed.
            headers.pop("authorization", None)
        cookie = headers.pop("cookie", None)
        # The desk needs nobody in particular: whoever plays the bundle opens it anew.
        if cookie is None or INTERFACE in path or path.startswith(CONTROLS) or is_of_desk(path):
            return True
        known, others = self._secrets.cookies(cookie, entry)
        if known:
            headers["cookie"] = known
        first, slash, _ = path[1:].partition("/")
        if not slash or f"lkc-{first}" not in others:
            return True
        if entry["method"] in READING:
            self.left_out += 1
        else:
            self.faulty.append(told(entry, SIGN_IN))
        return False


def is_compared(operations: Operations, path: str, headers: dict[str, str]) -> bool:
    """Whether the body of an answer is the same wherever a call is made.

    Pages of the desk tell of the simulator itself, snapshots of the disk; a mail in its raw form is sealed together
    with the world's name.
    """
    if path.startswith(SNAPSHOTS):
        return False
    if headers.get("content-type", "").startswith("message/"):
        return False
    return path.startswith(CONTROLS) or operations.system_of(path) is not None


def _laid_out(text: str, *, is_whole: bool) -> str:
    return laid_out(text) if is_whole else text


def _zero(begins: Moment, entries: Sequence[dict[str, Any]]) -> int:
    """Real time at which a bundle begins; where nobody knows, that of its first call."""
    if begins.real is not None:
        return begins.real
    return entries[0]["at"] - entries[0]["micros"] if entries else 0
