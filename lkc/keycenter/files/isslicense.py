"""The `.isslicense` format: signed XML; what real files of this name hold is not public, so all of it is invented."""

from __future__ import annotations

from html import escape

from lkc.keycenter.files.grant import Grant
from lkc.keycenter.files.sealing import Seal
from lkc.world.keys import Signer

ROOT = "isslicense"
SEAL = Seal(b'  <signature kid="', b'" algorithm="Ed25519">', f"</signature>\n</{ROOT}>\n".encode())


def render(grant: Grant, signer: Signer) -> bytes:
    """A license file as UTF-8 XML, sealed; the same grant and key give the same bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- Simulated by the LKC Simulator. This file licenses nothing outside of it. -->",
        f'<{ROOT} format="1" simulated="true">',
        *(f"  <{name}>{escape(value, quote=False)}</{name}>" for name, value in _fields(grant)),
        "",
    ]
    return SEAL.on("\n".join(lines).encode(), signer)


def _fields(grant: Grant) -> list[tuple[str, str]]:
    """Element names and texts in the order of the file; dates are ISO."""
    fields: list[tuple[str, str | None]] = [
        ("notice", "SIMULATED - not a license of any vendor"),
        ("key-id", str(grant.key_id)),
        ("account-id", grant.account_id),
        ("customer", grant.customer_name),
        ("icn", grant.icn),
        ("order", grant.order_number),
        ("line", str(grant.line_number)),
        ("part-number", grant.part_number),
        ("product", grant.product),
        ("quantity", str(grant.quantity)),
        ("serial-number", grant.serial_number),
        ("host-id", grant.host_id or "ANY"),
        ("start", grant.start.isoformat() if grant.start else None),
        ("service-end", grant.service_end.isoformat()),
        ("license-end", grant.license_end.isoformat() if grant.license_end else "permanent"),
        ("issued", grant.issued.isoformat()),
    ]
    return [(name, value) for name, value in fields if value is not None]
