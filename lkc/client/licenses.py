"""Licenses and their files in the key center, as whoever signs in sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from lkc.client.caller import Caller, given
from lkc.client.paths import path_of

API = "/lkc/api/v1"


class License(TypedDict):
    """A license.

    `expiration_date` is the end of the service contract (S&S), `license_expiration_date` that of the product or
    `permanent`; both as the order had them, letter by letter.
    """

    license_id: str
    order_number: str
    line_number: int
    account_id: str
    part_number: str
    product: str
    quantity: int
    serial_number: str | None
    start_date: str | None
    expiration_date: str
    license_expiration_date: str
    status: str


class TokenItem(TypedDict):
    """A line that the token service delivers; there is no license for it."""

    product: str
    quantity: int


class VisibleOrder(TypedDict):
    """An order on one of the caller's accounts; its number is the Sales Order Number."""

    order_number: str
    account_id: str
    purchase_order: str
    order_date: str | None
    onetrust: list[TokenItem]


class LicenseFile(TypedDict):
    """A generated license file: `format` is `isslicense` or `flexnet`, `href` leads to it."""

    key_id: int
    file_name: str
    format: str
    sha256: str
    href: str


class Licenses:
    """The licenses of the caller; the vendor's staff see all."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def orders(self) -> Sequence[VisibleOrder]:
        """The orders on all of the caller's accounts, by number."""
        return self._caller.listed(f"{API}/orders")

    def list(self, order_number: str) -> Sequence[License]:
        """The licenses of an order, by line. Raises Refused (`not-visible`)."""
        found: list[License] = self._caller.get(f"{API}/orders{path_of(order_number, 'licenses')}")
        return found

    def get(self, license_id: str) -> License:
        """One license. Raises Refused (`not-visible`)."""
        found: License = self._caller.get(f"{API}/licenses{path_of(license_id)}")
        return found

    def generate(self, license_id: str, *, host_id: str | None = None, format: str = "isslicense") -> LicenseFile:  # noqa: A002 - its name on the wire
        """Generates a license; again and unchanged it gives the same key.

        Raises Refused: `date-format` and `quantity-zero` (409; all reasons are in `document["reasons"]`),
        `not-visible` (404).
        """
        body = given({"host_id": host_id, "format": format})
        made: LicenseFile = self._caller.post(f"{API}/licenses{path_of(license_id, 'generate')}", body)
        return made

    def file(self, license_id: str, *, key_id: int | None = None, format: str = "isslicense") -> bytes:  # noqa: A002 - likewise
        """The license file of a key, by itself of the one generated last. Raises Refused."""
        path = f"{API}/licenses{path_of(license_id, 'file')}"
        return self._caller.send("GET", path, params=given({"key_id": key_id, "format": format})).content
