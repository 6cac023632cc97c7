"""The FlexNet license file format (FLEXnet Licensing End User Guide), with a signature that is visibly fake."""

from __future__ import annotations

import re
from datetime import date

from lkc.keycenter.files.grant import Grant
from lkc.keycenter.files.sealing import place, sealed
from lkc.world.keys import Signer

ENCODING = "latin-1"
VENDOR = "lkcsim"
FAKE_SIGN = "SIMULATED"
BEFORE_SEAL = b" ed25519="
LONGEST_FEATURE, LONGEST_TEXT = 60, 55

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def render(grant: Grant, signer: Signer) -> bytes:
    """A license file as Latin-1 text, sealed in its last line; the same grant and key give the same bytes.

    The count is always a number of at least 1: 0 would mean `uncounted`. The service contract's end is the
    feature's version, `yyyy.mmdd`, as usual for maintenance.
    """
    end = written(grant.license_end) if grant.license_end else "permanent"
    fields = [
        feature_name(grant.product),
        VENDOR,
        f"{grant.service_end.year:04d}.{grant.service_end.month:02d}{grant.service_end.day:02d}",
        end,
        str(grant.quantity),
        f'SIGN="{FAKE_SIGN}"',
    ]
    options = [
        f"ISSUED={written(grant.issued)}",
        *([f"START={written(grant.start)}"] if grant.start else []),
        f"SN={quoted(f'{grant.order_number}-{grant.line_number}')}",
        f"VENDOR_STRING={quoted(f'key {grant.key_id} part {grant.part_number}')}",
        f"NOTICE={quoted(f'SIMULATED - {grant.customer_name}')}",
    ]
    lines = [
        "# Simulated by the LKC Simulator. This file licenses nothing outside of it.",
        f"# account {quoted(grant.account_id)} icn {quoted(grant.icn)} serial {quoted(grant.serial_number or 'none')}",
        f"SERVER this_host {grant.host_id or 'ANY'}",
        f"VENDOR {VENDOR}",
        " ".join(["INCREMENT", *fields[:5], "\\"]),
        *(f"    {option} \\" for option in [fields[5], *options[:-1]]),
        f"    {options[-1]}",
        f"# sealed kid={signer.kid}{BEFORE_SEAL.decode()}{place()}",
        "",
    ]
    return sealed("\n".join(lines).encode(ENCODING, "replace"), BEFORE_SEAL, signer)


def written(day: date) -> str:
    """A day as FlexNet writes it: `31-dec-2014`, whatever the locale."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def feature_name(product: str) -> str:
    """A feature's name: letters, digits and underscores of the product's name."""
    name = re.sub(r"[^A-Z0-9]+", "_", product.upper()).strip("_")
    return name[:LONGEST_FEATURE] or "UNNAMED"


def quoted(text: str) -> str:
    """A quoted string: everything but double quotes, line ends and what would begin a seal, cut to a length."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return '"' + plain.replace('"', "'").replace("\\", "/").replace("=", "-")[:LONGEST_TEXT] + '"'
