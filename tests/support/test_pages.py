"""The support desk in the browser: an IBM ID, a registration, a request, and what becomes of it."""

from __future__ import annotations

import pytest

from tests.builders import ANN, BOB, ICN, mails, submitted
from tests.reader import Reader
from tests.support.desk import ibm_id, opened, register
from tests.wire import Wire

PASSWORD = "my password"
SUMMARY = "licensing for IBM Security products: nothing arrives"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def reader(wire: Wire) -> Reader:
    """Somebody with a browser."""
    return Reader(wire.landscape, wire.world)


def signed_in(reader: Reader, auth: tuple[str, str]) -> Reader:
    """Somebody who has signed in at the desk."""
    return reader.open("/support/").submit("Sign in", {"name": auth[0], "password": auth[1]})


def test_from_an_ibm_id_to_the_licensing_team(wire: Wire, reader: Reader) -> None:
    """Create the ID, get registered, open a request: it lands with the licensing team (Q1)."""
    reader.open("/support/").follow("Create an IBM ID").submit("Create", {"email": ANN, "password": PASSWORD})
    assert "No registration" in reader.text
    reader.follow("Open a service request").submit("Open the request", {"summary": SUMMARY, "icn": ICN}, status=422)
    assert f"is not registered for support of customer number {ICN}" in reader.text

    register(wire, ANN, "basic")
    reader.submit("Open the request")
    assert "Licensing team for IBM Security products" in reader.text
    assert "What would speed it up" in reader.text


def test_without_the_phrase_it_lands_in_the_general_queue(wire: Wire, reader: Reader) -> None:
    """And what was missing is added later (Q3, Q4)."""
    signed_in(reader, ibm_id(wire, level="basic")).follow("Open a service request")
    reader.submit("Open the request", {"summary": f"{HOSTILE} help", "icn": ICN, "quantity": "many"}, status=422)
    assert "Not a valid integer." in reader.text
    reader.submit("Open the request", {"quantity": "5", "ocn": "12345678"})
    assert "General queue" in reader.text
    assert "<script>alert" not in reader.html

    reader.submit("Add", {"product": "GX4004"})
    assert "Product GX4004" in reader.text
    assert 'name="product"' not in reader.html


def test_a_request_without_a_customer_number_is_refused_at_the_form(wire: Wire, reader: Reader) -> None:
    """What was written stays (Q4)."""
    signed_in(reader, ibm_id(wire, level="basic")).follow("Open a service request")
    reader.submit("Open the request", {"summary": SUMMARY, "description": "much text"}, status=422)
    assert "needs the customer number (ICN)" in reader.text
    assert "much text" in reader.text


def test_notes_closing_and_reopening(wire: Wire, reader: Reader) -> None:
    """A closed request takes no notes; two weeks later it cannot be reopened."""
    auth = ibm_id(wire, level="basic")
    number = opened(wire, auth)["pmr_number"]
    signed_in(reader, auth).follow(number).submit("Write the note", {"text": f"first\n{HOSTILE}"})
    assert "first" in reader.text
    assert "<script>alert" not in reader.html
    reader.submit("Close")
    assert "Write the note" not in reader.text
    reader.submit("Reopen").submit("Close")
    wire.control("POST", "/clock/advance", {"days": 15})
    signed_in(reader, auth).follow(number)
    assert "Closed too long ago" in reader.text


def test_coworkers_requests_are_seen_by_level(wire: Wire, reader: Reader) -> None:
    """Basic sees its own only; another's is not found, on the page as over the interface."""
    number = opened(wire, ibm_id(wire, level="basic"))["pmr_number"]
    signed_in(reader, ibm_id(wire, BOB, level="basic"))
    assert "No service request" in reader.text
    assert "You see no service request" in reader.open(f"/support/requests/{number}", status=404).text
    register(wire, BOB, "full")
    assert number in reader.open("/support/").text


def test_administrators_manage_access(wire: Wire, reader: Reader) -> None:
    """They register coworkers and end it; an ordinary one sees his own registration only."""
    signed_in(reader, ibm_id(wire, level="admin")).follow("Support registrations")
    reader.submit("Register", {"email": BOB, "icn": ICN, "level": "full"})
    assert f"{BOB} is registered for customer number {ICN} (Full)." in reader.text
    reader.submit("Register", {"email": "bob", "icn": ICN}, status=422)
    assert "Not a valid email address." in reader.text
    reader.submit("Register", {"email": BOB, "icn": "0099999"})
    assert "does not manage access" in reader.text
    form = [one for one in reader.parsed.forms if "Remove" in one.buttons][-1]
    reader.send(form, "Remove")
    assert "The registration has ended." in reader.text
    assert BOB not in reader.text


def test_the_staff_move_requests_and_reset_passwords(wire: Wire, reader: Reader) -> None:
    """The new password is mailed to the order's contact; a wrong pair is told (Q19)."""
    order = submitted(wire)
    number = opened(wire, ibm_id(wire, level="basic"), summary="help")["pmr_number"]
    signed_in(reader, ("producer", "producer")).follow(number)
    reader.submit("Move to: Licensing team for IBM Security products")
    assert "Queue Licensing team" in reader.text
    reader.follow("New OCN password").submit("Reset and mail", {"ocn": order["ocn"], "icn": "1"})
    assert 'class="notice notice-refused"' in reader.html
    reader.submit("Reset and mail", {"ocn": order["ocn"], "icn": ICN})
    assert "is mailed a new password" in reader.text
    assert len(mails(wire, to=ANN, subject="New password")) == 1


def test_a_wrong_password_is_told_and_pages_need_a_sign_in(wire: Wire, reader: Reader) -> None:
    """Whoever is not signed in is led to the sign-in from every page."""
    ibm_id(wire)
    reader.open("/support/requests/new").submit("Sign in", {"name": ANN, "password": "x"}, status=401)
    assert "do not belong together" in reader.text
    for path in ("registrations", "ocn-password", "requests/1", ""):
        assert reader.open(f"/support/{path}").path.endswith("/support/sign-in")


def test_customers_do_not_see_the_staffs_page(wire: Wire, reader: Reader) -> None:
    """It says whom it is for, and does nothing."""
    signed_in(reader, ibm_id(wire, level="admin"))
    assert "For the vendor's staff" in reader.open("/support/ocn-password").text
    assert 'name="ocn"' not in reader.html
