"""Many guesses at once: no more are looked at than one after the other would be."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable

import pytest

from tests.builders import ANN, submitted, with_password
from tests.wire import Wire

AT_ONCE = 24
RIGHT = 17


def at_once(guess: Callable[[int], int]) -> list[int]:
    """What so many guesses at the same time give, each by its number."""
    barrier, statuses = threading.Barrier(AT_ONCE), [0] * AT_ONCE

    def work(number: int) -> None:
        barrier.wait()
        statuses[number] = guess(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


@pytest.mark.parametrize("way", ["reading", "writing", "signing in"])
def test_guesses_at_once_are_counted_like_guesses_in_turn(wire: Wire, way: str) -> None:
    """Five are told wrong, all others have to wait, on whatever way they come."""
    submitted(wire)
    ann = with_password(wire)
    assert wire.get("/lkc/api/v1/orders", ann).status_code == 200

    def guess(number: int) -> int:
        wrong = f"wrong {number}"
        if way == "reading":
            return wire.get("/lkc/api/v1/orders", (ANN, wrong)).status_code
        if way == "writing":
            return wire.post("/lkc/api/v1/licenses/L-1/generate", {}, (ANN, wrong)).status_code
        return wire.post("/lkc/api/v1/session", {"email": ANN, "password": wrong}).status_code

    statuses = at_once(guess)

    assert Counter(statuses) == {401: 5, 429: AT_ONCE - 5}
    assert wire.get("/lkc/api/v1/orders", ann).status_code == 429


def test_the_right_one_among_many_waits_its_turn(wire: Wire) -> None:
    """That this process knows it to be right does not let it overtake those that were wrong."""
    submitted(wire)
    ann = with_password(wire)
    assert wire.get("/lkc/api/v1/orders", ann).status_code == 200
    for number in range(5):
        assert wire.get("/lkc/api/v1/orders", (ANN, f"wrong {number}")).status_code == 401

    statuses = at_once(
        lambda number: wire.get("/lkc/api/v1/orders", ann if number == RIGHT else (ANN, f"w {number}")).status_code
    )

    assert Counter(statuses) == {429: AT_ONCE}
