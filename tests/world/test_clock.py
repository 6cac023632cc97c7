"""The clock of a world."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from lkc.world.clock import Clock, Mode, from_micros, real_micros, stamp, to_micros
from lkc.world.refusals import ClockBackwards, Invalid

NOON = datetime(2014, 3, 3, 12, tzinfo=UTC)


def test_micros_and_moments_are_the_same_thing() -> None:
    """A moment survives the way to microseconds and back; one without a zone is UTC."""
    assert from_micros(to_micros(NOON)) == NOON
    assert to_micros(NOON.replace(tzinfo=None)) == to_micros(NOON)
    assert stamp(NOON.astimezone(timezone(timedelta(hours=5)))) == "2014-03-03T12:00:00Z"


def test_a_frozen_clock_stands_and_a_running_one_runs() -> None:
    """Freezing keeps what the clock shows; running goes on from there."""
    clock = Clock(Mode.RUNNING, to_micros(NOON), real_micros() - 5_000_000)
    assert clock.now() >= NOON + timedelta(seconds=5)

    clock.switch(Mode.FROZEN)
    frozen = clock.now()

    assert clock.now() == frozen
    clock.switch(Mode.RUNNING)
    assert clock.now() >= frozen


def test_real_time_that_goes_back_does_not_take_the_world_along() -> None:
    """An anchor in the future, as after a correction of the machine's clock, shows the base."""
    clock = Clock(Mode.RUNNING, to_micros(NOON), real_micros() + 60_000_000)

    assert clock.now() == NOON


def test_setting_back_is_refused() -> None:
    """The refusal names both moments."""
    clock = Clock(Mode.FROZEN, to_micros(NOON), 0)

    with pytest.raises(ClockBackwards, match="2014-03-03T12:00:00Z") as refusal:
        clock.set(NOON - timedelta(seconds=1))

    assert refusal.value.members == {"now": "2014-03-03T12:00:00Z", "received": "2014-03-03T11:59:59Z"}
    assert clock.now() == NOON


def test_a_clock_that_begins_anew_may_begin_earlier() -> None:
    """For a world in which nothing has happened yet; a running clock runs on from there."""
    frozen, running = Clock(Mode.FROZEN, to_micros(NOON), 0), Clock(Mode.RUNNING, to_micros(NOON), real_micros())

    for clock in (frozen, running):
        clock.begin(NOON - timedelta(days=90))

    assert frozen.now() == NOON - timedelta(days=90)
    assert NOON - timedelta(days=90) <= running.now() < NOON - timedelta(days=89)


@pytest.mark.parametrize("mode", [Mode.FROZEN, Mode.RUNNING])
def test_the_second_that_is_shown_is_no_step_back(mode: Mode) -> None:
    """What the clock shows can be set again, though it has gone on within the second; it does not go back for that."""
    clock = Clock(mode, to_micros(NOON) + 900_000, real_micros() + 60_000_000)

    clock.set(NOON)

    assert clock.now() >= NOON + timedelta(microseconds=900_000)


def test_a_running_clock_advances_by_nothing() -> None:
    """A duration is added to the moment it is added at: nothing is no step back."""
    clock = Clock(Mode.RUNNING, to_micros(NOON), real_micros())

    clock.advance(timedelta())
    clock.advance(timedelta(seconds=5))

    assert NOON + timedelta(seconds=5) <= clock.now() < NOON + timedelta(seconds=65)


def test_the_end_of_time_is_told() -> None:
    """However far beyond it somebody wants to go."""
    clock = Clock(Mode.FROZEN, to_micros(NOON), 0)

    for days in (80_000, 10_000_000):
        with pytest.raises(Invalid, match="ends in 2200"):
            clock.advance(timedelta(days=days))
