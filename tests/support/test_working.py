"""Working on service requests: notes, completing, moving, closing and reopening."""

from __future__ import annotations

from typing import Any

from tests.builders import ANN, BOB, expect_problem
from tests.support.desk import REQUESTS, ibm_id, opened, seen
from tests.wire import PRODUCER, Wire


def patched(wire: Wire, number: str, auth: tuple[str, str], **changes: Any) -> dict[str, Any]:
    """Changes a request and returns the answer."""
    request: dict[str, Any] = wire.value(wire.patch(f"{REQUESTS}/{number}", changes, auth))
    return request


def test_notes_carry_their_author_and_moment(wire: Wire) -> None:
    """Customers and staff write on the same record, oldest note first."""
    ann = ibm_id(wire, level="basic")
    path = f"{REQUESTS}/{opened(wire, ann)['pmr_number']}"

    first = wire.value(wire.post(f"{path}/notes", {"text": "Still fails.\nSince Monday."}, ann), 201)
    wire.control("POST", "/clock/advance", {"to": "2014-03-04T10:00:00Z"})
    second = wire.value(wire.post(f"{path}/notes", {"text": "We look into it."}, PRODUCER), 201)

    assert first == {"author": ANN, "written_at": "2014-03-03T09:00:00Z", "text": "Still fails.\nSince Monday."}
    assert (second["author"], second["written_at"]) == ("producer", "2014-03-04T10:00:00Z")
    assert wire.value(wire.get(path, PRODUCER))["notes"] == [first, second]
    expect_problem(wire.post(f"{path}/notes", {"text": " \n "}, ann), 422, "validation")


def test_what_was_missing_can_be_given_later(wire: Wire) -> None:
    """Q4: each value that is added leaves the list of what would speed the request up."""
    ann = ibm_id(wire, level="basic")
    number = opened(wire, ann)["pmr_number"]

    completed = patched(wire, number, ann, ocn="12345678", quantity=3, severity=1, description="More of it")

    assert not {"ocn", "quantity"} & set(completed["missing"])
    assert (completed["ocn"], completed["severity"], completed["description"]) == ("12345678", 1, "More of it")
    assert patched(wire, number, ann, quantity=3, severity=1) == completed
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    changed = [event for event in events if event["kind"] == "service-request-changed"]
    assert [event["subject"]["fields"] for event in changed] == [["description", "ocn", "quantity", "severity"]]


def test_the_staff_move_a_request_between_queues(wire: Wire) -> None:
    """A PMR goes from one support queue to another (documented: swg21512186); customers do not move it."""
    ann = ibm_id(wire, level="admin")
    number = opened(wire, ann, summary="Where is my token?")["pmr_number"]

    refused = wire.patch(f"{REQUESTS}/{number}", {"queue": "licensing"}, ann)
    moved = patched(wire, number, PRODUCER, queue="licensing")

    expect_problem(refused, 403, "staff-only")
    assert moved["queue"] == "licensing"
    assert seen(wire, PRODUCER, queue="licensing") == [number]


def test_a_recently_closed_request_can_be_reopened(wire: Wire) -> None:
    """Within 14 days of the world it goes on; a day later another one is needed (documented: swg21449347)."""
    ann = ibm_id(wire, level="basic")
    number = opened(wire, ann)["pmr_number"]

    assert patched(wire, number, ann, status="closed")["status"] == "closed"
    wire.control("POST", "/clock/advance", {"to": "2014-03-17T09:00:00Z"})
    reopened = patched(wire, number, ann, status="open", ocn="12345678")
    assert (reopened["status"], reopened["ocn"]) == ("open", "12345678")
    patched(wire, number, PRODUCER, status="closed")
    wire.control("POST", "/clock/advance", {"to": "2014-03-31T09:00:01Z"})

    late = wire.patch(f"{REQUESTS}/{number}", {"status": "open"}, ann)

    assert expect_problem(late, 409, "closed-too-long")["pmr_number"] == number
    assert seen(wire, ann, status="closed") == [number]
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    assert [event["kind"].removeprefix("service-request-") for event in events if "pmr_number" in event["subject"]] == [
        "opened",
        "closed",
        "reopened",
        "changed",
        "closed",
    ]


def test_a_closed_request_takes_nothing_in(wire: Wire) -> None:
    """Neither notes nor changes, until it is reopened; closing it again or opening an open one changes nothing."""
    ann = ibm_id(wire, level="basic")
    number = opened(wire, ann)["pmr_number"]
    closed = patched(wire, number, ann, severity=2, status="closed")

    assert patched(wire, number, ann, status="closed") == closed
    expect_problem(wire.patch(f"{REQUESTS}/{number}", {"ocn": "1"}, ann), 409, "service-request-closed")
    expect_problem(wire.post(f"{REQUESTS}/{number}/notes", {"text": "x"}, ann), 409, "service-request-closed")

    assert patched(wire, number, ann, status="open")["status"] == "open"
    assert patched(wire, number, ann, status="open") == {**closed, "status": "open"}


def test_a_state_that_there_is_not_is_refused(wire: Wire) -> None:
    """Open and closed are the states; the summary stays what it was."""
    ann = ibm_id(wire, BOB, level="basic")
    number = opened(wire, ann)["pmr_number"]

    for changes in ({"status": "lost"}, {"summary": "other"}, {"queue": "sales"}):
        expect_problem(wire.patch(f"{REQUESTS}/{number}", changes, ann), 422, "validation")
