"""Of which kind a file of orders is: CSV or NDJSON."""

from __future__ import annotations

from lkc.ordering.refusals import UnknownFileType

CSV_TYPES = frozenset({"text/csv", "application/csv", "application/vnd.ms-excel"})
NDJSON_TYPES = frozenset(
    {f"application/{prefix}{name}" for prefix in ("", "x-") for name in ("ndjson", "jsonl", "jsonlines", "json-lines")}
)

CSV_EXAMPLE = """\
purchase_order,icn,customer_name,country,contact_name,contact_email,part_number,quantity,expiration_date
PO-4711,0012345,Acme Holding,DE,Bob Buyer,bob@acme.example,D0G04LL,5,31-DEC-2014
"""
NDJSON_EXAMPLE = (
    '{"icn": "0012345", "purchase_order": "PO-4711", "contact": {"name": "Bob Buyer", "email": "bob@acme.example"},'
    ' "lines": [{"part_number": "D0G04LL", "quantity": 5, "expiration_date": "31-DEC-2014"}]}\n'
)


def is_csv(media_type: str, body: bytes) -> bool:
    """Whether a file is CSV rather than NDJSON; without a type, its first character tells.

    Args:
        media_type: the content type it came with, in small letters and without parameters; may be empty.
        body: the file.

    Raises UnknownFileType for any other type.
    """
    if not media_type:
        return not body.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    if media_type not in CSV_TYPES | NDJSON_TYPES:
        raise UnknownFileType(f"A file of orders does not come as {media_type}.", received=media_type)
    return media_type in CSV_TYPES
