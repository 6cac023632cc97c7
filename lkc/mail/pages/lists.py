"""Lists: the inboxes of the world, what lies in one, and all mails."""

from __future__ import annotations

from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lkc.look.pages import show
from lkc.mail.inboxes import Wanted, inboxes, lines
from lkc.mail.models import Status
from lkc.world.hold import current_world

AT_ONCE = 50
LARGEST = 2**63 - 1
LONGEST_SEARCH = 250


def inboxes_page() -> Response:
    """Whose mailboxes there are."""
    text, after = _text("q"), request.args.get("after", "")
    found = inboxes(current_world(), text, after, AT_ONCE + 1)
    more = found[AT_ONCE - 1].mailbox if len(found) > AT_ONCE else None
    return show("mail/inboxes.html", inboxes=found[:AT_ONCE], text=text, after=after, more=more)


def inbox_page() -> AnyResponse:
    """What lies in one mailbox, and what should and does not."""
    mailbox = request.args.get("of", "").strip()
    if not mailbox:
        return redirect(url_for(".inboxes_page"))
    return show("mail/inbox.html", mailbox=mailbox, **_listed(mailbox, ".inbox_page", of=mailbox))


def all_page() -> Response:
    """All mails of the world."""
    return show("mail/all.html", **_listed("", ".all_page"))


def _listed(mailbox: str, view: str, **address: Any) -> dict[str, Any]:
    text, status, before = _text("q"), _status(), request.args.get("before", 0, int)
    wanted = Wanted(mailbox=mailbox, text=text, status=status, before=before if 0 < before <= LARGEST else None)
    found = lines(current_world(), wanted, AT_ONCE + 1)
    more = found[AT_ONCE - 1].id if len(found) > AT_ONCE else None
    address |= {"q": text} if text else {}
    address |= {"status": status.value} if status else {}
    return {
        "mails": found[:AT_ONCE],
        "text": text,
        "chosen": status,
        "statuses": list(Status),
        "first": url_for(view, **address) if wanted.before else None,
        "next": url_for(view, before=more, **address) if more else None,
    }


def _text(name: str) -> str:
    return request.args.get(name, "").strip()[:LONGEST_SEARCH]


def _status() -> Status | None:
    given = request.args.get("status")
    return Status(given) if given in list(Status) else None
