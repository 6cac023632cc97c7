"""The way into a case and on from it: from the first page, on paper, after it, and in a world that was another's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lkc.scenarios.cases import find_case, questions
from lkc.world.faults import ORDERED
from lkc.world.store import Origin
from tests.console.walking import at_desk
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

CASE, NEXT = find_case("13/date-format"), find_case("13/no-such-day")
SPAM = find_case("10/taken-for-spam")
LESSON = f"/desk/questions/{CASE.id}"


@pytest.fixture
def made(wire: Wire) -> Iterator[str]:
    """A world that was made for a case."""
    wire.value(wire.control("POST", "/worlds", {"name": "made", "from": f"scenario:{CASE.id}"}), 201)
    yield "made"
    wire.landscape.store.delete("made")


def test_the_first_page_tells_of_the_case_of_its_world(wire: Wire) -> None:
    """What the customer says, where it is seen and with what one signs in, and the lesson; nothing before."""
    reader = at_desk(wire)
    assert CASE.customer.strip('"') not in reader.text

    reader.open(LESSON).submit("Arrange").open("/")

    assert CASE.customer.strip('"') in reader.text
    assert "nora.petersen@birkenau.example" in reader.text
    assert CASE.title not in reader.text
    assert CASE.title in reader.follow("Go on with the lesson").text


def test_the_first_page_of_a_quiz_leads_to_its_question(wire: Wire) -> None:
    """Not to the lesson."""
    reader = at_desk(wire, LESSON).submit("Ask this case as a quiz in this world").open("/")

    assert "Go on with the lesson" not in reader.text
    assert "What is the cause?" in reader.follow("Name the cause").text


def test_faults_and_their_events_wait_for_the_answer(wire: Wire) -> None:
    """A case that works by a fault is not given away by the lists of faults and events; afterwards it is there."""
    reader = at_desk(wire, f"/desk/questions/{SPAM.id}").submit("Ask this case as a quiz in this world")
    told = [event for event in wire.value(wire.control("GET", "/events")) if event["kind"] == ORDERED]
    assert len(told) == 1
    wire.control("POST", "/faults", {"kind": "latency", "system": "support", "ms": 1})

    assert "Faults are listed in this world again when its quiz is at an end." in reader.open("/desk/faults").text
    assert told[0]["text"] not in reader.open("/desk/timeline").text
    assert "1 fault" not in reader.open("/").html

    reader.open("/desk/quiz").submit("Answer", {"cause": SPAM.id})

    assert "On order" in reader.open("/desk/faults").text
    assert told[0]["text"] in reader.open("/desk/timeline").text
    assert "1 fault" in reader.open("/").html


def test_a_button_leads_to_the_card_of_its_phase(wire: Wire) -> None:
    """So that nobody has to look for what has come of it."""
    reader = at_desk(wire, LESSON)
    for button, card in (("Arrange", "symptom"), ("See the symptom", "symptom"), ("Apply the remedy", "remedy")):
        [form] = [one for one in reader.parsed.forms if button in one.buttons]
        action = form.action or f"/w/{wire.world}{LESSON}"
        answer = reader._client.post(action, data={**form.values, **dict([form.buttons[button]])})
        assert answer.headers["Location"].endswith(f"#{card}")
        assert f'id="{card}"' in reader.open(LESSON).html


def test_a_world_that_was_made_for_a_case_takes_the_next_one(wire: Wire, made: str) -> None:
    """What was solved in it stays, an undo leads back, and a reset from then on to the new case."""
    reader = Reader(wire.landscape, made).open(LESSON)
    for button in ("See the symptom", "Apply the remedy", "See the outcome"):
        reader.submit(button)
    reader.open(f"/desk/questions/{NEXT.id}")
    assert "Another case is in this world" in reader.text

    reader.submit("Begin this world again")

    assert NEXT.title in reader.text
    assert "See the symptom" in reader.text
    assert "Done" in reader.open("/desk/questions/13").text
    assert wire.landscape.store.info(made).source == f"scenario:{NEXT.id}"


def test_a_demo_world_is_not_given_away_for_a_case(wire: Wire) -> None:
    """Its past would be gone."""
    wire.value(wire.control("POST", "/worlds", {"name": "past", "from": "demo"}), 201)
    reader = Reader(wire.landscape, "past").open(LESSON)

    assert "Begin this world again" not in [label for form in reader.parsed.forms for label in form.buttons]
    wire.landscape.store.delete("past")


def test_a_lesson_says_when_it_was_solved_by_hand(wire: Wire) -> None:
    """Somebody has put the order right after the symptom was seen."""
    reader = at_desk(wire, LESSON).submit("Arrange").submit("See the symptom")
    assert "The trouble is gone." not in reader.text
    [order] = wire.value(wire.get("/ordering/api/v1/orders", PRODUCER))
    line = {"line_number": 1, "part_number": "D0X50LL", "quantity": 2, "expiration_date": "31-DEC-2014"}
    wire.patch(f"/ordering/api/v1/orders/{order['order_number']}?submit=true", {"lines": [line]}, PRODUCER)

    assert "The trouble is gone. Somebody has put it right by hand" in reader.open(LESSON).text


@pytest.mark.parametrize("case", [case.id for question in questions() for case in question.cases])
def test_no_lesson_says_so_while_its_trouble_is_there(wire: Wire, case: str) -> None:
    """Right after its symptom no case is solved."""
    wire.value(wire.control("POST", "/worlds", {"name": "fresh", "from": f"scenario:{case}"}), 201)
    reader = Reader(wire.landscape, "fresh").open(f"/desk/questions/{case}").submit("See the symptom")

    assert "Somebody has put it right by hand" not in reader.text
    wire.landscape.store.delete("fresh")


def test_a_slip_for_a_learner_has_the_words_of_the_customer(wire: Wire) -> None:
    """And with what one signs in; that addresses of this machine are for it alone is said."""
    wire.value(wire.control("POST", "/worlds", {"name": "class-slip-ann", "from": f"scenario:{CASE.id}"}), 201)
    wire.value(wire.control("POST", "/worlds", {"name": "class-slip-ben", "from": "empty"}), 201)

    reader = at_desk(wire, "/desk/class/links?of=slip")

    assert reader.text.count(CASE.customer.strip('"')) == 1
    assert "Sign in as nora.petersen@birkenau.example with the password" in reader.text
    assert "work on this machine only" in reader.text
    for name in ("ann", "ben"):
        wire.landscape.store.delete(f"class-slip-{name}")


@pytest.mark.parametrize("page", ["/desk/class?of=torn", "/desk/class/links?of=torn", "/desk/worlds", "/"])
def test_a_damaged_world_hides_no_other_learner(wire: Wire, page: str) -> None:
    """Whose file cannot be read is left out; that world says so itself."""
    store = wire.landscape.store
    for name in ("class-torn-ann", "class-torn-ben"):
        store.create(name, Origin())
    file = store.files.current("class-torn-ben")
    store._open_files.drop(file)
    store.files.path(file).write_bytes(b"")

    reader = at_desk(wire, page)

    assert "class-torn-ann" in reader.html or page == "/"
    reader.world = "class-torn-ben"
    assert "cannot be read" in reader.open("/", 503).text
    for name in ("class-torn-ann", "class-torn-ben"):
        store.delete(name)
