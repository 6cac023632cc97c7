"""How far the case of a world is: claiming it for work, and keeping what was done."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import bindparam, delete, select, update

from lkc.scenarios.cases import PHASES, Case
from lkc.scenarios.models import StageRow
from lkc.scenarios.stage import Stage
from lkc.world.clock import Mode
from lkc.world.database import Prepared
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
    """

    case_id: str
    phase: str = ""
    doing: str = ""
    worker: str = ""
    request_id: str = ""
    kept: dict[str, Any]
    passwords: dict[str, str]

    @property
    def ahead(self) -> tuple[str, ...]:
        """The phases that are not done."""
        return PHASES[PHASES.index(self.phase) + 1 :] if self.phase else PHASES


def standing_of(world: WorldSession) -> Standing | None:
    """The case of a world, if there is any."""
    found = world.row(_FIND)
    if found is None:
        return None
    case_id, phase, doing, worker, request_id, kept, passwords = found
    return Standing(
        case_id=case_id,
        phase=phase,
        doing=doing,
        worker=worker,
        request_id=request_id,
        kept={name: _as_kept(value) for name, value in orjson.loads(kept).items()},
        passwords=orjson.loads(passwords),
    )


def is_untouched(world: WorldSession) -> bool:
    """Whether nothing has happened in a world."""
    return not world.ids.counters.get("event", 0)


def begin(world: WorldSession, case: Case) -> Standing:
    """Lets an untouched world begin at the moment of a case, which may lie before the one that its clock shows."""
    world.clock.begin(case.at)
    world.clock.switch(Mode.FROZEN)
    return Standing(case_id=case.id, kept={}, passwords={})


def claim(world: WorldSession, standing: Standing, doing: str, worker: str) -> None:
    """Notes that a case is in work, and whose."""
    _write(world, standing, standing.phase, doing=doing, worker=worker, request_id=world.exchange.request_id)


def note(world: WorldSession, stage: Stage, standing: Standing, phase: str, *, doing: str, worker: str) -> None:
    """Notes that a phase is done, with what its steps have kept; `doing` is empty where it was the last for now."""
    told = Standing(case_id=standing.case_id, kept=stage.kept, passwords=stage.passwords)
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
        **more,
    )


def _as_text(content: bytes) -> dict[str, str]:
    """The bytes of a file that was kept, in a form that JSON knows."""
    return {FILE: base64.b64encode(content).decode()}


def _as_kept(value: Any) -> Any:
    return base64.b64decode(value[FILE]) if isinstance(value, dict) and value.keys() == {FILE} else value
