"""The table of the scenarios: which case a world has in it, and how far it is played."""

from __future__ import annotations

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
