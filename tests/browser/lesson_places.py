"""How one gets to the pages of lessons and quizzes."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser.visit import Visit

LESSON = "/desk/questions/13/date-format"


def lesson(*buttons: str) -> Callable[[Visit], str]:
    """A lesson in a world of its own, after these buttons; the way into that world is taken as well."""

    def prepare(visit: Visit) -> str:
        begin_anew(visit)
        visit.open(LESSON)
        for button in buttons:
            press(visit, button)
        return LESSON

    return prepare


def in_a_case(visit: Visit) -> None:
    """The world of a lesson, whose first page tells of its case."""
    begin_anew(visit)
    visit.open(LESSON)
    press(visit, "Arrange")


def handout(visit: Visit) -> str:
    """The handout of a lesson whose symptom was seen."""
    return f"{lesson('Arrange', 'See the symptom')(visit)}/handout"


def begin_anew(visit: Visit) -> None:
    """Makes the world an empty one, for what needs one in which nothing has happened."""
    name = visit.client.world
    visit.client.worlds.delete(name)
    visit.client.worlds.create(name=name)


def press(visit: Visit, button: str) -> None:
    """Presses a button and waits for what comes."""
    with visit.page.expect_navigation():
        visit.page.get_by_role("button", name=button, exact=True).click()


def quiz(*said: str) -> Callable[[Visit], str]:
    """A quiz that was asked, and then was answered wrongly, or rightly."""

    def prepare(visit: Visit) -> str:
        begin_anew(visit)
        visit.open(LESSON)
        press(visit, "Ask this case as a quiz in this world")
        for case_id in said:
            visit.page.locator(f'input[value="{case_id}"]').check()
            press(visit, "Answer")
        return "/desk/quiz"

    return prepare
