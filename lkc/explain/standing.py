"""How somebody who asks stands to what he asks about."""

from __future__ import annotations

from lkc.explain.case import Case, OrderCase, Subject
from lkc.explain.connections import people_of
from lkc.ordering.facts import orders_of
from onetrust.myiss.facts import has_account
from onetrust.tokens.facts import TokenFacts

# How many of a customer's latest orders are looked through.
LOOKED_AT = 50


def asks_of_himself(case: Case) -> bool:
    """Whether an address is all that is named."""
    return case.email is not None and case.subject == Subject(email=case.subject.email)


def is_named_by(case: Case, order: OrderCase) -> bool:
    """Whether an order has the person who asks as its contact or as a registered end user."""
    is_contact = order.booked is not None and order.booked.document.contact.email.lower() == case.email
    return is_contact or case.is_enrolled(order)


def is_foreign(case: Case, order: OrderCase) -> bool:
    """Whether an order is none of the business of the person who asks: it does not name him, nor is he on its account.

    Where nobody in particular asks, nothing is foreign.
    """
    if case.email is None or is_named_by(case, order):
        return False
    if order.received is not None:
        return order.received.account_id not in {account.account_id for account in case.accounts}
    pairs = {(account.icn, account.name) for account in case.accounts}
    return order.booked is None or (order.booked.document.icn, order.booked.document.customer_name) not in pairs


def is_strange(case: Case, token: TokenFacts) -> bool:
    """Whether a token is of a customer with whom the person who asks has no business on record.

    He is on none of its accounts, no late order of it names him, and he has no account of it in MyISS.
    """
    if case.email is None or token.icn in {account.icn for account in case.accounts}:
        return False
    if has_account(case.world, case.email, token.icn):
        return False
    return not any(case.email in people_of(order) for order in orders_of(case.world, token.icn, LOOKED_AT))
