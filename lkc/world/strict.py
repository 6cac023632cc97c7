"""What a call must not bring along: parameters and bodies that nobody would look at are refused, not passed over."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from enum import Enum
from functools import wraps
from typing import Any, NoReturn, TypeVar

import orjson
from flask import request
from marshmallow import Schema
from webargs import missing
from webargs.flaskparser import FlaskParser

from lkc.world.bodies import NO_LENGTH, UNMEASURED
from lkc.world.refusals import Invalid, LengthRequired, NotJson

View = TypeVar("View", bound=Callable[..., Any])

_LONGEST_NAME = 80


class StrictParser(FlaskParser):
    """Reads bodies of JSON: another kind of body is refused, and so is a name that comes twice in one object."""

    def _raw_load_json(self, req: Any) -> Any:
        body: bytes = req.get_data()
        if not body:
            return missing
        if not req.is_json:
            raise NotJson(f"The body came as {req.mimetype[:_LONGEST_NAME] or 'nothing'}, not as JSON.")
        return json.loads(body.decode(), object_pairs_hook=_unrepeated)


PARSER = StrictParser()


class Nothing(Schema):
    """The body of a call that takes none: empty, or `{}`."""


_NOTHING = Nothing()


def repeats_names(body: bytes, read: Any) -> bool:
    """Whether some object of a document may have had a name twice, of which only the last was read.

    Each name has a colon. A document that is written again has as many as before, but for those of names that were
    lost and for colons that came as escapes. This takes 2 us, where reading with an eye on names takes 20.
    """
    return body.count(b":") != orjson.dumps(read).count(b":") or b"\\u003" in body


def names_twice(text: str, read: Any) -> list[str]:
    """The names that come more than once in some object of a document, of which `read` was read."""
    try:
        if not repeats_names(text.encode("utf-8", "replace"), read):
            return []
    except orjson.JSONEncodeError:
        # A number that is too large, or broken Unicode: looked at name by name.
        pass
    found: dict[str, None] = {}

    def look(pairs: list[tuple[str, Any]]) -> None:
        if len(pairs) != len(dict(pairs)):
            found.update(dict.fromkeys(map(_shown, _twice(name for name, _ in pairs))))

    json.loads(text, object_pairs_hook=look)
    return list(found)


class Body(Enum):
    """What a view does with the body: it takes none, has JSON read, or reads the bytes itself."""

    NONE = "none"
    JSON = "json"
    BYTES = "bytes"


def strict(view: View, parameters: Iterable[str], body: Body) -> View:
    """A view that refuses what it would not look at.

    Args:
        view: the view.
        parameters: the names that its query string may have, each once.
        body: what it does with the body.
    """
    known = tuple(parameters)

    @wraps(view)
    def checked(**path: Any) -> Any:
        environ = request.environ
        if environ["QUERY_STRING"]:
            _check_query(known)
        if body is not Body.JSON and environ.get("CONTENT_LENGTH") not in NO_LENGTH:
            if body is Body.NONE:
                PARSER.parse(_NOTHING, location="json")
            elif UNMEASURED in environ:
                raise LengthRequired
        return view(**path)

    return checked  # type: ignore[return-value] # it takes what the view takes


def _check_query(known: tuple[str, ...]) -> None:
    """Raises Invalid, naming each parameter that there is not, or that comes more than once."""
    there_are = f"there are: {', '.join(known)}" if known else "this call takes none"
    mistakes = []
    for name, values in request.args.lists():
        if name not in known:
            mistakes.append({"field": name[:_LONGEST_NAME], "message": f"No such parameter; {there_are}."})
        elif len(values) > 1:
            mistakes.append({"field": name, "message": "Comes more than once."})
    if mistakes:
        raise Invalid(*mistakes)


def _unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        _refuse_repeated(name for name, _ in pairs)
    return found


def _refuse_repeated(names: Iterable[str]) -> NoReturn:
    raise Invalid(*({"field": _shown(name), "message": "Comes more than once."} for name in _twice(names)))


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _shown(name: str) -> str:
    """A name as an answer can hold it: not too long, and without broken Unicode."""
    return name[:_LONGEST_NAME].encode("utf-8", "backslashreplace").decode()
