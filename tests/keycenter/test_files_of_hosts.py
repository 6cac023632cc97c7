"""A license generated for several hosts: each answer leads to its own file."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.builders import change, expect_problem, licenses, line, submit, submitted
from tests.wire import PRODUCER, Wire


def generated(wire: Wire, license_id: str, host_id: str) -> dict[str, Any]:
    """What Generate answers for a host."""
    response = wire.post(f"/lkc/api/v1/licenses/{license_id}/generate", {"host_id": host_id}, PRODUCER)
    assert response.status_code in {200, 201}
    made: dict[str, Any] = response.get_json()
    return made


def test_the_link_of_an_answer_leads_to_the_file_it_describes(wire: Wire) -> None:
    """Generated for two hosts and for the first again, each link gives the bytes whose digest stands beside it."""
    license_id = licenses(wire, submitted(wire)["order_number"])[0]["license_id"]

    answers = [generated(wire, license_id, host) for host in ("AAA", "BBB", "AAA")]

    assert answers[0] == answers[2]
    for made in answers:
        file = wire.get(made["href"].partition(f"/w/{wire.world}")[2], PRODUCER)
        assert hashlib.sha256(file.data).hexdigest() == made["sha256"]
        assert made["file_name"] in file.headers["Content-Disposition"]


def test_without_a_key_id_the_file_is_the_last_one(wire: Wire) -> None:
    """The key with the highest number counts as the last, whichever host was asked for since."""
    license_id = licenses(wire, submitted(wire)["order_number"])[0]["license_id"]
    last = [generated(wire, license_id, host) for host in ("AAA", "BBB", "AAA")][1]

    file = wire.get(f"/lkc/api/v1/licenses/{license_id}/file", PRODUCER)

    assert hashlib.sha256(file.data).hexdigest() == last["sha256"]


def test_a_key_of_something_else_gives_no_file(wire: Wire) -> None:
    """A key of another license, of a former revision, or of none is refused; a number that is none is named."""
    number = submitted(wire, lines=[line(), line()])["order_number"]
    first, second = (entry["license_id"] for entry in licenses(wire, number))
    former, other = generated(wire, first, "AAA")["key_id"], generated(wire, second, "AAA")["key_id"]
    change(wire, number, lines=[line(line_number=1, quantity=9), line(line_number=2)])
    submit(wire, number)
    generated(wire, first, "AAA")

    for key_id in (former, other, 0):
        response = wire.get(f"/lkc/api/v1/licenses/{first}/file?key_id={key_id}", PRODUCER)
        expect_problem(response, 409, "license-not-generated")
    expect_problem(wire.get(f"/lkc/api/v1/licenses/{first}/file?key_id=x", PRODUCER), 422, "validation")
