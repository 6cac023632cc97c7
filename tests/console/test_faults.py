"""Faults on the trainer's desk."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.console.presets import KINDS, PRESETS
from tests.builders import ANN
from tests.console.walking import at_desk
from tests.wire import Wire


def on_order(wire: Wire) -> list[dict[str, Any]]:
    """The faults on order, as the interface tells them."""
    found: list[dict[str, Any]] = wire.value(wire.get("/_sim/faults"))
    return found


@pytest.mark.parametrize("name", PRESETS)
def test_what_trainers_want_most_is_ordered_by_one_button(wire: Wire, name: str) -> None:
    """What is about somebody's mails takes an address."""
    preset = PRESETS[name]
    reader = at_desk(wire, "/desk/faults")
    form = next(one for one in reader.parsed.forms if one.action.endswith(name))

    reader.send(form, "Order it", {"to": ANN} if preset.takes_address else None)

    assert f"On order: {preset.title.lower()}" in reader.text
    (fault,) = on_order(wire)
    assert {**preset.values, **({"to": ANN} if preset.takes_address else {})}.items() <= fault.items()


def test_a_preset_without_an_address_orders_nothing(wire: Wire) -> None:
    """What is no address is said to be none."""
    reader = at_desk(wire, "/desk/faults")
    form = next(one for one in reader.parsed.forms if one.action.endswith("mail-in-spam"))
    assert "Not a valid email address" in reader.send(form, "Order it", {"to": "<b>ann"}).text
    assert on_order(wire) == []


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        ("mail-spam", {"to": ANN, "times": "2"}),
        ("mail-delay", {"minutes": "1.5", "probability": "0.5"}),
        ("feed-lost", {"to": "onetrust", "until": "2014-03-03T18:00"}),
        ("feed-delay", {"to": "keycenter", "minutes": "60", "every": "3"}),
        ("latency", {"system": "keycenter", "operation": "GET /lkc/api/v1/orders", "ms": "20"}),
        ("status", {"system": "*", "status": "429", "retry_after": "5"}),
        ("after-commit", {"system": "ordering", "close": "y"}),
        ("drop-connection", {"system": "mail"}),
        ("truncate", {"system": "mail"}),
        ("mail-bounce", {"to": ANN}),
    ],
)
def test_each_kind_has_a_form_of_its_own(wire: Wire, kind: str, values: dict[str, str]) -> None:
    """With its settings, and when it acts; then it stands on the list in words."""
    reader = at_desk(wire, f"/desk/faults/new/{kind}")

    reader.submit("Order it", values)

    assert KINDS[kind] in reader.text
    assert [fault["kind"] for fault in on_order(wire)] == [kind]


@pytest.mark.parametrize(
    ("kind", "values", "wrong"),
    [
        ("mail-spam", {"to": ""}, "mail-spam needs it"),
        ("mail-spam", {"to": "nobody"}, "Not a valid email address"),
        ("mail-spam", {"to": ANN, "times": "0"}, "Must be between 1 and 1000000"),
        ("mail-spam", {"to": ANN, "until": "2014-03-01"}, "Must not be over"),
        ("status", {"status": "200"}, "Must be between 400 and 599"),
        ("status", {"status": "often"}, "Not a valid integer"),
        ("latency", {"ms": "5", "system": "mail", "operation": "GET /lkc/api/v1/orders"}, "no such operation in mail"),
    ],
)
def test_mistakes_stand_at_their_fields(wire: Wire, kind: str, values: dict[str, str], wrong: str) -> None:
    """In the words of the interface, whose rules these are; nothing is ordered."""
    reader = at_desk(wire, f"/desk/faults/new/{kind}").submit("Order it", values, 422)
    assert wrong in reader.text
    assert on_order(wire) == []


def test_a_kind_that_there_is_not_leads_to_those_there_are(wire: Wire) -> None:
    """It is named."""
    assert "no kind of fault named earthquake" in at_desk(wire, "/desk/faults/new/earthquake").text


def test_faults_are_taken_back_one_by_one_or_all(wire: Wire) -> None:
    """All of them after a confirmation; one that is gone already is said to be."""
    for to in ("a@x.example", "b@x.example", "c@x.example"):
        wire.control("POST", "/faults", {"kind": "mail-bounce", "to": to, "times": 1})
    reader = at_desk(wire, "/desk/faults")
    form = next(one for one in reader.parsed.forms if one.action.endswith("/1/back"))

    assert "Fault 1 is taken back." in reader.send(form, "Take back").text
    assert "no fault 1" in reader.send(form, "Take back").text
    assert [fault["id"] for fault in on_order(wire)] == [2, 3]

    reader.open("/desk/faults").follow("Take all back").submit("Take all back")
    assert "Nothing goes wrong on demand" in reader.text
    assert on_order(wire) == []


def test_a_fault_that_is_done_or_over_says_so(wire: Wire) -> None:
    """And how often it met and acted."""
    wire.control("POST", "/faults", {"kind": "status", "system": "mail", "status": 503, "times": 1})
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN, "until": "2014-03-03T10:00:00Z"})
    assert wire.get("/mail/api/v1/messages").status_code == 503
    wire.control("POST", "/clock/advance", {"days": 1})

    text = at_desk(wire, "/desk/faults").text

    assert "at most 1 time done" in text
    assert "1 of 1" in text
    assert "until 2014-03-03 10:00 over" in text
