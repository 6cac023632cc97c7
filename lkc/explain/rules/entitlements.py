"""What a token entitles to, and what an installation has of it (Q9, Q16, Q17, Q18)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding
from lkc.feed import ONETRUST
from lkc.world.timeline import latest_event
from onetrust.products.facts import EntitlementFacts as HeldFacts
from onetrust.products.facts import InstallationFacts, installations_with_serial_number
from onetrust.tokens.facts import EntitlementFacts, TokenFacts, entitlements_of_appliance

WHY_IT_FAILED = {
    "no-internet": "it did not get out to the Internet",
    "token-unknown": "the token service does not know its token",
    "serial-number-unknown": "the token service does not know its serial number",
    "token-service-failed": "the token service did not answer with entitlements",
    "answer-not-genuine": "the answer was not signed by the token service",
}
# Failures whose causes have findings of their own.
TOLD_BY_OTHERS = frozenset({"no-internet", "token-unknown", "serial-number-unknown"})


@dataclass(frozen=True, slots=True)
class Source:
    """A token, or the serial number of an appliance, and everything that it entitles to.

    Attributes:
        name: e.g. `token 123`, as it stands within a sentence.
    """

    name: str
    value: str
    offered: list[EntitlementFacts]


def sources_of(case: Case, installation: InstallationFacts) -> list[Source]:
    """With what an installation retrieves (documented: swg21435290)."""
    number = installation.serial_number
    if installation.uses_serial_number and number is not None:
        return [Source(f"serial number {number}", number, entitlements_of_appliance(case.world, number))]
    return [_of_token(case, token) for token in installation.tokens]


def sources_in_question(case: Case) -> list[Source]:
    """The token that is named, or what the installations in question retrieve with."""
    if case.token is not None:
        return [_of_token(case, case.token.token)]
    found = [source for installation in case.installations for source in sources_of(case, installation)]
    return list({source.name: source for source in found}.values())


def entered_somewhere(case: Case, order: OrderCase) -> bool:
    """Whether the token that an order's lines are under is entered at a product."""
    token = token_behind(case, order)
    return token is not None and bool(case.places_with(token.token))


def is_within_reach(case: Case, order: OrderCase) -> bool:
    """Whether all that an order brings belongs to a token that is entered, or to appliances that are installed."""
    if order.booked is None or entered_somewhere(case, order):
        return True
    token = token_behind(case, order)
    registered = None if token is None else token.serial_number
    lines = [line for line in order.booked.document.lines if line.delivery == ONETRUST]
    numbers = [line.serial_number or registered for line in lines]
    places = [installations_with_serial_number(case.world, number) if number else [] for number in numbers]
    return all(any(place.uses_serial_number for place in found) for found in places)


def brought_by(case: Case, order: OrderCase) -> list[EntitlementFacts]:
    """What the token service has of an order: no line that was rejected, or has quantity 0."""
    return [one for one in case.lookups.brought.get(order.number) or [] if one.quantity > 0]


def upcoming(held: list[EntitlementFacts], today: str) -> list[EntitlementFacts]:
    """Of each product the entitlements with the first date that has not passed (documented: Q17)."""
    valid = [one for one in held if one.quantity > 0 and one.expiration_date >= today]
    first = {one.product: one.expiration_date for one in reversed(valid)}
    return [one for one in valid if one.expiration_date == first[one.product]]


def no_internet(case: Case) -> Iterator[Finding]:
    """An installation that does not reach the Internet retrieves nothing (documented: Q2, Q17, Q18)."""
    for installation in case.installations:
        if _retrieves_with_something(installation) and not installation.gets_out:
            proxy = installation.proxy if installation.internet else None
            yield Finding(
                question=18,
                code="no-internet",
                statement=f"{installation.name} does not reach the token service: "
                + (f"its proxy {proxy} leads nowhere." if proxy else "it has no Internet access."),
                evidence=(
                    Evidence(
                        "products",
                        f"{installation.name} is set to go by proxy {proxy}"
                        if proxy
                        else f"{installation.name} has no way to the Internet",
                    ),
                    *last_retrieval(installation),
                ),
                remedy=f"{'Put its proxy right' if proxy else 'Give the product a way to the Internet'}, then prompt "
                "it to retrieve its entitlements.",
                action=Action("PUT", f"{path_of(installation)}/network", {"internet": True}, "nobody"),
            )


def not_retrieved(case: Case) -> Iterator[Finding]:
    """What the token service has now was not retrieved yet: that happens only when prompted (documented: Q17).

    Whoever asks for an order only need do nothing before the next prompt (documented: Q9), unless that could not
    work, or what the product holds is over. Before it reaches the Internet there is no call that helps.
    """
    for_order = case.subject.token is None and case.installation is None
    for installation in case.installations:
        for source in sources_of(case, installation):
            offered = upcoming(source.offered, case.today)
            news = _news(installation, offered)
            failed = _failure(case, installation, source)
            if not news and (failed is None or failed in TOLD_BY_OTHERS):
                continue
            if for_order and installation.gets_out and failed is None and not _is_over(case, installation, news):
                continue
            yield Finding(
                question=17,
                code="not-retrieved",
                statement=_not_retrieved(installation, source, news, failed),
                evidence=(
                    Evidence("onetrust", f"{source.name} now entitles to: {listed(offered)}"),
                    Evidence("products", f"{installation.name} holds: {listed(installation.entitlements)}"),
                    *last_retrieval(installation),
                ),
                remedy="Prompt the product to retrieve its entitlements."
                if installation.gets_out
                else "First let it reach the Internet again; then prompt the product to retrieve its entitlements.",
                action=Action("POST", f"{path_of(installation)}/retrieve", None, "nobody")
                if installation.gets_out
                else None,
            )


