r"""Generates and saves every license file that somebody may have, and says of each other one why not.

    .venv/bin/lkc exec -- .venv/bin/python examples/license_fetcher.py \
        tomasz.wrona@nordlicht.example polarlicht /tmp/licenses

A file that is there already is the same, byte for byte: running it again changes nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lkc.client import Client, Refused


def main(email: str, password: str, folder: Path) -> int:
    """Exit code 1 where a license could not be generated, 2 where nobody could be signed in."""
    folder.mkdir(parents=True, exist_ok=True)
    with Client.from_environment() as client:
        member = client.as_member(email, password)
        try:
            orders = member.licenses.orders()
        except Refused as refusal:
            print(_told(refusal), file=sys.stderr)
            return 2
        missing = 0
        for order in orders:
            missing += fetch(member, order["order_number"], folder)
            for item in order["onetrust"]:
                print(f"{order['order_number']}  {item['product']}: no file, a token retrieves it")
    return 1 if missing else 0


def fetch(member: Client, order_number: str, folder: Path) -> int:
    """Saves the files of an order; so many of its licenses have none."""
    missing = 0
    for license_ in member.licenses.list(order_number):
        what = f"{order_number}  {license_['product']}"
        try:
            made = member.licenses.generate(license_["license_id"])
            content = member.licenses.file(license_["license_id"], key_id=made["key_id"])
        except Refused as refusal:
            missing += 1
            print(f"{what}: {_told(refusal)}", file=sys.stderr)
        else:
            (folder / made["file_name"]).write_bytes(content)
            print(f"{what}: {made['file_name']}")
    return missing


def _told(refusal: Refused) -> str:
    """Every reason there is, and what helps."""
    reasons = refusal.document.get("reasons") or [refusal.document]
    why = "; ".join([f"{reason['code']} (question {reason['question']})" for reason in reasons])
    return f"{why}. What helps: {refusal.remedy}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
