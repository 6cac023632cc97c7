"""Of which kind a file of orders is: CSV or NDJSON."""

from __future__ import annotations

from lkc.ordering.refusals import UnknownFileType

CSV_TYPES = frozenset({"text/csv", "application/csv", "application/vnd.ms-excel"})
NDJSON_TYPES = frozenset(
    {f"application/{prefix}{name}" for prefix in ("", "x-") for name in ("ndjson", "jsonl", "jsonlines", "json-lines")}
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
