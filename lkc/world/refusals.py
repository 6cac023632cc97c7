"""What is refused, and why: the exceptions that carry a code, the documented question and a way out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar


class Refused(Exception):
    """An expected "no": nothing of the call is kept, and the caller learns why and what to do.

    Args:
        detail: what was wrong this time, in a sentence of our own.
        members: the values involved; they stand as members in a problem document.

    Attributes:
        code: stable name of the refusal, e.g. `quantity-zero`.
        question: number (1-19) of the documented support question, or None.
        remedy: what helps, as a sentence.
        keeps_work: True where the refusal itself must be remembered (a failed sign-in), so that what
            was written before it is committed.
    """

    code: ClassVar[str] = "refused"
    question: ClassVar[int | None] = None
    remedy: ClassVar[str] = ""
    keeps_work: ClassVar[bool] = False

    def __init__(self, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members


class UnknownWorld(Refused):
    """No world has this name (or none can have it)."""

    code = "unknown-world"
    remedy = "List the worlds with GET /_sim/worlds, or create this one with POST /_sim/worlds."

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no world named {name!r}.", world=name)


class WorldExists(Refused):
    """A world of this name is already there."""

    code = "world-exists"
    remedy = "Choose another name, or delete or reset the world that has it."

    def __init__(self, name: str) -> None:
        super().__init__(f"A world named {name!r} exists already.", world=name)


class InvalidWorldName(Refused):
    """A name that no world can have."""

    code = "validation"
    remedy = "Use 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or a digit."

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} cannot be the name of a world.",
            errors=[{"field": "name", "message": "not a world name", "received": name}],
        )


class NewerWorld(Refused):
    """The world's file was written by a later version of the simulator."""

    code = "newer-world"
    remedy = "Start the version of the simulator that wrote it, or a later one."

    def __init__(self, name: str, revision: str) -> None:
        super().__init__(f"World {name!r} has data format {revision}, which this version does not know.", world=name)


class DamagedWorld(Refused):
    """The world's file is lost, or is none that a world can be read from."""

    code = "damaged-world"
    remedy = "Delete the world, or put its file back into the data directory; all others can be used."

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"The file of world {name!r} cannot be read ({reason}).", world=name)


class WorldReplaced(Refused):
    """The world was reset, or deleted and made anew, while a call worked in it by steps."""

    code = "world-replaced"
    remedy = "Begin the call again; what it had done before is gone with the former world."

    def __init__(self, name: str) -> None:
        super().__init__(f"World {name!r} was replaced while this call worked in it.", world=name)


class ClockBackwards(Refused):
    """The clock of a world never goes back: what has happened would not have happened yet."""

    code = "clock-backwards"
    remedy = "Reset the world, or go on from a copy that was made before that moment."

    def __init__(self, now: str, wanted: str) -> None:
        super().__init__(f"The world's clock shows {now}; it cannot go back to {wanted}.", now=now, received=wanted)


class TooManyWaiting(Refused):
    """All places for blocking waits are taken."""

    code = "too-many-waiting"
    remedy = "Ask again without waiting, or after some other wait has ended."

    def __init__(self, places: int) -> None:
        super().__init__(f"{places} calls are waiting already, and no more can.", places=places)


class TooManyDelayed(Refused):
    """All places for calls that a fault delays are taken."""

    code = "too-many-delayed"
    remedy = "Call again when some delayed calls have been answered, or take the latency back: DELETE /_sim/faults."

    def __init__(self, places: int) -> None:
        super().__init__(f"{places} calls are being delayed already, and no more can; nothing was done.", places=places)


class NotJson(Refused):
    """A body of another kind where JSON is wanted, or none."""

    code = "not-json"
    remedy = (
        "Add the header Content-Type: application/json (with curl: -H 'Content-Type: application/json'); where no body"
        " is wanted, an empty one will do."
    )


class LengthRequired(Refused):
    """A body without a length, of a kind that does not show where it ends."""

    code = "length-required"
    remedy = "Send it with Content-Length. Bodies of JSON may come in chunks: they show where they end."

    def __init__(self) -> None:
        super().__init__("A body that comes in chunks does not show here whether it came whole.")


@dataclass(frozen=True, slots=True)
class Basic:
    """Name and password by HTTP Basic are wanted."""

    remedy: str = "Send the right name and password by HTTP Basic."

    def challenge(self, realm: str) -> str:
        """The value of WWW-Authenticate."""
        return f'Basic realm="{realm}", charset="UTF-8"'


@dataclass(frozen=True, slots=True)
class Bearer:
    """A token in the header Authorization is wanted."""

    remedy: str

    def challenge(self, realm: str) -> str:
        """The value of WWW-Authenticate."""
        return f'Bearer realm="{realm}"'


class Unauthenticated(Refused):
    """No credential came with the call, or one that is not right.

    Args:
        detail: what was missing or wrong.
        realm: for what the credential would be.
        wanted: of which kind it must be.
    """

    code = "invalid-credentials"
    keeps_work = True

    def __init__(self, detail: str, realm: str, wanted: Basic | Bearer | None = None) -> None:
        super().__init__(detail)
        way = wanted or Basic()
        self.remedy = way.remedy  # type: ignore[misc] # what helps depends on what is wanted
        self.challenge = way.challenge(realm)


class Invalid(Refused):
    """What arrived has mistakes; every one of them is named.

    Args:
        errors: one mapping a mistake with `field` (empty for the whole), `message` and, where it helps, `received`.
    """

    code = "validation"
    remedy = "Correct the named fields and send the request again."

    def __init__(self, *errors: dict[str, Any]) -> None:
        first = errors[0]
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        where = f"{first['field']}: " if first["field"] else ""
        super().__init__(f"{where}{first['message']}{more}", errors=list(errors))


# What interfaces over HTTP answer to the kernel's own refusals.
STATUSES = {
    "unknown-world": 404,
    "world-exists": 409,
    "newer-world": 409,
    "damaged-world": 503,
    "world-replaced": 409,
    "clock-backwards": 409,
    "too-many-waiting": 503,
    "too-many-delayed": 503,
    "wrong-preference": 400,
    "not-json": 415,
    "length-required": 411,
    "invalid-credentials": 401,
    "validation": 422,
}
