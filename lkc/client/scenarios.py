"""The documented support questions as cases that can be played."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

from lkc.client.connection import Connection
from lkc.client.paths import path_of


class Case(TypedDict):
    """A case of a question; its id is such as `13/date-format`."""

    id: str
    title: str


class Question(TypedDict):
    """A documented question, 1 to 19."""

    question: int
    title: str
    slug: str
    cases: list[Case]


class WholeQuestion(Question):
    """A documented question with the texts of its page by heading."""

    page: dict[str, str]


class Made(TypedDict):
    """A call that was made, with what is needed to make it again.

    `caller` is `producer`, `nobody`, `control`, or an address, whose `password` stands beside it; `file` is a name for
    the file that was sent or came back.
    """

    method: str
    path: str
    body: Any
    file: str | None
    caller: str
    password: str | None


class PlayedStep(TypedDict):
    """A step that was played: whether the answer was as expected, what was called, what came back."""

    phase: str
    verb: str
    text: str
    ok: bool
    calls: list[str]
    requests: list[Made]
    seen: str


class Played(TypedDict):
    """What was played, and whether all of it went as the case says."""

    ok: bool
    steps: list[PlayedStep]


class CaseShown(TypedDict, total=False):
    """The case of a world.

    `page` is the page on which the customer sees it, None before it is arranged; `person` and `password` sign in there,
    None where nobody has to. A case that this version does not know has its id only.
    """

    id: str
    title: str
    question: int
    customer: str
    page: str | None
    person: str | None
    password: str | None


class CaseHere(TypedDict):
    """The case of the world: the last phase that is done, those ahead, and what is in work or was left halfway.

    `failed` counts the steps so far that were not answered as the case expects.
    """

    case: CaseShown | None
    phase: str | None
    ahead: list[str]
    doing: str | None
    interrupted: bool
    failed: int


class Scenarios:
    """The cases; one is arranged in an untouched world, and played on from where it stands.

    Raises Refused (`world-not-empty`, `already-played`, `play-interrupted`).
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def list(self) -> Sequence[Question]:
        """All questions with their cases."""
        found: list[Question] = self._connection.control("GET", "/scenarios")
        return found

    def question(self, number: int) -> WholeQuestion:
        """A question by its number, with its page and its cases."""
        found: WholeQuestion = self._connection.control("GET", path_of("scenarios", number))
        return found

    def get(self, case: str) -> dict[str, Any]:
        """A case with its texts and steps."""
        found: dict[str, Any] = self._connection.control("GET", _path(case))
        return found

    def here(self) -> CaseHere:
        """Which case is in the world, and how far it is played."""
        found: CaseHere = self._connection.control("GET", "/scenarios/here")
        return found

    def arrange(self, case: str) -> Played:
        """Brings about what a case such as `13/date-format` begins with."""
        done: Played = self._connection.control("POST", _path(case, "arrange"))
        return done

    def play(self, case: str, *, until: str = "outcome") -> Played:
        """Plays a case from where it stands up to its `symptom`, `remedy` or `outcome`; only new steps are told."""
        done: Played = self._connection.control("POST", _path(case, "play"), {"until": until})
        return done


def _path(case: str, *verb: str) -> str:
    return path_of("scenarios", *case.split("/"), *verb)
