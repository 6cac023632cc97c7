"""Appliances that the token service does not know by their serial number (Q5; documented: swg21435290)."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding
from lkc.explain.rules.entitlements import entered_somewhere, last_retrieval, token_behind
from lkc.explain.rules.licenses import as_patched
from lkc.feed import ONETRUST, DocumentLine
from lkc.world.session import WorldSession
from onetrust.products.facts import InstallationFacts, installations_with_serial_number, serial_numbers_of_kind
from onetrust.products.kinds import Kind
from onetrust.tokens.facts import knows_appliance

# How the catalogue names what is entitled by the serial number of an appliance.
APPLIANCES = "(M and MX series"


def unknown_serial_number(case: Case) -> Iterator[Finding]:
    """The token service entitles an appliance by a serial number that it must know (documented: swg21435290)."""
    for installation in case.installations:
        if not _is_unknown(case.world, installation):
            continue
        incomplete = [(order, line) for order in case.orders for line in _without_number(case, order)]
        if incomplete:
            for order, line in incomplete:
                yield _missing(order, line, installation, _completion(order, line, installation))
        else:
            number = installation.serial_number
            yield Finding(
                question=5,
                code="serial-number-unknown",
                statement=f"The token service does not know serial number {number} of {installation.name}, so the "
                "appliance is entitled to nothing.",
                evidence=(
                    Evidence("onetrust", f"no order that has arrived names serial number {number}, and no token does"),
                    *last_retrieval(installation),
                ),
                remedy="Have the serial number put into the line of the order, and the order submitted again; or have "
                "it registered with the customer's token.",
            )


def missing_serial_number(case: Case) -> Iterator[Finding]:
    """A line for an appliance that names no serial number entitles none (documented: swg21435290)."""
    if case.installation is not None:
        return
    waiting = [order for order in case.orders if waits_for_numbers(case, order)]
    only = _only_one_waiting(case.world) if waiting else None
    for order in waiting:
        for line in _without_number(case, order):
            yield _missing(order, line, only, None if only is None else _completion(order, line, only))


def waits_for_numbers(case: Case, order: OrderCase) -> bool:
    """Whether all that an order has for the token service is for appliances, and none of it reaches one."""
    if order.booked is None or order.is_cancelled or entered_somewhere(case, order):
        return False
    lines = [line for line in order.booked.document.lines if line.delivery == ONETRUST and line.quantity]
    without = _without_number(case, order)
    return bool(without) and all(APPLIANCES in line.product for line in lines) and len(without) == len(lines)


def _without_number(case: Case, order: OrderCase) -> list[DocumentLine]:
    """The lines for the token service that have arrived there without a serial number."""
    token = token_behind(case, order)
    if order.booked is None or order.is_cancelled or token is None or token.serial_number is not None:
        return []
    lines = order.booked.document.lines
    return [one for one in lines if one.delivery == ONETRUST and one.quantity and one.serial_number is None]


def _only_one_waiting(world: WorldSession) -> InstallationFacts | None:
    """The appliance whose serial number the token service does not know; None where there are several, or none."""
    numbers = serial_numbers_of_kind(world, Kind.MX_APPLIANCE)
    unknown = (number for number in numbers if not knows_appliance(world, number))
    first, second = next(unknown, None), next(unknown, None)
    if first is None or second is not None:
        return None
    return next(one for one in installations_with_serial_number(world, first) if one.uses_serial_number)


def _is_unknown(world: WorldSession, installation: InstallationFacts) -> bool:
    number = installation.serial_number
    return installation.uses_serial_number and number is not None and not knows_appliance(world, number)


def _missing(
    order: OrderCase, line: DocumentLine, installation: InstallationFacts | None, action: Action | None
) -> Finding:
    whose = "the appliance" if installation is None else installation.name
    seen = () if installation is None else last_retrieval(installation)
    return Finding(
        question=5,
        code="serial-number-unknown",
        statement=f"Line {line.line_number} of order {order.number} names no serial number, and {whose} is entitled by "
        "its serial number: it gets nothing of the order.",
        evidence=(
            Evidence("ordering", f"line {line.line_number}, {line.product}: no serial number"),
            *seen,
        ),
        remedy="Have the serial number put into the line of the order, and the order submitted again.",
        action=action,
    )


def _completion(order: OrderCase, line: DocumentLine, installation: InstallationFacts) -> Action | None:
    """The call that puts the number into the only line that lacks one; which of several is meant nobody knows."""
    lines = [] if order.booked is None else list(order.booked.document.lines)
    if len([one for one in lines if one.delivery == ONETRUST and one.quantity and one.serial_number is None]) != 1:
        return None
    body = [as_patched(one) | ({"serial_number": installation.serial_number} if one is line else {}) for one in lines]
    return Action("PATCH", f"/ordering/api/v1/orders/{order.number}?submit=true", {"lines": body})
