"""The kernel's own tables in documents: faults, what is still due, the timeline."""

from __future__ import annotations

from lkc.world.models import Due, Event, Fault
from lkc.world.state.parts import JSON, MOMENT, PLAIN, SENTENCE, Column, Holds, Part, numbered

SYSTEM = "world"
# Of the world's own row a document shows seed, clock and counters. The rest follows: a document is an origin itself.
SHOWN_OF_WORLD = frozenset({"seed", "clock_mode", "clock_base", "counters"})
FOLLOWS_OF_WORLD = frozenset({"id", "origin", "origin_now", "origin_mode", "clock_anchor", "next_due"})

PARTS = (
    Part(
        system=SYSTEM,
        model=Fault,
        name="fault",
        key=("id",),
        title="fault {id} ({kind})",
        appeared="ordered",
        gone="taken back",
        counter="fault",
        columns={
            "id": numbered(),
            "system": PLAIN,
            "operation": PLAIN,
            "kind": PLAIN,
            "times": PLAIN,
            "every": PLAIN,
            "probability": PLAIN,
            "until": MOMENT,
            "settings": JSON,
            "met": PLAIN,
            "injected": PLAIN,
        },
    ),
    Part(
        system=SYSTEM,
        model=Due,
        name="due",
        key=("id",),
        title="number {id} of the due list ({action})",
        appeared="waits for the clock",
        gone="waits no more",
        counter="due",
        columns={"id": numbered(), "due_at": MOMENT, "action": PLAIN, "payload": JSON},
    ),
    Part(
        system=SYSTEM,
        model=Event,
        name="event",
        key=("id",),
        title="event {id}",
        appeared="happened",
        gone="has not happened",
        counter="event",
        story="text",
        # The name of a call says who made it, not what became of the world.
        aside=frozenset({"request_id"}),
        columns={
            "id": numbered(),
            "at": PLAIN,
            "system": PLAIN,
            "kind": PLAIN,
            "text": SENTENCE,
            "subject": JSON,
            "request_id": Column(Holds.DIGEST),
        },
    ),
)
