"""IBM IDs, registrations and their levels: who sees which requests, and who manages that."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.app import Landscape
from lkc.support.facts import level_of, requests_by
from lkc.world.session import Access
from tests.builders import ANN, BOB, ICN, expect_problem
from tests.support.desk import API, REQUESTS, SECRET, ibm_id, opened, register, seen
from tests.wire import PRODUCER, Wire

CARL = "carl@acme.example"
REGISTRATIONS = f"{API}/registrations"


def levels(wire: Wire, auth: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The registrations that a caller sees."""
    found = wire.value(wire.get(REGISTRATIONS, auth))
    return [(entry["email"], entry["icn"], entry["level"]) for entry in found]


def test_an_ibm_id_belongs_to_one_address(wire: Wire) -> None:
    """Whoever comes second, in whatever letter case, is refused; by itself it shows nothing."""
    ann = ibm_id(wire)

    again = wire.post(f"{API}/ibm-ids", {"email": ANN.upper(), "password": "other"})

    expect_problem(again, 409, "ibm-id-exists")
    assert (seen(wire, ann), levels(wire, ann)) == ([], [])
    for path in (REQUESTS, REGISTRATIONS):
        expect_problem(wire.get(path), 401, "invalid-credentials")


@pytest.mark.parametrize(("level", "sees_coworkers"), [("basic", False), ("full", True), ("admin", True)])
def test_the_access_level_says_whose_requests_are_seen(wire: Wire, level: str, *, sees_coworkers: bool) -> None:
    """Basic shows one's own, full and admin also coworkers', of the same ICN only (documented: SR help, Q1)."""
    ann = ibm_id(wire, ANN, level)
    bob = ibm_id(wire, BOB, "full")
    register(wire, BOB, "full", "7777777")
    own, coworkers = opened(wire, ann)["pmr_number"], opened(wire, bob)["pmr_number"]
    elsewhere = opened(wire, bob, icn="7777777")["pmr_number"]

    assert seen(wire, ann) == ([own, coworkers] if sees_coworkers else [own])
    assert seen(wire, bob) == seen(wire, PRODUCER) == [own, coworkers, elsewhere]
    path = f"{REQUESTS}/{coworkers}"
    if sees_coworkers:
        assert wire.value(wire.patch(path, {"ocn": "1"}, ann))["ocn"] == "1"
    for hidden in [elsewhere] if sees_coworkers else [coworkers, elsewhere, "00000,000,000"]:
        for response in (
            wire.get(f"{REQUESTS}/{hidden}", ann),
            wire.patch(f"{REQUESTS}/{hidden}", {"ocn": "1"}, ann),
            wire.post(f"{REQUESTS}/{hidden}/notes", {"text": "x"}, ann),
        ):
            expect_problem(response, 404, "unknown-service-request")


def test_administrators_manage_the_access_of_their_customer_number(wire: Wire) -> None:
    """They register, change and remove coworkers there and nowhere else; others may not (documented: SR help)."""
    ann, bob = ibm_id(wire, ANN, "admin"), ibm_id(wire, BOB)
    wanted = {"email": BOB, "icn": ICN, "level": "basic"}

    made = wire.value(wire.post(REGISTRATIONS, wanted, ann), 201)
    raised = wire.value(wire.post(REGISTRATIONS, {**wanted, "level": "full"}, ann))

    assert raised == {**made, "level": "full"}
    assert levels(wire, ann) == [(ANN, ICN, "admin"), (BOB, ICN, "full")]
    assert levels(wire, bob) == [(BOB, ICN, "full")]
    expect_problem(wire.post(REGISTRATIONS, {**wanted, "icn": "7777777"}, ann), 403, "access-level")
    expect_problem(wire.post(REGISTRATIONS, {**wanted, "level": "admin"}, bob), 403, "access-level")
    path = f"{REGISTRATIONS}/{made['registration_id']}"
    expect_problem(wire.delete(path, bob), 403, "access-level")
    assert wire.delete(path, ann).status_code == 204
    assert levels(wire, bob) == []
    expect_problem(wire.delete(path, ann), 404, "unknown-registration")
    expect_problem(wire.delete(f"{REGISTRATIONS}/{2**63}", ann), 404, "not-found")


def test_with_the_registration_the_sight_of_requests_ends(wire: Wire) -> None:
    """Who is no longer registered sees not even his own requests of that customer number; the staff do."""
    ann = ibm_id(wire)
    registration = register(wire, ANN, "basic")
    number = opened(wire, ann)["pmr_number"]

    assert wire.delete(f"{REGISTRATIONS}/{registration['registration_id']}", PRODUCER).status_code == 204

    assert seen(wire, ann) == []
    assert seen(wire, PRODUCER) == [number]


def test_an_address_may_be_registered_before_it_has_an_ibm_id(wire: Wire) -> None:
    """The registration waits for the IBM ID; registering again with the same level changes nothing."""
    first = register(wire, ANN.upper(), "basic")

    again = register(wire, ANN, "basic")

    assert again == first
    assert levels(wire, ibm_id(wire)) == [(ANN, ICN, "basic")]
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    assert [event["kind"] for event in events] == ["access-registered", "ibm-id-created"]


def test_lists_come_in_pages(wire: Wire) -> None:
    """Registrations by id and requests in the order in which they were opened, whatever their numbers."""
    ann = ibm_id(wire, level="basic")
    for email in (BOB, CARL):
        register(wire, email, "basic")
    numbers = [opened(wire, ann, summary=f"no {place}")["pmr_number"] for place in range(5)]

    def pages(path: str, key: str) -> list[Any]:
        found: list[Any] = []
        following: str | None = f"{path}?limit=2"
        while following:
            response = wire.get(following, PRODUCER)
            found += [entry[key] for entry in wire.value(response)]
            link = response.headers.get("Link", "")
            following = link.partition(f"/w/{wire.world}")[2].partition(">")[0]
        return found

    assert pages(REQUESTS, "pmr_number") == numbers
    assert pages(REGISTRATIONS, "email") == [ANN, BOB, CARL]


def test_the_desk_states_what_it_knows(wire: Wire, landscape: Landscape) -> None:
    """The requests of an address, and its level for a customer number."""
    ann = ibm_id(wire, level="full")
    first = opened(wire, ann, ocn="12345678", quantity=1)
    second = opened(wire, ann, summary="Something else")
    wire.value(wire.patch(f"{REQUESTS}/{second['pmr_number']}", {"status": "closed"}, ann))

    with landscape.store.session(wire.world, Access.READ) as world:
        stated = requests_by(world, ANN.upper())
        others = (requests_by(world, BOB), level_of(world, BOB, ICN))
        level = level_of(world, ANN.upper(), ICN)

    assert [(fact.queue, fact.status, fact.summary) for fact in stated] == [
        ("licensing", "open", first["summary"]),
        ("general", "closed", "Something else"),
    ]
    assert (stated[0].opened_by, stated[0].icn, list(stated[0].missing)) == (ANN, ICN, first["missing"])
    assert others == ((), None)
    assert level == "full"


def test_passwords_are_kept_as_hashes(wire: Wire, landscape: Landscape) -> None:
    """The journal and the tables hold none in the open."""
    ibm_id(wire)

    journal = wire.value(wire.get("/_sim/requests"))
    with landscape.store.session(wire.world, Access.READ) as world:
        kept = world.driver.execute("SELECT password_hash FROM support_ibm_id").fetchone()[0]

    assert SECRET not in str(journal)
    assert kept.startswith("$argon2")
