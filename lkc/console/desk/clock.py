"""The clock on every page of the desk: what it shows, what leads it on, and the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import redirect, request
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from lkc.console.secrecy import is_quiz_open
from lkc.look.forms import Form
from lkc.look.pages import attempt, done, warned
from lkc.world.clock import stamp
from lkc.world.controls.clock import AdvanceSchema, advance_clock, set_clock
from lkc.world.expiry import Expiry, NothingExpires, next_expiry
from lkc.world.hold import current_hold, current_world
from lkc.world.snapshots import Checkpoint
from lkc.world.system import current_systems

ADVANCES: dict[str, dict[str, Any]] = {
    "hour": {"hours": 1},
    "day": {"days": 1},
    "month": {"days": 30},
    "expiry": {"to_next": "expiry"},
}
MODES = {"run": "running", "freeze": "frozen"}
REMEDIES = {
    "clock-backwards": "Time only goes on. To go back, undo the last change, load a snapshot, or reset the world.",
    "nothing-expires": "Book and submit an order with an expiration date ahead, or go on by a day or to a date.",
    "nothing-to-undo": "Load a snapshot, or reset the world to its origin.",
}
NO_MOMENT = "This is no date and time."
LIKE_THIS = "Give it as 2015-01-31T09:00, in UTC, at the latest in the year 2199."
STALE = "This page had been open for too long, or in another place; nothing was done."

_BACK = re.compile(r"/(?![/\\])[^\\\x00-\x20]*\Z")


@dataclass(frozen=True, slots=True)
class Strip:
    """What the clock on a page needs beside the time.

    Attributes:
        back: the page to which its buttons lead back, below the world.
        expiry: the next date that ends something, or None.
        expires_in: titles of the systems that have it.
        undo: the last change that can be taken back, or None.
    """

    back: str
    expiry: Expiry | None
    expires_in: str
    undo: Checkpoint | None


def clock_strip() -> Strip:
    """The clock for the page that is being made."""
    hold, systems = current_hold(), current_systems()
    try:
        expiry = next_expiry(current_world(), systems)
    except NothingExpires:
        expiry = None
    names = [system.title for system in systems if expiry is not None and system.id in expiry.systems]
    checkpoints = hold.store.snapshots.checkpoints(hold.name)
    query = request.query_string.decode("ascii", "replace")
    return Strip(
        back=f"{request.path}?{query}" if query else request.path,
        expiry=expiry,
        expires_in=" and ".join(names),
        # The name of a change would give away the case of a quiz.
        undo=checkpoints[0] if checkpoints and not is_quiz_open() else None,
    )


def clock_page() -> Response:
    """Freezes the clock, lets it run, or lets it go on; leads back to where it was asked for."""
    if _is_ours():
        with attempt(remedies=REMEDIES):
            _lead_on(request.form.get("do", ""))
    return _back()


def undo_page() -> Response:
    """Leads the world back to its last checkpoint."""
    if _is_ours():
        hold, is_secret = current_hold(), is_quiz_open()
        hold.finish()
        with attempt(remedies=REMEDIES):
            undone, info = hold.store.snapshots.undo(hold.name)
            reason = "the last change" if is_secret else undone.reason
            done(f"Undone: {reason}. The clock shows {_read(stamp(info.now))} again.")
    return _back()


def _lead_on(deed: str) -> None:
    hold = current_hold()
    if deed in MODES:
        set_clock(hold, {"mode": current_world().clock.mode.__class__(MODES[deed])})
        done("The clock runs." if deed == "run" else "The clock stands still.")
        return
    wanted = ADVANCES.get(deed) or _moment(request.form.get("moment", ""))
    if wanted is None:
        warned(NO_MOMENT, LIKE_THIS)
        return
    clock, passed = advance_clock(hold, wanted)
    more = f" {passed.day:%d %b %Y} has passed, on which something ended." if passed is not None else ""
    done(f"The clock shows {_read(clock.stamp())}.{more}")


def _moment(text: str) -> dict[str, Any] | None:
    """Where a clock is to go, from a field of date and time; None where that is none."""
    text = text.strip()
    for end in ("", ":00Z", "Z"):
        try:
            read: dict[str, Any] = AdvanceSchema().load({"to": f"{text}{end}"})
        except ValidationError:
            continue
        return read
    return None


def _read(text: str) -> str:
    """A moment as it stands in a sentence."""
    return f"{text[:10]} {text[11:16]} UTC"


def _is_ours() -> bool:
    """Whether a form was made on a page of this session."""
    is_ours = bool(Form().validate_on_submit())
    if not is_ours:
        warned(STALE, "Send it once more.")
    return is_ours


def _back() -> Response:
    """To the page from which the form was sent; nowhere outside of the world."""
    back = request.form.get("back", "/")
    return redirect(f"{request.root_path}{back if _BACK.match(back) else '/'}", 303)
