"""Giving an order's OCN a new password, which Customer Support alone can arrange (documented: Q19)."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from lkc.mail.sending import Notice, send
from lkc.mail.templates import MailTemplate
from lkc.ordering.models import SYSTEM, OrderRow
from lkc.ordering.refusals import UnknownOcn
from lkc.ordering.submission import SENDER
from lkc.world.credentials import hashed
from lkc.world.keys import derive
from lkc.world.session import WorldSession

LENGTH = 12

_TEMPLATE = MailTemplate("ordering/ocn_password_reset", Path(__file__).parent / "mails" / "ocn_password_reset")


def reset_ocn_password(world: WorldSession, ocn: str, icn: str) -> int:
    """Mails a new password to the contact that the order has now; the former one works no longer.

    Returns the id of the mail. Raises UnknownOcn, which the timeline remembers, where no order of this customer
    number has this OCN.
    """
    order = world.orm.scalar(select(OrderRow).where(OrderRow.ocn == ocn, OrderRow.icn == icn))
    if order is None:
        text = f"The password of OCN {ocn} was not reset: no order of customer number {icn} has it."
        world.record(SYSTEM, "ocn-reset-refused", text, ocn=ocn, icn=icn)
        raise UnknownOcn(f"No order of customer number {icn!r} has the OCN {ocn!r}.", ocn=ocn, icn=icn)
    password = world.ids.secret("ocn-password", ocn)[:LENGTH]
    salt = derive(world.seed, "salt", SYSTEM, ocn, str(world.ids.next("salt")))[:16]
    order.password_hash = hashed(password, salt)
    values = {
        "name": order.contact_name,
        "order_number": order.order_number,
        "ocn": ocn,
        "password": password,
    }
    notice = Notice(system=SYSTEM, sender=SENDER, recipient=order.contact_email, template=_TEMPLATE, values=values)
    message_id = send(world, notice)
    text = f"OCN {ocn} has a new password, which was mailed to {order.contact_email}."
    world.record(
        SYSTEM, "ocn-password-reset", text, ocn=ocn, order_number=order.order_number, email=order.contact_email
    )
    return message_id
