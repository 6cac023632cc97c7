"""Classes on the trainer's desk: a world for each learner."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from lkc.app import Landscape
from lkc.config import Settings
from lkc.console.learners import learners_in, world_of
from lkc.scenarios.models import Kind
from lkc.scenarios.progress import Step, take_down
from lkc.world.refusals import Invalid
from lkc.world.session import Access
from lkc.world.store import Origin
from tests.console.walking import at_desk
from tests.reader import Reader
from tests.wire import Wire

MAKE = "Make the worlds"
CASE = "scenario:13/date-format"


@pytest.fixture
def of(wire: Wire) -> Iterator[str]:
    """The name of a class of this test alone, whose worlds go with it."""
    name = wire.world.replace("-", "")
    yield name
    store = wire.landscape.store
    for world in [one for one in store.names() if one.startswith(f"class-{name}-")]:
        store.delete(world)


def made(wire: Wire, of: str, names: str, source: str = "demo") -> Reader:
    """A trainer who has made the worlds of a class."""
    return at_desk(wire, "/desk/class/new").submit(MAKE, {"of": of, "names": names, "from": source, "clock": "frozen"})


def test_each_learner_gets_a_world_and_an_address_to_begin_at(wire: Wire, of: str) -> None:
    """Names are made into names of worlds, which is told; the list has both, to be printed."""
    reader = made(wire, of, "Ann\nZoë Müller-Łęcka, 李雷;  Ben  ")

    assert "4 worlds are made." in reader.text
    for short in ("ann", "zoe-muller-lecka", "learner-3", "ben"):
        assert f"http://localhost/w/class-{of}-{short}/" in reader.text
        assert wire.landscape.store.exists(f"class-{of}-{short}")
    assert "Zoë Müller-Łęcka" in reader.text
    assert "as learner-3" in reader.text
    assert "as ann" not in reader.text
    assert "as learner-3" not in reader.open(f"/desk/class/links?of={of}").text


def test_the_worlds_of_a_class_stand_beside_each_other(wire: Wire, of: str) -> None:
    """Case, how far it is, what is left to solve, clock, and what happened last."""
    made(wire, of, "ann, ben, cara", CASE)
    ben = Wire(wire.landscape, f"class-{of}-ben")
    wire.value(ben.control("POST", "/scenarios/13/date-format/play", {"until": "remedy"}))

    reader = at_desk(wire, f"/desk/class?of={of}")

    assert reader.text.count("written the wrong way") == 3
    assert reader.text.count("1 cause left") == 2
    assert "remedy applied solved" in reader.text
    assert "nora.petersen@birkenau.example set a password." in reader.text
    table = at_desk(wire, f"/desk/class/table?of={of}")
    assert "remedy applied solved" in table.text
    assert "<html" not in table.html


def test_nothing_is_solved_where_nobody_has_begun(wire: Wire, of: str) -> None:
    """There are cases whose trouble comes about only when its symptom is seen."""
    made(wire, of, "ann", "scenario:02/stale-file")

    reader = at_desk(wire, f"/desk/class?of={of}")

    assert "arranged not begun" in reader.text
    assert "solved" not in reader.text


def test_worlds_of_one_class_begin_alike(wire: Wire, of: str) -> None:
    """Whether they are arranged or copied, and a reset leads each back to that."""
    made(wire, of, "ann, ben", CASE)
    reader = at_desk(wire, f"/desk/worlds/diff?one=class-{of}-ann&other=class-{of}-ben")
    assert "Equal" in reader.text
    assert "Made from case 13/date-format" in at_desk(wire, f"/desk/worlds/of/class-{of}-ben").text


def test_all_are_made_or_none(wire: Wire, of: str) -> None:
    """Who has a world already is named, and two that would have the same; a case that cannot be is taken back."""
    made(wire, of, "ann")
    reader = at_desk(wire, "/desk/class/new")
    for names, wrong in (
        ("ben\nann", "already for: ann"),
        ("Ben\nben!", "would have the same world: Ben (ben), ben! (ben)"),
        ("", "at least one name"),
        ("x" * 41, "at most 40 characters"),
        (",".join(f"n{number}" for number in range(61)), "at most 60"),
    ):
        assert wrong in reader.submit(MAKE, {"of": of, "names": names, "from": "demo"}, 422).text
    assert "without blanks" in reader.submit(MAKE, {"of": "a b", "names": "ben"}, 422).text
    assert "must be one of" in reader.submit(MAKE, {"of": of, "names": "ben", "from": "nowhere"}, 422).text
    assert not wire.landscape.store.exists(f"class-{of}-ben")


def test_two_who_make_the_same_class_at_once(wire: Wire, of: str) -> None:
    """One has it; whoever comes second has his form as he filled it in, with the mistake at its field."""
    names = ", ".join(f"n{number}" for number in range(20))
    gate = Barrier(2)

    def make(_: int) -> Reader:
        reader = at_desk(wire, "/desk/class/new")
        [form] = [one for one in reader.parsed.forms if MAKE in one.buttons]
        form.action = form.action or "/desk/class/new"
        gate.wait()
        sent = {**form.values, "of": of, "names": names, "from": CASE, "clock": "frozen"}
        reader.answer = reader._client.post(f"/w/{reader.world}/desk/class/new", data=sent)
        return reader

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(make, range(2)), key=lambda one: one.answer.status_code)

    assert [one.answer.status_code for one in found] == [302, 422]
    assert "already for: n0" in found[1].html
    assert names in found[1].html
    store = wire.landscape.store
    assert all(store.exists(world_of(of, f"n{number}")) for number in range(20))


def test_worlds_that_were_made_before_one_failed_are_gone_again(wire: Wire, of: str) -> None:
    """Where the disk has something in the way of the second learner's world, the first has none either."""
    store = wire.landscape.store
    obstacle = store.files.worlds / f"class-{of}-ben"
    obstacle.mkdir()

    at_desk(wire, "/desk/class/new").submit(MAKE, {"of": of, "names": "ann, ben", "from": "demo"}, 503)

    obstacle.rmdir()
    assert not store.exists(f"class-{of}-ann")
    assert "2 worlds are made" in made(wire, of, "ann, ben").text


