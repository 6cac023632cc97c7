"""What a license file grants, before it is written in some format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lkc.world.refusals import Invalid

LONGEST_HOST_ID = 64
_UNFIT_IN_HOST_ID = frozenset("\"'#\\<>&=,;")


class Format(StrEnum):
    """The formats of license files."""

    ISSLICENSE = "isslicense"
    FLEXNET = "flexnet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The content of a license file.

    A quantity below 1 raises ValueError: FlexNet reads a count of 0 as `uncounted`, so a file for it
    would grant without limit (documented: FLEXnet Licensing End User Guide, p. 112).

    Attributes:
        key_id: number of the key; the lower, the older.
        start: begin of the service contract, or None.
        service_end: end of the service contract (S&S): the customer's "Expiration Date" (Q15).
        license_end: end of the product, None for a permanent one: "License Expiration Date" (Q15).
        host_id: host for which the file is made; None for any.
        issued: date of the world on which it was generated.
    """

    key_id: int
    account_id: str
    customer_name: str
    icn: str
    order_number: str
    line_number: int
    part_number: str
    product: str
    quantity: int
    start: date | None
    service_end: date
    license_end: date | None
    serial_number: str | None
    host_id: str | None
    issued: date

    def __post_init__(self) -> None:
        if self.quantity < 1:
            raise ValueError(f"a license file cannot grant a quantity of {self.quantity}")


def file_name(key_id: int, wanted: Format) -> str:
    """The name under which a file is saved; that of `.isslicense` files is documented (Assuria Technical Note 4)."""
    ending = "isslicense" if wanted is Format.ISSLICENSE else "lic"
    return f"iss_{key_id}_key.{ending}"


def checked_host_id(text: str) -> str:
    """A host id that every format can carry. Raises Invalid for anything else."""
    fits = 0 < len(text) <= LONGEST_HOST_ID and text.isascii() and text.isprintable() and " " not in text
    if not fits or _UNFIT_IN_HOST_ID & set(text):
        message = f"must be 1 to {LONGEST_HOST_ID} ASCII characters without blanks and any of \"'#\\<>&=,;"
        raise Invalid({"field": "host_id", "message": message, "received": text[: 2 * LONGEST_HOST_ID]})
    return text
