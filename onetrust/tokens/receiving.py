"""Taking order documents in: what their OneTrust lines entitle to, and which lines are rejected."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, select

from lkc.feed import ONETRUST, DocumentLine, OrderDocument, Receipt, parse_date, wrong_dates
from lkc.world.database import Prepared
from lkc.world.session import WorldSession
from onetrust.tokens.issuing import SYSTEM, token_for
from onetrust.tokens.models import Entitlement

_KNOWN = Prepared(
    lambda: select(Entitlement.line_number).where(Entitlement.order_number == bindparam("number")), kept_only=True
)


def receive(world: WorldSession, document: OrderDocument) -> Receipt:
    """Takes the OneTrust lines of an order document in.

    A line with a date that is not well formed is rejected, and what it entitled to before stays; the rest is
    taken. A line that is gone entitles to nothing any more.
    """
    number = document.order_number
    lines = [line for line in document.lines if line.delivery == ONETRUST]
    rejected = {line.line_number: reason for line in lines if (reason := _reason_against(line))}
    token = token_for(world, document.icn)
    _forget(world, number, keep=set(rejected))
    world.remembered["entitled", number] = True
    for line in lines:
        if line.line_number not in rejected:
            _entitle(world, number, token, line)
    if rejected:
        reason = "; ".join(rejected[line] for line in sorted(rejected))
        world.record(SYSTEM, "entitlement-rejected", f"Order {number}: {reason}.", order_number=number, token=token)
        return Receipt("rejected", reason)
    world.record(
        SYSTEM, "entitlement-received", f"Order {number} entitles token {token}.", order_number=number, token=token
    )
    return Receipt("accepted")


def _reason_against(line: DocumentLine) -> str | None:
    wrong = wrong_dates(line.start_date, line.expiration_date, line.license_expiration_date)
    if not wrong:
        return None
    field, text = wrong[0]
    return f"line {line.line_number}: {field} is not of the form DD-MMM-YYYY: {text!r}"


def _forget(world: WorldSession, order_number: str, keep: set[int]) -> None:
    """Removes what the order entitled to so far, but for the lines named."""
    if ("entitled", order_number) not in world.remembered and not world.rows(_KNOWN, number=order_number):
        return
    world.orm.execute(
        delete(Entitlement).where(Entitlement.order_number == order_number, Entitlement.line_number.not_in(keep))
    )


def _entitle(world: WorldSession, order_number: str, token: str, line: DocumentLine) -> None:
    day = parse_date(line.expiration_date)
    world.insert(
        Entitlement,
        order_number=order_number,
        line_number=line.line_number,
        token=token,
        product=line.product,
        quantity=line.quantity,
        serial_number=line.serial_number,
        expiration_day=day.isoformat() if day else "",
    )
