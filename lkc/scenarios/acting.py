"""Arranging and playing a case in a world that others may use, reset or delete meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from lkc.scenarios.cases import PHASES, Case, find_case
from lkc.scenarios.playing import arranged, begun, played
from lkc.scenarios.refusals import AlreadyPlayed, CannotArrange, PlayInterrupted, UnknownCase, WorldNotEmpty
from lkc.scenarios.remedies import after_an_interruption, instead
from lkc.scenarios.stage import Stage
from lkc.scenarios.standing import ARRANGE, PLAY, Standing, begin, claim, is_untouched, leave, note, standing_of
from lkc.scenarios.told import tell
from lkc.world.door import Door, Pinned
from lkc.world.faults import listed
from lkc.world.hold import Hold
from lkc.world.refusals import Refused, WorldReplaced
from lkc.world.session import Access, WorldSession
from lkc.world.snapshots import Change, ChangedMeanwhile, checkpoint
from lkc.world.store import WorldStore

Staging = Callable[[str, Door], Stage]


class Act:
    """One call that arranges or plays a case in the world of a request.

    It claims the world in one transaction and works through a door that leads into this very generation only: in a
    world that is reset or deleted meanwhile nothing more happens.

    Args:
        hold: of the request.
        case: what is played.
        staging: makes the stage of a world.
    """

    def __init__(self, hold: Hold, case: Case, staging: Staging) -> None:
        self._hold = hold
        self._case = case
        self._staging = staging
        self._generation = ""
        self._change = Change("", 0, hold.exchange.request_id)
        self._begun: list[dict[str, Any]] = []

    def arrange(self) -> list[dict[str, Any]]:
        """Brings about what the case begins with; where that fails, the world is as before.

        Raises WorldNotEmpty, PlayInterrupted, CannotArrange, WorldReplaced or UnknownWorld.
        """
        with self._hold.step() as world:
            standing = self._fresh(world)
            if standing is None:
                raise self._not_empty(world, standing_of(world))
            self._claim(world, standing, ARRANGE)
        return self._act(standing, PHASES[:1], ARRANGE)

    def play(self, until: str) -> list[dict[str, Any]]:
        """Plays what is not played yet up to a phase, that one included, and arranges before if need be.

        Raises AlreadyPlayed as well.
        """
        with self._hold.step() as world:
            standing = self._fresh(world) or self._to_go_on_from(world)
            ahead = standing.ahead[: standing.ahead.index(until) + 1] if until in standing.ahead else ()
            if not ahead:
                detail = f"Case {self._case.id} is played up to its {standing.phase} in world {world.name!r} already."
                further = "" if not standing.ahead else f'Play on with {{"until": "{standing.ahead[0]}"}}. Or: '
                told = {"world": world.name, "case": self._case.id, "phase": standing.phase}
                raise AlreadyPlayed(detail, further + instead(world, self._case), **told)
            self._claim(world, standing, PLAY)
        return self._act(standing, ahead, PLAY)

    def _act(self, standing: Standing, phases: tuple[str, ...], doing: str) -> list[dict[str, Any]]:
        stage = self._staging(self._hold.name, Pinned(self._hold.store, self._generation))
        stage.kept, stage.passwords = standing.kept, standing.passwords
        stage.request_id = self._change.request_id
        steps, reached = self._begun, standing.phase
        try:
            for phase in phases:
                done = arranged(stage, self._case) if phase == ARRANGE else played(stage, self._case, phase)
                steps += done
                with self._hold.step() as world:
                    self._must_be_the_same(world)
                    left = "" if phase == phases[-1] else doing
                    note(world, stage, standing, phase, doing=left, worker=self._worker)
                    tell(world, stage, phase, done)
                reached = phase
        except CannotArrange as error:
            raise self._obstacle(is_alone=self._give_up(reached)) or error from error
        except BaseException:
            self._give_up(reached)
            raise
        return steps

    def _fresh(self, world: WorldSession) -> Standing | None:
        """The beginning of the case in an untouched world."""
        if standing_of(world) is None and is_untouched(world):
            return Standing(case_id=self._case.id, kept={}, passwords={})
        return None

    def _to_go_on_from(self, world: WorldSession) -> Standing:
        standing = standing_of(world)
        if standing is None or standing.case_id != self._case.id or standing.doing or not standing.phase:
            raise self._not_empty(world, standing)
        return standing

    def _claim(self, world: WorldSession, standing: Standing, doing: str) -> None:
        since, request_id = world.ids.counters.get("event", 0), self._hold.exchange.request_id
        self._change = Change(f"{doing} {self._case.id}", since, request_id)
        checkpoint(world, self._change.reason)
        if not standing.phase:
            shown = world.clock.stamp()
            begin(world, self._case)
            self._begun = begun(self._case, shown, world.clock.stamp())
        self._generation = world.generation
        claim(world, standing, doing, self._worker)

    def _give_up(self, reached: str) -> bool:
        """Leads back what was not even arranged; of anything else says that it was left halfway.

        What others have done meanwhile stays, and half an arrangement with it. Gives whether nobody else was here.
        """
        is_alone = True
        with suppress(Refused):
            if not reached:
                try:
                    self._hold.store.snapshots.take_back(self._hold.name, self._generation, self._change)
                except ChangedMeanwhile:
                    is_alone = False
                else:
                    self._hold.kept_steps = 0
                    return True
            with self._hold.step() as world:
                self._must_be_the_same(world)
                leave(world, self._worker)
        return is_alone

    def _obstacle(self, *, is_alone: bool) -> Refused | None:
        """What stands in the way of a case in this world; None where it can only be the case itself."""
        with self._hold.transaction(Access.READ) as world:
            told: dict[str, Any] = {"world": world.name, "case": self._case.id}
            if not is_alone:
                detail = (
                    f"Somebody else has changed world {world.name!r} while case {self._case.id} was being arranged."
                )
                return WorldNotEmpty(detail, instead(world, self._case), **told)
            faults = [f"{fault.id} ({fault.kind})" for fault in listed(world)]
            if not faults:
                return None
            detail = f"Case {self._case.id} cannot be arranged in world {world.name!r} while faults act there:"
            remedy = "Take the faults back with DELETE /_sim/faults (lkc fault clear), and send the same again."
            return WorldNotEmpty(f"{detail} {', '.join(faults)}.", remedy, **told)

    def _must_be_the_same(self, world: WorldSession) -> None:
        if world.generation != self._generation:
            raise WorldReplaced(world.name)

    @property
    def _worker(self) -> str:
        return f"{self._hold.store.worker}/{self._generation}"

    def _not_empty(self, world: WorldSession, standing: Standing | None) -> Refused:
        """Why the case cannot be arranged, or played on, here."""
        told: dict[str, Any] = {"world": world.name, "case": self._case.id}
        if standing is None:
            detail = f"Something has happened in world {world.name!r} already."
            return WorldNotEmpty(detail, instead(world, self._case), **told)
        told |= {"found": standing.case_id, "phase": standing.phase}
        done = {ARRANGE: "arranged", PLAY: "played"}
        if standing.doing and is_in_work(self._hold.store, world, standing):
            detail = (
                f"Case {standing.case_id} is being {done[standing.doing]} in world {world.name!r},"
                f" by request {standing.request_id}."
            )
            remedy = f"Wait until that is done. Or: {instead(world, self._case)}"
            return WorldNotEmpty(detail, remedy, **told, request_id=standing.request_id)
        if standing.doing:
            detail = f"Case {standing.case_id} was being {done[standing.doing]} in world {world.name!r}, and was left"
            where = f" after its {standing.phase}." if standing.phase else " before it was arranged."
            reasons = {f"{ARRANGE} {standing.case_id}", f"{PLAY} {standing.case_id}"}
            checkpoints = self._hold.store.snapshots.checkpoints(world.name)
            remedy = after_an_interruption(world, self._case, checkpoints, reasons)
            return PlayInterrupted(detail + where, remedy, **told)
        detail = f"Case {standing.case_id} is in world {world.name!r} already, done up to its {standing.phase}."
        go_on = f"POST /_sim/scenarios/{standing.case_id}/play goes on with it. Or: " if standing.ahead else ""
        is_same = standing.case_id == self._case.id
        return WorldNotEmpty(detail, (go_on if is_same else "") + instead(world, self._case), **told)


def is_in_work(store: WorldStore, world: WorldSession, standing: Standing) -> bool:
    """Whether somebody works on the case of a world, in this generation of it and in a process that is alive."""
    worker, _, generation = standing.worker.partition("/")
    return bool(worker) and generation == world.generation and store.is_at_work(worker)


def case_of(world: WorldSession) -> tuple[Case | None, Standing | None]:
    """The case of a world and how far it is; no case where this version does not know it any more."""
    standing = standing_of(world)
    if standing is None:
        return None, None
    with suppress(UnknownCase):
        return find_case(standing.case_id), standing
    return None, standing
