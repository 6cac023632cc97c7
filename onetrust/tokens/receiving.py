"""Taking order documents in: what their OneTrust lines entitle to, and which lines are rejected."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import bindparam, delete, select, update

from lkc.feed import ONETRUST, DocumentLine, OrderDocument, Receipt, left_aside, parse_date, wrong_dates
from lkc.world.database import Prepared
from lkc.world.session import WorldSession
from onetrust.tokens.issuing import SYSTEM, token_for
from onetrust.tokens.models import Entitlement, ReceivedOrder

_KNOWN = Prepared(
    lambda: select(ReceivedOrder.submission).where(ReceivedOrder.order_number == bindparam("number")), kept_only=True
)


def receive(world: WorldSession, document: OrderDocument) -> Receipt:
    """Takes the OneTrust lines of an order document in.

    A line with a date that is not well formed is rejected, and what it entitled to before stays; the rest is
    taken. A line that is gone entitles to nothing any more, and neither does one of quantity 0, whatever its
    date. A document that a later submission has overtaken is left aside.
    """
    number = document.order_number
    former = _last_submission(world, number)
    if former is not None and not document.comes_after(former):
        return left_aside(world, SYSTEM, document)
    ends, rejected = _read([line for line in document.lines if line.delivery == ONETRUST])
    token = token_for(world, document.icn)
    if former is not None:
        _forget(world, number, keep=set(rejected))
    _keep_number(world, document, former)
    for line, day in ends:
        _entitle(world, number, token, line, day)
    if rejected:
        reason = "; ".join(rejected[line] for line in sorted(rejected))
        world.record(SYSTEM, "entitlement-rejected", f"Order {number}: {reason}.", order_number=number, token=token)
        return Receipt("rejected", reason)
    world.record(
        SYSTEM, "entitlement-received", f"Order {number} entitles token {token}.", order_number=number, token=token
    )
    return Receipt("accepted")


def _last_submission(world: WorldSession, order_number: str) -> int | None:
    """Number of the newest submission of an order that was received; None for an order that is not known."""
    known: int | None = world.remembered.get(("entitled", order_number))
    if known is None and (row := world.row(_KNOWN, number=order_number)) is not None:
        known = int(row[0])
    return known


def _keep_number(world: WorldSession, document: OrderDocument, former: int | None) -> None:
    number, newest = document.order_number, max(former or 0, document.submission)
    if former is None:
        world.insert(ReceivedOrder, order_number=number, submission=newest)
    elif newest != former:
        world.orm.execute(update(ReceivedOrder).where(ReceivedOrder.order_number == number).values(submission=newest))
    world.remembered["entitled", number] = newest


def _read(lines: Iterable[DocumentLine]) -> tuple[list[tuple[DocumentLine, date]], dict[int, str]]:
    """The lines whose dates are well formed, with the day on which each ends; the reasons against the others."""
    good, bad = [], {}
    for line in lines:
        day = parse_date(line.expiration_date)
        wrong = wrong_dates(line.start_date, line.expiration_date, line.license_expiration_date)
        if line.quantity == 0 and (day is None or wrong):
            continue
        if day is None or wrong:
            field, text = wrong[0]
            number = line.line_number
            bad[number] = f"line {number}: {field} is not of the form DD-MMM-YYYY: {text!r}"
        else:
            good.append((line, day))
    return good, bad


def _forget(world: WorldSession, order_number: str, keep: set[int]) -> None:
    """Removes what the order entitled to so far, but for the lines named."""
    world.orm.execute(
        delete(Entitlement).where(Entitlement.order_number == order_number, Entitlement.line_number.not_in(keep))
    )


def _entitle(world: WorldSession, order_number: str, token: str, line: DocumentLine, day: date) -> None:
    world.insert(
        Entitlement,
        order_number=order_number,
        line_number=line.line_number,
        token=token,
        product=line.product,
        quantity=line.quantity,
        serial_number=line.serial_number,
        expiration_day=day.isoformat(),
    )
