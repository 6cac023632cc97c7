"""The seal at the end of a license file: a signature over every byte of the file but the seal's own digits."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lkc.world.keys import Signer


@dataclass(frozen=True, slots=True)
class Seal:
    """How the files of one format end; after `after` comes nothing.

    Attributes:
        before: bytes in front of the key's name (16 hex digits).
        between: bytes from there to the signature (128 hex digits, lower case).
        after: bytes from there to the end of the file.
    """

    before: bytes
    between: bytes
    after: bytes

    def on(self, content: bytes, signer: Signer) -> bytes:
        """A whole file: the content with its seal; the same content and key give the same bytes."""
        head = b"".join((content, self.before, signer.kid.encode(), self.between))
        return head + signer.sign(head + self.after).hex().encode() + self.after

    def places(self, file: bytes) -> list[re.Match[bytes]]:
        """Where a file has what looks like a seal; group 1 is the key's name, group 2 the digits."""
        pattern = re.escape(self.before) + b"([0-9a-f]{16})" + re.escape(self.between) + b"([0-9a-f]{128})"
        return list(re.finditer(pattern, file))
