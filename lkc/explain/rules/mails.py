"""Mails that were sent and did not come, and mails of which somebody doubts the sender."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.explain.rules.addresses import other_address, readdressing
from lkc.explain.standing import asks_of_himself
from lkc.keycenter.facts import links_expired
from lkc.mail.facts import MailFacts
from lkc.mail.models import Status
from lkc.ordering.models import Status as OrderStatus
from lkc.world.faults import would_act
from lkc.world.timeline import latest_event

PUT_RIGHT = "Have the address put right where it is on file, and the mail sent again."
E_DELIVERY, FIRST, FINDER = "keycenter/e_delivery", "ordering/order_processed", "keycenter/password_finder"

_WENT_WRONG = {
    Status.BOUNCED.value: "mail-bounced",
    Status.SPAM.value: "mail-in-spam",
    Status.DELAYED.value: "mail-delayed",
}

_FATES = {
    Status.BOUNCED.value: "bounced",
    Status.SPAM.value: "in the spam folder",
    Status.DELAYED.value: "delayed on its way",
}


def order_mails(case: Case) -> Iterator[Finding]:
    """The latest mail of either kind to somebody on an order bounced, was filtered, or is delayed (Q7)."""
    for order in case.orders:
        for email, template in _expected(case, order):
            found = _latest(case.mails_to(email), template, order.number)
            if found is not None and found.status in _WENT_WRONG:
                which = "first" if template == FIRST else "second"
                again = _again(case, order, template, email)
                yield _finding(found, 7, f"{which} mail about order {order.number}", again)


def password_mails(case: Case) -> Iterator[Finding]:
    """The latest mail of the Password Finder to somebody went wrong on its way (Q10)."""
    found = _latest(case.mails, FINDER, None)
    if case.email is not None and found is not None and found.status in _WENT_WRONG:
        again = (
            (PUT_RIGHT, None)
            if _bounces(case, case.email)
            else ("The address takes mails again: ask the Password Finder once more.", _finder(case.email))
        )
        yield _finding(found, 10, "mail of the Password Finder", again)


def expired_link(case: Case) -> Iterator[Finding]:
    """The link for the password was not followed in time (how long it holds is an own rule; Q10)."""
    if case.email is not None and asks_of_himself(case) and links_expired(case.world, case.email):
        event = latest_event(case.world, "password-finder-mailed", email=case.email)
        fact = Evidence("keycenter", f"every link of the Password Finder for {case.email} has expired")
        yield Finding(
            question=10,
            code="password-link-expired",
            statement=f"The link that the Password Finder sent to {case.email} has expired: it sets no password.",
            evidence=(fact, *((told(event),) if event else ())),
            remedy="Ask the Password Finder again, and follow the new link in time.",
            action=_finder(case.email),
        )


def one_mail(case: Case) -> Iterator[Finding]:
    """A mail that somebody shows: what became of it, and whether it is forged (Q6)."""
    found = case.message
    if found is None:
        return
    if found.status in _WENT_WRONG:
        yield _finding(found, 7, f"mail with the subject {found.subject!r}", (PUT_RIGHT, None))
    if not found.genuine:
        yield Finding(
            question=6,
            code="mail-forged",
            statement=f"Mail {found.id} is forged or was changed: {found.sender} has not sent it as it is.",
            evidence=(Evidence("mail", found.genuine_reason),),
            remedy="Follow no link in it, do not answer it, and delete it.",
            action=Action("DELETE", f"/mail/api/v1/messages/{found.id}", None, "nobody"),
        )


def _expected(case: Case, order: OrderCase) -> list[tuple[str, str]]:
    """Whom the systems wrote to about an order, and with which texts; of a registered end user who asks, only he."""
    expected = [] if order.booked is None else [(order.booked.document.contact.email.lower(), FIRST)]
    expected += [] if order.received is None else [(person.email, E_DELIVERY) for person in order.received.enrolled]
    return [one for one in expected if one[0] == case.email] if case.is_enrolled(order) else expected


def _latest(mails: list[MailFacts], template: str, order_number: str | None) -> MailFacts | None:
    fitting = (one for one in mails if one.template == template)
    return next((one for one in fitting if order_number is None or one.order_number == order_number), None)


def _again(case: Case, order: OrderCase, template: str, email: str) -> tuple[str, Action | None]:
    """What brings such a mail after it came back, and the call that does.

    Nothing is announced of a cancelled order, and nobody is written to again for a mail that would bounce again.
    """
    if order.is_cancelled:
        return "Nothing needs to be sent again, since the order was cancelled.", None
    other = other_address(order, email)
    if other is not None and not _bounces(case, other):
        text = "Have the address put right in the order, and the order submitted again, which sends the mail."
        return text, readdressing(order, email, other)
    if template == E_DELIVERY and _is_changed_away_from(order, email):
        text = "The order system has somebody else's address, or another one, by now: have the order submitted again."
        return text, None
    if _bounces(case, email):
        return PUT_RIGHT, None
    call, text = (
        ("notice", "The address takes mails again: have the order system send its mail again.")
        if template == FIRST
        else ("submit", "The address takes mails again: have the order submitted again, which sends the mail.")
    )
    return text, Action("POST", f"/ordering/api/v1/orders/{order.number}/{call}")


def _is_changed_away_from(order: OrderCase, email: str) -> bool:
    """Whether an order was changed and not submitted since, and would enrol this address no more."""
    if order.booked is None or order.booked.status is not OrderStatus.CHANGED:
        return False
    document = order.booked.document
    people = document.registered_end_users or (document.contact,)
    return email.lower() not in {person.email.lower() for person in people}


def _bounces(case: Case, email: str) -> bool:
    """Whether a mail to an address would bounce now."""
    return would_act(case.world, "mail-bounce", to=email)


def _finder(email: str) -> Action:
    return Action("POST", "/lkc/api/v1/password-finder", {"email": email}, "nobody")


def _finding(found: MailFacts, question: int, about: str, again: tuple[str, Action | None]) -> Finding:
    """What became of a mail, in words, and what brings it after all."""
    statements = {
        Status.BOUNCED.value: f"The {about} to {found.recipient} was sent and came back as undeliverable.",
        Status.SPAM.value: f"The {about} to {found.recipient} was sent and taken for spam on arrival.",
        Status.DELAYED.value: f"The {about} to {found.recipient} was sent and has not arrived yet.",
    }
    remedies = {
        Status.BOUNCED.value: again[0],
        Status.SPAM.value: "Look into the spam folder and let mails of this sender pass.",
        Status.DELAYED.value: "Wait until it has arrived.",
    }
    actions = {
        Status.BOUNCED.value: again[1],
        Status.SPAM.value: Action(
            "PATCH", f"/mail/api/v1/messages/{found.id}", {"status": Status.DELIVERED.value}, "nobody"
        ),
        Status.DELAYED.value: None
        if found.arrives_at is None
        else Action("POST", "/_sim/clock/advance", {"to": found.arrives_at}, "nobody"),
    }
    return Finding(
        question=question,
        code=_WENT_WRONG[found.status],
        statement=statements[found.status],
        evidence=(
            Evidence("mail", f"mail {found.id} to {found.recipient}, sent at {found.sent_at}: {_FATES[found.status]}"),
        ),
        remedy=remedies[found.status],
        action=actions[found.status],
    )
