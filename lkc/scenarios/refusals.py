"""What cannot be arranged or played."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lkc.world.refusals import ClockBackwards, Refused


class UnknownCase(Refused):
    """No case has this name."""

    code = "unknown-case"
    remedy = "List the questions and their cases with GET /_sim/scenarios."

    def __init__(self, name: str, known: Sequence[str]) -> None:
        others = f" Its question has {', '.join(known)}." if known else ""
        super().__init__(f"There is no case {name!r}.{others}", case=name, known=list(known))


class UnknownQuestion(Refused):
    """No documented question has this number."""

    code = "unknown-question"
    remedy = "The questions are numbered 1 to 19; list them with GET /_sim/scenarios."

    def __init__(self, number: str) -> None:
        super().__init__(f"There is no question {number!r}.", received=number)


class NotHere(Refused):
    """A case cannot go on in this world; what helps depends on how the world began.

    Args:
        detail: why not.
        remedy: what helps in this world.
        members: the values involved.
    """

    def __init__(self, detail: str, remedy: str, **members: Any) -> None:
        super().__init__(detail, **members)
        self.remedy = remedy  # type: ignore[misc] # it depends on the world


class WorldNotEmpty(NotHere):
    """A case is arranged in a world in which nothing has happened yet, and played where it was arranged."""

    code = "world-not-empty"
    remedy = "Make a new world in which the case is arranged: POST /_sim/worlds with `from` `scenario:NN/CASE`."


class AlreadyPlayed(NotHere):
    """The case has been played up to this phase, or beyond."""

    code = "already-played"
    remedy = "Play on to a later phase, or make a new world in which the case is arranged."


class PlayInterrupted(NotHere):
    """Somebody arranged or played a case here, and has not come to an end: the process was killed."""

    code = "play-interrupted"
    remedy = "Go back to the moment before it with POST /_sim/undo, or make a new world in which the case is arranged."


class CannotArrange(Refused):
    """A step of a case's arrangement did not do what it should; the world is as it was before."""

    code = "cannot-arrange"
    remedy = "Report it with the case and the step; the case and this version do not fit together."


class BeforeTheCase(ClockBackwards):
    """A world is to begin before the day of the case that is arranged in it."""

    remedy = "Leave `at` out, or give that moment or a later one: the clock goes on to it once the case is arranged."

    def __init__(self, case: str, begins: str, wanted: str) -> None:
        super().__init__(begins, wanted)
        self.detail = f"Case {case} begins at {begins}; a world in which it is arranged cannot begin at {wanted}."
        self.members["case"] = case


STATUSES = {
    "unknown-case": 404,
    "unknown-question": 404,
    "world-not-empty": 409,
    "already-played": 409,
    "play-interrupted": 409,
    "cannot-arrange": 500,
}
