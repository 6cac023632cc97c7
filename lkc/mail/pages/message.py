"""A mail: as it looks, as text, as it travelled; whether it is genuine, and what became of it."""

from __future__ import annotations

from flask import Response, make_response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lkc.look.forms import Form
from lkc.look.pages import attempt, done, show
from lkc.mail.attachments import attachments, get_attachment
from lkc.mail.evidence import evidence, pieces
from lkc.mail.fates import fate
from lkc.mail.mailboxes import Mail, get_mail, raw_as_arrived, remove_mail, take_out_of_spam
from lkc.mail.pages.bodies import framed, policy, taken_apart
from lkc.mail.raw_form import raw_of
from lkc.world.hold import current_world

LONGEST_SOURCE = 100_000


def message_page(message_id: int) -> Response:
    """One mail with all that is known of it."""
    world = current_world()
    mail = get_mail(world, message_id)
    raw = raw_as_arrived(world, message_id)
    view = _view(mail)
    source = raw_of(world, message_id) if view == "source" else b""
    here = world.exchange.base_url
    return show(
        "mail/message.html",
        mail=mail,
        view=view,
        ours=raw is None,
        passages=pieces(mail.text, here),
        source=source[:LONGEST_SOURCE].decode("utf-8", "replace"),
        cut=len(source) > LONGEST_SOURCE,
        evidence=evidence(mail, here),
        fate=fate(world, mail),
        attachments=[] if raw is None else attachments(raw),
    )


def body_page(message_id: int) -> AnyResponse:
    """The HTML of a mail, for the frame in its page: whatever it holds, it runs, loads and sends nothing.

    Only within a frame do its links lead nowhere; a browser that opens it alone is sent to the page.
    """
    if request.headers.get("Sec-Fetch-Dest") == "document":
        return redirect(url_for(".message_page", message_id=message_id))
    world = current_world()
    mail = get_mail(world, message_id)
    ours = raw_as_arrived(world, message_id) is None
    response = make_response(framed(mail.html if ours else taken_apart(mail.html), ours=ours))
    response.headers["Content-Security-Policy"] = policy(ours=ours)
    response.headers["X-DNS-Prefetch-Control"] = "off"
    response.headers["Cache-Control"] = "no-store"
    return response


def attachment_page(message_id: int, number: int) -> Response:
    """A file of a mail, to be kept and never shown, as a forger may have made it."""
    world = current_world()
    get_mail(world, message_id)
    file = get_attachment(raw_as_arrived(world, message_id) or b"", message_id, number)
    response = Response(file.content, mimetype="application/octet-stream")
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def not_spam_page(message_id: int) -> AnyResponse:
    """Takes a mail out of the spam folder, as its recipient would."""
    if Form().validate_on_submit():
        with attempt():
            take_out_of_spam(current_world(), message_id)
            done("The mail is in the inbox now.")
    return redirect(url_for(".message_page", message_id=message_id))


def delete_page(message_id: int) -> AnyResponse:
    """Removes a mail, and goes back to the inbox in which it was."""
    if not Form().validate_on_submit():
        return redirect(url_for(".message_page", message_id=message_id))
    world = current_world()
    mail = get_mail(world, message_id)
    remove_mail(world, message_id)
    done(f"Mail {message_id} was deleted.")
    return redirect(url_for(".inbox_page", of=mail.recipient))


def _view(mail: Mail) -> str:
    asked = request.args.get("view")
    if asked in {"text", "source"}:
        return asked
    return "html" if mail.html else "text"
