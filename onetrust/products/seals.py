"""The seals of license files as a product checks them, with the public key that it has built in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lkc.world.keys import public_keys, signer
from onetrust.products.refusals import LicenseFileInvalid

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

KEY_CENTER, TOKEN_SERVICE = "keycenter", "onetrust"


@dataclass(frozen=True, slots=True)
class BuiltInKey:
    """The public key of another system that every product of a world was shipped with.

    Attributes:
        kid: the key's name.
    """

    kid: str
    public: Ed25519PublicKey

    def fits(self, signature: bytes, content: bytes) -> bool:
        """Whether this signature over this content was made with the key's private part."""
        from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - start-up need not load it

        try:
            self.public.verify(signature, content)
        except InvalidSignature:
            return False
        return True


@lru_cache(maxsize=256)
def built_in_key(seed: int, system: str) -> BuiltInKey:
    """The key of a system in all worlds of this seed; only its public part is used here."""
    [(kid, public)] = public_keys({"keys": [signer(seed, system).jwk()]}).items()
    return BuiltInKey(kid, public)


_XML_END = re.compile(
    rb'<signature kid="(?P<kid>[0-9a-f]{16})" algorithm="Ed25519">(?P<hex>[0-9a-f]{128})</signature>\n</isslicense>\n\Z'
)
_TEXT_END = re.compile(rb"\n# sealed kid=(?P<kid>[0-9a-f]{16}) ed25519=(?P<hex>[0-9a-f]{128})\n\Z")


def check_xml(content: bytes, key: BuiltInKey) -> None:
    """Checks the seal of an `.isslicense` file. Raises LicenseFileInvalid."""
    _check(content, _XML_END, b"<signature", key)


def check_text(content: bytes, key: BuiltInKey) -> None:
    """Checks the seal of a FlexNet file. Raises LicenseFileInvalid."""
    _check(content, _TEXT_END, b"# sealed", key)


def _check(content: bytes, end: re.Pattern[bytes], mark: bytes, key: BuiltInKey) -> None:
    """The signature is over the file without the digits of the signature itself."""
    seal = end.search(content)
    if seal is None or content.count(mark) != 1:
        raise LicenseFileInvalid("The file does not end with one whole seal.")
    kid = seal["kid"].decode()
    if kid != key.kid:
        raise LicenseFileInvalid(f"The file was sealed with key {kid}; this product knows {key.kid}.", kid=kid)
    begin, stop = seal.span("hex")
    if not key.fits(bytes.fromhex(seal["hex"].decode()), content[:begin] + content[stop:]):
        raise LicenseFileInvalid("The seal does not fit the file: it is not as it was generated.", kid=kid)
