"""Why things are as they are, where nothing is wrong: which date is which, what comes next, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case
from lkc.explain.findings import Action, Evidence, Finding
from lkc.explain.rules.entitlements import (
    beginning,
    brought_by,
    entered_somewhere,
    last_retrieval,
    sources_in_question,
    token_behind,
    told_of,
    upcoming,
)
from lkc.explain.rules.orders import NAMES
from lkc.feed import ONETRUST
from lkc.mail.senders import senders
from lkc.support.facts import requests_by
from onetrust.myiss.facts import account_for
from onetrust.tokens.facts import EntitlementFacts

_ROLES = {"administrator": "an administrator", "member": "an ordinary member"}
_PROMPT = "Nothing is wrong. When the date that is shown has passed, prompt the product to retrieve the next one."


def genuine_mail(case: Case) -> Iterator[Finding]:
    """Mails of the key center are legitimate, though its name is another company's (documented: Q6)."""
    found = case.message
    if found is not None and found.genuine:
        yield Finding(
            question=6,
            code="mail-genuine",
            statement=f"Mail {found.id} is genuine: {found.sender} has sent it.",
            evidence=(Evidence("mail", found.genuine_reason),),
            remedy="Do what it says, and keep it to yourself: what it holds is confidential.",
        )


def address_of_ours(case: Case) -> Iterator[Finding]:
    """From this address a system writes; nobody reads what is sent to it, and it belongs onto no account (Q6)."""
    if case.email in senders():
        yield Finding(
            question=6,
            code="system-address",
            statement=f"{case.email} is the address from which a system of the vendor, or of its partner, sends mails: "
            "it is nobody's, and belongs onto no account.",
            evidence=(Evidence("mail", f"{case.email} is a sender of its own"),),
            remedy="Ask about the person to whom the mail went, or about the mail itself.",
        )


def request_in_hand(case: Case) -> Iterator[Finding]:
    """A request that names its subject is with the licensing team, the best place for it (documented: Q1, Q3)."""
    for request in requests_by(case.world, case.email or ""):
        if request.status == "open" and request.queue == "licensing":
            yield Finding(
                question=1,
                code="request-with-licensing-team",
                statement=f"Service request {request.pmr_number} is with the licensing team."
                + (" It names everything that is needed." if not request.missing else ""),
                evidence=(
                    Evidence("support", f"{request.pmr_number}: {request.summary!r}, in the queue {request.queue}"),
                ),
                remedy="Wait for a note of the team, and write one when there is news.",
            )


def token_in_myiss(case: Case) -> Iterator[Finding]:
    """Many customers find their token in MyISS (documented: Q16)."""
    for token in case.tokens:
        account = account_for(case.world, token.icn)
        if account is not None and account.shows_token:
            yield Finding(
                question=16,
                code="token-in-myiss",
                statement=f"MyISS shows token {token.token} of ICN {token.icn} to {account.email}.",
                evidence=(Evidence("myiss", f"{account.email} has an account for ICN {token.icn}"),),
                remedy="Sign in to MyISS to look it up.",
            )


def ready_to_generate(case: Case) -> Iterator[Finding]:
    """A license without any reason against it can be generated, one at a time (documented: Q8)."""
    for license_ in case.licenses:
        generated = license_.key_id is not None
        key = f"was generated as key {license_.key_id}" if generated else "can be generated"
        yield Finding(
            question=8,
            code="license-generated" if generated else "license-ready",
            statement=f"License {license_.license_id} ({license_.product}) of order {license_.order_number} {key}.",
            evidence=(
                Evidence(
                    "keycenter",
                    f"license {license_.license_id} has quantity {license_.quantity} and nothing that bars it",
                ),
            ),
            remedy="Save its file (again, if it was lost), apply it at the product, and restart the product."
            if generated
            else "Sign in to the key center, choose the order under Order Summary, then Licenses for this "
            "Order; select the license, and choose Generate and Save.",
            action=None
            if generated
            else Action("POST", f"/lkc/api/v1/licenses/{license_.license_id}/generate", {}, "member"),
        )


