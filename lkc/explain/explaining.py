"""Explaining: the rules in the order in which a support engineer would look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from lkc.explain.case import Case, Subject
from lkc.explain.discretion import drop_what_is_foreign, told_to
from lkc.explain.findings import Finding
from lkc.explain.rules import (
    addresses,
    entitlements,
    installations,
    licenses,
    mails,
    membership,
    nothing_wrong,
    orders,
    people,
    serial_numbers,
    support,
    tokens,
)
from lkc.world.session import WorldSession

# The call by which what is late arrives.
ADVANCE = "/_sim/clock/advance"
Rule = Callable[[Case], Iterable[Finding]]

CAUSES: tuple[Rule, ...] = (
    support.refused_at_the_desk,
    support.in_the_general_queue,
    support.incomplete,
    orders.not_submitted,
    orders.lost_on_the_way,
    orders.still_on_the_way,
    orders.not_resubmitted,
    orders.cancelled,
    mails.one_mail,
    mails.order_mails,
    people.not_on_the_order,
    addresses.under_another_address,
    membership.wrong_pair,
    people.on_no_account,
    mails.password_mails,
    mails.expired_link,
    people.on_another_account,
    membership.last_administrator,
    membership.not_administrator,
    licenses.wrong_date,
    licenses.quantity_zero,
    licenses.product_ended,
    licenses.service_lapsed,
    licenses.rejected_line,
    installations.nothing_there,
    installations.not_read,
    installations.stale_file,
    installations.too_many_agents,
    entitlements.no_internet,
    tokens.unknown_token,
    tokens.misspelt_token,
    serial_numbers.unknown_serial_number,
    serial_numbers.missing_serial_number,
    tokens.token_not_entered,
    tokens.under_another_token,
    tokens.under_a_namesakes_token,
    entitlements.not_retrieved,
    entitlements.nothing_left,
    support.token_not_shown,
    support.wrong_ocn_password,
    support.another_ocn_or_icn,
)
# Asked only where no cause was found.
REASSURANCES: tuple[Rule, ...] = (
    nothing_wrong.address_of_ours,
    nothing_wrong.request_in_hand,
    nothing_wrong.genuine_mail,
    nothing_wrong.registered,
    nothing_wrong.members,
    nothing_wrong.ready_to_generate,
    nothing_wrong.which_date,
    nothing_wrong.token_in_myiss,
    nothing_wrong.nothing_to_do,
    nothing_wrong.comes_later,
    nothing_wrong.first_upcoming,
    nothing_wrong.how_licensed,
)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is found of a subject; where nothing is wrong, the findings say why it is as it is."""

    findings: list[Finding]
    is_wrong: bool


def explain(world: WorldSession, subject: Subject) -> list[Finding]:
    """Every cause on record that explains what is seen of a subject; where there is none, why it is as it is.

    Raises NothingKnown for a subject that no system knows.
    """
    return explanation_of(world, subject).findings


def explanation_of(world: WorldSession, subject: Subject) -> Explanation:
    """The same, and whether anything is wrong. Raises NothingKnown."""
    case = Case(world, subject)
    drop_what_is_foreign(case)
    causes = [finding for rule in CAUSES for finding in rule(case)]
    found = causes or [finding for rule in REASSURANCES for finding in rule(case)]
    told = told_to(case, list(_once(_in_turn(found or nothing_wrong.as_it_stands(case)))))
    return Explanation(told, bool(causes))


def _in_turn(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings with moments that rise: the clock goes on to each of them in turn, and never back."""
    latest = ""
    for finding in findings:
        action = finding.action
        if action is not None and action.path == ADVANCE and action.body is not None:
            latest = max(latest, action.body["to"])
            yield replace(finding, action=replace(action, body={"to": latest}))
        else:
            yield finding


def _once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Each cause once, also where two rules have come upon it."""
    seen = set()
    for finding in findings:
        if (finding.code, finding.statement) not in seen:
            seen.add((finding.code, finding.statement))
            yield finding
