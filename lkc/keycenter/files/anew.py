"""License files for an anonymous copy of a world: the same grant to somebody else, sealed with the world's key."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from lkc.keycenter.files import flexnet, isslicense
from lkc.keycenter.files.grant import Format, Grant
from lkc.world.keys import signer
from lkc.world.state.parts import Holds, Swap

WRITERS = {Format.ISSLICENSE.value: isslicense.render, Format.FLEXNET.value: flexnet.render}


def written_anew(files: list[dict[str, Any]], instead: list[dict[str, Any]], swap: Swap) -> None:
    """Writes the files of one key for those who stand for the people in it; what cannot be read is emptied."""
    found = next((file["content"] for file in files if file["format"] == Format.ISSLICENSE.value), b"")
    grant = _grant(found, swap)
    for file, other in zip(files, instead, strict=True):
        write = WRITERS.get(file["format"])
        other["content"] = b"" if grant is None or write is None else write(grant, signer(swap.seed, "keycenter"))
        other["sha256"] = hashlib.sha256(other["content"]).hexdigest()
        swap.digest(file["sha256"], other["sha256"])


def _grant(content: bytes, swap: Swap) -> Grant | None:
    from defusedxml import DefusedXmlException  # noqa: PLC0415 - nobody else needs it here
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415 - likewise

    try:
        texts = {element.tag: element.text or "" for element in fromstring(content)}
        host = None if texts["host-id"] == "ANY" else swap.instead(Holds.NUMBER, texts["host-id"])
        serial = texts.get("serial-number")
        end = texts["license-end"]
        return Grant(
            key_id=int(texts["key-id"]),
            account_id=swap.instead(Holds.NUMBER, texts["account-id"]),
            customer_name=swap.instead(Holds.COMPANY, texts["customer"]),
            icn=swap.instead(Holds.NUMBER, texts["icn"]),
            order_number=swap.instead(Holds.NUMBER, texts["order"]),
            line_number=int(texts["line"]),
            part_number=texts["part-number"],
            product=texts["product"],
            quantity=int(texts["quantity"]),
            start=date.fromisoformat(texts["start"]) if "start" in texts else None,
            service_end=date.fromisoformat(texts["service-end"]),
            license_end=None if end == "permanent" else date.fromisoformat(end),
            serial_number=None if serial is None else swap.instead(Holds.NUMBER, serial),
            host_id=host,
            issued=date.fromisoformat(texts["issued"]),
        )
    except (ParseError, DefusedXmlException, KeyError, ValueError):
        return None
