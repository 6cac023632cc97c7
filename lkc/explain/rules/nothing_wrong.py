"""Why things are as they are, where nothing is wrong: which date is which, what comes next, what to do."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case
from lkc.explain.findings import Action, Evidence, Finding
from lkc.explain.rules.entitlements import brought_by, sources_in_question, upcoming
from lkc.feed import ONETRUST
from lkc.support.facts import requests_by
from onetrust.myiss.facts import account_for
from onetrust.products.facts import installations_with_token
from onetrust.tokens.facts import EntitlementFacts


def genuine_mail(case: Case) -> Iterator[Finding]:
    """Mails of the key center are legitimate, though its name is another company's (documented: Q6)."""
    found = case.message
    if found is not None and found.genuine:
        yield Finding(
            question=6,
            code="mail-genuine",
            statement=f"Mail {found.id} is from {found.sender}.",
            evidence=(Evidence("mail", found.genuine_reason),),
            remedy="Follow it; what it holds is confidential.",
        )


def request_in_hand(case: Case) -> Iterator[Finding]:
    """A request that names its subject is with the licensing team, the best place for it (documented: Q1, Q3)."""
    for request in requests_by(case.world, case.email or ""):
        if request.status == "open" and request.queue == "licensing":
            yield Finding(
                question=1,
                code="request-with-licensing-team",
                statement=f"Service request {request.pmr_number} is with the licensing team, and names all that "
                "speeds it up.",
                evidence=(Evidence("support", f"{request.pmr_number}: {request.summary!r}, queue {request.queue}"),),
                remedy="Wait for a note of the team; write one where there is news.",
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
            evidence=(Evidence("keycenter", f"license {license_.license_id}: quantity {license_.quantity}"),),
            remedy="Save the file again, or install it and restart the product."
            if generated
            else "Sign in, choose the order, then Licenses for this Order, select the license, Generate, Save.",
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
            statement=f"Expiration Date {license_.expiration_date} ends the service contract of license "
            f"{license_.license_id}, License Expiration Date {license_.license_expiration_date} the product itself.",
            evidence=(
                Evidence("keycenter", f"Expiration Date: {license_.expiration_date}"),
                Evidence("keycenter", f"License Expiration Date: {license_.license_expiration_date}"),
            ),
            remedy="Renew the service contract before the first of them.",
        )


def nothing_to_do(case: Case) -> Iterator[Finding]:
    """Lines for the token service need nothing where the token is entered (documented: Q9)."""
    for order in case.orders:
        if order.booked is None or not order.has(ONETRUST):
            continue
        ahead = [one for one in brought_by(case.world, order) if one.expiration_date >= case.today]
        for token in case.tokens:
            if ahead and token.icn == order.booked.document.icn:
                entered = installations_with_token(case.world, token.token)
                way = "which is entered" if entered else "and its appliances retrieve them by serial number"
                yield Finding(
                    question=9,
                    code="nothing-to-do",
                    statement=f"Order {order.number} brings entitlements under token {token.token}, {way}: "
                    "nothing needs to be done, and nothing can be generated.",
                    evidence=(
                        Evidence("onetrust", f"ICN {token.icn} has token {token.token}"),
                        *(Evidence("onetrust", f"{one.quantity} until {one.expiration_date}") for one in ahead),
                    ),
                    remedy="Let the product retrieve when it is prompted next.",
                )


def first_upcoming(case: Case) -> Iterator[Finding]:
    """The token service shows the first upcoming date only (documented: Q17)."""
    named = case.token is not None or case.installation is not None
    for source in sources_in_question(case) if named else []:
        held = [one for one in source.offered if one.expiration_date >= case.today and one.quantity]
        shown = upcoming(held, case.today)
        for one in shown:
            later = sorted({other.expiration_date for other in held if _is_later(other, one)})
            following = f"After that the next is {later[0]}" if later else "No later date follows"
            yield Finding(
                question=17,
                code="first-upcoming-date",
                statement=f"{source.name} shows {one.expiration_date} for {one.product}: the first date that lies "
                f"ahead. {following}.",
                evidence=tuple(
                    Evidence("onetrust", f"order {other.order_number}: {other.quantity} until {other.expiration_date}")
                    for other in held
                    if other.product == one.product
                ),
                remedy="Nothing is wrong; once the date has passed, prompt the product to retrieve the next.",
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
        held = f"{len(installation.entitlements)} entitlements and {len(installation.key_files)} license files"
        yield Finding(
            question=5,
            code="how-licensed",
            statement=f"{installation.name} ({installation.kind}) is licensed by {' or '.join(ways)}, and has {held}.",
            evidence=(Evidence("products", f"tokens: {', '.join(installation.tokens) or 'none'}"),),
            remedy="See its instructions.",
            action=Action("GET", f"/products/api/v1/installations/{installation.id}/instructions", None, "nobody"),
        )


def registered(case: Case) -> Iterator[Finding]:
    """Somebody on an account may sign in, see and generate (documented: Q8, Q11)."""
    for account in case.accounts:
        if case.subject.order_number is None:
            yield Finding(
                question=11 if account.roles[case.email or ""] == "administrator" else 8,
                code="registered",
                statement=f"{case.email} is {account.roles[case.email or '']} of account {account.account_id}: "
                f"{account.name}, ICN {account.icn}.",
                evidence=(Evidence("keycenter", f"account {account.account_id} has {len(account.roles)} members"),),
                remedy="Sign in to the key center; the Password Finder sends a link for the password.",
            )


def members(case: Case) -> Iterator[Finding]:
    """Who may manage an account (documented: Q11)."""
    account = case.account
    if account is not None:
        administrators = [email for email, role in account.roles.items() if role == "administrator"]
        last = " It cannot be removed before there is another." if len(administrators) == 1 else ""
        yield Finding(
            question=11,
            code="who-manages",
            statement=f"Account {account.account_id} ({account.name}) is managed by {', '.join(administrators)}.{last}",
            evidence=tuple(Evidence("keycenter", f"{email}: {role}") for email, role in account.roles.items()),
            remedy="An administrator adds, changes and removes members; others join with Account ID and Sales Order "
            "Number.",
        )


def _is_later(other: EntitlementFacts, one: EntitlementFacts) -> bool:
    return other.product == one.product and other.expiration_date > one.expiration_date
