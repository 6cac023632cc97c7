"""What a token entitles to, and what an installation has of it (Q9, Q16, Q17, Q18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding
from lkc.feed import ONETRUST
from lkc.world.session import WorldSession
from onetrust.products.facts import EntitlementFacts as HeldFacts
from onetrust.products.facts import (
    InstallationFacts,
    installations_of_kind,
    installations_with_serial_number,
    installations_with_token,
)
from onetrust.products.kinds import Kind
from onetrust.tokens.facts import (
    EntitlementFacts,
    TokenFacts,
    entitlements_by_order,
    entitlements_of,
    entitlements_of_appliance,
    knows_appliance,
    token_of,
)


@dataclass(frozen=True, slots=True)
class Source:
    """A token, or the serial number of an appliance, and everything that it entitles to."""

    name: str
    offered: list[EntitlementFacts]


def sources_of(world: WorldSession, installation: InstallationFacts) -> list[Source]:
    """With what an installation retrieves (documented: swg21435290)."""
    number = installation.serial_number
    if installation.uses_serial_number and number is not None:
        return [Source(f"Serial number {number}", entitlements_of_appliance(world, number))]
    return [_of_token(world, token) for token in installation.tokens]


def sources_in_question(case: Case) -> list[Source]:
    """The token that is named, or what the installations in question retrieve with."""
    if case.token is not None:
        return [_of_token(case.world, case.token.token)]
    found = [source for installation in case.installations for source in sources_of(case.world, installation)]
    return list({source.name: source for source in found}.values())


def is_within_reach(world: WorldSession, order: OrderCase) -> bool:
    """Whether all that an order brings belongs to a token that is entered, or to appliances that are installed."""
    token = _token_of(world, order)
    if order.booked is None or (token is not None and installations_with_token(world, token.token)):
        return True
    registered = None if token is None else token.serial_number
    lines = [line for line in order.booked.document.lines if line.delivery == ONETRUST]
    numbers = [line.serial_number or registered for line in lines]
    places = [installations_with_serial_number(world, number) if number else [] for number in numbers]
    return all(any(place.uses_serial_number for place in found) for found in places)


def brought_by(world: WorldSession, order: OrderCase) -> list[EntitlementFacts]:
    """What the token service has of an order: no line that was rejected, or has quantity 0."""
    return [one for one in entitlements_by_order(world, order.number) if one.quantity > 0]


def upcoming(held: list[EntitlementFacts], today: str) -> list[EntitlementFacts]:
    """Of each product the entitlements with the first date that has not passed (documented: Q17)."""
    valid = [one for one in held if one.quantity > 0 and one.expiration_date >= today]
    first = {one.product: one.expiration_date for one in reversed(valid)}
    return [one for one in valid if one.expiration_date == first[one.product]]


def no_internet(case: Case) -> Iterator[Finding]:
    """An installation that does not reach the Internet retrieves nothing (documented: Q2, Q17, Q18)."""
    for installation in case.installations:
        if _retrieves_with_something(installation) and not installation.gets_out:
            proxy = f", proxy {installation.proxy}" if installation.proxy else ""
            why = (
                f"its proxy {installation.proxy} leads nowhere"
                if installation.internet
                else "it has no Internet access"
            )
            yield Finding(
                question=18,
                code="no-internet",
                statement=f"{installation.name} does not reach the token service: {why}.",
                evidence=(
                    Evidence("products", f"{installation.name}: Internet {_on(installation.internet)}{proxy}"),
                    *_last(installation),
                ),
                remedy="Check the network connection and the proxy.",
                action=Action("PUT", f"{_path(installation)}/network", {"internet": True}, "nobody"),
            )


def not_retrieved(case: Case) -> Iterator[Finding]:
    """What the token service has now was not retrieved yet: that happens only when prompted (documented: Q17).

    Whoever asks for an order only need do nothing before the next prompt (documented: Q9), unless it could not work.
    """
    for_order = case.token is None and case.installation is None
    for installation in case.installations:
        if for_order and installation.gets_out and installation.last_failure is None:
            continue
        held = {(one.product, one.quantity, one.expiration_date, one.token) for one in installation.entitlements}
        by_number = {one[:3] for one in held} if installation.uses_serial_number else set()
        for source in sources_of(case.world, installation):
            offered = upcoming(source.offered, case.today)
            news = [one for one in offered if _key(one) not in held and _key(one)[:3] not in by_number]
            if news:
                yield Finding(
                    question=17,
                    code="not-retrieved",
                    statement=f"{source.name} now entitles to something else than {installation.name} has retrieved: "
                    f"{_listed(news)}.",
                    evidence=(
                        Evidence("onetrust", f"{source.name} now: {_listed(offered)}"),
                        Evidence("products", f"{installation.name} holds: {_listed(installation.entitlements)}"),
                        *_last(installation),
                    ),
                    remedy="Prompt the product to retrieve its entitlements.",
                    action=Action("POST", f"{_path(installation)}/retrieve", None, "nobody"),
                )


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
            yield Finding(
                question=17,
                code="nothing-left",
                statement=f"{source.name} {why}.",
                evidence=tuple(Evidence("onetrust", _told(one)) for one in source.offered[-3:]),
                remedy="Renew the service contract; a new order brings new entitlements under the same token.",
            )


def under_another_token(case: Case) -> Iterator[Finding]:
    """The entitlements of an order belong to a token that was not entered (documented: Q18)."""
    installation = case.installation
    if installation is None or case.subject.order_number is None or not installation.takes_tokens:
        return
    for order in case.orders:
        token = _token_of(case.world, order)
        if token is None or not installation.tokens or token.token in installation.tokens:
            continue
        yield Finding(
            question=18,
            code="under-another-token",
            statement=f"Order {order.number} belongs to ICN {token.icn}, whose token {token.token} is not entered at "
            f"{installation.name}.",
            evidence=(
                Evidence("onetrust", f"ICN {token.icn} has token {token.token}"),
                Evidence("products", f"{installation.name} has: {', '.join(installation.tokens)}"),
            ),
            remedy="Enter that token as well; a product takes tokens of several accounts.",
            action=Action("POST", f"{_path(installation)}/tokens", {"token": token.token}, "nobody"),
        )


def token_not_entered(case: Case) -> Iterator[Finding]:
    """Lines for the token service need the token at the product, once (documented: Q9)."""
    chosen = case.installation
    for order in case.orders:
        token = _token_of(case.world, order)
        brought = brought_by(case.world, order)
        if token is None or not brought or order.is_cancelled or is_within_reach(case.world, order):
            continue
        if chosen is not None and (chosen.tokens or not chosen.takes_tokens):
            continue
        waiting = chosen or next(iter(installations_of_kind(case.world, Kind.SITEPROTECTOR)), None)
        yield Finding(
            question=9,
            code="token-not-entered",
            statement=f"Order {order.number} brings entitlements under token {token.token}, which is entered at no "
            "product.",
            evidence=(
                Evidence("onetrust", f"ICN {token.icn} has token {token.token}"),
                *(Evidence("onetrust", _told(one)) for one in brought),
            ),
            remedy="Enter the token at the SiteProtector, once; later orders need nothing more.",
            action=None
            if waiting is None
            else Action("POST", f"{_path(waiting)}/tokens", {"token": token.token}, "nobody"),
        )


def unknown_serial_number(case: Case) -> Iterator[Finding]:
    """The token service entitles an appliance by a serial number that it must know (documented: swg21435290)."""
    for installation in case.installations:
        number = installation.serial_number
        if not installation.uses_serial_number or number is None or knows_appliance(case.world, number):
            continue
        token = next(iter(case.tokens), None)
        yield Finding(
            question=5,
            code="serial-number-unknown",
            statement=f"No order names serial number {number} of {installation.name}, and no token is registered with "
            "it: it is entitled to nothing.",
            evidence=(Evidence("onetrust", f"nothing belongs to serial number {number}"), *_last(installation)),
            remedy="Have the serial number registered with the customer's token, or put into the order.",
            action=None
            if token is None
            else Action("POST", "/onetrust/api/v1/tokens", {"icn": token.icn, "serial_number": number}),
        )


def _of_token(world: WorldSession, token: str) -> Source:
    return Source(f"Token {token}", entitlements_of(world, token))


def _retrieves_with_something(installation: InstallationFacts) -> bool:
    by_number = installation.uses_serial_number and installation.serial_number is not None
    return by_number or bool(installation.takes_tokens and installation.tokens)


def _key(one: EntitlementFacts) -> tuple[str, int, str, str]:
    return (one.product, one.quantity, one.expiration_date, one.token)


def _token_of(world: WorldSession, order: OrderCase) -> TokenFacts | None:
    """The token under which an order's lines for the token service are, once it has been handed over."""
    booked = order.booked
    if booked is None or not booked.document.has(ONETRUST) or not booked.document.submission:
        return None
    return token_of(world, booked.document.icn)


def _path(installation: InstallationFacts) -> str:
    return f"/products/api/v1/installations/{installation.id}"


def _on(state: bool) -> str:  # noqa: FBT001 - a word for a state
    return "on" if state else "off"


def _last(installation: InstallationFacts) -> tuple[Evidence, ...]:
    failed = f"; the last try failed: {installation.last_failure}" if installation.last_failure else ""
    return (Evidence("products", f"last retrieval: {installation.last_retrieval or 'never'}{failed}"),)


def _listed(found: Iterable[EntitlementFacts | HeldFacts]) -> str:
    return ", ".join(f"{one.quantity} x {one.product} until {one.expiration_date}" for one in found) or "nothing"


def _told(one: EntitlementFacts) -> str:
    return f"order {one.order_number}: {one.quantity} x {one.product} until {one.expiration_date}"
