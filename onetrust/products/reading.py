"""License files as a product reads them, apart from whoever writes them: `.isslicense` XML and FlexNet text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from onetrust.products.models import NEVER, feature_of
from onetrust.products.refusals import LicenseFileInvalid
from onetrust.products.seals import BuiltInKey, check_text, check_xml

LARGEST = 256 * 1024

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORD = re.compile(r'(?:[^\s"]|"[^"]*")+')
_KEY_NUMBER = re.compile(r"key ([0-9]{1,18})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a genuine license file says.

    Attributes:
        format: `isslicense` or `flexnet`.
        product: as the file has it.
        license_end: end of the product; None where it is permanent.
    """

    format: str
    key_id: int
    product: str
    quantity: int
    service_end: date
    license_end: date | None

    @property
    def feature(self) -> str:
        """One name for the product in files of either format."""
        return feature_of(self.product)


def read(content: bytes, key: BuiltInKey) -> Reading:
    """What a license file says. Nothing of it is believed before its seal is right. Raises LicenseFileInvalid."""
    if len(content) > LARGEST:
        raise LicenseFileInvalid(f"The file has {len(content)} bytes; a product reads {LARGEST} at most.")
    is_xml = content.startswith(b"<")
    (check_xml if is_xml else check_text)(content, key)
    try:
        found = _from_xml(content) if is_xml else _from_text(content)
    except (ParseError, DefusedXmlException, LookupError, ValueError) as error:
        raise LicenseFileInvalid("The seal fits, but what the file says cannot be read.") from error
    if found.quantity < 1:
        raise LicenseFileInvalid(f"The file grants {found.quantity}; a count must be at least 1.")
    return found


def _from_xml(content: bytes) -> Reading:
    root = fromstring(content)
    if root.get("format") != "1":
        raise ValueError("not a format that this product knows")
    said = {child.tag: child.text or "" for child in root}
    end = said["license-end"]
    return Reading(
        format="isslicense",
        key_id=int(said["key-id"]),
        product=said["product"],
        quantity=int(said["quantity"]),
        service_end=date.fromisoformat(said["service-end"]),
        license_end=None if end == NEVER else date.fromisoformat(end),
    )


def _from_text(content: bytes) -> Reading:
    """A feature line's fields in their documented order; the service contract's end is the feature's version."""
    joined = re.sub(r"\\\n", " ", content.decode("latin-1"))
    statements = [_WORD.findall(line) for line in joined.split("\n") if not line.startswith("#")]
    [(_, feature, _, version, end, count, *others)] = [words for words in statements if words[:1] == ["INCREMENT"]]
    options = dict(word.split("=", 1) for word in others)
    number = _KEY_NUMBER.match(options["VENDOR_STRING"].strip('"'))
    if number is None:
        raise ValueError("no key number in the vendor string")
    year, _, month_and_day = version.partition(".")
    return Reading(
        format="flexnet",
        key_id=int(number[1]),
        product=feature,
        quantity=int(count),
        service_end=date(int(year), int(month_and_day[:-2]), int(month_and_day[-2:])),
        license_end=None if end == NEVER else _day(end),
    )


def _day(text: str) -> date:
    """The day of a date such as `31-dec-2014`. Raises ValueError for any other text."""
    day, month, year = text.lower().split("-")
    return date(int(year), _MONTHS.index(month) + 1, int(day))
