"""What tests of bundles share: saving in one landscape, playing in another that has data of its own."""

from __future__ import annotations

import tomllib
from typing import Any
from urllib.parse import urlencode

from werkzeug.test import TestResponse

from tests.wire import Wire

TOML = {"Content-Type": "application/toml"}


def save(wire: Wire, since: str | None = None) -> str:
    """The bundle of a world."""
    response = ask(wire, since)
    assert response.status_code == 200, response.get_data(as_text=True)
    return response.get_data(as_text=True)


def ask(wire: Wire, since: str | None = None) -> TestResponse:
    """The answer to who wants a bundle."""
    return wire.get("/_sim/bundle" + ("" if since is None else f"?since={since}"))


def replay(wire: Wire, text: str, **query: str) -> TestResponse:
    """The answer to who plays a bundle."""
    target = f"/_sim/bundle/replay{f'?{urlencode(query)}' if query else ''}"
    return wire.call("POST", target, text.encode(), headers=TOML)


def played(wire: Wire, text: str, **query: str) -> dict[str, Any]:
    """What came of a bundle; its world is deleted again."""
    found: dict[str, Any] = wire.value(replay(wire, text, **query))
    wire.landscape.store.delete(found["world"])
    return found


def same(wire: Wire, text: str) -> int:
    """Plays a bundle in which nothing may differ; how many calls it has."""
    found = played(wire, text)
    assert found["first"] is None, "\n".join([found["first"]["what"], *found["first"]["difference"]])
    assert found["different"] == 0
    calls: int = found["calls"]
    return calls


def content(text: str) -> dict[str, Any]:
    """What stands in a bundle of itself."""
    found: dict[str, Any] = tomllib.loads(text)["bundle"]
    return found


def given(text: str, name: str, value: str) -> str:
    """A bundle along with the value of a secret."""
    return f'{text}\n[[bundle.value]]\nname = "{name}"\nsecret = "{value}"\n'
