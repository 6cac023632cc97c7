"""A call that somebody can paste into a shell: the whole `curl` line, with world, credentials and kind of content."""

from __future__ import annotations

import json
import shlex
from typing import Any

# What stands where somebody's own e-mail address and password belong.
MEMBER = "ADDRESS:PASSWORD"
_CREDENTIALS = {"producer": ["-u", "producer:producer"], "member": ["-u", MEMBER]}


def as_curl(url: str, world: str, action: dict[str, Any], admin_token: str | None = None) -> str:
    """The line for a call of a finding.

    Args:
        url: where the simulator is.
        world: name of the world.
        action: method, path within the world, body, and as whom.
        admin_token: that of the simulator, if it wants one for control calls.
    """
    path, body = action["path"], action["body"]
    words = ["curl", "-X", action["method"], *_CREDENTIALS.get(action["as"], [])]
    if admin_token is not None and path.startswith("/_sim/"):
        words += ["-H", "Authorization: Bearer $LKC_ADMIN_TOKEN"]
    if body is not None:
        words += ["-H", "Content-Type: application/json", "-d", json.dumps(body, ensure_ascii=False)]
    return " ".join(map(_quoted, [*words, f"{url.rstrip('/')}/w/{world}{path}"]))


def _quoted(word: str) -> str:
    """A word for a shell; a variable of the environment stays one."""
    return f'"{word}"' if "$LKC_ADMIN_TOKEN" in word else shlex.quote(word)
