"""Numbers and secrets of a world: each follows from the seed and a counter, so every run gives the same."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

from lkc.world.keys import derive, unpadded


@lru_cache(maxsize=1024)
def _affine(seed: int, kind: str, digits: int) -> tuple[int, int]:
    """Factor and summand of a permutation of all numbers with so many digits.

    The factor is prime to 10, so no number comes twice before all have come.
    """
    modulus = 10**digits
    drawn = derive(seed, "affine", kind)
    factor = int.from_bytes(drawn[:12], "big") % modulus
    factor -= factor % 10
    return (factor + 7) % modulus, int.from_bytes(drawn[12:24], "big") % modulus


@lru_cache(maxsize=1024)
def _base(seed: int, kind: str) -> int:
    return 1_000 + int.from_bytes(derive(seed, "base", kind)[:4], "big") % 90_000


@dataclass(slots=True)
class Ids:
    """Gives out numbers; what was given out is written back when the session commits.

    Attributes:
        seed: the world's seed.
        world: the world's name; only secrets depend on it.
        counters: the last number given out, by kind.
        has_moved: whether a number was given out in this session.
    """

    seed: int
    world: str
    counters: dict[str, int]
    has_moved: bool = False

    def next(self, kind: str) -> int:
        """The next number of a kind: 1, 2, 3 ..."""
        value = self.counters.get(kind, 0) + 1
        self.counters[kind] = value
        self.has_moved = True
        return value

    def rising(self, kind: str) -> int:
        """The next number of a kind in a row that rises from a start of the seed's own (1,001 to 91,000)."""
        return _base(self.seed, kind) + self.next(kind)

    def scattered(self, kind: str, digits: int) -> str:
        """The next number of a kind as text of so many digits, without visible order, never twice."""
        factor, summand = _affine(self.seed, kind, digits)
        return f"{(self.next(kind) * factor + summand) % 10**digits:0{digits}d}"

    def secret(self, *purpose: str) -> str:
        """43 characters, safe in a URL, that follow from seed, world, purpose and a counter of their own.

        A simulator's secrets need not be secret, but nobody may hold one that fits by chance: worlds of
        the same seed give different ones, and so do different purposes (put the owner into it).
        """
        number = self.next("secret")
        message = "\x1f".join((self.world, str(number), *purpose)).encode()
        return unpadded(hmac.new(derive(self.seed, "secret"), message, hashlib.sha256).digest())
