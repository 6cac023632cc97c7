"""What a token entitles to, and what an installation has of it (Q9, Q16, Q17, Q18)."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding
from lkc.feed import ONETRUST
from lkc.world.session import WorldSession
from onetrust.products.facts import InstallationFacts, installations_of_kind, installations_with_token
from onetrust.products.kinds import Kind
from onetrust.tokens.facts import EntitlementFacts, TokenFacts, entitlements_of, token_of


def upcoming(held: list[EntitlementFacts], today: str) -> list[EntitlementFacts]:
    """Of each product the entitlements with the first date that has not passed (documented: Q17)."""
    valid = [one for one in held if one.quantity > 0 and one.expiration_date >= today]
    first = {one.product: one.expiration_date for one in reversed(valid)}
    return [one for one in valid if one.expiration_date == first[one.product]]


def no_internet(case: Case) -> Iterator[Finding]:
    """An installation that does not reach the Internet retrieves nothing (documented: Q2, Q17, Q18)."""
    for installation in case.installations:
        if installation.takes_tokens and not installation.gets_out:
            proxy = f", proxy {installation.proxy}" if installation.proxy else ""
            yield Finding(
                question=18,
                code="no-internet",
                statement=f"{installation.name} does not reach the token service: it has no Internet access{proxy}.",
                evidence=(
                    Evidence("products", f"{installation.name}: Internet {_on(installation.internet)}{proxy}"),
                    *_last(installation),
                ),
                remedy="Check the network connection and the proxy.",
                action=Action("PUT", f"{_path(installation)}/network", {"internet": True}, "nobody"),
            )


def not_retrieved(case: Case) -> Iterator[Finding]:
    """What the token service has now was not retrieved yet: that happens only when prompted (documented: Q17)."""
    for installation in case.installations:
        if not installation.takes_tokens:
            continue
        held = {(one.token, one.product, one.quantity, one.expiration_date) for one in installation.entitlements}
        for token in installation.tokens:
            offered = upcoming(entitlements_of(case.world, token), case.today)
            news = [one for one in offered if (token, one.product, one.quantity, one.expiration_date) not in held]
            if news:
                yield Finding(
                    question=17,
                    code="not-retrieved",
                    statement=f"Token {token} entitles to more than {installation.name} has retrieved: "
                    f"{_listed(news)}.",
                    evidence=(Evidence("onetrust", f"token {token} now: {_listed(offered)}"), *_last(installation)),
                    remedy="Prompt the product to retrieve its entitlements.",
                    action=Action("POST", f"{_path(installation)}/retrieve", None, "nobody"),
                )


def nothing_left(case: Case) -> Iterator[Finding]:
    """A token all of whose dates have passed entitles to nothing (documented: Q17)."""
    for token in _asked_about(case):
        held = entitlements_of(case.world, token)
        if held and not upcoming(held, case.today):
            last = max(one.expiration_date for one in held)
            yield Finding(
                question=17,
                code="nothing-left",
                statement=f"Token {token} has no date left that lies ahead; the last was {last}.",
                evidence=tuple(Evidence("onetrust", _told(one)) for one in held[-3:]),
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
        if token is None or order.is_cancelled or installations_with_token(case.world, token.token):
            continue
        if chosen is not None and chosen.tokens:
            continue
        waiting = chosen or next(iter(installations_of_kind(case.world, Kind.SITEPROTECTOR)), None)
        yield Finding(
            question=9,
            code="token-not-entered",
            statement=f"Order {order.number} brings entitlements under token {token.token}, which is entered at no "
            "product.",
            evidence=(Evidence("onetrust", f"ICN {token.icn} has token {token.token}"),),
            remedy="Enter the token at the SiteProtector, once; later orders need nothing more.",
            action=None
            if waiting is None
            else Action("POST", f"{_path(waiting)}/tokens", {"token": token.token}, "nobody"),
        )


def _asked_about(case: Case) -> list[str]:
    """The token that is named, or those that are entered at the installations in question."""
    if case.token is not None:
        return [case.token.token]
    return list(dict.fromkeys(token for installation in case.installations for token in installation.tokens))


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


def _listed(found: list[EntitlementFacts]) -> str:
    return ", ".join(f"{one.quantity} x {one.product} until {one.expiration_date}" for one in found) or "nothing"


def _told(one: EntitlementFacts) -> str:
    return f"order {one.order_number}: {one.quantity} x {one.product} until {one.expiration_date}"
