"""Taking order documents in: accounts are opened, end users enrolled, licenses made or brought up to date."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import bindparam, delete, select

from lkc.feed import KEY_FILE, ONETRUST, OrderDocument, Person, Receipt
from lkc.keycenter.membership import SYSTEM, enrol, withdraw
from lkc.keycenter.models import Account, Enrolment, License, LicenseStatus, ReceivedOrder, content_of
from lkc.mail.sending import Letter, send
from lkc.mail.templates import MailTemplate
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

SENDER = "ibmss@flexnetoperations.com"

_TEMPLATE = MailTemplate(Path(__file__).parent / "mails" / "e_delivery")
_ACCOUNT = Prepared(
    lambda: select(Account.account_id, Account.opened_by).where(
        Account.icn == bindparam("icn"), Account.name == bindparam("customer_name")
    )
)
_ORDER = Prepared(lambda: select(ReceivedOrder.account_id).where(ReceivedOrder.order_number == bindparam("number")))


def receive(world: WorldSession, document: OrderDocument) -> Receipt:
    """Takes an order document in and writes to each registered end user it has on file for the order.

    A document whose lines are all for the token service is not the key center's matter, unless it knows
    the order: then its licenses are withdrawn.
    """
    known = world.row(_ORDER, number=document.order_number)
    if known is None and not document.has(KEY_FILE):
        return Receipt("accepted", "the order has no line that is delivered as a license file")
    account = _account_for(world, document)
    people = _people_of(document, account)
    if known is None:
        _take_in(world, document, account, people)
    else:
        _bring_up_to_date(world, document, account, people, known[0])
    world.record(
        SYSTEM,
        "order-received",
        f"Order {document.order_number} was received on account {account.account_id}.",
        order_number=document.order_number,
        account_id=account.account_id,
    )
    return Receipt("accepted", None, () if document.cancelled else _announce(world, document, account, people))


def _account_for(world: WorldSession, document: OrderDocument) -> Account:
    """The account of this ICN and customer name, opened if it is not there (Q12)."""
    row = world.row(_ACCOUNT, icn=document.icn, customer_name=document.customer_name)
    if row is not None:
        return Account(account_id=row[0], icn=document.icn, name=document.customer_name, opened_by=row[1])
    account = Account(
        account_id=world.ids.scattered("account", 8),
        icn=document.icn,
        name=document.customer_name,
        opened_by=document.order_number,
    )
    world.add(account)
    world.record(
        SYSTEM,
        "account-opened",
        f"Account {account.account_id} was opened for {account.name}, ICN {account.icn}.",
        account_id=account.account_id,
        icn=account.icn,
    )
    return account


def _people_of(document: OrderDocument, account: Account) -> list[Person]:
    """Whom the order enrols: its registered end users; the contact where the order that opened the account has none."""
    people: Sequence[Person] = document.registered_end_users
    if not people and account.opened_by == document.order_number:
        people = [document.contact]
    unique = {person.email.lower(): person.name for person in reversed(people)}
    return [Person(name, email) for email, name in reversed(unique.items())]


def _take_in(world: WorldSession, document: OrderDocument, account: Account, people: list[Person]) -> None:
    world.add(_received(world, document, account))
    world.add(*(_enrolment(document, person) for person in people))
    for line in document.lines:
        if line.delivery == KEY_FILE:
            world.add(_license(world, document.order_number, account.account_id, line.line_number, content_of(line)))
    enrol(world, account, people)


def _bring_up_to_date(
    world: WorldSession, document: OrderDocument, account: Account, people: list[Person], former_account: str
) -> None:
    order = world.orm.get_one(ReceivedOrder, document.order_number)
    fresh = _received(world, document, account)
    for name in ("account_id", "purchase_order", "order_date", "onetrust_items", "cancelled", "received_at"):
        setattr(order, name, getattr(fresh, name))
    _update_licenses(world, document, account)
    query = select(Enrolment.email).where(Enrolment.order_number == document.order_number)
    former = set(world.orm.scalars(query))
    world.orm.execute(delete(Enrolment).where(Enrolment.order_number == document.order_number))
    world.add(*(_enrolment(document, person) for person in people))
    enrol(world, account, people)
    if former_account != account.account_id:
        withdraw(world, former_account, former)
    withdraw(world, account.account_id, former - {person.email for person in people})


def _update_licenses(world: WorldSession, document: OrderDocument, account: Account) -> None:
    """Licenses follow their lines; one whose line is gone stays to be seen, with quantity 0."""
    query = select(License).where(License.order_number == document.order_number)
    known = {license_.line_number: license_ for license_ in world.orm.scalars(query)}
    lines = {line.line_number: line for line in document.lines if line.delivery == KEY_FILE}
    for number, license_ in known.items():
        content = content_of(lines[number]) if number in lines else {"quantity": 0}
        wanted = {**content, "account_id": account.account_id}
        if any(getattr(license_, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(license_, name, value)
            license_.revision += 1
            license_.status = LicenseStatus.NOT_GENERATED.value
    for number in sorted(lines.keys() - known.keys()):
        world.add(_license(world, document.order_number, account.account_id, number, content_of(lines[number])))


def _received(world: WorldSession, document: OrderDocument, account: Account) -> ReceivedOrder:
    items = [
        {"product": line.product, "quantity": line.quantity} for line in document.lines if line.delivery == ONETRUST
    ]
    return ReceivedOrder(
        order_number=document.order_number,
        account_id=account.account_id,
        purchase_order=document.purchase_order,
        order_date=document.order_date,
        onetrust_items=json.dumps(items, ensure_ascii=False),
        cancelled=int(document.cancelled),
        received_at=world.clock.stamp(),
    )


def _enrolment(document: OrderDocument, person: Person) -> Enrolment:
    return Enrolment(order_number=document.order_number, email=person.email, name=person.name)


def _license(
    world: WorldSession, order_number: str, account_id: str, line_number: int, content: dict[str, str | int | None]
) -> License:
    return License(
        license_id=f"L-{world.ids.next('license')}",
        order_number=order_number,
        line_number=line_number,
        account_id=account_id,
        **content,  # type: ignore[arg-type] # column values by name, as content_of gives them
    )


def _announce(world: WorldSession, document: OrderDocument, account: Account, people: list[Person]) -> tuple[int, ...]:
    """Sends the e-delivery mail (documented: swg21610380, Q7, Q9) to each end user on file for the order."""
    sent = []
    for person in people:
        subject, text, html = _TEMPLATE.render(
            order=document,
            account=account,
            person=person,
            portal=f"{world.exchange.base_url}/lkc/",
            files=[line for line in document.lines if line.delivery == KEY_FILE],
            entitlements=[line for line in document.lines if line.delivery == ONETRUST],
        )
        letter = Letter(system=SYSTEM, sender=SENDER, recipient=person.email, subject=subject, text=text, html=html)
        sent.append(send(world, letter))
    return tuple(sent)
