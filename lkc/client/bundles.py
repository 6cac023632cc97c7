"""Reproduction bundles: a moment of a world with the calls since, saved here and played elsewhere."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypedDict
from urllib.parse import urlencode

from lkc.client.connection import Connection


class ComparedAnswer(TypedDict):
    """An answer as it is compared: without secrets, host and name of the world."""

    status: int | None
    location: str | None
    body: str | None


class DifferentAnswer(TypedDict):
    """A call that was answered otherwise: which one, what differs, and both answers."""

    number: int
    id: str
    method: str
    path: str
    query: str
    what: str
    expected: ComparedAnswer
    got: ComparedAnswer
    difference: Sequence[str]


class Replayed(TypedDict):
    """What came of a bundle's calls, and the world in which they were made."""

    world: str
    url: str
    since: str
    calls: int
    different: int
    first: DifferentAnswer | None
    left_out: int
    saved_by: str


class Bundles:
    """Cases for a colleague: a moment of the world with the calls since."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def save(self, since: str | None = None) -> str:
        """The bundle as text; secrets that were sent are not in it.

        Args:
            since: where it begins: `checkpoint:N`, the N-th last, `snapshot:NAME`, or `origin`; None is the last
                checkpoint, or the origin where there is none.

        Raises Refused (`unknown-moment`, `journal-too-short`, `request-not-kept`).
        """
        query = "" if since is None else f"?{urlencode({'since': since})}"
        return self._connection.document("GET", f"/bundle{query}").content.decode()

    def replay(
        self,
        text: str,
        world: str | None = None,
        *,
        secrets: Mapping[str, str] | None = None,
        asserting: bool = False,
    ) -> Replayed:
        """Makes the calls of a bundle in a new world, and compares their answers with those of then.

        Args:
            text: the bundle.
            world: name of the new world; None makes one up.
            secrets: what the bundle does not hold, by name.
            asserting: whether to stop at the first answer that differs, which is refused then (`answer-differs`; its
                `document["first"]` is a DifferentAnswer).

        Raises Refused (`secrets-missing`, `world-exists`, `validation`).
        """
        wanted = {"assert": "true"} if asserting else {}
        if world is not None:
            wanted["world"] = world
        query = f"?{urlencode(wanted)}" if wanted else ""
        whole = with_secrets(text, secrets or {})
        replayed: Replayed = self._connection.document("POST", f"/bundle/replay{query}", whole).value()
        return replayed


def with_secrets(text: str, secrets: Mapping[str, str]) -> str:
    """A bundle together with values of its secrets, by name; to be sent, not to be kept."""
    blocks = [
        f"\n\n[[bundle.value]]\nname = {_quoted(name)}\nsecret = {_quoted(value)}\n" for name, value in secrets.items()
    ]
    return text + "".join(blocks)


def told(first: DifferentAnswer) -> Sequence[str]:
    """A call that was answered otherwise, for people: what differs, and the lines of the bodies that do."""
    query = f"?{first['query']}" if first["query"] else ""
    lines = [f"{first['number']}. {first['method']} {first['path']}{query}: {first['what']}"]
    if first["difference"]:
        return [*lines, *(f"  {line}" for line in first["difference"])]
    return lines


def _quoted(text: str) -> str:
    """A text as TOML has it: JSON's form, but for the one character that JSON lets stand."""
    return json.dumps(text).replace("\x7f", "\\u007f")
