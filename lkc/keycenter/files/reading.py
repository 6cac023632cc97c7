"""What a license file says, read back from it once its seal has been found right."""

from __future__ import annotations

import re
from dataclasses import dataclass

from defusedxml.ElementTree import fromstring

from lkc.keycenter.files.flexnet import CONTINUED, ENCODING, read
from lkc.keycenter.files.grant import Format

_OPTION = re.compile(r'([A-Z_]+)=("[^"]*"|\S+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedFile:
    """What a genuine license file says. Dates are ISO text.

    Attributes:
        kid: name of the key that sealed it.
        product: the product's name; of a FlexNet file the feature that stands for it.
        customer_name: of a FlexNet file as far as it could be written there.
        start: begin of the service contract, or None.
        service_end: end of the service contract (S&S).
        license_end: end of the product, `permanent` where it has none.
        issued: date of the world on which it was generated.
    """

    format: Format
    kid: str
    key_id: int
    product: str
    quantity: int
    order_number: str
    customer_name: str
    start: str | None
    service_end: str
    license_end: str
    issued: str


def from_xml(content: bytes, kid: str) -> VerifiedFile:
    """What an `.isslicense` file says. Raises ParseError, KeyError or ValueError where it has another form."""
    texts = {element.tag: element.text or "" for element in fromstring(content)}
    return VerifiedFile(
        format=Format.ISSLICENSE,
        kid=kid,
        key_id=int(texts["key-id"]),
        product=texts["product"],
        quantity=int(texts["quantity"]),
        order_number=texts["order"],
        customer_name=texts["customer"],
        start=texts.get("start"),
        service_end=texts["service-end"],
        license_end=texts["license-end"],
        issued=texts["issued"],
    )


def from_flexnet(content: bytes, kid: str) -> VerifiedFile:
    """What a FlexNet file says. Raises KeyError or ValueError where it has another form."""
    lines = content.decode(ENCODING).replace(CONTINUED, " ").split("\n")
    [increment] = [line for line in lines if line.startswith("INCREMENT ")]
    _, feature, _, version, end, count = increment.split()[:6]
    options = {name: value.strip('"') for name, value in _OPTION.findall(increment)}
    return VerifiedFile(
        format=Format.FLEXNET,
        kid=kid,
        key_id=int(options["VENDOR_STRING"].split()[1]),
        product=feature,
        quantity=int(count),
        order_number=options["SN"].rpartition("-")[0],
        customer_name=options["NOTICE"].removeprefix("SIMULATED - "),
        start=read(options["START"]).isoformat() if "START" in options else None,
        service_end=f"{version[:4]}-{version[5:7]}-{version[7:]}",
        license_end=end if end == "permanent" else read(end).isoformat(),
        issued=read(options["ISSUED"]).isoformat(),
    )
