"""Questions, lessons and handouts of the trainer's desk."""

from __future__ import annotations

import pytest

from lkc.scenarios.cases import Case, find_case, questions
from lkc.scenarios.models import Kind, StageRow
from lkc.scenarios.progress import Step, progress_of, take_down
from lkc.world.session import Access
from tests.builders import create_customer
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

CASES = [case for question in questions() for case in question.cases]
CASE, OTHER = "13/date-format", "14/cancelled-and-refunded"
LESSON, HANDOUT = f"/desk/questions/{CASE}", f"/desk/questions/{CASE}/handout"


@pytest.fixture
def reader(wire: Wire) -> Reader:
    """Somebody at the desk of the test's world."""
    return Reader(wire.landscape, wire.world)


def test_all_questions_are_found_at_the_desk(reader: Reader) -> None:
    """Each with its title, what the customer says, and its cases; the rail leads there."""
    reader.open("/").follow("Questions")

    for question in questions():
        assert question.title in reader.text
        assert all(case.title in reader.text for case in question.cases)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("rejected TOKEN Internet", "The token is entered, and the newest order brings nothing"),
        ("wrong way", "There is an error when a license is generated"),
        ("13", "There is an error when a license is generated"),
    ],
)
def test_questions_are_searched_in_titles_texts_and_cases(reader: Reader, wanted: str, found: str) -> None:
    """Every word has to be found, in whatever case."""
    reader.open("/desk/questions").submit("Search", {"q": wanted})

    assert found in reader.text
    assert "of 19 questions" in reader.text


@pytest.mark.parametrize("wanted", ["<script>alert(1)</script>", "%00", "x" * 5000, "' OR 1=1 --", "{{ 7 * 7 }}"])
def test_whatever_is_looked_for_does_no_harm(reader: Reader, wanted: str) -> None:
    """What nobody wrote is not found, and is shown as text."""
    reader.open("/desk/questions").submit("Search", {"q": wanted})

    assert "No question has all of these words in it." in reader.text
    assert "<script>alert" not in reader.html


def test_a_question_tells_its_texts_and_leads_to_its_cases(reader: Reader) -> None:
    """What is seen, why, what helps; an unknown one is not there."""
    reader.open("/desk/questions/13")
    assert all(heading in reader.text for heading in ("The customer says", "What is seen", "Why", "What helps"))
    reader.follow(find_case(CASE).title)
    assert find_case(CASE).customer in reader.text

    reader.open("/desk/questions/99", 404)
    reader.open("/desk/questions/13/none", 404)


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_lesson_leads_from_the_customer_to_the_outcome(reader: Reader, case: Case) -> None:
    """Arranged, seen, explained, cured: what was seen stays on the page, and every step was as expected."""
    reader.open(f"/desk/questions/{case.id}").submit("Arrange")
    assert "Where the customer sees it" in reader.parsed.links
    reader.submit("See the symptom")
    assert "What do you think?" in reader.text
    reader.submit("Apply the remedy").submit("See the outcome")

    reader.open(f"/desk/questions/{case.id}")
    assert "The trouble is gone." in reader.text
    assert "Not as expected" not in reader.text
    assert all(heading in reader.text for heading in ("The symptom", "Why", "The remedy", "The outcome"))
    assert reader.open("/desk/questions").text.count("Here: played whole") == 1


def test_a_lesson_tells_where_to_sign_in_and_with_what(reader: Reader) -> None:
    """The page of the imitated system, an address and its password."""
    reader.open(LESSON).submit("Arrange")

    password = reader.html.split("Password</dt>", 1)[1].split("copy", 1)[1].split(">")[1].split("<")[0]
    reader.follow("Where the customer sees it")
    reader.submit("Log in", {"email": find_case(CASE).person, "password": password})
    assert "Licenses for this Order" in reader.text


