"""What cannot be arranged or played."""

from __future__ import annotations

from collections.abc import Sequence

from lkc.world.refusals import Refused


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


class WorldNotEmpty(Refused):
    """A case is arranged in a world in which nothing has happened yet."""

    code = "world-not-empty"
    remedy = (
        "Make a new world from `empty`, or one in which the case is arranged already (`scenario:NN/CASE`). A reset"
        " helps only in a world that was made from `empty`."
    )

    def __init__(self, world: str) -> None:
        super().__init__(f"Something has happened in world {world!r} already.", world=world)


class CannotArrange(Refused):
    """A step of a case's arrangement did not do what it should."""

    code = "cannot-arrange"
    remedy = "Look at the step and at the journal of the world; the case and this version do not fit together."


STATUSES = {"unknown-case": 404, "unknown-question": 404, "world-not-empty": 409, "cannot-arrange": 500}
