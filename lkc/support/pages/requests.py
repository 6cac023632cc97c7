"""Pages of service requests: opening one, seeing where it went, completing, closing and reopening it."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lkc.look.forms import Form, read_form
from lkc.look.pages import attempt, done, show
from lkc.support import service_requests
from lkc.support.models import HELPFUL, LICENSING_PHRASE, Queue, ServiceRequest, Status
from lkc.support.pages.access import signed_in_only
from lkc.support.pages.words import LABELS, QUEUES, REMEDIES, SEVERITIES
from lkc.support.schemas import (
    NewNoteSchema,
    ServiceRequestChangeSchema,
    ServiceRequestSchema,
    said_by,
)
from lkc.support.sign_in import Caller
from lkc.support.visibility import visible_request
from lkc.world.hold import current_world
from lkc.world.refusals import Refused

SHOWN = 25


class DetailsForm(Form):
    """What helps an investigation."""

    ocn = StringField(LABELS["ocn"])
    purchase_order = StringField(LABELS["purchase_order"])
    customer_name = StringField(LABELS["customer_name"])
    contact_name = StringField(LABELS["contact_name"])
    order_date = StringField(LABELS["order_date"])
    expiration_date = StringField(LABELS["expiration_date"])
    product = StringField(LABELS["product"])
    quantity = StringField(LABELS["quantity"])


class RequestForm(DetailsForm):
    """A service request."""

    summary = StringField("Summary", [InputRequired("Say in a line what it is about.")])
    description = TextAreaField("Description")
    severity = SelectField(
        "Severity",
        choices=[SelectChoice(str(level), f"{level}, {name} business impact") for level, name in SEVERITIES.items()],
        default="3",
    )
    icn = StringField("Customer number (ICN)")


class NoteForm(Form):
    """A note."""

    text = TextAreaField("Note", [InputRequired("Write something.")])


@signed_in_only
def requests_page(caller: Caller) -> Response:
    """The requests that the caller sees."""
    queue, status = request.args.get("queue", ""), request.args.get("status", "")
    filters: dict[str, Any] = {}
    if queue in list(Queue):
        filters["queue"] = queue
    if status in list(Status):
        filters["status"] = status
    after = request.args.get("after")
    found = service_requests.list_requests(current_world(), caller, filters, after, SHOWN + 1)
    return show(
        "support/requests.html",
        who=caller,
        requests=found[:SHOWN],
        more=found[SHOWN - 1].pmr_number if len(found) > SHOWN else None,
        after=after,
        queue=queue,
        chosen=status,
        queues=QUEUES,
        severities=SEVERITIES,
    )


@signed_in_only
def open_page(caller: Caller) -> Response:
    """Opens a request."""
    form, refused = RequestForm(), list[Refused]()
    if caller.email is not None and form.validate_on_submit():
        wanted = read_form(form, ServiceRequestSchema(), numbers=("severity", "quantity"))
        if wanted is not None:
            with attempt(refused, remedies=REMEDIES):
                made = service_requests.open_request(current_world(), caller.email, said_by(wanted))
                done(f"Service request (PMR) {made.pmr_number} is open: {QUEUES[made.queue]}.")
                return redirect(url_for(".request_page", pmr_number=made.pmr_number))
    status = 422 if form.errors or refused else 200
    return show(
        "support/open.html",
        status=status,
        who=caller,
        form=form,
        refused=refused,
        helpful=HELPFUL,
        phrase=LICENSING_PHRASE,
    )


@signed_in_only
def request_page(caller: Caller, pmr_number: str) -> Response:
    """One request with its notes."""
    return _shown(caller, visible_request(current_world(), caller, pmr_number))


@signed_in_only
def change_page(caller: Caller, pmr_number: str) -> Response:
    """Completes, moves, closes or reopens a request, whichever button was pressed."""
    form = DetailsForm()
    world = current_world()
    if form.validate_on_submit():
        changes: dict[str, Any] | None
        if (status := request.form.get("status")) in list(Status):
            changes = {"status": Status(status)}
        elif (queue := request.form.get("queue")) in list(Queue):
            changes = {"queue": Queue(queue)}
        else:
            changes = read_form(form, ServiceRequestChangeSchema(), numbers=("quantity",))
        if changes is None:
            return _shown(caller, visible_request(world, caller, pmr_number), form)
        with attempt(remedies=REMEDIES):
            service_requests.change(world, caller, pmr_number, changes)
            done("The service request is changed.")
    return redirect(url_for(".request_page", pmr_number=pmr_number))


@signed_in_only
def note_page(caller: Caller, pmr_number: str) -> Response:
    """Writes a note on a request."""
    form = NoteForm()
    if form.validate_on_submit():
        wanted = read_form(form, NewNoteSchema())
        if wanted is not None:
            with attempt(remedies=REMEDIES):
                service_requests.add_note(current_world(), caller, pmr_number, wanted["text"])
                done("The note is written.")
    return redirect(url_for(".request_page", pmr_number=pmr_number))


def _shown(caller: Caller, found: ServiceRequest, form: DetailsForm | None = None) -> Response:
    world = current_world()
    notes = service_requests.notes_of(world, found)
    details = form or DetailsForm(formdata=None, obj=found)
    return show(
        "support/request.html",
        status=422 if form is not None else 200,
        who=caller,
        pmr=found,
        notes=notes,
        details=details,
        note=NoteForm(formdata=None),
        helpful=HELPFUL,
        labels=LABELS,
        queues=QUEUES,
        severities=SEVERITIES,
        can_reopen=found.can_be_reopened(world.clock.micros()),
    )
