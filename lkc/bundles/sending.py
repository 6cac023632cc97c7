"""Making a call of a bundle, as if it came from outside, and taking in what comes back."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from contextvars import Context
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus

import orjson

from lkc.bundles.gathering import TRAVEL
from lkc.bundles.model import PLACE, Answered, Call
from lkc.bundles.paths import secrets_of, wrong_when_filled, wrong_with
from lkc.bundles.placeholders import FORM, marks_of_answer
from lkc.world.door import DOOR_KEY
from lkc.world.exchanges import KEPT, Headers, answered
from lkc.world.marks import Marks
from lkc.world.nested import NESTED, Application, environ_of
from lkc.world.nested import Call as CallFromWithin
from lkc.world.refusals import Invalid

HOST = "localhost"
FAULTS = "x-lkc-fault"
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

ValueOf = Callable[[str], str]


@dataclass(slots=True)
class Came:
    """What came back for a call.

    Attributes:
        answer: as it is compared, but for what is not neutral.
        hidden: the values that are hidden in it, in their order.
        body: as it came.
        headers: by lower-case name.
        is_broken: whether the connection ended before the answer did.
    """

    answer: Answered
    hidden: list[str]
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    is_broken: bool = False


class Seen(Marks):
    """Marks of one answer, by which its secrets are found again."""

    def __init__(self) -> None:
        super().__init__(b"seen")
        self.secrets: dict[str, str] = {}

    def of(self, secret: str) -> str:
        """The mark of a secret, which is noted."""
        mark = super().of(secret)
        self.secrets[mark] = secret
        return mark


def sent(application: Application, world: str, call: Call, value_of: ValueOf, token: str | None) -> Came:
    """Makes a call in a world, with its secrets filled in.

    Args:
        application: the landscape.
        world: name of the world.
        call: as it was made.
        value_of: the value of a secret by its name.
        token: the admin token, where controls need one.
    """
    environ = _environ(world, call, value_of, token)
    # Pages keep what binds their forms in a context of the application, which must not be that of our own caller.
    came = Context().run(_answered, application, environ)
    announced = came.headers.get("content-length", "")
    if call.method != "HEAD" and announced.isdecimal() and len(came.body) < int(announced):
        came.is_broken = True
    return came


def _answered(application: Application, environ: dict[str, Any]) -> Came:
    started: list[tuple[str, Headers]] = []
    parts, is_broken = list[bytes](), False
    body = None
    try:
        body = application(environ, lambda status, headers, *_: started.append((status, list(headers))))
        # What has no length is a stream, whose end nobody can wait for.
        if started and any(name.lower() == "content-length" for name, _ in started[0][1]):
            parts.extend(body)
    except ConnectionResetError:
        is_broken = True
    finally:
        close = getattr(body, "close", None)
        if close is not None:
            close()
    status, headers = started[0] if started else ("502", [])
    return _came(int(status[:3]), headers, b"".join(parts), is_broken=is_broken)


def _came(status: int, headers: Headers, body: bytes, *, is_broken: bool) -> Came:
    named = {name.lower(): value for name, value in headers}
    faults = tuple(filter(None, named.get(FAULTS, "").split(", ")))
    if is_broken and not body:
        return Came(Answered(status=None, faults=faults), [], b"", is_broken=True)
    announced = named.get("content-length", "")
    length = int(announced) if announced.isdecimal() else None
    if length is not None and length <= KEPT:
        length = len(body)
    seen = Seen()
    kept = answered(headers, body[:KEPT], length, seen)
    return Came(
        answer=Answered(
            status=status,
            location=kept["headers"].get("location", ""),
            body=kept.get("body"),
            is_whole=kept.get("whole", True),
            faults=faults,
        ),
        hidden=[seen.secrets[mark] for mark in marks_of_answer(kept)],
        body=body,
        headers=named | {"set-cookie": _cookie(headers)},
        is_broken=is_broken,
    )


def _cookie(headers: Headers) -> str:
    """The first cookie that an answer sets, as the next call sends it."""
    return next((value.partition(";")[0] for name, value in headers if name.lower() == "set-cookie"), "")


def _environ(world: str, call: Call, value_of: ValueOf, token: str | None) -> dict[str, Any]:
    headers = _headers(call, value_of)
    scheme, _, rest = headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic" and ":" in rest:
        headers["authorization"] = f"{scheme} {base64.b64encode(rest.encode()).decode()}"
    if token is not None and call.path.startswith("/_sim"):
        headers["authorization"] = f"Bearer {token}"
    path = _path(call, value_of)
    query = PLACE.sub(lambda found: quote_plus(value_of(found[1])), call.query)
    made = CallFromWithin(
        world=world,
        method=call.method,
        path=quote(path.encode("latin-1", "replace"), safe="/"),
        headers={**headers, "host": HOST, "x-request-id": call.request_id},
        body=_body(call, value_of),
    )
    environ = environ_of(made)
    environ["QUERY_STRING"] = _BEYOND_ASCII.sub(_as_bytes, query)
    # It is a call like any other: it stands in the journal, and takes checkpoints.
    del environ[NESTED], environ[DOOR_KEY]
    return environ


def _headers(call: Call, value_of: ValueOf) -> dict[str, str]:
    """The headers of a call, of whatever letters, but for those that are ours to say."""
    filled = {
        name.lower(): PLACE.sub(lambda found: value_of(found[1]), value).encode("latin-1", "replace").decode("latin-1")
        for name, value in call.headers.items()
    }
    # In the environment `_` and `-` are one.
    return {name: value for name, value in filled.items() if name.replace("_", "-") not in TRAVEL}


def _as_bytes(letter: re.Match[str]) -> str:
    """A letter of a query, percent-encoded: as the byte for which it stands in WSGI, or as UTF-8 where it is none."""
    return quote(letter[0], encoding="latin-1" if letter[0] <= "\xff" else "utf-8")


def _path(call: Call, value_of: ValueOf) -> str:
    """The path of a call with its secrets. Raises Invalid where they would lead elsewhere."""
    values = {name: value_of(name) for name in secrets_of(call.path)}
    wrong = wrong_with(call.path) or wrong_when_filled(call.path, values)
    if wrong:
        raise Invalid({"field": "bundle.call.path", "message": wrong, "received": call.path})
    return PLACE.sub(lambda found: values[found[1]], call.path)


def _body(call: Call, value_of: ValueOf) -> bytes:
    if call.body is None:
        return b""
    kind = call.headers.get("content-type", "").partition(";")[0].strip().lower()
    written = _written_as(kind)
    return PLACE.sub(lambda found: written(value_of(found[1])), call.body).encode()


def _written_as(kind: str) -> Callable[[str], str]:
    """How a value is written in a body of some kind."""
    if kind == FORM:
        return quote_plus
    if re.search(r"json\Z", kind):
        return lambda value: orjson.dumps(value).decode()[1:-1]
    return lambda value: value
