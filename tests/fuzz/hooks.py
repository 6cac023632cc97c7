"""How schemathesis sends what is no JSON: text as it is."""

from __future__ import annotations

from typing import Any

import schemathesis


@schemathesis.serializer("message/rfc822", "application/x-ndjson", "application/toml", "text/csv")
def as_it_is(context: schemathesis.SerializationContext, value: Any) -> bytes:  # noqa: ARG001 - schemathesis' form
    """The bytes of a text."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