def test_a_world_with_another_case_says_so(reader: Reader) -> None:
    """It leads to that one; beginning again makes room for this one, and keeps what was learned."""
    reader.open(f"/desk/questions/{OTHER}").submit("Arrange").submit("See the symptom")
    reader.submit("Apply the remedy").submit("See the outcome")
    reader.open(LESSON)
    assert "Another case is in this world" in reader.text
    assert find_case(OTHER).title in reader.parsed.links

    reader.submit("Begin this world again")
    assert "Arranged" in reader.text
    assert "Done" in reader.open("/desk/questions/14").text


def test_a_world_in_which_something_has_happened_needs_a_fresh_one(wire: Wire, reader: Reader) -> None:
    """It is told, and the fresh world has a name of the lesson; with several, each is listed."""
    create_customer(wire)
    reader.open(LESSON)
    assert "needs one that is untouched" in reader.text
    assert "Arrange" not in [label for form in reader.parsed.forms for label in form.buttons]

    reader.submit("Make", {"count": "2"})
    assert "2 worlds were made" in reader.text
    names = [label for label in reader.parsed.links if label.startswith("lesson-13a-")]
    assert len(names) == 2
    reader.follow(names[0])
    assert f"/w/{names[0]}/" in reader.path
    assert "Arranged" in reader.text
    reader.submit("Make", {"count": "1"})
    assert reader.path.endswith(f"-3{LESSON}")
    reader.submit("Make", {"count": "1000"})
    assert "A number from 1 to 30." in reader.text
    for number in (1, 2, 3):
        wire.landscape.store.delete(f"lesson-13a-{number}")


def test_a_lesson_goes_on_where_somebody_else_has_played(wire: Wire, reader: Reader) -> None:
    """A button of an older page is refused in plain words, and shows the page as it is."""
    reader.open(LESSON).submit("Arrange")
    older = reader.parsed.forms
    wire.control("POST", f"/scenarios/{CASE}/play", {"until": "remedy"})

    reader.send(next(form for form in older if "See the symptom" in form.buttons), "See the symptom")
    assert "Below stands what was seen." in reader.text
    assert "POST /_sim/worlds" not in reader.text
    assert "See the outcome" in reader.text


def test_an_arrangement_that_is_sent_twice_is_refused(reader: Reader) -> None:
    """The second says that the case is here already."""
    reader.open(LESSON)
    older = next(form for form in reader.parsed.forms if "Arrange" in form.buttons)
    reader.submit("Arrange").send(older, "Arrange")

    assert "is in world" in reader.text


def test_a_play_that_was_left_halfway_is_told(wire: Wire, reader: Reader) -> None:
    """Nobody is at work any more; one begins again."""
    reader.open(LESSON).submit("Arrange")
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        world.orm.get_one(StageRow, 1).doing = "play"

    reader.open(LESSON)
    assert "did not come to an end" in reader.text
    reader.submit("Begin this world again")
    assert "did not come to an end" not in reader.text


def test_a_step_that_fails_says_so(wire: Wire, reader: Reader) -> None:
    """Somebody has put the order right before: the symptom does not show."""
    reader.open(LESSON).submit("Arrange")
    [order] = wire.value(wire.get("/ordering/api/v1/orders", PRODUCER))
    line = {"line_number": 1, "part_number": "D0X50LL", "quantity": 2, "expiration_date": "31-DEC-2014"}
    wire.patch(f"/ordering/api/v1/orders/{order['order_number']}?submit=true", {"lines": [line]}, PRODUCER)

    reader.submit("See the symptom")

    assert "Not every step had the answer" in reader.text
    assert "Not as expected" in reader.text


def test_only_a_page_of_the_desk_changes_anything(wire: Wire, reader: Reader) -> None:
    """A form without the mark of its session does nothing."""
    reader.open(LESSON)
    for form in reader.parsed.forms:
        for label in form.buttons:
            if form.method == "post" and "/desk/clock" not in form.action:
                form.values["csrf_token"] = "forged"
                reader.send(form, label)
                assert "nothing was done" in reader.text

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        assert progress_of(world).case_id == ""


