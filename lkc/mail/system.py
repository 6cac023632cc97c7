"""What the mail network declares of itself."""

from __future__ import annotations

from lkc.look.pages import Pages
from lkc.mail.api import blueprint
from lkc.mail.sending import DELIVER, deliver_delayed
from lkc.world.faults import FaultKind
from lkc.world.landscape import PEOPLE, Route, counted_in
from lkc.world.system import Entrance, System, parts_in

# The templates stand beside the views: `lkc.mail.templates` is about the texts of mails.
PAGES = Pages("mail_pages", "lkc.mail.pages", views="lkc.mail.pages", prefix="/mail", frame="mail/frame.html")
PAGES.page("/", "inboxes_page")
PAGES.page("/inbox", "inbox_page")
PAGES.page("/all", "all_page")
PAGES.page("/empty", "empty_page", "GET", "POST")
PAGES.page("/write", "write_page", "GET", "POST")
_MESSAGE = "/messages/<int(max=9223372036854775807):message_id>"
PAGES.page(_MESSAGE, "message_page")
PAGES.page(f"{_MESSAGE}/html", "body_page")
PAGES.page(f"{_MESSAGE}/attachments/<int(max=1000):number>", "attachment_page")
PAGES.page(f"{_MESSAGE}/not-spam", "not_spam_page", "POST")
PAGES.page(f"{_MESSAGE}/delete", "delete_page", "POST")

SYSTEM = System(
    id="mail",
    title="Mail",
    summary="Every mailbox of this world: what was sent, and what became of it.",
    prefix="/mail",
    state=parts_in("lkc.mail.state"),
    routes=(Route(what="inboxes", to=PEOPLE, kinds=("mail-delivered",)),),
    counts=counted_in("lkc.mail.counting"),
    blueprints=(blueprint, PAGES),
    statuses={"unknown-message": 404, "no-mail": 408, "not-spam": 409},
    entrance=Entrance("/mail/", "Every inbox of this world"),
    faults=(
        FaultKind("mail-bounce", needed=frozenset({"to"})),
        FaultKind("mail-spam", needed=frozenset({"to"})),
        FaultKind("mail-delay", needed=frozenset({"minutes"}), allowed=frozenset({"to"})),
    ),
    actions={DELIVER: deliver_delayed},
)
