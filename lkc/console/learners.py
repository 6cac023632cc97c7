"""Classes: worlds side by side, one for each learner, known by the beginning of their names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lkc.scenarios.beginnings import Beginning, begin_here
from lkc.scenarios.remedies import SCENARIO
from lkc.world.controls.worlds import delete_world, note_beginning
from lkc.world.hold import Hold
from lkc.world.names import LONGEST as LONGEST_WORLD
from lkc.world.refusals import Invalid, WorldExists
from lkc.world.store import WorldStore

MARK = "class-"
MOST, LONGEST = 60, 40

_CLASS = re.compile(r"[a-z0-9]{1,20}\Z")
_OTHER = re.compile(r"[^a-z0-9]+")
_SPLIT = re.compile(r"[\n,;]+")
# Letters that are no others with a sign on them.
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner: the name as it was typed, and as it stands in the name of the world."""

    name: str
    short: str


def class_name(text: str) -> str:
    """The name of a class as it was typed, made small. Raises Invalid where no class can have it."""
    name = text.strip().lower()
    if _CLASS.match(name) is None:
        message = "Use 1 to 20 letters a-z and digits, without blanks or hyphens."
        raise Invalid({"field": "of", "message": message, "received": text})
    return name


def world_of(of: str, learner: str) -> str:
    """The name of the world of a learner in a class."""
    return f"{MARK}{of}-{learner}"


def learner_of(world: str) -> str:
    """The learner in the name of a world of a class."""
    return world.removeprefix(MARK).partition("-")[2]


def learners_in(text: str) -> list[Learner]:
    """The learners of a list, one a line or apart by commas; letters that no address has are made plain.

    A name without any such letter becomes `learner-N`. Raises Invalid for no name, too many, one that is too long, and
    two that would have the same world.
    """
    names = [" ".join(part.split()) for part in _SPLIT.split(text)]
    names = [name for name in names if name]
    found = [Learner(name, _short(name) or f"learner-{place}") for place, name in enumerate(names, 1)]
    if not found:
        raise _wrong("Enter at least one name.", text)
    if len(found) > MOST:
        raise _wrong(f"These are {len(found)} names; a class has at most {MOST}.", text)
    for one in found:
        if len(one.name) > LONGEST:
            raise _wrong(f"A name has at most {LONGEST} characters, which {one.name[:LONGEST]}... has not.", text)
    often = Counter(one.short for one in found)
    alike = [f"{one.name} ({one.short})" for one in found if often[one.short] > 1]
    if alike:
        raise _wrong(f"These would have the same world: {', '.join(alike)}. Tell them apart.", text)
    return found


def classes(store: WorldStore) -> dict[str, int]:
    """The classes there are, and how many worlds each has."""
    return dict(Counter(of for name in store.names() if (of := _class_of(name))))


def worlds_in(store: WorldStore, of: str) -> Sequence[str]:
    """The worlds of a class, by name; a class without a name has none."""
    return [name for name in store.names() if of and _class_of(name) == of]


def make_worlds(hold: Hold, of: str, learners: Sequence[Learner], beginning: Beginning) -> None:
    """Makes a world for each learner of a class; where one cannot be made, none is left.

    Raises Invalid where a learner has a world in this class already, or a name that is too long for one, and what
    `begin_here` raises.
    """
    for one in learners:
        if len(world_of(of, one.short)) > LONGEST_WORLD:
            raise Invalid({"field": "names", "message": f"{one.name} is too long for the name of a world."})
    taken = [one for one in learners if hold.store.exists(world_of(of, one.short))]
    if taken:
        raise _taken(of, taken)
    made: list[str] = []
    try:
        for one in learners:
            name = world_of(of, one.short)
            try:
                _make(hold, name, beginning, made)
            except WorldExists as refusal:
                # Somebody else has made it since.
                raise _taken(of, [one]) from refusal
            made.append(name)
    except BaseException:
        for name in made:
            delete_world(hold, name)
        raise


def _make(hold: Hold, name: str, beginning: Beginning, made: Sequence[str]) -> None:
    if made and beginning.source.startswith(SCENARIO):
        # Arranging takes hundreds of calls; what they lead to is the same each time.
        note_beginning(hold.store.fork(made[0], name, beginning.source))
    else:
        begin_here(hold, name, beginning)


def _taken(of: str, learners: Iterable[Learner]) -> Invalid:
    names = ", ".join(one.name for one in learners)
    message = f"There is a world in class {of} already for: {names}. Choose another class, or leave them out."
    return Invalid({"field": "names", "message": message})


def _class_of(world: str) -> str:
    of, _, learner = world.removeprefix(MARK).partition("-")
    return of if world.startswith(MARK) and learner else ""


def _short(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return _OTHER.sub("-", "".join(sign for sign in plain if not unicodedata.combining(sign))).strip("-")


def _wrong(message: str, received: str) -> Invalid:
    return Invalid({"field": "names", "message": message, "received": received[:200]})
