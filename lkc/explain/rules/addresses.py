"""One person under two addresses: as contact of an order under the one, as its registered end user under the other."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase, key_file_orders
from lkc.explain.findings import Action, Evidence, Finding
from lkc.feed import OrderDocument, Person


def under_another_address(case: Case) -> Iterator[Finding]:
    """Somebody's address is misspelt where the key center has it, so that it does not know the right one (Q7, Q10)."""
    for order in key_file_orders(case):
        other = None if case.email is None else other_address(order, case.email)
        if other is None or order.is_cancelled or case.is_enrolled(order):
            continue
        yield Finding(
            question=10,
            code="address-differs",
            statement=f"Order {order.number} has two addresses for one person: {case.email} as contact, {other} as "
            "registered end user. The key center knows only the second.",
            evidence=(
                Evidence("ordering", f"order {order.number}: contact {case.email}, registered end user {other}"),
                Evidence("keycenter", f"order {order.number} enrols {other}"),
            ),
            remedy="Have the address put right in the order, and the order submitted again.",
            action=readdressing(order, other, case.email or ""),
        )


def other_address(order: OrderCase, email: str) -> str | None:
    """The other address that an order has for the person of this one, or None; letter case counts in neither.

    One name is one person only where the contact is no registered end user and one other address has that name:
    else there are namesakes, and nobody's address may be put in the place of another's.
    """
    if order.booked is None:
        return None
    contact, *people = _people_of(order.booked.document)
    own = contact.email.lower()
    others = {person.email.lower(): person.email for person in people if _folded(person.name) == _folded(contact.name)}
    if any(person.email.lower() == own for person in people) or len(others) != 1:
        return None
    [(folded, other)] = others.items()
    return {own: other, folded: contact.email}.get(email.lower())


def readdressing(order: OrderCase, wrong: str, right: str) -> Action:
    """One call that puts an address right wherever an order has it, and submits the order."""
    contact, *people = (
        {"name": person.name, "email": right if person.email.lower() == wrong.lower() else person.email}
        for person in _people_of(order.booked.document)  # type: ignore[union-attr] # that is where the address stands
    )
    body = {"contact": contact, "registered_end_users": people}
    return Action("PATCH", f"/ordering/api/v1/orders/{order.number}?submit=true", body)


def _people_of(document: OrderDocument) -> list[Person]:
    return [document.contact, *document.registered_end_users]


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
