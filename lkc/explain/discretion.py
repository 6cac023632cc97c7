"""What is told to somebody of an order that is none of his business: the causes, without what stands in it (Q12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Evidence, Finding
from lkc.explain.standing import is_foreign, is_strange
from onetrust.tokens.facts import TokenFacts

# Findings that are about the person who asks, and say no more than he may know.
ABOUT_HIM = frozenset({"on-another-account", "not-registered", "wrong-pair"})

_RESTATED = {
    "date-format": ("A date of the order is no date of the form DD-MMM-YYYY: Generate fails.", "a date of the order"),
    "quantity-zero": ("A line of the order has quantity 0, and the order was not cancelled.", "a line of the order"),
    "mail-bounced": (
        "A mail about the order to somebody whom it names was sent and came back as undeliverable.",
        "a mail to a registered end user or the contact of the order",
    ),
    "mail-in-spam": (
        "A mail about the order to somebody whom it names was sent and taken for spam on arrival.",
        "a mail to a registered end user or the contact of the order",
    ),
    "mail-delayed": (
        "A mail about the order to somebody whom it names was sent and has not arrived yet.",
        "a mail to a registered end user or the contact of the order",
    ),
    "entitlement-rejected": (
        "The token service rejected a line of the order, one of whose dates is no date of the form DD-MMM-YYYY.",
        "a date of the order",
    ),
    "product-ended": ("A product of the order has ended.", "a date of the order"),
    "service-lapsed": ("A service contract of the order has ended.", "a date of the order"),
    "license-ready": ("A license of the order can be generated.", "a license of the order"),
    "license-generated": ("A license of the order was generated.", "a license of the order"),
    "which-date-is-which": (
        "A license has two dates: Expiration Date ends the service contract, License Expiration Date the product.",
        "a license of the order",
    ),
    "as-ordered": ("Nothing is wrong with the order as far as anybody has on record.", "the order"),
    "ocn-password-wrong": ("The last sign-in with the OCN of the order had a wrong password.", "a sign-in"),
    "ocn-of-another-icn": (
        "A reset of the order's password was refused: the ICN of another customer was named.",
        "a reset of the order's password",
    ),
    "token-not-in-myiss": (
        "MyISS does not show the customer's token to anybody.",
        "no account of this customer shows a token",
    ),
    "token-in-myiss": ("MyISS shows the customer's token to somebody of this customer.", "an account of this customer"),
    "token-not-entered": (
        "What the order brings comes with the token of its customer, which is entered at no product yet.",
        "the token of the order's customer",
    ),
    "token-unknown": (
        "A token was entered at a product that is nobody's, and nearly that of the order's customer.",
        "a token that no customer has",
    ),
    "under-another-token": (
        "The customer has another token than the one that is entered.",
        "the tokens of one company",
    ),
    "nothing-to-do": (
        "What the order has for OneTrust comes with the token of its customer: nothing needs to be done for it.",
        "the token of the order's customer",
    ),
}
# The same, unless the person who asks has named the product or the token himself.
_RESTATED_OF_SITES = {
    "no-internet": (
        "A product at which the customer's token is entered does not reach the token service.",
        "a product with the customer's token",
    ),
    "not-retrieved": (
        "A product at which the customer's token is entered has not yet retrieved what it entitles to.",
        "a product with the customer's token",
    ),
    "serial-number-unknown": (
        "The token service does not know the serial number of an appliance for which the order is.",
        "a line of the order",
    ),
    "first-upcoming-date": (
        "The customer's token shows the first date that lies ahead, and that of the order is another one.",
        "the token of the order's customer",
    ),
    "nothing-left": ("The customer's token has no date left that lies ahead.", "the token of the order's customer"),
}
_FATES = {
    "mail-bounced": "came back as undeliverable",
    "mail-in-spam": "was taken for spam on arrival",
    "mail-delayed": "has not arrived yet",
}
_ICN = re.compile(r"(?:ICN|customer number) (\d+)")
_ORDER = re.compile(r"\b([oO])rder (\d+)")
_ADDRESS = re.compile(r"[^\s,;:()'\"<>]+@[^\s,;:()'\"<>]*\w")


def drop_what_is_foreign(case: Case) -> None:
    """Leaves the orders of an account out of the case where the person who asks has no business with them.

    An order that is named, or whose license is, stays: its number is known.
    """
    if case.subject.order_number is None and case.license is None:
        case.orders = [order for order in case.orders if not is_foreign(case, order)]


def told_to(case: Case, findings: Iterable[Finding]) -> list[Finding]:
    """The findings as the person who asks may read them; each cause once."""
    if _shows_a_strangers_mail(case):
        findings = [_of_a_mail(case, one) for one in findings]
    if not any(is_foreign(case, order) for order in _all(case)) and not any(
        is_strange(case, token) for token in _tokens(case)
    ):
        return list(findings)
    hidden = dict(_hidden(case))
    seen = [one if one.code in ABOUT_HIM else _discreet(case, one, hidden) for one in findings]
    return list({(one.code, one.statement): one for one in seen}.values())


def _all(case: Case) -> list[OrderCase]:
    return [*case.orders, *case.orders_behind_tokens]


def _tokens(case: Case) -> list[TokenFacts]:
    """The tokens that are named, or entered at the product that is named."""
    return [] if case.email is None else case.tokens_there


def _shows_a_strangers_mail(case: Case) -> bool:
    """Whether the mail that is named went to another address than that of the person who asks."""
    return case.message is not None and case.email not in {None, case.message.recipient.strip().lower()}


def _of_a_mail(case: Case, finding: Finding) -> Finding:
    """What became of a mail without telling to whom it went, or what about."""
    fate = _FATES.get(finding.code)
    message = case.message
    if fate is None or message is None or finding.evidence[0].fact.partition(" to ")[0] != f"mail {message.id}":
        return finding
    return replace(
        finding,
        statement=f"Mail {message.id} did not go to {case.email}: it went to another address, and {fate}.",
        evidence=(Evidence("mail", f"mail {message.id}: {message.status}"),),
        action=None,
    )


def _hidden(case: Case) -> Iterator[tuple[str, str]]:
    """What is replaced by which words; what the person who asks has named himself is not."""
    held = () if case.installation is None else case.installation.tokens
    named = {case.subject.order_number, case.subject.account_id, case.subject.license_id, case.subject.token}
    for order in _all(case):
        if order.number not in named:
            yield f"order {order.number}", "the order"
            yield f"Order {order.number}", "The order"
            yield order.number, "of the order"
        if order.received is not None and order.received.account_id not in named:
            yield order.received.account_id, "of the order"
    for license_ in case.licenses:
        if license_.license_id not in named:
            yield license_.license_id, "of the order"
    for token in [*case.tokens, *case.tokens_there]:
        if token.token not in named and token.token not in held:
            yield f"token {token.token}", "the customer's token"
            yield f"Token {token.token}", "The customer's token"
            yield token.token, "another one"


def _discreet(case: Case, finding: Finding, hidden: dict[str, str]) -> Finding:
    """A finding without addresses, licenses and dates; a call stays where the staff make it and it tells nothing."""
    action = finding.action
    if action is not None and (
        action.caller != "producer" or action.body is not None or any(value in action.path for value in hidden)
    ):
        action = None
    restated = _RESTATED
    if case.installation is None and case.subject.token is None:
        restated = {**_RESTATED, **_RESTATED_OF_SITES}
    if finding.code in restated:
        statement, fact = restated[finding.code]
        evidence: tuple[Evidence, ...] = (Evidence(finding.evidence[0].system, fact),)
    else:
        statement = _without(case, finding.statement, hidden)
        evidence = tuple(replace(one, fact=_without(case, one.fact, hidden)) for one in finding.evidence)
    return replace(
        finding,
        statement=statement,
        evidence=evidence,
        remedy=_without(case, finding.remedy, hidden),
        action=action,
    )


def _without(case: Case, text: str, hidden: dict[str, str]) -> str:
    """A sentence without what is none of his business, in which nobody's number or address stands but his own."""
    own = {account.icn for account in case.accounts}
    told = text
    for value, words in hidden.items():
        told = told.replace(value, words)
    told = _ICN.sub(lambda found: found[0] if found[1] in own else "another customer", told)
    told = _ORDER.sub(
        lambda found: (
            found[0] if found[2] in _own_orders(case) else "Another order" if found[1] == "O" else "another order"
        ),
        told,
    )
    told = _ADDRESS.sub(lambda found: found[0] if found[0].lower() == case.email else "somebody else", told)
    return told[:1].upper() + told[1:] if text[:1].isupper() else told


def _own_orders(case: Case) -> set[str | None]:
    """The orders that the person who asks has named, or that are his business."""
    return {case.subject.order_number, *(order.number for order in case.orders if not is_foreign(case, order))}
