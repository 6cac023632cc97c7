"""The kinds of installations, and by which ways each of them is licensed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lkc.world.refusals import Invalid

ONETRUST_ONLY_FROM = (2, 8)
SERIAL_NUMBERS_FROM = (4, 1)
VERSION_FORM = (r"[0-9]{1,4}(\.[0-9]{1,4}){0,3}", "must be numbers with dots, e.g. 2.8 or 2.0.1")


class Kind(StrEnum):
    """What is installed."""

    SITEPROTECTOR = "siteprotector"
    MX_APPLIANCE = "mx-appliance"
    NETWORK_IPS = "network-ips"
    HOST_PROTECTION = "host-protection"


# Where a version is not told, it is the one that was current: both of them retrieve.
PRESET_VERSIONS = {Kind.SITEPROTECTOR: "2.8", Kind.MX_APPLIANCE: "4.1"}


@dataclass(frozen=True, slots=True)
class Ways:
    """By which ways an installation may be licensed.

    Attributes:
        key_files: license files may count for its updates.
        tokens: it retrieves with tokens that are entered.
        serial_number: it retrieves with its serial number.
    """

    key_files: bool
    tokens: bool = False
    serial_number: bool = False

    @property
    def retrieves(self) -> bool:
        """Whether it asks the token service at all."""
        return self.tokens or self.serial_number


def ways_of(kind: Kind, version: str | None) -> Ways:
    """By which ways a product of this kind and version is licensed.

    SiteProtector takes both until its update server, from 2.8 on, uses OneTrust only; M and MX appliances go by
    serial number from firmware 4.1 on and fall back to files (documented: swg21435290). Network IPS and host
    products are on no list of OneTrust products, so they take files only (inferred from that).
    """
    numbers = numbered(version or PRESET_VERSIONS.get(kind, "0"))
    if kind is Kind.SITEPROTECTOR:
        return Ways(key_files=numbers < ONETRUST_ONLY_FROM, tokens=True)
    if kind is Kind.MX_APPLIANCE:
        return Ways(key_files=True, serial_number=numbers >= SERIAL_NUMBERS_FROM)
    return Ways(key_files=True)


def numbered(version: str) -> tuple[int, ...]:
    """A version as numbers that compare: 2.10 is later than 2.8."""
    return tuple(int(part) for part in version.split("."))


def checked_serial_number(kind: Kind, serial_number: str | None) -> str | None:
    """The serial number of an installation. Raises Invalid for an appliance without one."""
    if kind is Kind.MX_APPLIANCE and serial_number is None:
        raise Invalid({"field": "serial_number", "message": f"is needed for an installation of kind {kind.value}"})
    return serial_number
