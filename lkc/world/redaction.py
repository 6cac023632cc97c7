"""What the journal must not show: passwords, credentials, and secrets in links and bodies."""

from __future__ import annotations

import re
from typing import Any

import orjson

HIDDEN = "***"

SECRET = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_SECRET_BYTES = re.compile(SECRET.pattern.encode())
_NAME = r"password|passwd|secret|csrf_token|access_token|admin_token|api_key|ocn_password|new_password"
_SUSPECT = re.compile(_NAME.encode(), re.IGNORECASE)
_SECRET_NAME = re.compile(rf"(?:[a-z0-9]+[_-])*(?:{_NAME})(?:[_-][a-z0-9]+)*", re.IGNORECASE)
# How the order system writes a password into a mail, as text and as HTML.
_IN_TEXT = re.compile(r"(\b(?:New )?[Pp]assword(?: {2,}|</th><td>))([^\s<]+)(?=\s*(?:\n|$|</td>))")
_IN_FORM = re.compile(rf"((?:^|&)(?:[a-z0-9]+[_-])*(?:{_NAME})=)[^&]*", re.IGNORECASE)
_ESCAPE = b"\\u00"


def query(text: str) -> str:
    """A query string, or a form, without its secrets."""
    return _IN_FORM.sub(rf"\1{HIDDEN}", SECRET.sub(HIDDEN, text)) if text else text


def path(text: str) -> str:
    """A path without the secret of a link."""
    return SECRET.sub(HIDDEN, text)


def body(content: bytes, media_type: str, *, is_whole: bool) -> str | None:
    """The text of a body without its secrets; None where it is no text, or may hold a secret that cannot be found.

    Args:
        content: the body, or its beginning.
        media_type: what it says it is, without parameters.
        is_whole: whether nothing is missing at its end.
    """
    if _SUSPECT.search(content) is not None or _ESCAPE in content:
        return _without_secrets(content, media_type, is_whole=is_whole)
    try:
        return _SECRET_BYTES.sub(HIDDEN.encode(), content).decode()
    except UnicodeDecodeError:
        return None if is_whole else _SECRET_BYTES.sub(HIDDEN.encode(), content).decode(errors="ignore")


def _without_secrets(content: bytes, media_type: str, *, is_whole: bool) -> str | None:
    if media_type.endswith("json"):
        try:
            return orjson.dumps(_hidden(orjson.loads(content))).decode() if is_whole else None
        except orjson.JSONDecodeError:
            return None
    text = content.decode(errors="replace")
    if media_type == "application/x-www-form-urlencoded":
        return query(text)
    return _IN_TEXT.sub(rf"\1{HIDDEN}", SECRET.sub(HIDDEN, text)) if media_type.startswith("text/") else None


def _hidden(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            name: HIDDEN if _SECRET_NAME.fullmatch(name) and inner is not None else _hidden(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_hidden(inner) for inner in value]
    return _IN_TEXT.sub(rf"\1{HIDDEN}", SECRET.sub(HIDDEN, value)) if isinstance(value, str) else value
