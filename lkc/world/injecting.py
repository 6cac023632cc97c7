"""Carrying faults of the wire out on one call: before its work, or on its answer once the work is committed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from lkc.world.faults import acts, fault_numbered, is_still_on
from lkc.world.hold import Hold
from lkc.world.problem import Problem
from lkc.world.refusals import UnknownWorld
from lkc.world.session import Access
from lkc.world.waiting import delay
from lkc.world.wire_faults import AFTER_COMMIT, BOUNDS, DROP, LATENCY, STATUS, TRUNCATE, FaultBoard, WireFault

# So long (in seconds) an answer that is cut rests before its end: else the server below may not have sent its half.
PAUSE = 0.05
SERVER = "Granian"
RETRIABLE = frozenset({429, 503})
# The server below closes a connection without a word for a length that is none.
NO_LENGTH = ("Content-Length", "none")


class ConnectionDropped(ConnectionResetError):
    """The answer did not come, or not whole, as was ordered; raised where no server stands between."""


class Injection:
    """The faults that may act on one call.

    Args:
        faults: those that fit it, oldest first.
        hold: the call's hold on its world.
        board: told when a fault has come to its end.

    The first fault that ends a call rules; those that were ordered later do not meet it.
    """

    def __init__(self, faults: Sequence[WireFault], hold: Hold, board: FaultBoard) -> None:
        self._faults = faults
        self._hold = hold
        self._board = board

    def before(self) -> Problem | WireFault | None:
        """Delays the call, and tells what ends it before its work: a problem document, or a dropped connection.

        Raises TooManyDelayed.
        """
        milliseconds, end = 0, None
        for fault in self._faults:
            if fault.kind in {LATENCY, STATUS, DROP} and self._acts(fault):
                if fault.kind == LATENCY:
                    milliseconds += fault.settings["ms"]
                    continue
                end = fault if fault.kind == DROP else _refusal(fault)
                break
        if milliseconds:
            delay(min(milliseconds, BOUNDS["ms"][1]) / 1000)
        return end

    def after(self, status: int, length: int) -> WireFault | None:
        """The fault that spoils an answer whose work is done: of a success it may be lost, of any body half.

        Args:
            status: of the answer.
            length: of its body in bytes.
        """
        for fault in self._faults:
            fits = (fault.kind == AFTER_COMMIT and status < 400) or (fault.kind == TRUNCATE and length > 0)
            if fits and self._acts(fault):
                return fault
        return None

    def _acts(self, fault: WireFault) -> bool:
        """Whether a fault acts now; counted in the world, unless the call itself asks for it."""
        has_acted = fault.id is None or self._counted(fault.id)
        if has_acted:
            self._hold.exchange.faults.append(fault.kind)
        return has_acted

    def _counted(self, number: int) -> bool:
        """Whether a fault acts, as the world counts it; that it will do so no more is made known."""
        has_acted, is_over = False, False
        with suppress(UnknownWorld):
            with self._hold.transaction(Access.WRITE) as world:
                fault = fault_numbered(world, number)
                has_acted = fault is not None and acts(world, fault)
                is_over = fault is None or not is_still_on(world, fault)
            if is_over:
                self._board.announce()
        return has_acted


def lost_answer(fault: WireFault) -> Problem:
    """What stands in the place of an answer that was lost."""
    return Problem(
        status=502,
        code="injected-fault",
        detail=f"The call was done and is kept, its answer was lost: {_cause(fault)}.",
        remedy=f"Look what has become of it before you send it again. {_way_out(fault)}",
        members=_members(fault),
    )


@dataclass(frozen=True, slots=True)
class Spoilt:
    """How an answer ends.

    Attributes:
        fault: why it does.
        length: of its body in bytes, of which half is sent; 0 = the connection ends before an answer.
    """

    fault: WireFault
    length: int

    def spoilt(self, body: Iterable[bytes], environ: dict[str, Any]) -> Iterator[bytes]:
        """What is sent of a body; where no server stands between, a dropped connection is a ConnectionDropped."""
        if self.length:
            return _half(body, self.length, pause=PAUSE if _is_served(environ) else 0)
        return _nothing(is_told=not _is_served(environ))


def _half(body: Iterable[bytes], length: int, *, pause: float) -> Iterator[bytes]:
    left = length // 2
    close: Callable[[], object] | None = getattr(body, "close", None)
    try:
        for part in body:
            if left:
                yield part[:left]
                left -= min(left, len(part))
        time.sleep(pause)
    finally:
        if close is not None:
            close()


def _nothing(*, is_told: bool) -> Iterator[bytes]:
    if is_told:
        raise ConnectionDropped("the connection was closed before an answer came, as was ordered")
    yield from ()


def _is_served(environ: dict[str, Any]) -> bool:
    """Whether the call came through the server, and not from within the process."""
    return environ.get("SERVER_SOFTWARE") == SERVER


def _refusal(fault: WireFault) -> Problem:
    status: int = fault.settings["status"]
    after = fault.settings.get("retry_after", 1 if status in RETRIABLE else None)
    again = f"Send it again after {after} s. " if after is not None else ""
    return Problem(
        status=status,
        code="injected-fault",
        detail=f"Nothing was done: {_cause(fault)}.",
        remedy=f"{again}{_way_out(fault)}",
        members=_members(fault) | ({} if after is None else {"retry_after": after}),
        extra_headers=() if after is None else (("Retry-After", str(after)),),
    )


def _cause(fault: WireFault) -> str:
    return f"the call asked for the fault {fault.kind}" if fault.id is None else f"fault {fault.id} ({fault.kind}) acts"


def _way_out(fault: WireFault) -> str:
    if fault.id is None:
        return "Leave the header Prefer out."
    return f"The fault is taken back with DELETE /_sim/faults/{fault.id}."


def _members(fault: WireFault) -> dict[str, Any]:
    return {"fault": fault.kind, "fault_id": fault.id}
