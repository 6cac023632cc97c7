"""What a license file grants, before it is written in some format."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lkc.world.refusals import Invalid

LONGEST_HOST_ID = 64
_UNFIT_IN_HOST_ID = frozenset("\"'#\\<>&,;")
# The same as a pattern of JSON Schema.
HOST_ID_FORM = rf"^[!$%()*+./0-9:=?@A-Z\[\]^_`a-z{{|}}~-]{{1,{LONGEST_HOST_ID}}}$"


class InvalidHostId(Invalid):
    """Text that cannot name one host in a license file."""

    remedy = "Give the id of one host, as its SERVER line would have it, or none for any host."

    def __init__(self, received: str) -> None:
        message = f"must be 1 to {LONGEST_HOST_ID} ASCII characters without blanks and any of \"'#\\<>&,;"
        super().__init__({"field": "host_id", "message": message, "received": received[: 2 * LONGEST_HOST_ID]})


class Format(StrEnum):
    """The formats of license files."""

    ISSLICENSE = "isslicense"
    FLEXNET = "flexnet"


MEDIA_TYPES = {Format.ISSLICENSE: "application/xml", Format.FLEXNET: "text/plain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """The content of a license file.

    A quantity below 1 raises ValueError: FlexNet reads a count of 0 as `uncounted`, so a file for it
    would grant without limit (documented: FLEXnet Licensing End User Guide, p. 112). A host id that no
    SERVER line can carry raises InvalidHostId.

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
        if self.host_id is not None:
            checked_host_id(self.host_id)


def file_name(key_id: int, wanted: Format) -> str:
    """The name under which a file is saved; that of `.isslicense` files is documented (Assuria Technical Note 4)."""
    ending = "isslicense" if wanted is Format.ISSLICENSE else "lic"
    return f"iss_{key_id}_key.{ending}"


def checked_host_id(text: str) -> str:
    """The id of one host as every format can carry it, e.g. `001122334455` or `HOSTNAME=console`.

    A SERVER line has room for one; several, by blanks or commas, are refused. Raises InvalidHostId.
    """
    fits = 0 < len(text) <= LONGEST_HOST_ID and text.isascii() and text.isprintable() and " " not in text
    if not fits or _UNFIT_IN_HOST_ID & set(text):
        raise InvalidHostId(text)
    return text
