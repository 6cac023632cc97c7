"""The tables of the scenarios: which case a world has in it, how far it is played, and what a learner answered."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from lkc.world.database import Base


class StageRow(Base):
    """The one case of a world, if there is any.

    `phase` is the last phase that is done, empty before the first; `doing` is what is in work (`arrange`, `play`),
    else empty, and only then `worker` (process and generation of the world) and `request_id` say whose work it is.
    `kept` and `passwords` are JSON objects of what the steps have kept; `failed` counts the steps so far whose answer
    was not as the case expects it.
    """

    __tablename__ = "scenarios_stage"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str]
    phase: Mapped[str] = mapped_column(default="")
    doing: Mapped[str] = mapped_column(default="")
    worker: Mapped[str] = mapped_column(default="")
    request_id: Mapped[str] = mapped_column(default="")
    kept: Mapped[str] = mapped_column(default="{}")
    passwords: Mapped[str] = mapped_column(default="{}")
    failed: Mapped[int] = mapped_column(default=0)


class ToldRow(Base):
    """What was told when a phase of the case was played, as a JSON object with `steps` and `findings`."""

    __tablename__ = "scenarios_told"

    phase: Mapped[str] = mapped_column(primary_key=True)
    told: Mapped[str]


class Kind(StrEnum):
    """What a step of whoever learns is.

    Attributes:
        ASKED: a quiz about a case begins.
        WRONG: a cause was named that is not the one.
        RIGHT: the cause was named.
        SHOWN: the cause was told without having been named.
        PLAYED: a lesson came to its outcome, in a world that was reset since.
    """

    ASKED = "asked"
    WRONG = "wrong"
    RIGHT = "right"
    SHOWN = "shown"
    PLAYED = "played"


class AnswerRow(Base):
    """A step of whoever learns in a world, in their order.

    `kind` is one of Kind; `said` is the case whose cause was named.
    """

    __tablename__ = "scenarios_answer"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    case_id: Mapped[str]
    kind: Mapped[str]
    said: Mapped[str] = mapped_column(default="")
