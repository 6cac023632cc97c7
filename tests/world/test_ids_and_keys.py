"""Numbers, secrets and keys follow from a world's seed, and from nothing else."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidSignature
from hypothesis import given
from hypothesis import strategies as st

from lkc.world.ids import Ids
from lkc.world.keys import public_keys, signer


@given(st.integers(0, 2**53), st.sampled_from(["ocn", "account", "token"]), st.integers(2, 4))
def test_scattered_numbers_never_come_twice(seed: int, kind: str, digits: int) -> None:
    """All numbers of a length come before one comes again."""
    ids = Ids(seed, "w", {})

    drawn = [ids.scattered(kind, digits) for _ in range(min(10**digits, 1500))]

    assert len(set(drawn)) == len(drawn)
    assert {len(number) for number in drawn} == {digits}


@given(st.integers(0, 2**53))
def test_rising_numbers_rise_from_a_start_of_the_seeds_own(seed: int) -> None:
    """A later number is always the higher one."""
    ids = Ids(seed, "w", {})

    drawn = [ids.rising("key") for _ in range(5)]

    assert drawn == list(range(drawn[0], drawn[0] + 5))
    assert 1_000 < drawn[0] < 91_002


def test_the_same_seed_gives_the_same_numbers_and_secrets() -> None:
    """Seed, world and order of asking decide."""
    first, second, other = Ids(1, "w", {}), Ids(1, "w", {}), Ids(2, "w", {})

    def ask(ids: Ids) -> list[str]:
        return [ids.scattered("ocn", 8), str(ids.rising("order")), ids.secret("session", "ann")]

    assert ask(first) == ask(second)
    assert not set(ask(other)) & set(ask(Ids(1, "w", {})))


def test_secrets_differ_by_world_owner_and_count() -> None:
    """Nobody holds a secret that fits elsewhere by chance."""
    here, there = Ids(1, "here", {}), Ids(1, "there", {})

    drawn = [here.secret("ann"), here.secret("ann"), there.secret("ann"), Ids(1, "here", {}).secret("bob")]

    assert len(set(drawn)) == 4


def test_a_signature_verifies_with_the_published_key() -> None:
    """The key set names the key by its kid; another seed's or system's key does not fit."""
    mine, other = signer(1, "keycenter"), signer(1, "onetrust")
    keys = public_keys({"keys": [mine.jwk(), other.jwk(), {"kty": "RSA", "kid": "x"}]})

    keys[mine.kid].verify(mine.sign(b"data"), b"data")

    assert set(keys) == {mine.kid, other.kid}
    assert signer(2, "keycenter").kid != mine.kid
    with pytest.raises(InvalidSignature):
        keys[other.kid].verify(mine.sign(b"data"), b"data")
