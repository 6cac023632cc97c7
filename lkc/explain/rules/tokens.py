"""Tokens at products: none, one that nobody knows, or those of other accounts (Q9, Q16, Q18)."""

from __future__ import annotations

from collections.abc import Iterator

from lkc.explain.case import Case
from lkc.explain.connections import domains_of, people_of
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.explain.rules.entitlements import brought_by, is_within_reach, listed, path_of, token_behind, told_of, upcoming
from lkc.explain.rules.serial_numbers import waits_for_numbers
from lkc.ordering.facts import namesakes_of, orders_of
from lkc.world.timeline import latest_event
from onetrust.products.facts import InstallationFacts
from onetrust.tokens.facts import EntitlementFacts, TokenFacts, find_token

# How many customer numbers of one name, and how many orders of each, are looked at.
FEW = 5


def unknown_token(case: Case) -> Iterator[Finding]:
    """A token was entered that the token service does not know, misspelt for instance (Q16)."""
    for installation in case.installations if case.installation or case.asks_for_unknown_token else []:
        for token in installation.tokens:
            named = case.subject.token in {None, token} or case.installation is not None
            if named and find_token(case.world, token) is None:
                yield _of_nobody(case, installation, token, "")


def misspelt_token(case: Case) -> Iterator[Finding]:
    """What was entered is nearly the token of an order in question: somebody has mistyped it (Q16)."""
    if case.installation is not None or case.subject.token is not None:
        return
    told_of_already: set[str] = set()
    for order in case.orders:
        right = None if order.is_cancelled else token_behind(case, order)
        if right is None or right.token in told_of_already or is_within_reach(case, order):
            continue
        told_of_already.add(right.token)
        for token, places in _misspellings(case, right.token):
            nearly = f" Token {right.token}, under which order {order.number} is, looks much like it."
            for installation in places:
                yield _of_nobody(case, installation, token, nearly)


def _misspellings(case: Case, right: str) -> Iterator[tuple[str, list[InstallationFacts]]]:
    """Tokens that nobody has and that are nearly this one, and where they were entered."""
    for token in case.tokens_entered:
        if is_nearly(token, right) and find_token(case.world, token) is None:
            yield token, case.places_with(token)


def is_nearly(token: str, right: str) -> bool:
    """Whether a token differs by two digits at most (also two that changed places), or by one too many or too few."""
    if len(token) == len(right):
        return 0 < sum(one != other for one, other in zip(token, right, strict=True)) <= 2
    short, long = sorted((token, right), key=len)
    return len(long) - len(short) == 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def _of_nobody(case: Case, installation: InstallationFacts, token: str, nearly: str) -> Finding:
    failed = latest_event(case.world, "retrieval-failed", installation=installation.id, token=token)
    return Finding(
        question=16,
        code="token-unknown",
        statement=f"The token {token} that was entered at {installation.name} is nobody's: the token service does not "
        f"know it, so nothing can be retrieved with it.{nearly}",
        evidence=(
            Evidence("onetrust", f"no customer has the token {token}"),
            told(failed)
            if failed is not None
            else Evidence("products", f"{installation.name} has the token {token} and has not tried it yet"),
        ),
        remedy="Take it out, and enter the token as MyISS shows it; where it does not, open a service request.",
        action=Action("DELETE", f"{path_of(installation)}/tokens/{token}", None, "nobody"),
    )


def _waiting_for(case: Case, token: str) -> InstallationFacts | None:
    """Where a token is to be entered: where it was mistyped, else at the first SiteProtector."""
    misspelt = next((places[0] for _, places in _misspellings(case, token) if places), None)
    return misspelt or case.first_siteprotector


