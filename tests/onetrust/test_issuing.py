"""Which token a customer number gets."""

from __future__ import annotations

from lkc.world.ids import Ids
from lkc.world.store import Origin
from onetrust.tokens.issuing import DIGITS
from tests.builders import ICN, line, part, submitted
from tests.wire import PRODUCER, Wire

TOKENS = "/onetrust/api/v1/tokens"


def next_tokens(count: int) -> list[str]:
    """The tokens that a fresh world would give out first."""
    ids = Ids(Origin().seed, "any", {})
    return [ids.scattered("token", DIGITS) for _ in range(count)]


def test_a_token_given_by_hand_is_given_to_nobody_else(wire: Wire) -> None:
    """A token that somebody holds already is passed over, for an order as for a registration."""
    first, second, third = next_tokens(3)
    for icn, token in (("1111111", first), ("2222222", second)):
        wire.value(wire.post(TOKENS, {"icn": icn, "token": token}, PRODUCER), 201)

    submitted(wire, lines=[line(part_number=part("onetrust"))])
    registered = wire.value(wire.post(TOKENS, {"icn": "3333333"}, PRODUCER), 201)

    tokens = {entry["icn"]: entry["token"] for entry in wire.value(wire.get(TOKENS, PRODUCER))}
    assert tokens[ICN] == third
    assert registered["token"] not in {first, second, third}