def which_date(case: Case) -> Iterator[Finding]:
    """Two dates, of which each ends something else (documented: Q15)."""
    if case.license is not None:
        license_ = case.license
        yield Finding(
            question=15,
            code="which-date-is-which",
            statement=f"License {license_.license_id} has two dates: Expiration Date is the end of the service "
            f"contract ({license_.expiration_date}), License Expiration Date that of the product itself "
            f"({license_.license_expiration_date}).",
            evidence=(
                Evidence("keycenter", f"Expiration Date: {license_.expiration_date}"),
                Evidence("keycenter", f"License Expiration Date: {license_.license_expiration_date}"),
            ),
            remedy="Renew the service contract before it ends."
            if license_.is_permanent
            else "Renew the service contract before it ends, and order the product anew before it ends.",
        )


def nothing_to_do(case: Case) -> Iterator[Finding]:
    """Lines for the token service need nothing where the token is entered (documented: Q9)."""
    for order in case.orders:
        if order.booked is None or not order.has(ONETRUST):
            continue
        ahead = [one for one in brought_by(case, order) if one.expiration_date >= case.today]
        for token in case.tokens:
            if ahead and token.icn == order.booked.document.icn:
                entered = entered_somewhere(case, order)
                way = "which is entered" if entered else "and its appliances retrieve it by serial number"
                yield Finding(
                    question=9,
                    code="nothing-to-do",
                    statement=f"What order {order.number} has for OneTrust comes with token {token.token}, {way}: "
                    "nothing needs to be done for it, and there is no license to generate.",
                    evidence=(
                        Evidence("onetrust", f"ICN {token.icn} has token {token.token}"),
                        *(Evidence("onetrust", told_of(one)) for one in ahead),
                    ),
                    remedy="Nothing needs to be done: it comes with the next retrieval of the product.",
                )


def comes_later(case: Case) -> Iterator[Finding]:
    """Of an order whose date is over, or is not the first, another date is shown (documented: Q17)."""
    if case.token is not None or case.installation is not None:
        return
    for order in case.orders:
        token = None if order.is_cancelled else token_behind(case, order)
        if token is None:
            continue
        offered = upcoming(case.entitlements_of(token.token), case.today)
        for one in brought_by(case, order):
            shown = next((first for first in offered if first.product == one.product), None)
            if shown is None or shown.expiration_date == one.expiration_date:
                continue
            is_over = one.expiration_date < case.today
            when = "ended on" if is_over else "runs until"
            then = "is over" if is_over else f"is shown once {shown.expiration_date} has passed"
            yield Finding(
                question=17,
                code="first-upcoming-date",
                statement=f"What order {order.number} brought of {one.product} {when} {one.expiration_date}. Token "
                f"{token.token} shows the first date that lies ahead, {shown.expiration_date}; that of the order "
                f"{then}.",
                evidence=(Evidence("onetrust", told_of(one)), Evidence("onetrust", told_of(shown))),
                remedy=_PROMPT,
            )


def first_upcoming(case: Case) -> Iterator[Finding]:
    """The token service shows the first upcoming date only (documented: Q17)."""
    named = case.token is not None or case.installation is not None
    for source in sources_in_question(case) if named else []:
        held = [one for one in source.offered if one.expiration_date >= case.today and one.quantity]
        shown = {one.product: one for one in upcoming(held, case.today)}
        for product, one in shown.items():
            later = sorted({other.expiration_date for other in held if _is_later(other, one)})
            following = f"the next one after it is {later[0]}" if later else "no later date follows"
            yield Finding(
                question=17,
                code="first-upcoming-date",
                statement=f"{beginning(source.name)} shows {one.expiration_date} for {product}, which is the first "
                f"date that lies ahead; {following}.",
                evidence=tuple(Evidence("onetrust", told_of(other)) for other in held if other.product == product),
                remedy=_PROMPT,
            )


