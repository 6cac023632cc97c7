"""Checking license files: genuine and unchanged to the last byte, or refused with a reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from defusedxml.ElementTree import fromstring

from lkc.keycenter.files.flexnet import ENCODING
from lkc.keycenter.files.grant import Format
from lkc.world.refusals import Refused

LARGEST = 256 * 1024

_SEALS = {
    Format.ISSLICENSE: re.compile(rb'<signature kid="([0-9a-f]{16})" algorithm="Ed25519">([0-9a-f]{128})</signature>'),
    Format.FLEXNET: re.compile(rb"# sealed kid=([0-9a-f]{16}) ed25519=([0-9a-f]{128})"),
}
_BEGINNINGS = {Format.ISSLICENSE: b"<?xml ", Format.FLEXNET: b"# Simulated by "}
_INCREMENT = re.compile(r"INCREMENT (\S+) (\S+) (\S+) (\S+) (\d+) ")
_OPTION = re.compile(r'([A-Z_]+)="([^"]*)"')


class LicenseFileInvalid(Refused):
    """A file that is no license file of this world, or no longer what was generated."""

    code = "license-file-invalid"
    question = 2
    remedy = "Save the file again from the License Key Center, and do not open it in an editor."


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedFile:
    """What a genuine license file says.

    Attributes:
        kid: name of the key that sealed it.
        service_end: as the file writes it: ISO date, or FlexNet's version `yyyy.mmdd`.
        license_end: as the file writes it, `permanent` where the product has no end.
    """

    format: Format
    kid: str
    key_id: int
    product: str
    quantity: int
    order: str
    customer: str
    service_end: str
    license_end: str


def verify(content: bytes, keys: Mapping[str, Ed25519PublicKey]) -> VerifiedFile:
    """What a license file says, once its seal has been found right. Raises LicenseFileInvalid.

    Args:
        content: the file as it was saved.
        keys: the public keys of the world's key center, by name.
    """
    if len(content) > LARGEST:
        raise LicenseFileInvalid(f"The file has {len(content)} bytes; no license file has more than {LARGEST}.")
    format_ = next((known for known, begin in _BEGINNINGS.items() if content.startswith(begin)), None)
    if format_ is None:
        raise LicenseFileInvalid("The file does not begin as a license file does.")
    seals = list(_SEALS[format_].finditer(content))
    if len(seals) != 1:
        raise LicenseFileInvalid(f"The file has {len(seals) or 'no'} readable seals; a license file has one.")
    kid, digits = seals[0][1].decode(), seals[0][2]
    if kid not in keys:
        raise LicenseFileInvalid(f"The file is sealed with key {kid}, which is none of this world.", kid=kid)
    begin, end = seals[0].span(2)
    try:
        keys[kid].verify(bytes.fromhex(digits.decode()), content[:begin] + content[end:])
    except InvalidSignature as error:
        raise LicenseFileInvalid("The file is not what was generated: its seal does not fit.", kid=kid) from error
    return _from_xml(content, kid) if format_ is Format.ISSLICENSE else _from_flexnet(content, kid)


def _from_xml(content: bytes, kid: str) -> VerifiedFile:
    root = fromstring(content)
    texts = {element.tag: element.text or "" for element in root}
    return VerifiedFile(
        format=Format.ISSLICENSE,
        kid=kid,
        key_id=int(texts["key-id"]),
        product=texts["product"],
        quantity=int(texts["quantity"]),
        order=texts["order"],
        customer=texts["customer"],
        service_end=texts["service-end"],
        license_end=texts["license-end"],
    )


def _from_flexnet(content: bytes, kid: str) -> VerifiedFile:
    text = content.decode(ENCODING).replace("\\\n   ", "")
    increment = _INCREMENT.search(text)
    if increment is None:
        raise LicenseFileInvalid("The file has no INCREMENT line.")
    options = dict(_OPTION.findall(text))
    feature, _, version, end, count = increment.groups()
    return VerifiedFile(
        format=Format.FLEXNET,
        kid=kid,
        key_id=int(options["VENDOR_STRING"].split()[1]),
        product=feature,
        quantity=int(count),
        order=options["SN"].rpartition("-")[0],
        customer=options["NOTICE"].removeprefix("SIMULATED - "),
        service_end=version,
        license_end=end,
    )
