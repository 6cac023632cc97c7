"""What the journal must not show: passwords, credentials, and secrets in links and bodies."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

import orjson

HIDDEN = "***"
# What stands in the place of a secret.
Hide = Callable[[str], str]

SECRET = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
_SECRET_BYTES = re.compile(SECRET.pattern.encode())
_SECRET_LENGTH = 43
# A look whether something may be there costs a tenth of a regular expression, in nearly all bodies in vain.
_LETTERS = bytes(
    43 if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "_-") else 32 for code in range(256)
)
_RUN = b"+" * _SECRET_LENGTH
# Words that mean nothing else, wherever they stand in a name.
WORDS = ("password", "passwort", "passwd", "passphrase")
# Names of secrets, alone or with other words before and behind; a form asks for a new password twice.
NAMES = (
    *("again", "secret", "secrets", "pass", "pwd"),
    *("csrf_token", "access_token", "admin_token", "api_key"),
)
# How the order system writes a password into a mail, as text and as HTML.
_IN_TEXT = re.compile(r"(\b(?:New )?[Pp]assword(?: {2,}|</th><td>))([^\s<]+)(?=\s*(?:\n|$|</td>))")
_ASSIGNED = re.compile(rf"((?<![a-z0-9])(?:{'|'.join(WORDS)}|pwd)=)([^\s&;,\"'<>]+)", re.IGNORECASE)
# Bounded, for else a long query without any address would be searched again from each of its beginnings.
_IN_ENCODED = re.compile(r"((?:%3A%2F%2F|://)[^&%:]*(?:%3A|:))([^&@*]{1,256}?)(?=%40|@)", re.IGNORECASE)
# The password of an address such as that of a proxy.
_IN_ADDRESS = re.compile(rb"(://[^\s/:@\"'<>?#]*:)([^\s/@\"'<>?#]+)(?=@)")
_FORM = "application/x-www-form-urlencoded"
_ESCAPE = b"\\u00"


def hidden(_: str) -> str:
    """What stands in the place of any secret."""
    return HIDDEN


def query(text: str, hide: Hide = hidden) -> str:
    """A query string, or a form, without its secrets."""
    if not text:
        return text
    without = "&".join([_pair(pair, hide) for pair in text.split("&")])
    without = _IN_ENCODED.sub(lambda found: f"{found[1]}{hide(unquote_plus(found[2]))}", without)
    return SECRET.sub(lambda found: hide(found[0]), without)


def _pair(pair: str, hide: Hide) -> str:
    """A name with its value; in a form a value is encoded, and it is taken as it means."""
    name, equals, value = pair.partition("=")
    return f"{name}={hide(unquote_plus(value))}" if equals and _is_secret(name) else pair


def _is_secret(name: str) -> bool:
    """Whether this is the name of a secret."""
    lowered = name.lower()
    if any(word in lowered for word in WORDS):
        return True
    apart = f"_{lowered.replace('-', '_')}_"
    return any(f"_{word}_" in apart for word in NAMES)


def path(text: str, hide: Hide = hidden) -> str:
    """A path without the secret of a link."""
    return SECRET.sub(lambda found: hide(found[0]), text) if len(text) >= _SECRET_LENGTH else text


def body(content: bytes, media_type: str, *, is_whole: bool, hide: Hide = hidden, is_sent: bool = False) -> str | None:
    """The text of a body without its secrets; None where it is no text, or may hold a secret that cannot be found.

    Args:
        content: the body, or its beginning.
        media_type: what it says it is, without parameters.
        is_whole: whether nothing is missing at its end.
        hide: gives what is to stand in the place of a secret.
        is_sent: whether somebody sent it, who may have names of his own for a password; answers have ours.
    """
    # One byte is found at once, where three take as long as all the rest.
    if b"/" in content and b"://" in content:
        content = _IN_ADDRESS.sub(lambda found: found[1] + hide(found[2].decode(errors="replace")).encode(), content)
    # Something of each name, and few of them: every one is looked for in every body.
    lowered = content.lower()
    if (
        b"passw" in lowered
        or (is_sent and (media_type == _FORM or b"pass" in lowered or b"pwd" in lowered))
        or b"secret" in lowered
        or b"_token" in lowered
        or b"api_key" in lowered
        or _ESCAPE in content
    ):
        return _without_secrets(content, media_type, hide, is_whole=is_whole)
    if _RUN in content.translate(_LETTERS):
        content = _SECRET_BYTES.sub(lambda found: hide(found[0].decode()).encode(), content)
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None if is_whole else content.decode(errors="ignore")


def _without_secrets(content: bytes, media_type: str, hide: Hide, *, is_whole: bool) -> str | None:
    if media_type.endswith("json"):
        try:
            return orjson.dumps(_hidden(orjson.loads(content), hide)).decode() if is_whole else None
        except orjson.JSONDecodeError:
            return None
    text = content.decode(errors="replace")
    if media_type == _FORM:
        return query(text, hide)
    return _in_text(text, hide) if media_type.startswith("text/") else None


def _hidden(value: Any, hide: Hide) -> Any:
    if isinstance(value, dict):
        return {
            name: _hidden_whole(inner, hide) if _is_secret(name) and inner is not None else _hidden(inner, hide)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_hidden(inner, hide) for inner in value]
    return _in_text(value, hide) if isinstance(value, str) else value


def _hidden_whole(value: Any, hide: Hide) -> str:
    return hide(value) if isinstance(value, str) else HIDDEN


def _in_text(text: str, hide: Hide) -> str:
    without = SECRET.sub(lambda found: hide(found[0]), text)
    without = _IN_TEXT.sub(lambda found: f"{found[1]}{_once(found[2], hide)}", without)
    return _ASSIGNED.sub(lambda found: f"{found[1]}{_once(found[2], hide)}", without) if "=" in without else without


def _once(secret: str, hide: Hide) -> str:
    """A secret hidden, unless it is already."""
    return secret if secret.startswith(HIDDEN) else hide(secret)
