"""Emptying every mailbox of the world, once it has been asked whether that is meant."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from lkc.look.forms import Form
from lkc.look.pages import done, show
from lkc.mail.inboxes import kept
from lkc.mail.mailboxes import empty_mailboxes
from lkc.world.hold import current_world


def empty_page() -> Response:
    """Asks whether every mailbox is to be emptied, and empties them."""
    world, sure = current_world(), Form()
    mails, mailboxes = kept(world)
    if sure.validate_on_submit():
        empty_mailboxes(world)
        done(f"All mailboxes are empty: {mails:,} mail{'' if mails == 1 else 's'} deleted.")
        return redirect(url_for(".inboxes_page"))
    return show("mail/empty.html", sure=sure, mails=mails, mailboxes=mailboxes)
