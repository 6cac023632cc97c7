"""What helps somebody whose case cannot go on in a world: true for each way in which the world can have begun."""

from __future__ import annotations

from collections.abc import Sequence

from lkc.scenarios.cases import Case
from lkc.world.session import WorldSession
from lkc.world.snapshots import Checkpoint

EMPTY, SCENARIO = "empty", "scenario:"

_ORIGIN = "SELECT origin FROM world"


def instead(world: WorldSession, case: Case) -> str:
    """Where the case can be arranged, if not in this world as it is."""
    return _joined([*_by_reset(world, case), _elsewhere(case)])


def after_an_interruption(world: WorldSession, case: Case, checkpoints: Sequence[Checkpoint], reasons: set[str]) -> str:
    """How to go on where a case was left halfway.

    Args:
        world: where it was.
        case: what was arranged or played.
        checkpoints: what can be undone, the last first.
        reasons: the checkpoints that lie before it.
    """
    ways = []
    places = [place for place, found in enumerate(checkpoints) if found.reason in reasons]
    if places:
        times = "" if places[0] == 0 else f", called {places[0] + 1} times,"
        ways.append(f"POST /_sim/undo{times} leads back to the moment before it.")
    return _joined([*ways, *_by_reset(world, case), _elsewhere(case)])


def can_begin_again(world: WorldSession, case: Case | None = None) -> bool:
    """Whether a reset leads this world back to where a case can be played from: to nothing, or to its arrangement."""
    (origin,) = world.driver.execute(_ORIGIN).fetchone()
    return origin == EMPTY or (case is not None and origin == f"{SCENARIO}{case.id}")


def began_as_a_case(world: WorldSession) -> bool:
    """Whether a world was made for a case, so that another one may take its place."""
    (origin,) = world.driver.execute(_ORIGIN).fetchone()
    return bool(origin.startswith(SCENARIO))


def _by_reset(world: WorldSession, case: Case) -> list[str]:
    (origin,) = world.driver.execute(_ORIGIN).fetchone()
    reset = f"POST /_sim/worlds/{world.name}/reset"
    if origin == EMPTY:
        return [f"{reset} empties this world, for any case."]
    if origin == f"{SCENARIO}{case.id}":
        return [f"{reset} leads back to the moment at which the case is arranged, to be played from there."]
    return []


def _elsewhere(case: Case) -> str:
    return f'POST /_sim/worlds with {{"from": "{SCENARIO}{case.id}"}} makes a new world in which it is arranged.'


def _joined(ways: list[str]) -> str:
    return " Or: ".join(ways)
