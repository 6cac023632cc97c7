"""Taking order documents in: accounts are opened, end users enrolled, licenses made or brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import orjson
from sqlalchemy import bindparam, delete, select

from lkc.feed import KEY_FILE, ONETRUST, DocumentLine, OrderDocument, Person, Receipt, left_aside
from lkc.keycenter.membership import SYSTEM, enrol, rename, withdraw
from lkc.keycenter.models import Account, Enrolment, License, LicenseStatus, ReceivedOrder, content_of
from lkc.mail.senders import sender
from lkc.mail.sending import HERE, Notice, send
from lkc.mail.templates import MailTemplate
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

SENDER = sender("ibmss@flexnetoperations.com")

_TEMPLATE = MailTemplate("keycenter/e_delivery", Path(__file__).parent / "mails" / "e_delivery")
_ACCOUNT = Prepared(
    lambda: select(Account.account_id, Account.opened_by).where(
        Account.icn == bindparam("icn"), Account.name == bindparam("customer_name")
    ),
    kept_only=True,
)
_ORDER = Prepared(
    lambda: select(ReceivedOrder.account_id, ReceivedOrder.submission).where(
        ReceivedOrder.order_number == bindparam("number")
    ),
    kept_only=True,
)


def receive(world: WorldSession, document: OrderDocument) -> Receipt:
    """Takes an order document in and writes to each registered end user it has on file for the order.

    A document whose lines are all for the token service is not the key center's matter, unless it knows
    the order: then its licenses are withdrawn. One that a later submission has overtaken is left aside.
    """
    former = _former(world, document.order_number)
    if former is None and not document.has(KEY_FILE):
        return Receipt("accepted", "the order has no line that is delivered as a license file")
    if former is not None and not document.comes_after(former.submission):
        return left_aside(world, SYSTEM, document)
    home = _home_of(world, document)
    people = _people_of(document, home)
    if former is None:
        _take_in(world, document, home, people)
    else:
        _bring_up_to_date(world, document, home, people, former)
    world.record(
        SYSTEM,
        "order-received",
        f"Order {document.order_number} was received on account {home.account_id}.",
        order_number=document.order_number,
        account_id=home.account_id,
    )
    return Receipt("accepted", None, () if document.cancelled else _announce(world, document, home, people))


@dataclass(frozen=True, slots=True)
class Former:
    """The account on which an order is now, and the submission by which it came there."""

    account_id: str
    submission: int


def _former(world: WorldSession, order_number: str) -> Former | None:
    """What is known of an order; None for one that is not known."""
    known: Former | None = world.remembered.get(("received", order_number))
    if known is None and (row := world.row(_ORDER, number=order_number)) is not None:
        known = Former(*row)
    return known


@dataclass(frozen=True, slots=True)
class Home:
    """The account to which an order belongs, and the order that opened it."""

    account_id: str
    opened_by: str


def _home_of(world: WorldSession, document: OrderDocument) -> Home:
    """The account of this ICN and customer name, opened if it is not there (Q12)."""
    name = ("home", document.icn, document.customer_name)
    known: Home | None = world.remembered.get(name)
    if known is None and (row := world.row(_ACCOUNT, icn=document.icn, customer_name=document.customer_name)):
        known = world.remembered[name] = Home(*row)
    if known is not None:
        return known
    home = world.remembered[name] = Home(world.ids.scattered("account", 8), document.order_number)
    world.insert(
        Account,
        account_id=home.account_id,
        icn=document.icn,
        name=document.customer_name,
        opened_by=home.opened_by,
    )
    world.record(
        SYSTEM,
        "account-opened",
        f"Account {home.account_id} was opened for {document.customer_name}, ICN {document.icn}.",
        account_id=home.account_id,
        icn=document.icn,
    )
    return home


def _people_of(document: OrderDocument, home: Home) -> list[Person]:
    """Whom the order enrols: its registered end users; the contact where the order that opened the account has none."""
    people: Sequence[Person] = document.registered_end_users
    if not people and home.opened_by == document.order_number:
        people = [document.contact]
    unique: dict[str, str] = {}
    for person in people:
        unique.setdefault(person.email.lower(), person.name)
    return [Person(name, email) for email, name in unique.items()]


def _take_in(world: WorldSession, document: OrderDocument, home: Home, people: list[Person]) -> None:
    world.insert(
        ReceivedOrder, order_number=document.order_number, **_content_of_order(world, document, home.account_id)
    )
    world.remembered["received", document.order_number] = Former(home.account_id, document.submission)
    _enrol_in_order(world, document.order_number, people)
    for line in document.lines:
        if line.delivery == KEY_FILE:
            _make_license(world, document.order_number, home.account_id, line)
    enrol(world, home.account_id, people)


def _bring_up_to_date(
    world: WorldSession, document: OrderDocument, home: Home, people: list[Person], former: Former
) -> None:
    order = world.orm.get_one(ReceivedOrder, document.order_number)
    for name, value in _content_of_order(world, document, home.account_id).items():
        setattr(order, name, value)
    order.submission = max(former.submission, document.submission)
    world.remembered["received", document.order_number] = Former(home.account_id, order.submission)
    _update_licenses(world, document, home.account_id)
    query = select(Enrolment.email, Enrolment.name).where(Enrolment.order_number == document.order_number)
    named = dict(world.orm.execute(query).all())
    world.orm.execute(delete(Enrolment).where(Enrolment.order_number == document.order_number))
    _enrol_in_order(world, document.order_number, people)
    enrol(world, home.account_id, people)
    rename(world, home.account_id, [person for person in people if named.get(person.email) not in {None, person.name}])
    if former.account_id != home.account_id:
        withdraw(world, former.account_id, named)
    withdraw(world, home.account_id, named.keys() - {person.email for person in people})


def _update_licenses(world: WorldSession, document: OrderDocument, account_id: str) -> None:
    """Licenses follow their lines; one whose line is gone stays to be seen, with quantity 0."""
    query = select(License).where(License.order_number == document.order_number)
    known = {license_.line_number: license_ for license_ in world.orm.scalars(query)}
    lines = {line.line_number: line for line in document.lines if line.delivery == KEY_FILE}
    for number, license_ in known.items():
        content = content_of(lines[number]) if number in lines else {"quantity": 0}
        wanted = {**content, "account_id": account_id}
        if any(getattr(license_, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(license_, name, value)
            license_.revision += 1
            license_.status = LicenseStatus.NOT_GENERATED.value
    for number in sorted(lines.keys() - known.keys()):
        _make_license(world, document.order_number, account_id, lines[number])


def _content_of_order(world: WorldSession, document: OrderDocument, account_id: str) -> dict[str, str | int]:
    """What the key center keeps of an order itself: column values."""
    items = [
        {"product": line.product, "quantity": line.quantity} for line in document.lines if line.delivery == ONETRUST
    ]
    return {
        "account_id": account_id,
        "purchase_order": document.purchase_order,
        "order_date": document.order_date,
        "onetrust_items": orjson.dumps(items).decode(),
        "cancelled": int(document.cancelled),
        "received_at": world.clock.stamp(),
        "submission": document.submission,
    }


def _enrol_in_order(world: WorldSession, order_number: str, people: list[Person]) -> None:
    for person in people:
        world.insert(Enrolment, order_number=order_number, email=person.email, name=person.name)


def _make_license(world: WorldSession, order_number: str, account_id: str, line: DocumentLine) -> None:
    world.insert(
        License,
        license_id=f"L-{world.ids.next('license')}",
        order_number=order_number,
        line_number=line.line_number,
        account_id=account_id,
        **content_of(line),
    )


def _announce(world: WorldSession, document: OrderDocument, home: Home, people: list[Person]) -> tuple[int, ...]:
    """Sends the e-delivery mail (documented: swg21610380, Q7, Q9) to each end user on file for the order."""
    values = {
        "order": {
            "order_number": document.order_number,
            "customer_name": document.customer_name,
            "purchase_order": document.purchase_order,
        },
        "account_id": home.account_id,
        "portal": f"{HERE}/lkc/",
        "files": [line.as_item() for line in document.lines if line.delivery == KEY_FILE],
        "entitlements": [line.as_item() for line in document.lines if line.delivery == ONETRUST],
    }
    return tuple(
        [
            send(
                world,
                Notice(
                    system=SYSTEM,
                    sender=SENDER,
                    recipient=person.email,
                    template=_TEMPLATE,
                    values={**values, "person": {"name": person.name}},
                ),
            )
            for person in people
        ]
    )
