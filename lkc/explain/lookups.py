"""What a question looks up: each thing once, and for all orders in question together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Generic, TypeVar

from lkc.world.models import Event
from lkc.world.session import WorldSession
from lkc.world.timeline import latest_of
from onetrust.products.facts import InstallationFacts, installations_with_token
from onetrust.tokens.facts import (
    EntitlementFacts,
    TokenFacts,
    entitlements_by_order,
    entitlements_of,
    received_submissions,
    tokens_of,
)

Fact = TypeVar("Fact")


class Lookup(Generic[Fact]):
    """Facts by key, each asked for once, and together with the others that are known to be wanted.

    Args:
        ask: gives what is known for some keys; those for which there is nothing are left out.
    """

    def __init__(self, ask: Callable[[list[str]], Mapping[str, Fact]]) -> None:
        self._ask = ask
        self._known: dict[str, Fact | None] = {}

    def want(self, keys: Iterable[str]) -> None:
        """Asks for all of these that were not asked for yet."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._known]
        if missing:
            found = self._ask(missing)
            self._known.update((key, found.get(key)) for key in missing)

    def get(self, key: str, among: Iterable[str] = ()) -> Fact | None:
        """What is known for a key, or None; where it was not asked for yet, these others are asked for with it."""
        if key not in self._known:
            self.want([key, *among])
        return self._known[key]


class Lookups:
    """What is known of the orders, tokens and events that one question is about; the world stays as it is meanwhile.

    Attributes:
        tokens: the token of a customer number.
        submissions: the number of an order's submission that the token service received last.
        brought: what the lines of an order entitle to, by line.
        offered: everything that a token entitles to.
        places: the installations at which a token was entered.
    """

    def __init__(self, world: WorldSession) -> None:
        self._world = world
        self._events: dict[tuple[object, ...], Lookup[Event]] = {}
        self.tokens: Lookup[TokenFacts] = Lookup(partial(tokens_of, world))
        self.submissions: Lookup[int] = Lookup(partial(received_submissions, world))
        self.brought: Lookup[list[EntitlementFacts]] = Lookup(partial(entitlements_by_order, world))
        self.offered: Lookup[list[EntitlementFacts]] = Lookup(
            lambda tokens: {token: entitlements_of(world, token) for token in tokens}
        )
        self.places: Lookup[list[InstallationFacts]] = Lookup(
            lambda tokens: {token: installations_with_token(world, token) for token in tokens}
        )

    def events(self, kinds: tuple[str, ...], key: str, after: int = 0, to: str | None = None) -> Lookup[Event]:
        """The latest event of these kinds for each value of a business key, as `latest_of` finds it."""
        which = (kinds, key, after, to)
        if which not in self._events:
            self._events[which] = Lookup(partial(latest_of, self._world, kinds, key, after=after, to=to))
        return self._events[which]
