"""The clock on the desk's pages."""

from __future__ import annotations

import re

import pytest

from tests.builders import book, create_customer
from tests.console.walking import at_desk
from tests.wire import PRODUCER, Wire


@pytest.mark.parametrize(
    ("button", "shown"),
    [
        ("+1 hour", "2014-03-03T10:00:00Z"),
        ("+1 day", "2014-03-04T09:00:00Z"),
        ("+30 days", "2014-04-02T09:00:00Z"),
    ],
)
def test_the_clock_goes_on_by_a_button(wire: Wire, button: str, shown: str) -> None:
    """By an hour, a day, thirty days; it leads back to the page where it was pressed, with what that asked for."""
    reader = at_desk(wire, "/desk/timeline?q=clock")
    reader.submit(button)

    assert reader.path.endswith("/desk/timeline")
    assert 'value="clock"' in reader.html
    assert wire.value(wire.get("/_sim/clock"))["now"] == shown
    assert f"The clock shows {shown[:10]} {shown[11:16]} UTC." in reader.text


def test_it_is_frozen_and_runs(wire: Wire) -> None:
    """One button, which says what it will do."""
    reader = at_desk(wire)
    reader.submit("Let run")
    assert wire.value(wire.get("/_sim/clock"))["mode"] == "running"

    reader.submit("Freeze")
    assert wire.value(wire.get("/_sim/clock"))["mode"] == "frozen"


def test_it_goes_to_a_date_but_not_back(wire: Wire) -> None:
    """By the world's clock, in UTC; a refusal names the way out in plain words."""
    reader = at_desk(wire)
    reader.submit("Go", {"moment": "2015-01-31T12:30"})
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2015-01-31T12:30:00Z"

    reader.submit("Go", {"moment": "2014-01-31T12:30"})
    assert "undo the last change" in reader.text
    assert "POST" not in reader.text
    for nonsense in ("soon", "", "9999-99-99"):
        assert "This is no date and time." in reader.submit("Go", {"moment": nonsense}).text
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2015-01-31T12:30:00Z"


def test_the_next_expiry_is_named_before_one_goes_there(wire: Wire) -> None:
    """Which date it is and whose; where nothing expires, that is said."""
    reader = at_desk(wire)
    assert re.search(r'value="expiry" disabled>No expiry ahead<', reader.html)
    assert "Book and submit an order" in reader.submit("No expiry ahead").text
    create_customer(wire)
    number = book(wire)["order_number"]
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/submit", auth=PRODUCER))

    button = next(label for form in reader.open("/").parsed.forms for label in form.buttons if "Next expiry" in label)
    assert button.endswith("License Key Center")
    reader.submit(button)
    assert "has passed, on which something ended." in reader.text


def test_the_last_change_is_undone(wire: Wire) -> None:
    """The button names what it undoes; where nothing is left there is none."""
    reader = at_desk(wire)
    assert "Undo" not in reader.text
    reader.submit("+1 day")

    reader.submit("Undo clock advance")
    assert "Undone: clock advance. The clock shows 2014-03-03 09:00 UTC again." in reader.text
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2014-03-03T09:00:00Z"
    assert "Undo clock" not in reader.text


def test_what_is_undone_already_is_told(wire: Wire) -> None:
    """Two windows may show the same button."""
    reader, other = at_desk(wire), at_desk(wire)
    reader.submit("+1 day")
    other.open("/")
    reader.submit("Undo clock advance")

    other.submit("Undo clock advance")
    assert "There is nothing to undo" in other.text


@pytest.mark.parametrize("back", ["//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", ""])
def test_a_form_never_leads_out_of_the_world(wire: Wire, back: str) -> None:
    """Whatever it says about where it came from."""
    reader = at_desk(wire)
    reader.submit("+1 day", {"back": back})

    assert reader.path == f"/w/{wire.world}/"


def test_a_form_of_another_place_does_nothing(wire: Wire) -> None:
    """Without the mark of this session neither clock nor undo moves."""
    reader = at_desk(wire)
    reader.submit("+1 day", {"csrf_token": "forged"})

    assert "nothing was done" in reader.text
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2014-03-03T09:00:00Z"
    reader.submit("+1 day")
    reader.submit("Undo clock advance", {"csrf_token": "forged"})
    assert wire.value(wire.get("/_sim/clock"))["now"] == "2014-03-04T09:00:00Z"
