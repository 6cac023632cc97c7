"""Pages of orders and their licenses: the Order Summary, Generate, and Save (documented: Q8)."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lkc.keycenter.files.grant import MEDIA_TYPES, Format, InvalidHostId, file_name
from lkc.keycenter.generation import Made, file_of, generate, keys_of
from lkc.keycenter.models import Account, ReceivedOrder
from lkc.keycenter.order_summary import LONGEST_SEARCH, Search, SortedBy, order_summary
from lkc.keycenter.portal.fields import GenerateForm
from lkc.keycenter.portal.visitors import for_members, page
from lkc.keycenter.portal.words import reasons_of
from lkc.keycenter.refusals import NotVisible
from lkc.keycenter.schemas import license_view
from lkc.keycenter.sign_in import Caller
from lkc.keycenter.visibility import license_rows, visible_license, visible_order
from lkc.look.pages import attempt
from lkc.world.fields import MAX_ROW
from lkc.world.hold import current_world
from lkc.world.refusals import Refused

HIGHEST_PAGE, LONGEST_NUMBER = 1_000_000, 10
HOST_ID = "Enter the ID of one host without blanks and quotation marks, or nothing for any host."


@for_members
def summary_page(caller: Caller) -> AnyResponse:
    """The orders on all of the member's accounts."""
    search = _search()
    return page("order_summary", search=search, summary=order_summary(current_world(), caller, search))


@for_members
def order_page(caller: Caller, order_number: str) -> AnyResponse:
    """One order: what was ordered, and the way to its licenses."""
    return page("order", **_order(visible_order(current_world(), caller, order_number)))


@for_members
def licenses_page(caller: Caller, order_number: str) -> AnyResponse:
    """The licenses of an order; one at a time is generated."""
    world = current_world()
    values = _order(visible_order(world, caller, order_number))
    form, refused = GenerateForm(), list[Refused]()
    form.offer([license_["license_id"] for license_ in values["licenses"]])
    if form.validate_on_submit():
        with attempt(refused):
            license_ = visible_license(world, caller, form.license_id.data)
            made = generate(world, caller, license_, form.host_id.data or None, Format(form.format.data))
            return redirect(
                url_for(".licenses_page", order_number=order_number, key=made.key_id, format=made.format.value)
            )
    _tell_at_field(form, refused)
    reasons = [reason for refusal in refused for reason in reasons_of(refusal)]
    keys = keys_of(world, order_number)
    return page(
        "licenses", refused, form=form, reasons=reasons, keys=keys, formats=Format, ready=_ready(keys), **values
    )


@for_members
def save_page(caller: Caller, license_id: str, key_id: int, format_: str) -> Response:
    """The file of a key."""
    if format_ not in set(Format) or key_id > MAX_ROW:
        raise NotVisible
    world = current_world()
    made = file_of(world, visible_license(world, caller, license_id), key_id, Format(format_))
    response = Response(made.content, mimetype=MEDIA_TYPES[made.format])
    response.headers["Content-Disposition"] = f'attachment; filename="{made.file_name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _order(order: ReceivedOrder) -> dict[str, Any]:
    """An order with its account, its licenses, and what the token service delivers."""
    world = current_world()
    return {
        "order": order,
        "account": world.orm.get_one(Account, order.account_id),
        "licenses": [license_view(row) for row in license_rows(world, order.order_number)],
        "onetrust": orjson.loads(order.onetrust_items),
    }


def _ready(keys: list[Made]) -> dict[str, Any] | None:
    """The file that has just been generated, where the address of the page names one."""
    wanted, format_ = request.args.get("key", ""), request.args.get("format", "")
    for key in keys:
        if str(key.key_id) == wanted and format_ in set(Format):
            return {"key": key, "format": format_, "file_name": file_name(key.key_id, Format(format_))}
    return None


def _tell_at_field(form: GenerateForm, refused: list[Refused]) -> None:
    """Takes a refused host id out of what is told at the head of the page: it is told at its field."""
    for refusal in list(refused):
        if isinstance(refusal, InvalidHostId):
            refused.remove(refusal)
            form.host_id.errors = [HOST_ID]


def _search() -> Search:
    """What is asked for in the address of the page; what makes no sense there is passed over."""
    words, by = request.args.get("search", "").strip()[:LONGEST_SEARCH], request.args.get("by", "")
    number = request.args.get("page", "")
    return Search(
        words=words,
        by=SortedBy(by) if by in set(SortedBy) else SortedBy.NUMBER,
        descending=request.args.get("order", "down") != "up",
        page=min(int(number), HIGHEST_PAGE) if number.isdecimal() and len(number) < LONGEST_NUMBER else 1,
    )