def how_licensed(case: Case) -> Iterator[Finding]:
    """How licenses reach this kind of product (documented: Q5)."""
    for installation in [case.installation] if case.installation else []:
        ways = [
            way
            for way, taken in (
                ("license files, read at a restart", installation.takes_key_files),
                ("tokens", installation.takes_tokens and not installation.uses_serial_number),
                ("its serial number", installation.uses_serial_number),
            )
            if taken
        ]
        held = f"{_counted(len(installation.entitlements), 'entitlement')} and "
        held += _counted(len(installation.key_files), "license file")
        yield Finding(
            question=5,
            code="how-licensed",
            statement=f"{installation.name} ({installation.kind}) is licensed by {' or '.join(ways)}. It has {held}.",
            evidence=(
                Evidence("products", f"tokens at {installation.name}: {', '.join(installation.tokens) or 'none'}"),
                *(last_retrieval(installation) if installation.takes_tokens or installation.uses_serial_number else ()),
            ),
            remedy="Its instructions tell how licenses are applied to it.",
            action=Action("GET", f"/products/api/v1/installations/{installation.id}/instructions", None, "nobody"),
        )


def registered(case: Case) -> Iterator[Finding]:
    """Somebody on an account may sign in, see and generate (documented: Q8); administrators also manage it (Q11)."""
    for account in case.accounts if case.subject.order_number is None else []:
        manages = account.roles[case.email or ""] == "administrator"
        yield Finding(
            question=11 if manages else 8,
            code="is-administrator" if manages else "is-member",
            statement=f"{case.email} is {'an administrator' if manages else 'an ordinary member'} of account "
            f"{account.account_id}: {account.name}, ICN {account.icn}.",
            evidence=(
                Evidence(
                    "keycenter",
                    f"account {account.account_id} has {_counted(len(account.roles), 'member')}; {case.email} is one",
                ),
            ),
            remedy="Sign in to the key center"
            + (" and choose Account Members to manage its members" if manages else "")
            + "; whoever has no password asks the Password Finder for a link that sets one.",
        )


def members(case: Case) -> Iterator[Finding]:
    """Who may manage an account (documented: Q11)."""
    account = case.account
    if account is not None:
        administrators = [email for email, role in account.roles.items() if role == "administrator"]
        last = " The only administrator cannot be removed before there is another." if len(administrators) == 1 else ""
        yield Finding(
            question=11,
            code="who-manages",
            statement=f"Account {account.account_id} ({account.name}) is managed by {', '.join(administrators)}.{last}",
            evidence=tuple(
                Evidence("keycenter", f"{email} is {_ROLES.get(role, role)} of it")
                for email, role in account.roles.items()
            ),
            remedy="An administrator adds, changes and removes members; others join with Account ID and Sales Order "
            "Number.",
        )


def as_it_stands(case: Case) -> Iterator[Finding]:
    """Where nothing else can be said of an order: what it consists of, and where it has gone."""
    for order in case.orders:
        lines = [] if order.booked is None else order.booked.document.lines
        gone = [] if order.booked is None else [NAMES.get(system, system) for system in order.booked.handed_to]
        yield Finding(
            question=2,
            code="as-ordered",
            statement=f"Nothing is wrong with order {order.number} as far as anybody has on record.",
            evidence=(
                *(
                    Evidence("ordering", f"{line.quantity} x {line.product}, Expiration Date {line.expiration_date!r}")
                    for line in lines
                ),
                Evidence(
                    "ordering",
                    f"order {order.number} was handed to {' and '.join(gone) or 'nobody'}",
                ),
            ),
            remedy="If something else was wanted, have the order changed and submitted again.",
        )


def _counted(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _is_later(other: EntitlementFacts, one: EntitlementFacts) -> bool:
    return other.product == one.product and other.expiration_date > one.expiration_date
