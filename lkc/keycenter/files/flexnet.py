"""The FlexNet license file format (FLEXnet Licensing End User Guide), with a signature that is visibly fake."""

from __future__ import annotations

import re
from datetime import date

from lkc.keycenter.files.grant import Grant
from lkc.keycenter.files.sealing import Seal
from lkc.world.keys import Signer

ENCODING = "latin-1"
VENDOR = "lkcsim"
FAKE_SIGN = "SIMULATED"
SEAL = Seal(b"# sealed kid=", b" ed25519=", b"\n")
CONTINUED = " \\\n    "
LONGEST_FEATURE, LONGEST_TEXT, WIDEST = 60, 55, 79

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def render(grant: Grant, signer: Signer) -> bytes:
    """A license file as Latin-1 text, sealed in its last line; the same grant and key give the same bytes.

    The count is always a number of at least 1: 0 would mean `uncounted`. The service contract's end is the
    feature's version, `yyyy.mmdd`, as usual for maintenance. What Latin-1 lacks becomes a question mark.
    """
    lines = [
        "# Simulated by the LKC Simulator. This file licenses nothing outside of it.",
        f"# account {quoted(grant.account_id)} icn {quoted(grant.icn)}",
        *([f"# serial number {quoted(grant.serial_number)}"] if grant.serial_number else []),
        f"SERVER this_host {grant.host_id or 'ANY'}",
        f"VENDOR {VENDOR}",
        CONTINUED.join([*_required(grant), *_optional(grant)]),
        "",
    ]
    return SEAL.on("\n".join(lines).encode(ENCODING, "replace"), signer)


def _required(grant: Grant) -> list[str]:
    """The six required fields, on as many lines as their width takes."""
    feature = f"INCREMENT {feature_name(grant.product)}"
    until = grant.service_end
    version = f"{until.year:04d}.{until.month:02d}{until.day:02d}"
    end = written(grant.license_end) if grant.license_end else "permanent"
    others = f"{VENDOR} {version} {end} {grant.quantity}"
    fits = len(f"{feature} {others} \\") <= WIDEST
    return [*([f"{feature} {others}"] if fits else [feature, others]), f'SIGN="{FAKE_SIGN}"']


def _optional(grant: Grant) -> list[str]:
    return [
        f"ISSUED={written(grant.issued)}",
        *([f"START={written(grant.start)}"] if grant.start else []),
        f"SN={quoted(f'{grant.order_number}-{grant.line_number}')}",
        f"VENDOR_STRING={quoted(f'key {grant.key_id} part {grant.part_number}')}",
        f"NOTICE={quoted(f'SIMULATED - {grant.customer_name}')}",
    ]


def written(day: date) -> str:
    """A day as FlexNet writes it: `31-dec-2014`, whatever the locale."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def read(text: str) -> date:
    """The day that a date of FlexNet means; the reverse of `written`."""
    day, month, year = text.split("-")
    return date(int(year), _MONTHS.index(month) + 1, int(day))


def feature_name(product: str) -> str:
    """A feature's name: capital letters, digits and single underscores of the product's name."""
    name = re.sub(r"[^A-Z0-9]+", "_", product.upper()).strip("_")
    return name[:LONGEST_FEATURE].rstrip("_") or "UNNAMED"


def quoted(text: str) -> str:
    """A quoted string, cut to a length: no double quotes, no line ends, and no backslashes, which continue lines."""
    plain = "".join(character if character.isprintable() else " " for character in text)
    return '"' + plain.replace('"', "'").replace("\\", "/")[:LONGEST_TEXT] + '"'
