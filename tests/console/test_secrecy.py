"""While a quiz goes on, no page of the desk gives its case away."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from lkc.scenarios.cases import find_case
from lkc.scenarios.progress import progress_of
from lkc.world.journal import JOURNAL_KEY
from lkc.world.session import Access
from lkc.world.store import Origin
from tests.reader import Reader
from tests.wire import Wire

CASE = find_case("13/date-format")
LESSON = f"/desk/questions/{CASE.id}"
# These name every case alike, to choose among, and mark none.
CHOICES = ("/desk/questions", "/desk/worlds/new", "/desk/class/new", "/desk/class/all/case?of=secret", "/desk/quiz")
NAME, OTHER = "class-secret-ann", "class-secret-ben"


@pytest.fixture
def reader(wire: Wire) -> Iterator[Reader]:
    """Somebody in a world of a class, beside an empty one, who has asked a case as a quiz from its lesson."""
    for name in (NAME, OTHER):
        wire.landscape.store.create(name, Origin(source="empty"))
    yield Reader(wire.landscape, NAME).open(LESSON).submit("Ask this case as a quiz in this world")
    for name in (NAME, OTHER):
        wire.landscape.store.delete(name)


def all_pages(wire: Wire) -> list[str]:
    """Every other page of the desk."""
    plain = ["timeline", "timeline?q=date", "exchanges", "exchanges?own=1", "worlds", "class", "class?of=secret"]
    plain += ["class/table?of=secret", "class/links?of=secret", "snapshots", "snapshots/before/load", "faults"]
    plain += ["snapshots/before/delete", "faults/new/status", "faults/all/back", "explain"]
    plain += ["explain?order_number=0005283", "explain?email=nora.petersen@birkenau.example"]
    plain += [f"worlds/of/{NAME}{page}" for page in ("", "/copy", "/reset", "/delete")]
    plain += [f"worlds/diff?one={one}&other={other}" for one, other in ((NAME, OTHER), (OTHER, NAME))]
    plain += [f"class/all/{deed}?of=secret" for deed in ("reset", "day", "delete")]
    entries = wire.landscape.flask.config[JOURNAL_KEY].entries(NAME)
    return ["/", *(f"/desk/{page}" for page in plain), *{f"/desk/exchanges/{entry['request_id']}" for entry in entries}]


def test_no_page_names_the_case_of_a_quiz(wire: Wire, reader: Reader) -> None:
    """Neither by its id nor by its title, at this desk or at another one; pages of choices mark none."""
    wire.landscape.store.snapshots.save(NAME, "before")
    pages = all_pages(wire)
    assert sum("/exchanges/" in page for page in pages) > 1

    for page in pages:
        for desk in (reader, Reader(wire.landscape, OTHER)):
            desk.answer = desk._client.get(f"/w/{desk.world}{page}")
            assert desk.answer.status_code in {200, 302, 404}, page
            assert CASE.id not in desk.html, page
            assert CASE.title not in desk.html, page
    for page in CHOICES:
        assert f"Here: {CASE.id}" not in reader.open(page).text
        assert f"play {CASE.id}" not in reader.text
        assert f"arrange {CASE.id}" not in reader.text


def test_what_is_done_while_a_quiz_goes_on_names_no_case(reader: Reader) -> None:
    """Another quiz is not asked, no remedy applied, and an undo does not say what it was."""
    ask = next(form for form in reader.parsed.forms if "Answer" in form.buttons)
    for action in ("desk/quiz/ask", "desk/explain/remedy", "desk/undo"):
        ask.action, ask.values["case"] = f"/w/{NAME}/{action}", CASE.id
        said = reader.send(ask, "Answer").text
        assert f"play {CASE.id}" not in said
        assert f"Case {CASE.id}" not in said
    assert "Undone: the last change." in said


def test_explanations_wait_for_the_answer(wire: Wire, reader: Reader) -> None:
    """The explain box is closed until then, and open after."""
    assert "Causes are explained in this world again when its quiz is at an end." in reader.open("/desk/explain").text

    reader.open("/desk/quiz").submit("Answer", {"cause": CASE.id})

    with wire.landscape.store.session(NAME, Access.READ) as world:
        assert progress_of(world).solved
    assert "Why is it so?" in reader.open("/desk/explain").text


def test_a_quiz_that_cannot_be_asked_keeps_its_case(wire: Wire) -> None:
    """Faults that act in the world are told, the case is not."""
    wire.control("POST", "/faults", {"kind": "status", "system": "*", "status": 503})
    reader = Reader(wire.landscape, wire.world).open(LESSON).submit("Ask this case as a quiz in this world")

    assert "No quiz can be asked here" in reader.text
    assert f"Case {CASE.id}" not in reader.text


def test_a_case_that_is_no_secret_is_compared(wire: Wire, reader: Reader) -> None:
    """Once its cause is named it stands among the differences, with how far it is."""
    diff = f"/desk/worlds/diff?one={OTHER}&other={NAME}"
    assert "their cases are left out" in reader.open(diff).text

    reader.open("/desk/quiz").submit("Answer", {"cause": CASE.id})

    assert f"case {CASE.id} arranged, symptom" in reader.open(diff).text
    assert wire.value(wire.control("GET", f"/worlds/{OTHER}/diff/{NAME}"))


def test_the_clock_of_a_quiz_that_was_set_back_names_no_case(wire: Wire) -> None:
    """A world whose clock showed another moment tells on its timeline that it was set, and not for what."""
    case = find_case("13/no-such-day")
    wire.landscape.store.create("later", Origin(at=case.at + timedelta(days=400)))
    reader = Reader(wire.landscape, "later").open(f"/desk/questions/{case.id}")
    reader.submit("Ask this case as a quiz in this world").open("/desk/timeline")

    assert "was set to" in reader.text
    assert case.id not in reader.html
    wire.landscape.store.delete("later")


def test_a_lesson_of_another_tab_does_not_end_a_quiz(wire: Wire) -> None:
    """Neither does a button that clears the world: the question stands as it stood."""
    reader = Reader(wire.landscape, wire.world).open(LESSON)
    ask = next(form for form in reader.parsed.forms if "Ask this case as a quiz in this world" in form.buttons)
    reader.send(ask, "Ask this case as a quiz in this world")

    for action in ("desk/questions/11/self-join/again", "desk/quiz/again"):
        ask.action = f"/w/{wire.world}/{action}"
        reader.send(ask, "Ask this case as a quiz in this world")
        assert reader.path.endswith("/desk/quiz")
        with wire.landscape.store.session(wire.world, Access.READ) as world:
            assert (progress_of(world).case_id, progress_of(world).is_secret) == (CASE.id, True)
