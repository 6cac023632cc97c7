"""What was called in a world: its journal, and whether it holds what a test expects."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from flask import Response

from lkc.control.doors import CONTROL as CALLERS
from lkc.control.doors import guard
from lkc.control.journal_schemas import ExpectationSchema, RequestSchema, RequestSearchSchema, VerifiedSchema
from lkc.control.verifying import VerificationFailed, is_pattern, path_fits, verify
from lkc.world.controls.requests import CONTROL, exchange_view, system_of
from lkc.world.hold import current_hold
from lkc.world.journal import LOST, current_journal
from lkc.world.paging import paged
from lkc.world.refusals import Invalid
from lkc.world.rest import Blueprint, answer, nothing

CONTROLS = "/_sim"

blueprint = Blueprint("journal", __name__, url_prefix="/_sim/requests", description="Journal", callers=CALLERS)
blueprint.before_request(guard)

SEARCH, EXPECTATION = RequestSearchSchema(), ExpectationSchema()


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SEARCH, location="query")
@blueprint.response(200, RequestSchema, many=True)
def list_requests(search: dict[str, Any]) -> Response:
    """The latest exchanges that fit, oldest first; with `after` the first ones from there on.

    The simulator's own (/_sim) are listed for `system=control` only.
    """
    if "after" not in search:
        return answer(list(deque(_fitting(search), maxlen=search["limit"])))
    return paged(list(islice(_fitting(search), search["limit"] + 1)), search["limit"], "id")


@blueprint.route("", methods=["DELETE"])
@blueprint.response(204)
def delete_requests() -> Response:
    """Empties the journal."""
    journal, world = current_journal(), current_hold().name
    journal.clear(world)
    journal.note(world, LOST)
    return nothing()


@blueprint.route("/verify", methods=["POST"])
@blueprint.arguments(EXPECTATION)
@blueprint.response(200, VerifiedSchema)
@blueprint.refuses(VerificationFailed)
def verify_requests(body: dict[str, Any]) -> Response:
    """Whether something was called as often as expected."""
    search: dict[str, Any] = {name: body[name] for name in ("since", "system") if name in body}
    if body["path"].startswith(CONTROLS):
        search["system"] = CONTROL
    return answer({"count": verify(_fitting(search), body)})


def _fitting(search: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The exchanges that fit, with what is easily read of each."""
    fits = _condition(search)
    entries: Iterator[dict[str, Any]] = current_journal().entries(current_hold().name)
    if "after" in search:
        entries = _behind(entries, search["after"])
    return (exchange_view(entry) for entry in entries if fits(entry, system_of(entry["path"])))


def _condition(search: dict[str, Any]) -> Callable[[dict[str, Any], str], bool]:
    system, path = search.get("system"), search.get("path", "")
    since = search["since"].timestamp() * 1_000_000 if "since" in search else 0
    same = [(name, search[name]) for name in ("status", "method") if name in search]

    def fits(entry: dict[str, Any], its_system: str) -> bool:
        if its_system != system if system is not None else entry["path"].startswith(CONTROLS):
            return False
        on_path = path_fits(path, entry["path"]) if is_pattern(path) else entry["path"].startswith(path)
        return on_path and entry["at"] >= since and all(entry[name] == value for name, value in same)

    return fits


def _behind(entries: Iterator[dict[str, Any]], last: str) -> Iterator[dict[str, Any]]:
    for entry in entries:
        if entry.get("id") == last:
            return entries
    message = "is not in the journal, or no longer; list without it"
    raise Invalid({"field": "after", "message": message, "received": last[:80]})
