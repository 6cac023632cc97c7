"""Writing a mail as anybody: a customer, a forger, or somebody who answers."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from lkc.look.forms import Form
from lkc.look.pages import done, show
from lkc.mail.posting import Draft, composed, post
from lkc.world.hold import current_hold, current_world
from lkc.world.refusals import Invalid

LONGEST = 200_000


class MailForm(Form):
    """What somebody writes."""

    sender = StringField("From", [InputRequired("Enter who writes: any address will do."), Length(max=2000)])
    recipients = StringField("To", [InputRequired("Enter the address of at least one recipient."), Length(max=5000)])
    subject = StringField("Subject", [Length(max=2000)])
    text = TextAreaField("Text", [Length(max=LONGEST)])
    html = TextAreaField("HTML", [Length(max=LONGEST)])


FIELDS = {"From": "sender", "To": "recipients"}


def write_page() -> Response:
    """Sends a mail from the Internet."""
    form = MailForm(recipients=request.args.get("to", ""))
    if form.validate_on_submit():
        values = {name: form[name].data or "" for name in ("sender", "recipients", "subject", "text", "html")}
        try:
            world = current_world()
            sent = post(world, composed(world, Draft(**values)))
        except Invalid as invalid:
            current_hold().keep = invalid.keeps_work
            for mistake in invalid.members["errors"]:
                field = form[FIELDS.get(mistake["field"], "text")]
                field.errors = [*field.errors, f"{field.label.text}: {mistake['message']}."]
        else:
            if len(sent) == 1:
                done("The mail was sent.")
                return redirect(url_for(".message_page", message_id=sent[0]))
            done(f"The mail was sent to {len(sent)} recipients.")
            return redirect(url_for(".all_page"))
    return show("mail/write.html", form=form, status=422 if form.errors else 200)
