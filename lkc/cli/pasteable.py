"""Calls as lines that can be pasted into a shell."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping
from typing import Any

PRODUCER, CONTROL, NOBODY = "producer", "control", "nobody"


def curl(url: str, world: str, made: Mapping[str, Any], *, has_token: bool) -> str:
    """The line of curl that makes a call again; where it sends a file, the line saves that before.

    Args:
        url: of the simulator.
        world: in which it is to be made.
        made: method, path, body, file, caller and password, as a played step tells them, and `saved_by` or `content`.
        has_token: whether control calls need the admin token, which is not shown: `LKC_ADMIN_TOKEN` must hold it.
    """
    method, body, file = made["method"], made["body"], made["file"]
    saving = made.get("saved_by")
    first = ""
    if saving is not None:
        get = {"method": "GET", "body": None, "file": file, **saving}
        first = f"{curl(url, world, get, has_token=has_token)} && "
    words = ["curl", "-sS"]
    if method != ("GET" if body is None else "POST"):
        words += ["-X", method]
    line = shlex.join(words) + _credentials(made, has_token=has_token)
    if body is not None or (made["caller"] == CONTROL and method != "GET"):
        line += " -H 'Content-Type: application/json'"
    if body is not None:
        line += f" -d {shlex.quote(json.dumps(body, ensure_ascii=False))}"
    if file is not None:
        content = made.get("content")
        sent = shlex.quote(f"@{file}") if content is None else _dollar_quoted(content)
        line += f" -o {shlex.quote(file)}" if method == "GET" else f" --data-binary {sent}"
    address = f"{url}/w/{world}{made['path']}"
    return f"{first}{line} {shlex.quote(address)}"


def _dollar_quoted(text: str) -> str:
    """A text of several lines as one word of bash, zsh or ksh."""
    for character, written in (("\\", "\\\\"), ("'", "\\'"), ("\r", "\\r"), ("\n", "\\n")):
        text = text.replace(character, written)
    return f"$'{text}'"


def _credentials(made: Mapping[str, Any], *, has_token: bool) -> str:
    caller = made["caller"]
    if caller == CONTROL:
        return ' -H "Authorization: Bearer $LKC_ADMIN_TOKEN"' if has_token else ""
    if caller == PRODUCER:
        return ' -u "${LKC_PRODUCER:-producer:producer}"'
    login = f"{caller}:{made['password'] or ''}"
    return "" if caller == NOBODY else f" -u {shlex.quote(login)}"
