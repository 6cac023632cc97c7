"""What a bundle consists of: calls with their answers, and secrets that whoever plays them fills in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

FORMAT = 1
LARGEST_BUNDLE = 128 * 1024 * 1024
# How a secret stands in a call of a bundle.
PLACE = re.compile(r"\{secret:([^{}\s]{1,200})\}")


class Fill(StrEnum):
    """Where the value of a secret comes from when a bundle is played."""

    GIVEN = "given"
    MADE = "made"
    ANSWER = "answer"
    MAIL = "mail"
    PRODUCER = "producer"
    FORM = "form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Secret:
    """A secret of which a bundle has only the name.

    Attributes:
        name: by which calls refer to it, and under which its value is given.
        fill: where its value comes from.
        request: number of the call in whose answer it is, from 1.
        message: id of the mail in which it is.
        place: the so-manieth hidden value of that answer or mail, from 1.
        length: of a value that is made up and must have one; 0 where it need not.
        value: as it was given along with the bundle.
    """

    name: str
    fill: Fill
    request: int = 0
    message: str = ""
    place: int = 0
    length: int = 0
    value: str | None = None

    def written(self) -> str:
        """How it stands in a call."""
        return f"{{secret:{self.name}}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """An answer as far as it is compared.

    Attributes:
        status: None where the connection was dropped.
        location: where it leads to; empty for nowhere.
        body: its text, secrets hidden; None where it is not kept.
        is_whole: whether nothing is missing at the end of the body.
        faults: kinds of the faults that acted.
    """

    status: int | None
    location: str = ""
    body: str | None = None
    is_whole: bool = True
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call as it was made.

    Attributes:
        id: of its entry in the journal.
        began: microseconds of real time after the moment at which the bundle begins.
        ended: likewise.
        path: within the world, as WSGI has it.
        headers: those that matter.
        body: its text; None for none.
        answer: what came back.
    """

    id: str
    began: int
    ended: int
    method: str
    path: str
    query: str
    request_id: str
    headers: Mapping[str, str]
    body: str | None
    answer: Answered


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """A moment of a world, and the calls since.

    Attributes:
        version: of the simulator that saved it.
        world: the name that the world had.
        since: the moment at which it begins, for people.
        left_out: how many looks at pages could not be kept, as their sign-in is older.
    """

    version: str
    world: str
    since: str
    secrets: list[Secret] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    left_out: int = 0
