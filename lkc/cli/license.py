"""`lkc license`: checking license files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from lkc.cli.refusal import Refusal
from lkc.cli.target import Target, targeted

KEYS_REMEDY = (
    "Leave --keys out to ask the simulator for its keys, or save them again from /lkc/api/v1/keys of the world."
)
SAVE_AGAIN = "if it was generated there, save the file again: it was changed."
OTHER_WORLD = f"Name the world in which it was generated with --world (LKC_WORLD); {SAVE_AGAIN}"
OTHER_KEYS = f"Give the keys of the world in which it was generated with --keys; {SAVE_AGAIN}"

license_ = click.Group("license", help="License files.")


@license_.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A JSON Web Key Set to verify with; without it the simulator's is asked for.",
)
@targeted
def verify(target: Target, file: Path, keys: Path | None) -> None:
    """Check that FILE is genuine and unchanged to the last byte."""
    from lkc.keycenter.files.verification import ForeignKey, LicenseFileInvalid  # noqa: PLC0415 - not for `--help`
    from lkc.keycenter.files.verification import verify as verified  # noqa: PLC0415 - likewise
    from lkc.world.keys import public_keys  # noqa: PLC0415 - likewise

    key_set = target.connection.call("GET", "/lkc/api/v1/keys").value() if keys is None else _read(keys)
    try:
        found = verified(file.read_bytes(), public_keys(key_set))
    except ForeignKey as refusal:
        kid, where = refusal.members["kid"], f"world {target.world!r}" if keys is None else keys
        detail = f"{file} is sealed with key {kid}, which is no key of {where}."
        raise Refusal(refusal.code, detail, OTHER_WORLD if keys is None else OTHER_KEYS) from refusal
    except LicenseFileInvalid as refusal:
        raise Refusal(refusal.code, f"{file}: {refusal.detail}", refusal.remedy) from refusal
    except (AttributeError, LookupError, ValueError, TypeError) as error:
        raise Refusal("keys-invalid", f"{keys or target.url} has no key set that can be read.", KEYS_REMEDY) from error
    described = _described(found)
    target.show(described, lambda: "\n".join([f"{file}: genuine, unchanged, and simulated", *_lines(described)]))


def _read(keys: Path) -> Any:
    try:
        return json.loads(keys.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Refusal("keys-invalid", f"{keys} is not JSON ({error}).", KEYS_REMEDY) from error


def _described(found: Any) -> dict[str, Any]:
    values = {name: getattr(found, name) for name in found.__dataclass_fields__}
    return {name: value if isinstance(value, int) else str(value or "-") for name, value in values.items()}


def _lines(described: dict[str, Any]) -> list[str]:
    return [f"  {name.replace('_', ' '):<16}{value}" for name, value in described.items()]
