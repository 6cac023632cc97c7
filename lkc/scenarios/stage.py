"""The world in which a case is played: calling it, and keeping what the answers hold."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from lkc.world import nested
from lkc.world.door import Door
from lkc.world.nested import Application, Call, Reply

PRODUCER, NOBODY, CONTROL = "producer", "nobody", "control"

_PLACE = re.compile(r"\{([a-z_0-9]+)\}")


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer: its status and its JSON value; bytes where it is none."""

    status: int
    body: Any

    def told(self) -> str:
        """The answer in a line: a refusal by its code and sentence."""
        body = self.body
        if isinstance(body, dict) and "code" in body and self.status >= 400:
            return f"{self.status} {body['code']}: {body.get('detail', '')}"
        if isinstance(body, list):
            return f"{self.status}, {len(body)} {'entry' if len(body) == 1 else 'entries'}"
        return str(self.status)


class SavedFile(bytes):
    """A file that came back, which knows by which call it can be saved again.

    Attributes:
        path: of that GET.
        caller: who made it.
    """

    path: str
    caller: str


def saved(content: bytes, path: str, caller: str) -> SavedFile:
    """A file that came back."""
    found = SavedFile(content)
    found.path, found.caller = path, caller
    return found


@dataclass(frozen=True, slots=True)
class Made:
    """A call that was made, with what is needed to make it again.

    Attributes:
        body: JSON value; None where there is none, or where it is a file.
        file: a name for the file that was sent, or for the one that came back.
        caller: `producer`, `nobody`, `control`, or the address of whoever made it.
        password: of that address; what people on a stage have protects nothing.
        saved_by: the call that saves the file that was sent; None where one of the calls before it has done so.
        content: what was sent, where it is a text that no call saves, such as a mail.
    """

    method: str
    path: str
    body: Any
    file: str | None
    caller: str
    password: str | None
    saved_by: dict[str, Any] | None = None
    content: str | None = None


class Stage:
    """One world, and whoever acts in it.

    Args:
        application: the landscape.
        world: name of the world.
        producer: name and password of the vendor's staff.
        door: the only way into the world.
        admin_token: what control calls must send, or None.

    Attributes:
        kept: what steps have kept, by name.
        passwords: by address, of everybody who has one here.
        called: the calls since it was emptied.
        found: the findings of explanations since it was emptied.
        failed: how many steps that were played here were not answered as their case expects.
        request_id: what its calls bear; that of the call that plays.
    """

    def __init__(
        self,
        application: Application,
        world: str,
        producer: tuple[str, str],
        door: Door,
        admin_token: str | None = None,
    ) -> None:
        self.world = world
        self.kept: dict[str, Any] = {}
        self.passwords: dict[str, str] = {}
        self.called: list[Made] = []
        self.found: list[dict[str, Any]] = []
        self.failed = 0
        self._saved: set[str] = set()
        self._application = application
        self._producer = producer
        self._door = door
        self._calls = 0
        self.request_id = ""
        self._admin_token = admin_token

    def call(self, method: str, path: str, body: Any = None, caller: str = NOBODY) -> Seen:
        """Makes a call as somebody: `producer`, `nobody`, or an address that has a password here.

        A body of bytes goes as it is, anything else as JSON. Raises UnknownWorld or WorldReplaced where the world has
        gone meanwhile.
        """
        headers = dict(self._credentials(path, caller))
        if path.startswith("/_sim/") or not isinstance(body, bytes | None):
            headers["Content-Type"] = "application/json"
        content = body if isinstance(body, bytes) else b"" if body is None else orjson.dumps(body)
        self._calls += 1
        if self._door.is_hidden:
            # What nobody has called from outside has the same name each time.
            headers["X-Request-Id"] = f"arrange-{self._calls}"
        elif self.request_id:
            headers["X-Request-Id"] = self.request_id
        made = Call(world=self.world, method=method, path=path, headers=headers, body=content, door=self._door)
        try:
            seen = _seen(nested.call(self._application, made))
        except ConnectionResetError as error:
            seen = Seen(502, {"code": "no-answer", "detail": f"{error}."})
        if self._door.lost is not None:
            raise self._door.lost
        if isinstance(seen.body, bytes):
            seen = Seen(seen.status, saved(seen.body, path, caller))
        self.called.append(self._made(method, path, body, caller, seen.body))
        return seen

    def _made(self, method: str, path: str, body: Any, caller: str, came: Any) -> Made:
        """A call as it can be made again, by whom has what it sends."""
        who = CONTROL if path.startswith("/_sim/") else caller
        password = self.passwords.get(who)
        if isinstance(came, SavedFile):
            name = _named(came)
            self._saved.add(name)
            return Made(method, path, None if isinstance(body, bytes) else body, name, who, password)
        if not isinstance(body, bytes):
            return Made(method, path, body, None, who, password)
        if not isinstance(body, SavedFile):
            return Made(method, path, None, "FILE", who, password, content=_as_text(body))
        by = {"path": body.path, "caller": body.caller, "password": self.passwords.get(body.caller)}
        known = _named(body) in self._saved
        self._saved.add(_named(body))
        return Made(method, path, None, _named(body), who, password, saved_by=None if known else by)

    def filled(self, value: Any) -> Any:
        """A value in which names in braces have been replaced by what was kept. Raises KeyError for an unknown one."""
        return filled_with(self.kept, value)

    def keep(self, name: str, path: str, seen: Seen) -> None:
        """Keeps a part of an answer, e.g. `lines.0.line_number`; an empty path is the whole of it."""
        value = seen.body
        for step in path.split(".") if path else []:
            value = value[int(step)] if isinstance(value, list) else value[step]
        self.kept[name] = value

    def _credentials(self, path: str, caller: str) -> dict[str, str]:
        if path.startswith("/_sim/"):
            return {} if self._admin_token is None else {"Authorization": f"Bearer {self._admin_token}"}
        if caller == NOBODY:
            return {}
        name, password = self._producer if caller == PRODUCER else (caller, self.passwords.get(caller, ""))
        return {"Authorization": f"Basic {base64.b64encode(f'{name}:{password}'.encode()).decode()}"}


def filled_with(kept: Mapping[str, Any], value: Any) -> Any:
    """A value in which names in braces have been replaced by what was kept. Raises KeyError for an unknown one."""
    if isinstance(value, dict):
        return {name: filled_with(kept, inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [filled_with(kept, inner) for inner in value]
    if not isinstance(value, str):
        return value
    whole = _PLACE.fullmatch(value)
    if whole:
        return kept[whole[1]]
    return _PLACE.sub(lambda match: str(kept[match[1]]), value)


def _seen(reply: Reply) -> Seen:
    try:
        return Seen(reply.status, orjson.loads(reply.body) if reply.body else None)
    except orjson.JSONDecodeError:
        return Seen(reply.status, reply.body)


def _named(file: SavedFile) -> str:
    """A name for a file, by where it came from."""
    return "-".join(file.path.partition("?")[0].split("/")[-2:])


def _as_text(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None
