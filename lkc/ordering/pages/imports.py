"""The page on which a file of orders is imported; it tells how far it has come while it is at work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager

import flask
from flask import current_app, request, stream_with_context
from flask_wtf.file import FileField, FileRequired
from markupsafe import escape
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response
from wtforms import BooleanField

from lkc.feed import Receiver
from lkc.look.forms import Form
from lkc.look.pages import show
from lkc.ordering.api import MAX_IMPORT, RECEIVERS_KEY
from lkc.ordering.importing import Source, import_by_batches
from lkc.ordering.kinds import is_csv
from lkc.ordering.pages.access import staff_only
from lkc.ordering.reports import Report
from lkc.world.hold import current_hold
from lkc.world.refusals import Refused
from lkc.world.session import WorldSession

LISTED = 200
TOO_LARGE = (
    "The file has more than {} MiB; nothing of it was imported. Import it by parts, or with `lkc orders import FILE`,"
    " which takes a file of any size."
)
# Stands in the page where what is told meanwhile has its place.
PLACE = "<!-- progress -->"

Transaction = Callable[[], AbstractContextManager[WorldSession]]


class ImportForm(Form):
    """A file of orders."""

    file = FileField("File", [FileRequired("Choose a file.")])
    submit_orders = BooleanField("Submit each order after booking it", default=True)


@staff_only
def import_page() -> Response:
    """Imports a file of orders."""
    request.max_content_length = MAX_IMPORT
    try:
        form = ImportForm()
    except RequestEntityTooLarge:
        form = ImportForm(formdata=None)
        form.file.errors = (TOO_LARGE.format(MAX_IMPORT // 2**20),)
        return show("ordering/import.html", status=413, form=form, limit=MAX_IMPORT // 2**20)
    if not form.validate_on_submit():
        return show("ordering/import.html", form=form, limit=MAX_IMPORT // 2**20)
    upload = form.file.data
    body, name = upload.read(), upload.filename or ""
    source = Source(body=body, is_csv=is_csv(upload.mimetype, body), file=name[:255], first_row=1)
    receivers: Sequence[Receiver] | None = current_app.config[RECEIVERS_KEY] if form.submit_orders.data else None
    page = show("ordering/importing.html", file=name, place=PLACE).get_data(as_text=True)
    hold = current_hold()
    hold.finish()
    told = stream_with_context(_told(page, source, hold.step, receivers))
    response = flask.Response(told, mimetype="text/html", headers={"Cache-Control": "no-store"})
    # What is told meanwhile replaces what was told before; the style for that stands in the style sheet.
    response.headers["X-Accel-Buffering"] = "no"
    return response


def _told(page: str, source: Source, transaction: Transaction, receivers: Sequence[Receiver] | None) -> Iterator[str]:
    """The page in pieces: its head, how far the import is after each batch, the report, its end."""
    head, _, tail = page.partition(PLACE)
    rows = max(1, source.body.count(b"\n"))
    yield f'{head}<div class="meanwhile" role="status">'
    report, refused = Report(), None
    try:
        for report, row in import_by_batches(source, transaction, receivers):
            share = min(100, 100 * row // rows)
            yield (
                f'<p><progress max="100" value="{share}" aria-label="Import">{share} %</progress> '
                f"{report.imported + report.already_there} orders, row {row} of about {rows}</p>\n"
            )
    except Refused as refusal:
        refused = refusal
    yield f"</div>{_report(report, refused)}{tail}"


def _report(report: Report, refused: Refused | None) -> str:
    """What came of it, as a piece of the page."""
    return flask.render_template(
        "ordering/report.html", report=report, refused=refused, rejected=report.rejected[:LISTED], escape=escape
    )
