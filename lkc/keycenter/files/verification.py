"""Checking license files: genuine and unchanged to the last byte, or refused with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lkc.keycenter.files import flexnet, isslicense
from lkc.keycenter.files.reading import VerifiedFile, from_flexnet, from_xml
from lkc.keycenter.files.sealing import Seal
from lkc.world.refusals import Refused

LARGEST = 256 * 1024


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the files of one format begin, end and are read."""

    beginning: bytes
    seal: Seal
    read: Callable[[bytes, str], VerifiedFile]


_KINDS = (_Kind(b"<?xml ", isslicense.SEAL, from_xml), _Kind(b"# Simulated by ", flexnet.SEAL, from_flexnet))


class LicenseFileInvalid(Refused):
    """A file that is no license file of this world, or no longer what was generated."""

    code = "license-file-invalid"
    remedy = "Save the file again from the License Key Center, and do not open it in an editor."


class ForeignKey(LicenseFileInvalid):
    """A file whose seal names a key that is none of the keys to verify with: it may be as good as on its first day."""

    remedy = (
        "Verify the file with the keys of the world in which it was generated. If that is this one, the name of the "
        "key was changed: save the file again."
    )


def verify(content: bytes, keys: Mapping[str, Ed25519PublicKey]) -> VerifiedFile:
    """What a license file says, once its seal has been found right. Raises LicenseFileInvalid, or ForeignKey.

    Args:
        content: the file as it was saved.
        keys: the public keys of the world's key center, by name.
    """
    if len(content) > LARGEST:
        raise LicenseFileInvalid(f"The file has {len(content)} bytes; no license file has more than {LARGEST}.")
    kind = next((known for known in _KINDS if content.startswith(known.beginning)), None)
    if kind is None:
        raise LicenseFileInvalid("The file does not begin as a license file does.")
    kid = _seal_checked(content, kind.seal, keys)
    try:
        return kind.read(content, kid)
    except (ParseError, LookupError, ValueError) as error:
        raise LicenseFileInvalid("The file has a right seal, but is no license file.", kid=kid) from error


def _seal_checked(content: bytes, seal: Seal, keys: Mapping[str, Ed25519PublicKey]) -> str:
    """The name of the key whose seal is right. Nothing of the content is believed before."""
    places = seal.places(content)
    if len(places) != 1:
        raise LicenseFileInvalid(f"The file has {len(places) or 'no'} readable seals; a license file has one.")
    kid = places[0][1].decode()
    begin, end = places[0].span(2)
    if content[end:] != seal.after:
        raise LicenseFileInvalid("The file does not end with its seal, as a license file does.", kid=kid)
    if kid not in keys:
        raise ForeignKey(f"The file is sealed with key {kid}, which is none of this world.", kid=kid)
    try:
        keys[kid].verify(bytes.fromhex(content[begin:end].decode()), content[:begin] + content[end:])
    except InvalidSignature as error:
        raise LicenseFileInvalid("The file is not what was generated: its seal does not fit.", kid=kid) from error
    return kid
