"""License files: applied, removed, and read when the product is restarted."""

from __future__ import annotations

import hashlib

from sqlalchemy import delete

from lkc.world.session import WorldSession
from onetrust.products.installations import record
from onetrust.products.licenses import key_files_of
from onetrust.products.models import Installation, KeyFile
from onetrust.products.refusals import UnknownKeyFile
from onetrust.products.seals import KEY_CENTER, built_in_key


def apply_file(world: WorldSession, installation: Installation, content: bytes) -> tuple[KeyFile, bool]:
    """Applies a license file, and tells whether it is another one than before; it is read at the next restart.

    Raises LicenseFileInvalid for one that is not genuine.
    """
    from onetrust.products.reading import read  # noqa: PLC0415 - its XML parser is loaded with the first file

    reading = read(content, built_in_key(world.seed, KEY_CENTER))
    digest = hashlib.sha256(content).hexdigest()
    known = world.orm.get(KeyFile, (installation.number, reading.key_id))
    if known is not None and known.sha256 == digest:
        return known, False
    if known is not None:
        world.orm.delete(known)
        world.orm.flush()
    world.insert(
        KeyFile,
        installation=installation.number,
        key_id=reading.key_id,
        format=reading.format,
        product=reading.product,
        feature=reading.feature,
        quantity=reading.quantity,
        service_end=reading.service_end.isoformat(),
        license_end=reading.license_end.isoformat() if reading.license_end else None,
        sha256=digest,
        is_read=False,
        is_hidden=False,
    )
    text = f"Key {reading.key_id} is applied to {installation.name}; it is read at the next restart."
    record(world, installation, "license-applied", text, key_id=reading.key_id, product=reading.product)
    return world.orm.get_one(KeyFile, (installation.number, reading.key_id)), True


def remove_file(world: WorldSession, installation: Installation, key_id: int) -> None:
    """Removes one file, at once. Raises UnknownKeyFile."""
    file = world.orm.get(KeyFile, (installation.number, key_id))
    if file is None:
        raise UnknownKeyFile(f"Key {key_id} is not applied to {installation.name}.", key_id=key_id)
    world.orm.delete(file)
    record(world, installation, "license-removed", f"Key {key_id} is gone from {installation.name}.", key_id=key_id)


def remove_all_files(world: WorldSession, installation: Installation) -> None:
    """Removes all files, at once."""
    keys = [file.key_id for file in key_files_of(world, installation)]
    world.orm.execute(delete(KeyFile).where(KeyFile.installation == installation.number))
    text = f"All license files ({len(keys)}) are gone from {installation.name}."
    record(world, installation, "license-removed", text, key_ids=keys)


def read_files(world: WorldSession, installation: Installation) -> list[int]:
    """Reads what was applied, as a product does when it is restarted; gives the keys read for the first time.

    Of several files for one product the one with the lowest key rules, be it stale or not, and hides the others: they
    stay hidden when it is removed alone. Only removing them too and applying the active ones anew helps (Q2).
    """
    fresh, seen = [], set[str]()
    for file in key_files_of(world, installation):
        if not file.is_read:
            fresh.append(file.key_id)
            file.is_read = True
        file.is_hidden = file.is_hidden or file.feature in seen
        seen.add(file.feature)
    return fresh
