"""How far the case of a world is: claiming it for work, and keeping what was done."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, select, update

from lkc.scenarios.cases import PHASES, Case
from lkc.scenarios.models import StageRow
from lkc.scenarios.stage import NOBODY, SavedFile, Stage, saved
from lkc.world.clock import Mode
from lkc.world.database import Prepared
from lkc.world.faults import ORDERED, TAKEN_BACK
from lkc.world.models import Event
from lkc.world.session import WorldSession

ARRANGE, PLAY = "arrange", "play"
FILE = "base64"

_FIND = Prepared(
    lambda: select(
        StageRow.case_id,
        StageRow.phase,
        StageRow.doing,
        StageRow.worker,
        StageRow.request_id,
        StageRow.kept,
        StageRow.passwords,
        StageRow.failed,
    )
)
_DELETE = Prepared(lambda: delete(StageRow))
_LEAVE = Prepared(lambda: update(StageRow).values(worker="").where(StageRow.worker == bindparam("mine")))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The case of a world.

    Attributes:
        phase: the last that is done; empty before the first.
        doing: `arrange` or `play` while that is in work, or was left halfway; else empty.
        worker: who does it, as process and generation.
        request_id: of the call that does it.
        kept: what steps have kept, by name.
        passwords: by address.
        failed: how many steps so far were not answered as the case expects.
    """

    case_id: str
    phase: str = ""
    doing: str = ""
    worker: str = ""
    request_id: str = ""
    kept: dict[str, Any]
    passwords: dict[str, str]
    failed: int = 0

    @property
    def ahead(self) -> tuple[str, ...]:
        """The phases that are not done."""
        return PHASES[PHASES.index(self.phase) + 1 :] if self.phase else PHASES


def standing_of(world: WorldSession) -> Standing | None:
    """The case of a world, if there is any."""
    found = world.row(_FIND)
    if found is None:
        return None
    case_id, phase, doing, worker, request_id, kept, passwords, failed = found
    return Standing(
        case_id=case_id,
        phase=phase,
        doing=doing,
        worker=worker,
        request_id=request_id,
        kept={name: _as_kept(value) for name, value in orjson.loads(kept).items()},
        passwords=orjson.loads(passwords),
        failed=failed,
    )


def is_untouched(world: WorldSession) -> bool:
    """Whether nothing has happened in a world; that a fault was ordered, or taken back, changes nothing yet."""
    if not world.ids.counters.get("event", 0):
        return True
    happened = select(Event.id).where(Event.kind.not_in([ORDERED, TAKEN_BACK])).limit(1)
    return world.orm.scalar(happened) is None


def begin(world: WorldSession, case: Case) -> Standing:
    """Lets an untouched world begin at the moment of a case, which may lie before the one that its clock shows.

    Where it shows another one, the timeline tells.
    """
    shown = world.clock.stamp()
    world.clock.begin(case.at)
    world.clock.switch(Mode.FROZEN)
    if world.clock.stamp() != shown:
        text = f"The clock, which showed {shown}, was set to {world.clock.stamp()}, when its case begins."
        world.record("world", "clock-changed", text, now=world.clock.stamp(), mode=Mode.FROZEN.value)
    return Standing(case_id=case.id, kept={}, passwords={})


def claim(world: WorldSession, standing: Standing, doing: str, worker: str) -> None:
    """Notes that a case is in work, and whose."""
    _write(world, standing, standing.phase, doing=doing, worker=worker, request_id=world.exchange.request_id)


def note(world: WorldSession, stage: Stage, standing: Standing, phase: str, *, doing: str, worker: str) -> None:
    """Notes that a phase is done, with what its steps have kept; `doing` is empty where it was the last for now."""
    failed = standing.failed + stage.failed
    told = Standing(case_id=standing.case_id, kept=stage.kept, passwords=stage.passwords, failed=failed)
    request_id = world.exchange.request_id if doing else ""
    _write(world, told, phase, doing=doing, worker=worker if doing else "", request_id=request_id)


def leave(world: WorldSession, worker: str) -> None:
    """Notes that nobody works on the case any more, although it is not at an end."""
    world.run(_LEAVE, mine=worker)


def _write(world: WorldSession, standing: Standing, phase: str, **more: str) -> None:
    world.run(_DELETE)
    world.insert(
        StageRow,
        id=1,
        case_id=standing.case_id,
        phase=phase,
        kept=orjson.dumps(standing.kept, default=_as_text).decode(),
        passwords=orjson.dumps(standing.passwords).decode(),
        failed=standing.failed,
        **more,
    )


def _as_text(content: SavedFile) -> dict[str, str]:
    """The bytes of a file that was kept, in a form that JSON knows, and how it was saved."""
    return {FILE: base64.b64encode(content).decode(), "path": content.path, "caller": content.caller}


def _as_kept(value: Any) -> Any:
    if not isinstance(value, dict) or FILE not in value:
        return value
    return saved(base64.b64decode(value[FILE]), value.get("path", "FILE"), value.get("caller", NOBODY))
