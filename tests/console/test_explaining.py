"""The explain box of the trainer's desk."""

from __future__ import annotations

import re
from urllib.parse import quote

from tests.builders import ANN, book, line, submitted
from tests.console.walking import at_desk
from tests.reader import Reader
from tests.wire import Wire

DO_IT = re.compile(r"Do it: .+")


def press(reader: Reader, place: int = 0) -> Reader:
    """Applies the remedy of the first finding that offers it, or of another."""
    buttons = [(form, name) for form in reader.parsed.forms for name in form.buttons if DO_IT.match(name)]
    return reader.send(*buttons[place])


def test_it_says_what_to_enter_with_examples_from_this_world(wire: Wire) -> None:
    """Each example leads to what is found of it; an empty world has none."""
    assert "Nothing has happened in this world yet." in at_desk(wire, "/desk/explain").text
    number = submitted(wire)["order_number"]

    reader = at_desk(wire, "/desk/explain")

    assert ANN in reader.text
    assert "Nothing is wrong" in reader.follow(number).text


def test_a_finding_tells_cause_evidence_and_what_helps(wire: Wire) -> None:
    """With the documented question, the system of each fact, and the exchange behind it where it is on record."""
    wire.control("POST", "/faults", {"kind": "feed-lost", "to": "keycenter"})
    number = submitted(wire)["order_number"]

    reader = at_desk(wire, f"/desk/explain?order_number={number}")

    assert "feed-lost" in reader.text
    assert "Question 7: A second mail was announced and never came" in reader.text
    assert "What helps" in reader.text
    assert reader.parsed.links["the call behind it"].startswith(f"/w/{wire.world}/desk/exchanges/")


def test_a_remedy_is_applied_and_what_is_found_then_is_shown(wire: Wire) -> None:
    """The call is the one that the finding names; an undo leads back before it."""
    number = book(wire)["order_number"]
    reader = at_desk(wire, f"/desk/explain?order_number={number}")

    press(reader)

    assert "Applied: " in reader.text
    assert "order-not-submitted" not in reader.text
    assert wire.value(wire.control("POST", "/undo"))["undone"]["reason"] == "remedy"
    assert "order-not-submitted" in at_desk(wire, f"/desk/explain?order_number={number}").text


def test_only_what_is_found_now_is_applied(wire: Wire) -> None:
    """A form that was shown before things changed, or was written by hand, does nothing."""
    number = book(wire)["order_number"]
    reader = at_desk(wire, f"/desk/explain?order_number={number}")
    other = at_desk(wire, f"/desk/explain?order_number={number}")
    press(reader)

    assert "not found any more; nothing was done" in press(other).text

    form = next(form for form in other.parsed.forms if form.method == "get")
    made_up = {"finding": "/ordering/api/v1/orders/0005283/cancel", "order_number": number}
    mark = next(form for form in reader.open("/desk/faults").parsed.forms if form.method == "post").values
    answered = reader._client.post(
        f"/w/{wire.world}/desk/explain/remedy", data={**form.values, **made_up, "csrf_token": mark["csrf_token"]}
    )
    assert answered.status_code == 302
    assert wire.value(wire.get(f"/ordering/api/v1/orders/{number}", ("producer", "producer")))["status"] != "cancelled"


def test_a_control_is_a_remedy_as_well(wire: Wire) -> None:
    """The clock goes on until a delayed mail has arrived."""
    wire.control("POST", "/faults", {"kind": "mail-delay", "minutes": 90, "to": ANN})
    submitted(wire)
    reader = at_desk(wire, f"/desk/explain?email={quote(ANN)}")
    assert "mail-delayed" in reader.text

    press(reader)

    assert "mail-delayed" not in reader.text
    assert "10:30" in reader.text


def test_a_remedy_that_is_refused_says_why(wire: Wire) -> None:
    """A fault on order meets it as any other call."""
    number = book(wire)["order_number"]
    wire.control("POST", "/faults", {"kind": "status", "system": "ordering", "status": 503})
    reader = at_desk(wire, f"/desk/explain?order_number={number}")

    assert "The remedy was refused." in press(reader).text


def test_what_a_member_does_is_left_to_him_unless_the_case_knows_his_password(wire: Wire) -> None:
    """Then the desk signs in as he would."""
    submitted(wire, lines=[line()])
    reader = at_desk(wire, "/desk/explain?license_id=L-1")
    assert "A member of the account does it" in reader.text

    name = f"{wire.world}-case"
    made = {"name": name, "from": "scenario:13/date-format"}
    wire.control("POST", "/worlds", made)
    case = Wire(wire.landscape, name)
    wire.value(case.control("POST", "/scenarios/13/date-format/play", {"until": "remedy"}))
    reader = at_desk(case, "/desk/explain?license_id=L-1&email=nora.petersen%40birkenau.example")
    assert "license-ready" in reader.text
    press(reader)
    assert "license-generated" in reader.text
    wire.landscape.store.delete(name)


def test_what_is_wrong_with_a_question_stands_at_its_field(wire: Wire) -> None:
    """What nothing has, what is no address, what does not belong together, and a mail that has no number."""
    submitted(wire)
    for path, wrong in (
        ("order_number=<b>9</b>", "Nothing in this world has it."),
        ("email=nobody", "Not a valid email address."),
        ("message_id=first", "Not a valid integer."),
    ):
        reader = at_desk(wire, f"/desk/explain?{path}")
        assert wrong in reader.text
        assert "<b>9" not in reader.html


def test_a_mail_is_asked_about_by_its_number(wire: Wire) -> None:
    """With or without the sign before it."""
    submitted(wire)
    assert "mail-genuine" in at_desk(wire, "/desk/explain?message_id=%231").text


def test_where_nothing_is_wrong_that_is_said(wire: Wire) -> None:
    """In green, and with the reason why things are as they are."""
    submitted(wire)
    reader = at_desk(wire, f"/desk/explain?email={quote(ANN)}")
    assert "Nothing is wrong" in reader.text