def test_something_is_done_to_all_of_a_class_at_once(wire: Wire, of: str) -> None:
    """After a confirmation, with what became of each; nobody else's world is touched."""
    made(wire, of, "ann, ben")
    reader = at_desk(wire, f"/desk/class?of={of}")

    reader.follow("A day later").submit("Advance all by a day")
    assert "A day later: ann, ben." in reader.text
    assert reader.text.count("04 Mar 2014, 09:00") == 2

    reader.follow("Arrange a case").submit("Arrange it in all", {"from": "scenario:14/ordered-as-zero"})
    assert "The case is arranged: ann, ben." in reader.text
    assert reader.text.count("1 cause left") == 2

    reader.follow("Reset all")
    assert "2 worlds: ann, ben" in reader.text
    assert "Reset: ann, ben." in reader.submit("Reset all").text

    reader.follow("Delete all").submit("Delete all")
    assert "Deleted: ann, ben." in reader.text
    assert wire.landscape.store.exists(wire.world)


def test_a_quiz_is_shown_without_naming_its_case(wire: Wire, of: str) -> None:
    """Tries and solved cases are; whoever is at another case later keeps what was solved."""
    made(wire, of, "ann, ben", CASE)
    for name, steps in (
        ("ann", (Step("13/date-format", Kind.ASKED),)),
        ("ben", (Step("13/date-format", Kind.ASKED), Step("13/date-format", Kind.WRONG, "14/ordered-as-zero"))),
    ):
        with wire.landscape.store.session(f"class-{of}-{name}", Access.WRITE) as world:
            take_down(world, *steps)
    reader = at_desk(wire, f"/desk/class?of={of}")
    assert "wrong way" not in reader.text
    assert reader.text.count("A quiz") == 2
    assert "quiz not answered yet" in reader.text
    assert "quiz not answered, tries: 1" in reader.text
    assert "Made from case Seed" in at_desk(wire, f"/desk/worlds/of/class-{of}-ann").text

    with wire.landscape.store.session(f"class-{of}-ben", Access.WRITE) as world:
        take_down(world, Step("13/date-format", Kind.RIGHT))
    assert "quiz answered at try 2" in reader.open(f"/desk/class?of={of}").text

    reader.follow("Arrange a case").submit("Arrange it in all", {"from": "scenario:14/ordered-as-zero"})
    assert "1 case done" in reader.text