def test_a_handout_has_the_steps_and_the_solution_or_not(reader: Reader) -> None:
    """Before the case is arranged it says where to do that; then it has address and password."""
    reader.open(HANDOUT)
    assert "choose Arrange" in reader.text
    assert "Solution:" in reader.text

    reader.open(LESSON).submit("Arrange").submit("See the symptom").follow("Print handout")
    assert "Sign in as nora.petersen@birkenau.example" in reader.text
    assert "Nora selects the license" in reader.text
    reader.follow("Without the solution")
    assert "Solution" not in reader.text
    assert find_case(CASE).title not in reader.text


def test_a_handout_offers_what_its_world_does(wire: Wire, reader: Reader) -> None:
    """Where something has happened it says Make; for a class it leaves a blank for the name of each world."""
    create_customer(wire)
    assert "choose Make" in reader.open(HANDOUT).text
    assert "choose Arrange" not in reader.text

    reader.follow("For a class")
    assert "choose Make" not in reader.text
    assert f"/w/{wire.world}/desk/questions/{CASE}" not in reader.text
    assert 'http://localhost/w/<span class="blank blank-short"></span>/</code>' in reader.html
    assert "desk/questions" not in reader.html.partition("See it yourself")[2]
    reader.follow("Without the solution")
    assert "With the solution" in reader.parsed.links
    reader.follow("For this world")
    assert f"/w/{wire.world}/desk/questions/{CASE}" in reader.text
    assert "Solution:" not in reader.text


def test_a_handout_of_an_arranged_case_for_a_class(reader: Reader) -> None:
    """Address and password are those of all; only the name of the world is left blank."""
    reader.open(LESSON).submit("Arrange").follow("Print handout").follow("For a class")

    assert "Sign in as nora.petersen@birkenau.example" in reader.text
    assert 'http://localhost/w/<span class="blank blank-short"></span>/lkc/orders/' in reader.html


def test_while_a_quiz_goes_on_no_lesson_is_told(wire: Wire, reader: Reader) -> None:
    """Nor its handout; the gallery marks no case."""
    wire.control("POST", f"/scenarios/{CASE}/arrange")
    older = reader.open(LESSON).parsed.forms
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        take_down(world, Step(CASE, Kind.ASKED))

    assert "A quiz goes on here" in reader.open(LESSON).text
    assert "A quiz goes on here" in reader.open(HANDOUT).text
    assert "Here:" not in reader.open("/desk/questions").text
    reader.send(next(form for form in older if "See the symptom" in form.buttons), "See the symptom")
    assert reader.path.endswith("/desk/quiz")


def test_beginning_again_can_be_undone(wire: Wire, reader: Reader) -> None:
    """It is two changes, the new beginning and the arrangement; before them lies what was done; the origin stays."""
    reader.open(f"/desk/questions/{OTHER}").submit("Arrange").submit("See the symptom")
    reader.open(LESSON).submit("Begin this world again")

    assert wire.landscape.store.info(wire.world).source == "empty"
    for _ in range(2):
        wire.value(wire.control("POST", "/undo"))
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        assert (progress_of(world).case_id, progress_of(world).phase) == (OTHER, "symptom")


def test_a_world_that_began_with_a_case_begins_with_it_again(wire: Wire) -> None:
    """Arranged, at the moment and with the seed that it had, and what was learned in it stays."""
    wire.value(wire.control("POST", "/worlds", {"name": "again", "from": f"scenario:{CASE}", "seed": 5}), 201)
    before = wire.landscape.store.info("again")
    reader = Reader(wire.landscape, "again").open(LESSON)
    reader.submit("See the symptom").submit("Apply the remedy").submit("See the outcome")
    reader.submit("Begin this world again")

    assert wire.landscape.store.info("again") == before
    with wire.landscape.store.session("again", Access.READ) as world:
        found = progress_of(world)
    assert (found.phase, found.cases_done) == ("arrange", (CASE,))
    wire.landscape.store.delete("again")