def _news(installation: InstallationFacts, offered: list[EntitlementFacts]) -> list[EntitlementFacts]:
    """What is offered and not held; what an appliance gets by its number may come from any token."""
    held = {(one.product, one.quantity, one.expiration_date, one.token) for one in installation.entitlements}
    by_number = {one[:3] for one in held} if installation.uses_serial_number else set()
    return [one for one in offered if _key(one) not in held and _key(one)[:3] not in by_number]


def _is_over(case: Case, installation: InstallationFacts, news: list[EntitlementFacts]) -> bool:
    """Whether of a product that has something new all that an installation holds has passed."""
    held = [one for one in installation.entitlements if one.product in {new.product for new in news}]
    return bool(held) and all(one.expiration_date < case.today for one in held)


def _failure(case: Case, installation: InstallationFacts, source: Source) -> str | None:
    """The code with which the last retrieval with a token or serial number failed, or None where it did not."""
    if installation.last_failure is None or len(installation.tokens) < 2:
        return installation.last_failure
    kinds = ("retrieval-failed", "entitlements-retrieved")
    event = latest_event(case.world, *kinds, installation=installation.id, token=source.value)
    failed = None if event is None or event.kind != "retrieval-failed" else json.loads(event.subject)["code"]
    return None if failed is None else str(failed)


def _not_retrieved(
    installation: InstallationFacts, source: Source, news: list[EntitlementFacts], failed: str | None
) -> str:
    if failed is not None and failed not in TOLD_BY_OTHERS:
        missing = f" {beginning(source.name)} now entitles it to: {listed(news)}." if news else ""
        return f"The last retrieval of {installation.name} failed: {WHY_IT_FAILED.get(failed, failed)}.{missing}"
    return f"{installation.name} has not yet retrieved what {source.name} now entitles it to: {listed(news)}."


def nothing_left(case: Case) -> Iterator[Finding]:
    """A token all of whose dates have passed, or whose orders were cancelled, entitles to nothing (documented: Q17)."""
    for source in sources_in_question(case):
        if source.offered and not upcoming(source.offered, case.today):
            passed = [one.expiration_date for one in source.offered if one.quantity]
            why = (
                f"has no date left that lies ahead; the last was {max(passed)}"
                if passed
                else "entitles to nothing: whatever was ordered under it has quantity 0, as after a cancellation"
            )
            yield _nothing_left(f"{beginning(source.name)} {why}.", source.offered[-3:])
    if case.subject.token is None and case.installation is None:
        yield from _nothing_after(case)


def _nothing_after(case: Case) -> Iterator[Finding]:
    """Orders that have ended without another of the same product under their token."""
    told = {source.name for source in sources_in_question(case) if not upcoming(source.offered, case.today)}
    ended: dict[tuple[str, str], list[EntitlementFacts]] = {}
    for order in case.orders:
        token = None if order.is_cancelled else token_behind(case, order)
        source = None if token is None else _of_token(case, token.token)
        if source is None or source.name in told:
            continue
        alive = {one.product for one in upcoming(source.offered, case.today)}
        for one in brought_by(case, order):
            if one.product not in alive:
                ended.setdefault((source.name, one.product), []).append(one)
    for (name, product), held in ended.items():
        statement = f"{beginning(name)} has no date left that lies ahead for {product}"
        yield _nothing_left(f"{statement}; the last was {max(one.expiration_date for one in held)}.", held[-3:])


def _nothing_left(statement: str, held: list[EntitlementFacts]) -> Finding:
    return Finding(
        question=17,
        code="nothing-left",
        statement=statement,
        evidence=tuple(Evidence("onetrust", told_of(one)) for one in held),
        remedy="Renew the service contract; a new order brings new entitlements under the same token.",
    )


def _of_token(case: Case, token: str) -> Source:
    return Source(f"token {token}", token, case.entitlements_of(token))


def _retrieves_with_something(installation: InstallationFacts) -> bool:
    by_number = installation.uses_serial_number and installation.serial_number is not None
    return by_number or bool(installation.takes_tokens and installation.tokens)


def _key(one: EntitlementFacts) -> tuple[str, int, str, str]:
    return (one.product, one.quantity, one.expiration_date, one.token)


def token_behind(case: Case, order: OrderCase) -> TokenFacts | None:
    """The token under which an order's lines for the token service are, once it has been handed over."""
    booked = order.booked
    if booked is None or not booked.document.has(ONETRUST) or not booked.document.submission:
        return None
    return case.lookups.tokens.get(booked.document.icn)


def beginning(text: str) -> str:
    """Words as they stand at the beginning of a sentence."""
    return text[:1].upper() + text[1:]


def path_of(installation: InstallationFacts) -> str:
    """The path of an installation."""
    return f"/products/api/v1/installations/{installation.id}"


def last_retrieval(installation: InstallationFacts) -> tuple[Evidence, ...]:
    """When an installation retrieved something last, and why the last try failed, if it did."""
    moment = installation.last_retrieval
    when = (
        f"{installation.name} retrieved last at {moment}"
        if moment
        else f"{installation.name} has never retrieved anything"
    )
    code = installation.last_failure
    failed = f"; the last try failed: {WHY_IT_FAILED.get(code, code)}" if code else ""
    return (Evidence("products", when + failed),)


def listed(found: Iterable[EntitlementFacts | HeldFacts]) -> str:
    """Entitlements in words."""
    return ", ".join(f"{one.quantity} x {one.product} until {one.expiration_date}" for one in found) or "nothing"


def told_of(one: EntitlementFacts) -> str:
    """An entitlement in words, with its order."""
    return f"order {one.order_number}: {one.quantity} x {one.product} until {one.expiration_date}"
