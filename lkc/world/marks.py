"""Marks in the journal's file: which secret was hidden at a place, without a word of it.

Equal secrets have equal marks, so that a password of one call is known again in another, and the secret of a link that
was answered in the call that uses it. The key of a data directory stays in it, and no mark leaves it.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
from base64 import b64decode
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from urllib.parse import quote

from lkc.world.redaction import HIDDEN, Hide

KEY_FILE, KEY_LENGTH = ".marks", 16
REMEMBERED = 1024
PAIR, PAIRS = ":", ";"
# A password of another length is refused for that alone, so its length is noted.
SHORTEST, LONGEST = 8, 200

# A hidden secret in the file; without its mark it is what everybody is shown.
MARKED = re.compile(r"\*\*\*~([0-9a-f]{12}[A-Za-z0-9%._:;-]*)~")
_MARKED_BYTES = re.compile(MARKED.pattern.encode())


class Marks:
    """The marks of one data directory.

    Args:
        key: without it nobody can try out which secret has a mark.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._credentials: dict[str, str] = {}

    def of(self, secret: str) -> str:
        """The mark of a secret: twelve characters."""
        return hashlib.blake2b(secret.encode(errors="replace"), digest_size=6, key=self._key).hexdigest()

    def key_for(self, purpose: str) -> bytes:
        """A key of the data directory that nobody knows who has not its files; 32 bytes."""
        return hashlib.blake2b(purpose.encode(), digest_size=32, key=self._key).digest()

    def hide(self, secret: str) -> str:
        """What stands in the file in place of a secret."""
        told = "" if SHORTEST <= len(secret) <= LONGEST else f"{PAIR}{len(secret)}"
        return f"{HIDDEN}~{self.of(secret)}{told}~"

    def credential(self, value: str) -> str:
        """A header by which somebody signs in, as it stands in the file; the same one comes again and again."""
        known = self._credentials.get(value)
        if known is None:
            if len(self._credentials) >= REMEMBERED:
                self._credentials.clear()
            known = self._credentials[value] = credential(value, self.of)
        return known


def credential(value: str, mark: Hide) -> str:
    """A header by which somebody signs in: how, as whom, and the mark of the secret."""
    scheme, space, secret = value.partition(" ")
    if not space:
        return f"{HIDDEN}~{mark(scheme)}~"
    if scheme.lower() == "basic":
        with suppress(ValueError):
            name, colon, password = b64decode(secret, validate=True).decode().partition(":")
            if colon:
                return f"{scheme} {HIDDEN}~{mark(password)}{PAIR}{_quoted(name)}~"
    return f"{scheme} {HIDDEN}~{mark(secret)}~"


def pairs_of(header: str) -> list[tuple[str, str]]:
    """The cookies of a header by name; none where it cannot be read."""
    try:
        return [(name, found.value) for name, found in SimpleCookie(header).items()]
    except CookieError:
        return []


def cookies(pairs: list[tuple[str, str]], mark: Hide) -> str:
    """Cookies as they stand in the file: their names, and marks of their values."""
    told = PAIRS.join(f"{mark(value)}{PAIR}{_quoted(name)}" for name, value in pairs)
    return f"{HIDDEN}~{told}~" if told else HIDDEN


def without_marks(line: bytes) -> bytes:
    """A line of the file as everybody is shown it."""
    return _MARKED_BYTES.sub(HIDDEN.encode(), line) if b"***~" in line else line


def kept_marks(folder: Path) -> Marks:
    """The marks of a data directory, whose key is made at its first use."""
    path = folder / KEY_FILE
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        made = folder / f"{KEY_FILE}.{secrets.token_hex(6)}"
        made.write_bytes(secrets.token_bytes(KEY_LENGTH))
        made.chmod(0o600)
        # Of several processes that begin at once, one is first, and its key is everybody's.
        with suppress(FileExistsError):
            os.link(made, path)
        made.unlink()
        key = path.read_bytes()
    return Marks(key)


def _quoted(name: str) -> str:
    return quote(name, safe="").replace("~", "%7E")
