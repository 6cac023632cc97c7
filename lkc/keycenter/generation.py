"""Generate: from a license to a license file, or to every reason why not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from lkc.keycenter.files import flexnet, isslicense
from lkc.keycenter.files.grant import Format, Grant, checked_host_id, file_name
from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.models import Account, Key, KeyFile, License, LicenseStatus, ReceivedOrder
from lkc.keycenter.refusals import CannotGenerate, NotGenerated
from lkc.keycenter.sign_in import Caller
from lkc.world.keys import signer
from lkc.world.session import WorldSession

WRITERS = {Format.ISSLICENSE: isslicense.render, Format.FLEXNET: flexnet.render}


@dataclass(frozen=True, slots=True)
class Generated:
    """A license file that has been generated.

    Attributes:
        key_id: number of its key.
        file_name: under which it is saved.
        is_new: whether this call made the key; otherwise it is the one made before.
    """

    key_id: int
    format: Format
    file_name: str
    sha256: str
    content: bytes
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A key as it stands in a list.

    Attributes:
        host_id: empty where it is for any host.
        generated_at: ISO stamp of the world.
        generated_by: a member's address, or `producer`.
    """

    key_id: int
    license_id: str
    product: str
    host_id: str
    generated_at: str
    generated_by: str


def reasons_against(license_: License, order: ReceivedOrder) -> list[dict[str, Any]]:
    """Every documented reason (Q13, Q14) why a license cannot be generated; empty where none applies.

    A date that has passed is no reason.
    """
    found: list[dict[str, Any]] = []
    if license_.quantity == 0:
        found.append(_reason("quantity-zero", 13, "The quantity of this license is 0.", quantity=0))
        if order.cancelled:
            detail = f"Order {order.order_number} was cancelled and refunded."
            found.append(_reason("quantity-zero", 14, detail, quantity=0))
    for field, text in license_.wrong_dates():
        detail = f"The date in {field} is not of the form DD-MMM-YYYY: {text!r}."
        found.append(_reason("date-format", 13, detail, field=field, received=text))
    return found


def generate(world: WorldSession, caller: Caller, license_: License, host_id: str | None, wanted: Format) -> Generated:
    """Generates a license, or gives again what was generated for the same content and host.

    Raises CannotGenerate, naming every reason.
    """
    host = "" if host_id is None else checked_host_id(host_id)
    order = world.orm.get_one(ReceivedOrder, license_.order_number)
    reasons = reasons_against(license_, order)
    if reasons:
        world.record(
            SYSTEM,
            "generate-refused",
            f"License {license_.license_id} could not be generated: {reasons[0]['detail']}",
            license_id=license_.license_id,
            codes=[reason["code"] for reason in reasons],
        )
        raise CannotGenerate(reasons)
    query = select(Key).where(
        Key.license_id == license_.license_id, Key.revision == license_.revision, Key.host_id == host
    )
    key = world.orm.scalar(query)
    if key is not None:
        return _file_of(world, key, wanted)
    key = _new_key(world, caller, license_, host)
    _write_files(world, license_, key)
    license_.status = LicenseStatus.GENERATED.value
    world.record(
        SYSTEM,
        "license-generated",
        f"License {license_.license_id} was generated as key {key.key_id}.",
        license_id=license_.license_id,
        key_id=key.key_id,
        email=caller.name,
    )
    made = _file_of(world, key, wanted)
    return Generated(made.key_id, made.format, made.file_name, made.sha256, made.content, is_new=True)


def file_of(world: WorldSession, license_: License, key_id: int | None, wanted: Format) -> Generated:
    """The file of a key that was generated for what the license says now: the one asked for, or else the last.

    Raises NotGenerated, also where the order has been changed and resubmitted since: the former file says
    something else, and may name somebody else.
    """
    query = select(Key).where(Key.license_id == license_.license_id, Key.revision == license_.revision)
    if key_id is not None:
        query = query.where(Key.key_id == key_id)
    key = world.orm.scalar(query.order_by(Key.key_id.desc()).limit(1))
    if key is None:
        detail = f"License {license_.license_id} has not been generated as it is now."
        if key_id is not None:
            detail = f"License {license_.license_id} as it is now has no key {key_id}."
        raise NotGenerated(detail, license_id=license_.license_id)
    return _file_of(world, key, wanted)


def keys_of(world: WorldSession, order_number: str) -> list[Made]:
    """The keys that were generated for what the licenses of an order say now, newest first."""
    query = (
        select(Key.key_id, License.license_id, License.product, Key.host_id, Key.generated_at, Key.generated_by)
        .join(License, (License.license_id == Key.license_id) & (License.revision == Key.revision))
        .where(License.order_number == order_number)
        .order_by(Key.key_id.desc())
    )
    return [Made(*row) for row in world.orm.execute(query)]


def _reason(code: str, question: int, detail: str, **values: Any) -> dict[str, Any]:
    return {"code": code, "question": question, "detail": detail, **values}


def _new_key(world: WorldSession, caller: Caller, license_: License, host: str) -> Key:
    key_id = world.ids.rising("key")
    world.insert(
        Key,
        key_id=key_id,
        license_id=license_.license_id,
        revision=license_.revision,
        host_id=host,
        generated_at=world.clock.stamp(),
        generated_by=caller.name,
    )
    return world.orm.get_one(Key, key_id)


def _write_files(world: WorldSession, license_: License, key: Key) -> None:
    """Keeps the file of a key in every format, so that later calls give the same bytes."""
    account = world.orm.get_one(Account, license_.account_id)
    grant = _grant(license_, account, key, world.clock.today())
    for format_, write in WRITERS.items():
        content = write(grant, signer(world.seed, SYSTEM))
        digest = hashlib.sha256(content).hexdigest()
        world.insert(KeyFile, key_id=key.key_id, format=format_.value, sha256=digest, content=content)


def _grant(license_: License, account: Account, key: Key, today: date) -> Grant:
    return Grant(
        key_id=key.key_id,
        account_id=account.account_id,
        customer_name=account.name,
        icn=account.icn,
        order_number=license_.order_number,
        line_number=license_.line_number,
        part_number=license_.part_number,
        product=license_.product,
        quantity=license_.quantity,
        start=None if license_.start_day is None else date.fromisoformat(license_.start_day),
        service_end=date.fromisoformat(str(license_.expiration_day)),
        license_end=None if license_.is_permanent else date.fromisoformat(str(license_.license_expiration_day)),
        serial_number=license_.serial_number,
        host_id=key.host_id or None,
        issued=today,
    )


def _file_of(world: WorldSession, key: Key, wanted: Format) -> Generated:
    kept = world.orm.get_one(KeyFile, (key.key_id, wanted.value))
    return Generated(key.key_id, wanted, file_name(key.key_id, wanted), kept.sha256, kept.content)