def test_an_undo_leads_back_from_a_day_and_from_another_beginning(wire: Wire, of: str) -> None:
    """In each world by itself."""
    made(wire, of, "ann")
    reader = at_desk(wire, f"/desk/class?of={of}").follow("A day later").submit("Advance all by a day")
    reader.follow("Arrange a case").submit("Arrange it in all", {"from": CASE})
    ann = Wire(wire.landscape, f"class-{of}-ann")
    reasons = [wire.value(ann.control("POST", "/undo"))["undone"]["reason"] for _ in range(2)]
    assert reasons == ["new beginning", "clock advance"]


def test_what_cannot_be_done_to_one_is_told_and_done_to_the_others(wire: Wire, of: str) -> None:
    """The world at whose desk one is stays; a beginning that there is not changes nothing."""
    made(wire, of, "ann, ben")
    ann = Wire(wire.landscape, f"class-{of}-ann")
    reader = at_desk(ann, f"/desk/class/all/case?of={of}").submit("Arrange it in all", {"from": "scenario:99/none"})
    assert "Not done for ann, ben." in reader.text

    reader.follow("Delete all").submit("Delete all")

    assert "Not done for ann." in reader.text
    assert "Deleted: ben." in reader.text


def test_there_is_nothing_to_do_without_a_class(wire: Wire, of: str) -> None:
    """No class, one that there is not, and a deed that there is not."""
    made(wire, of, "ann")
    assert at_desk(wire, "/desk/class/all/delete?of=").path.endswith("/desk/class")
    assert at_desk(wire, f"/desk/class/all/burn?of={of}").path.endswith("/desk/class")
    assert "There is no class nobody" in at_desk(wire, "/desk/class?of=nobody", 404).text
    assert "No class" in at_desk(wire, "/desk/class/links").text
    assert wire.landscape.store.exists(wire.world)


def test_several_classes_are_listed(wire: Wire, of: str) -> None:
    """Where there is one alone, it is shown at once."""
    made(wire, of, "ann")
    made(wire, f"{of}b", "ann, ben")
    reader = at_desk(wire, "/desk/class")
    assert f"{of}b 2 worlds" in reader.text
    assert f"Class {of}b" in reader.follow(f"{of}b").text
    for name in ("ann", "ben"):
        wire.landscape.store.delete(f"class-{of}b-{name}")


def test_where_the_desk_asks_for_a_token_learners_begin_at_the_key_center(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """They do not know it."""
    landscape = Landscape(Settings(data_dir=tmp_path_factory.mktemp("d"), ephemeral=True, admin_token="s3cret"))
    landscape.store.create("default", Origin())
    landscape.store.create("class-monday-ann", Origin())
    reader = Reader(landscape, "default").open("/").submit("Sign in", {"admin_token": "s3cret"})
    assert "/w/class-monday-ann/lkc/" in reader.open("/desk/class/links?of=monday").text
    landscape.close()


def test_a_name_without_letters_of_an_address_is_numbered() -> None:
    """By its place in the list."""
    assert [one.short for one in learners_in("李雷\n\u0416\u0430\u043d\nØrjan Æ")] == [
        "learner-1",
        "learner-2",
        "orjan-ae",
    ]
    with pytest.raises(Invalid, match="same world"):
        learners_in("learner 2, 李雷, x")
