"""Pages of orders: looking for them, booking, changing, submitting, cancelling."""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from lkc.feed import Receiver
from lkc.look.forms import Form
from lkc.look.pages import attempt, done, show
from lkc.ordering import booking, orders, submission
from lkc.ordering.api import RECEIVERS_KEY
from lkc.ordering.catalogue import catalogue
from lkc.ordering.drafts import draft_from
from lkc.ordering.models import Status
from lkc.ordering.pages.access import staff_only
from lkc.ordering.pages.order_form import SPARE_LINES, OrderFields
from lkc.ordering.schemas import OrderChangeSchema, OrderSchema
from lkc.ordering.searching import search_orders
from lkc.ordering.submission import Submission
from lkc.world.hold import current_hold, current_world
from lkc.world.refusals import Invalid

SHOWN = 25
NEW, CHANGE = OrderSchema(), OrderChangeSchema()
ADD_LINE = "add-line"
SYSTEMS = {"keycenter": "License Key Center", "onetrust": "token service"}


@staff_only
def orders_page() -> Response:
    """The orders, newest first, or those that somebody looks for."""
    wanted, status = request.args.get("q", "").strip()[:250], request.args.get("status", "")
    before = request.args.get("before")
    kind = Status(status) if status in list(Status) else None
    found = search_orders(current_world(), wanted, kind, before, SHOWN + 1)
    return show(
        "ordering/orders.html",
        orders=found[:SHOWN],
        more=found[SHOWN - 1].number if len(found) > SHOWN else None,
        before=before,
        wanted=wanted,
        chosen=status,
        statuses=list(Status),
    )


@staff_only
def order_page(order_number: str) -> Response:
    """One order, and what can be done with it."""
    booked = orders.get_order(current_world(), order_number)
    return show("ordering/order.html", booked=booked, systems=SYSTEMS, act=Form(), statuses=Status)


@staff_only
def new_order_page() -> Response:
    """Books an order."""
    fields = OrderFields.sent(request.form) if request.method == "POST" else OrderFields(request.args, 1)
    if _is_ready(fields):
        message = fields.message(NEW)
        if message is not None:
            try:
                booked = booking.book(current_world(), draft_from(message))
            except Invalid as refusal:
                _refuse(fields, refusal)
            else:
                done(f"Order {booked.number} is booked. It reaches nobody until it is submitted.")
                return redirect(url_for(".order_page", order_number=booked.number))
    return _form("Book an order", "Book the order", fields, None)


@staff_only
def change_page(order_number: str) -> Response:
    """Changes an order."""
    world = current_world()
    booked = orders.get_order(world, order_number)
    fields = OrderFields.sent(request.form) if request.method == "POST" else OrderFields.of_order(booked)
    if _is_ready(fields):
        message = fields.message(CHANGE)
        if message is not None:
            try:
                changed = booking.change(world, order_number, message)
            except Invalid as refusal:
                _refuse(fields, refusal)
            else:
                done(_what_a_change_did(changed is not booked and changed != booked, changed.status))
                return redirect(url_for(".order_page", order_number=order_number))
    return _form(f"Change order {order_number}", "Keep the changes", fields, order_number)


@staff_only
def submit_page(order_number: str) -> Response:
    """Hands an order to the delivery systems."""
    if Form().validate_on_submit():
        world = current_world()
        _tell(submission.submit(world, orders.get_order(world, order_number), _receivers()))
    return redirect(url_for(".order_page", order_number=order_number))


@staff_only
def notice_page(order_number: str) -> Response:
    """Sends the first mail again."""
    if Form().validate_on_submit():
        with attempt():
            world = current_world()
            booked = orders.get_order(world, order_number)
            submission.give_notice(world, booked)
            done(f"The first mail went out again, to {booked.document.contact.email}.")
    return redirect(url_for(".order_page", order_number=order_number))


@staff_only
def cancel_page(order_number: str) -> Response:
    """Cancels and refunds an order, once somebody has confirmed that."""
    world = current_world()
    booked = orders.get_order(world, order_number)
    form = Form()
    if form.validate_on_submit():
        with attempt():
            _, what = submission.cancel(world, booked, _receivers())
            done(f"Order {order_number} is cancelled and refunded. Its lines stay, with quantity 0.")
            _tell(what)
        return redirect(url_for(".order_page", order_number=order_number))
    return show("ordering/cancel.html", booked=booked, act=form)


def _is_ready(fields: OrderFields) -> bool:
    """Whether the form was sent to be kept, and not only to get one more line."""
    if not Form().validate_on_submit():
        return False
    if ADD_LINE in request.form:
        fields.lines += 1
        return False
    return True


def _refuse(fields: OrderFields, refusal: Invalid) -> None:
    current_hold().keep = False
    fields.note(refusal.members["errors"])


def _form(heading: str, label: str, fields: OrderFields, order_number: str | None) -> Response:
    return show(
        "ordering/order_form.html",
        status=422 if fields.errors else 200,
        heading=heading,
        label=label,
        fields=fields,
        rows=fields.lines + (SPARE_LINES if request.method == "GET" and order_number else 0),
        products=list(catalogue().values()),
        order_number=order_number,
        mark=Form(),
        add_line=ADD_LINE,
    )


def _what_a_change_did(has_changed: bool, status: Status) -> str:  # noqa: FBT001 - what it is about
    if not has_changed:
        return "Nothing was changed."
    if status is Status.CHANGED:
        return "The order is changed here. The delivery systems keep what they have until it is submitted again."
    return "The order is changed."


def _tell(what: Submission) -> None:
    """Tells what became of an order document on its way to each system, and how many mails went out."""
    for one in what.handed_over:
        reason = f": {one.reason}" if one.reason else ""
        done(f"{SYSTEMS.get(one.system, one.system)}: {one.status}{reason}.")
    mails = len(what.mail)
    if mails:
        done(f"{mails} mail{'s' if mails > 1 else ''} went out.")


def _receivers() -> Sequence[Receiver]:
    found: Sequence[Receiver] = current_app.config[RECEIVERS_KEY]
    return found