def under_another_token(case: Case) -> Iterator[Finding]:
    """The entitlements of an order belong to a token that was not entered (documented: Q18)."""
    installation = case.installation
    if installation is None or case.subject.order_number is None or not installation.takes_tokens:
        return
    for order in case.orders:
        token = token_behind(case, order)
        if token is None or not installation.tokens or token.token in installation.tokens:
            continue
        yield Finding(
            question=18,
            code="under-another-token",
            statement=f"Order {order.number} belongs to ICN {token.icn}, whose token {token.token} is not entered at "
            f"{installation.name}.",
            evidence=(
                Evidence("onetrust", f"ICN {token.icn} has token {token.token}"),
                Evidence("products", f"tokens at {installation.name}: {', '.join(installation.tokens)}"),
            ),
            remedy="Enter that token as well; a product takes tokens of several accounts.",
            action=_entering(installation, token.token),
        )


def under_a_namesakes_token(case: Case) -> Iterator[Finding]:
    """The company has another customer number with a token of its own, which was entered nowhere (documented: Q18)."""
    if case.subject.order_number is not None:
        return
    for installation in case.installations:
        known = [found for token in installation.tokens if (found := find_token(case.world, token)) is not None]
        if not installation.takes_tokens:
            continue
        for own in known:
            for other, offered in _tokens_of_namesakes(case, own):
                yield _of_a_namesake(case, installation, own, other, offered)


def token_not_entered(case: Case) -> Iterator[Finding]:
    """Lines for the token service need the token at the product, once (documented: Q9)."""
    chosen = case.installation
    for order in case.orders:
        token = token_behind(case, order)
        brought = brought_by(case, order)
        if token is None or not brought or order.is_cancelled or is_within_reach(case, order):
            continue
        if (chosen is not None and (chosen.tokens or not chosen.takes_tokens)) or waits_for_numbers(case, order):
            continue
        waiting = chosen or _waiting_for(case, token.token)
        yield Finding(
            question=9,
            code="token-not-entered",
            statement=f"What order {order.number} brings comes with token {token.token}, which is entered at no "
            "product yet.",
            evidence=(
                Evidence("onetrust", f"ICN {token.icn} has token {token.token}"),
                *(Evidence("onetrust", told_of(one)) for one in brought),
            ),
            remedy="Enter the token at the SiteProtector, once; later orders need nothing more.",
            action=None if waiting is None else _entering(waiting, token.token),
        )


def _tokens_of_namesakes(case: Case, own: TokenFacts) -> Iterator[tuple[TokenFacts, list[EntitlementFacts]]]:
    """Tokens of customers with the same name and people of the same mail domain, that are entered nowhere."""
    domains: set[str] | None = None
    for icn in namesakes_of(case.world, own.icn, FEW):
        token = case.lookups.tokens.get(icn)
        if token is None or case.places_with(token.token):
            continue
        offered = upcoming(case.entitlements_of(token.token), case.today)
        domains = domains_of(orders_of(case.world, own.icn, FEW)) if domains is None else domains
        if offered and domains & domains_of(orders_of(case.world, icn, FEW)):
            yield token, offered


def _of_a_namesake(
    case: Case, installation: InstallationFacts, own: TokenFacts, other: TokenFacts, offered: list[EntitlementFacts]
) -> Finding:
    """Whoever asks for himself is told the other token only where it is his business."""
    people = {email for order in orders_of(case.world, other.icn, FEW) for email in people_of(order)}
    may_know = case.email is None or case.email in people
    token = f"token {other.token}" if may_know else "a token of its own"
    return Finding(
        question=18,
        code="under-another-token",
        statement=f"ICN {other.icn} is of the same company as ICN {own.icn} and has {token}, which is entered at no "
        f"product: what was ordered under that number does not come to {installation.name}.",
        evidence=(
            Evidence("ordering", f"ICN {own.icn} and ICN {other.icn} have one name, and people of one mail domain"),
            Evidence("onetrust", f"ICN {other.icn} has {token}" + (f": {listed(offered)}" if may_know else "")),
        ),
        remedy="Enter that token as well, if what is missing was ordered under it; a product takes tokens of several "
        "accounts.",
        action=_entering(installation, other.token) if may_know else None,
    )


def _entering(installation: InstallationFacts, token: str) -> Action:
    return Action("POST", f"{path_of(installation)}/tokens", {"token": token}, "nobody")
