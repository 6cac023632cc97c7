"""A trainer's hour at the desk: a class for a case, what is done to all, a quiz, a fault; with scripts or without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, expect

from lkc.client import Client
from tests.browser.people import follow, press, read
from tests.browser.visit import Visit, visiting

CASE = "13/date-format"
LESSON = f"/desk/questions/{CASE}"


@pytest.fixture(params=[True, False], ids=["with-scripts", "without-scripts"])
def trainer(request: pytest.FixtureRequest, browser: Browser, lkc_world: Client) -> Iterator[Visit]:
    """A trainer at the desk of a world, with scripts or without; nothing may go wrong in the browser meanwhile."""
    with visiting(browser, lkc_world, scripts=request.param) as visit:
        yield visit
        assert visit.troubles == []


@pytest.fixture
def of(lkc_world: Client) -> Iterator[str]:
    """The name of a class that is of this test alone."""
    name = f"c{lkc_world.world.replace('-', '')}"[:20]
    yield name
    for world in lkc_world.worlds.list():
        if world["name"].startswith(f"class-{name}-"):
            lkc_world.worlds.delete(world["name"])


@contextmanager
def beside(trainer: Visit, world: str) -> Iterator[Visit]:
    """Another page of the same browser, in another world."""
    page: Page = trainer.page.context.new_page()
    visit = Visit(trainer.client.in_world(world), page, trainer.url, trainer.troubles)
    visit.watch()
    yield visit
    page.close()


def makes_a_class(trainer: Visit, of: str) -> None:
    """Two learners, each with a world in which the case is arranged."""
    trainer.open("/desk/class")
    is_first = trainer.page.get_by_text("No class yet").is_visible()
    follow(trainer, "One world per learner" if is_first else "More learners, or another class")
    trainer.page.get_by_label("Class").fill(of)
    trainer.page.get_by_label("Learners").fill("Ann\nBen")
    trainer.page.get_by_label("Begins as").select_option(f"scenario:{CASE}")
    trainer.page.get_by_label("Clock", exact=True).select_option("frozen")
    press(trainer, "Make the worlds")
    expect(trainer.page.get_by_text("2 worlds are made.")).to_be_visible()


def row(trainer: Visit, of: str, learner: str) -> str:
    """What the class says of a learner."""
    trainer.open(f"/desk/class?of={of}")
    return " ".join(trainer.page.get_by_role("row").filter(has_text=learner).inner_text().split())


def confirms(trainer: Visit, of: str, link: str, button: str) -> None:
    """Does something to all, once it was asked about."""
    trainer.open(f"/desk/class?of={of}")
    follow(trainer, link)
    press(trainer, button)


def test_a_class_is_made_seen_and_led_on(trainer: Visit, of: str) -> None:
    """One learner plays the case to its end, the other's world stays; all are reset, and a day passes for all."""
    makes_a_class(trainer, of)

    with beside(trainer, f"class-{of}-ann") as ann, beside(trainer, f"class-{of}-ben") as ben:
        for learner in (ann, ben):
            learner.open(LESSON)
            expect(learner.page.get_by_role("heading", name="Arranged")).to_be_visible()
        for button in ("See the symptom", "Apply the remedy", "See the outcome"):
            press(ann, button)
        expect(ann.page.get_by_text("The trouble is gone.")).to_be_visible()
        ben.page.reload()
        expect(ben.page.get_by_role("button", name="See the symptom")).to_be_visible()
    assert "finished" in row(trainer, of, "ann")
    assert "arranged" in row(trainer, of, "ben")

    confirms(trainer, of, "Reset all", "Reset all")
    expect(trainer.page.get_by_text("Reset: ann, ben.")).to_be_visible()
    assert "arranged" in row(trainer, of, "ann")
    before = trainer.client.in_world(f"class-{of}-ann").clock.show()["now"]
    confirms(trainer, of, "A day later", "Advance all by a day")
    expect(trainer.page.get_by_text("A day later: ann, ben.")).to_be_visible()
    assert trainer.client.in_world(f"class-{of}-ann").clock.show()["now"][:10] > before[:10]


def test_a_quiz_is_solved_at_the_second_try(trainer: Visit) -> None:
    """A wrong cause brings a hint; until the right one explanations wait."""
    trainer.open(LESSON)
    press(trainer, "Ask this case as a quiz in this world")
    follow(trainer, "Explain")
    assert "A quiz goes on here" in read(trainer)
    follow(trainer, "Go to the quiz")
    trainer.page.locator('input[value="13/quantity-zero"]').check()
    press(trainer, "Answer")
    expect(trainer.page.get_by_role("heading", name="Not that one")).to_be_visible()
    trainer.page.locator(f'input[value="{CASE}"]').check()
    press(trainer, "Answer")
    expect(trainer.page.get_by_role("heading", name="Right, at try 2")).to_be_visible()


def test_a_fault_comes_and_goes_on_the_map(trainer: Visit) -> None:
    """It stands at its system, and leads to the page on which it is taken back."""
    trainer.open("/desk/faults")
    card = trainer.page.get_by_role("listitem").filter(has_text="The key center is slow")
    card.get_by_role("button", name="Order it").click()
    expect(trainer.page.get_by_role("button", name="Take back")).to_be_visible()
    follow(trainer, "Landscape")
    trainer.page.get_by_role("link", name="1 fault on order in License Key Center").click()
    trainer.page.wait_for_url("**/desk/faults")
    trainer.page.get_by_role("button", name="Take back").click()
    expect(trainer.page.get_by_role("button", name="Take back")).to_have_count(0)
    follow(trainer, "Landscape")
    expect(trainer.page.get_by_role("link", name="fault on order")).to_have_count(0)
