"""Playing a bundle: what differs is shown, what cannot be the same is not compared, and no other world is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkc.app import Landscape
from lkc.bundles.comparing import what_differs
from lkc.bundles.model import Answered
from lkc.bundles.neutral import neutral
from lkc.config import Settings
from lkc.world.clock import Mode
from lkc.world.store import Origin
from tests.builders import ANN, PASSWORD, book, create_customer, expect_problem, mails, submitted, with_password
from tests.bundles.cases import TOML, content, given, replay, same, save
from tests.keycenter.portal.visits import reader_of
from tests.wire import PRODUCER, Wire

CUSTOMERS = "/ordering/api/v1/customers"


@pytest.fixture
def changed(wire: Wire) -> str:
    """A bundle of three calls, as it would be had the second been answered otherwise by an older version."""
    create_customer(wire)
    wire.get(f"{CUSTOMERS}/0012345", PRODUCER)
    wire.get(CUSTOMERS, PRODUCER)
    name = '"name": "Acme Holding"'
    sent, first, second, third, rest = save(wire).split(name)
    return name.join([sent, first, f'{second}"name": "Acme Holdings"{third}', rest])


def test_the_first_answer_that_differs_is_shown(changed: str, elsewhere: Wire) -> None:
    """All calls are made; of the first that was answered otherwise both answers are told, and the lines that differ."""
    found = elsewhere.value(replay(elsewhere, changed))

    first = found["first"]
    assert (found["calls"], found["different"]) == (3, 1)
    assert (first["number"], first["method"], first["path"]) == (2, "GET", f"{CUSTOMERS}/0012345")
    assert first["what"] == "the body is another"
    assert '- "name": "Acme Holdings",' in first["difference"]
    assert '+ "name": "Acme Holding",' in first["difference"]
    assert first["got"]["status"] == 200


def test_who_asserts_stops_there(changed: str, elsewhere: Wire) -> None:
    """417 with the difference; the world is as this call left it, and its journal ends with it."""
    refused = expect_problem(replay(elsewhere, changed, **{"assert": "true"}), 417, "answer-differs")

    left = Wire(elsewhere.landscape, refused["world"])
    assert refused["first"]["number"] == 2
    assert refused["url"].endswith(f"/w/{refused['world']}")
    assert [one["path"] for one in left.value(left.get("/_sim/requests"))] == [CUSTOMERS, f"{CUSTOMERS}/0012345"]


def test_a_changed_status_and_another_place_are_told_as_such(wire: Wire, elsewhere: Wire) -> None:
    """Before any body is compared."""
    create_customer(wire)
    reader_of(wire).open("/lkc/")

    text = save(wire)
    status = elsewhere.value(replay(elsewhere, text.replace("status = 201", "status = 409")))
    place = elsewhere.value(replay(elsewhere, text.replace('location = "{world}/lkc/login"', 'location = "{world}/"')))

    assert status["first"]["what"] == "201 instead of 409"
    assert place["first"]["what"] == "it leads to {world}/lkc/login instead of {world}/"


def test_a_bundle_is_played_in_a_world_of_its_own(wire: Wire, elsewhere: Wire) -> None:
    """By the name that is given, or a new one; a world that is there is refused and stays as it is."""
    create_customer(wire)
    text = save(wire)

    named = elsewhere.value(replay(elsewhere, text, world="the-case"))
    refused = expect_problem(replay(elsewhere, text, world="the-case"), 409, "world-exists")
    expect_problem(replay(elsewhere, text, world="The Case"), 422, "validation")

    world = elsewhere.value(elsewhere.get("/_sim/worlds/the-case"))
    assert (named["world"], named["url"]) == ("the-case", "http://localhost/w/the-case")
    assert (world["from"], refused["world"]) == ("bundle", "the-case")
    there = Wire(elsewhere.landscape, "the-case")
    there.control("POST", "/worlds/the-case/reset")
    assert there.value(there.get(CUSTOMERS, PRODUCER)) == []
    elsewhere.landscape.store.delete("the-case")


def test_a_bundle_can_be_made_of_what_was_played(wire: Wire, elsewhere: Wire) -> None:
    """Its calls stand in the journal of their world like any others."""
    submitted(wire)
    with_password(wire)
    first = save(wire)
    world = elsewhere.value(replay(elsewhere, first))["world"]

    second = save(Wire(elsewhere.landscape, world), "origin")

    assert content(second)["calls"] == content(first)["calls"]
    same(wire, second)


def test_answers_that_faults_spoilt_are_spoilt_again(wire: Wire, elsewhere: Wire) -> None:
    """Dropped, cut, lost after the work was done; work that was done is done."""
    create_customer(wire)
    for wish in ("drop-connection", "truncate", "after-commit", "after-commit; close=true", "latency; ms=1"):
        try:
            wire.get(CUSTOMERS, PRODUCER, headers={"Prefer": f"lkc-fault={wish}"})
        except ConnectionResetError:
            continue
    wire.get(CUSTOMERS, PRODUCER)

    text = save(wire)

    assert [call["status"] for call in content(text)["call"]] == [201, 0, 200, 502, 0, 200, 200]
    assert same(elsewhere, text) == 7


def test_the_desk_is_compared_by_status_alone(wire: Wire, elsewhere: Wire) -> None:
    """It tells of the simulator itself, such as its other worlds."""
    reader_of(wire).open("/")

    text = save(wire)

    [call] = content(text)["call"]
    assert "answer" not in call
    same(elsewhere, text)


def test_snapshots_within_a_bundle_are_saved_and_loaded_again(wire: Wire, elsewhere: Wire) -> None:
    """Their size on the disk is not compared."""
    create_customer(wire, "0000001")
    wire.control("PUT", "/snapshots/here")
    create_customer(wire, "0000002")
    wire.control("POST", "/snapshots/here/load")
    wire.get(CUSTOMERS, PRODUCER)
    wire.control("DELETE", "/snapshots/here")

    assert same(elsewhere, save(wire)) == 6


def test_a_value_may_be_given_for_any_secret(wire: Wire, elsewhere: Wire) -> None:
    """Also for one that would be made up, or be the password of the staff here."""
    book(wire)
    text = save(wire)

    found = elsewhere.value(replay(elsewhere, given(text, "producer", "of another simulator")))

    assert found["first"]["what"] == "401 instead of 201"


def test_a_mail_that_is_not_there_makes_no_link(wire: Wire, elsewhere: Wire) -> None:
    """Where the rules have changed so far that a secret cannot be found, the call is made with another, and differs."""
    submitted(wire)
    with_password(wire)
    wire.get("/lkc/api/v1/accounts", (ANN, PASSWORD))
    text = save(wire)
    elsewhere.value(replay(elsewhere, text))

    for wrong in ("place = 9", 'from = "mail"\nmail = "x"\nplace = 1'):
        spoilt = text.replace('from = "answer"\ncall = 5\nplace = 1' if "mail" in wrong else "place = 1", wrong)
        found = elsewhere.value(replay(elsewhere, spoilt))
        assert found["first"]["path"] == "/lkc/api/v1/password"
        assert found["first"]["what"].endswith("instead of 204")


def test_mails_tell_the_same_though_their_world_has_another_name(wire: Wire, elsewhere: Wire) -> None:
    """In links, pages and raw form, of which only the status is compared: it is sealed with the name."""
    submitted(wire)
    [first, *_] = mails(wire)
    wire.get(f"/mail/api/v1/messages/{first['id']}/raw")
    reader_of(wire).open("/mail/")

    assert same(elsewhere, save(wire)) == 6


def test_where_controls_need_a_token_they_get_it(elsewhere: Wire, tmp_path: Path) -> None:
    """That of the simulator on which the bundle is played; none of it is in the bundle."""
    guarded = Landscape(Settings(data_dir=tmp_path, ephemeral=True, admin_token="of-the-admin"))
    guarded.store.create("w", Origin())
    wire = Wire(guarded, "w")
    try:
        wire.call("POST", "/_sim/clock/advance", {"days": 1}, "of-the-admin")
        text = wire.get("/_sim/bundle", "of-the-admin").get_data(as_text=True)
        headers = {**TOML, "Authorization": "Bearer of-the-admin"}
        found = wire.value(wire.call("POST", "/_sim/bundle/replay", text.encode(), headers=headers))
    finally:
        guarded.close()

    assert "authorization" not in text
    assert found["different"] == 0
    assert same(elsewhere, text) == 1


SAME = Answered(status=200, body='{"at": "2014-03-03T09:00:00Z", "n": 1}')


@pytest.mark.parametrize(
    ("got", "runs", "what"),
    [
        (Answered(status=200, body='{"n":1,"at":"2014-03-03T09:00:00Z"}'), False, ""),
        (Answered(status=200, body='{"at": "2014-03-03T09:00:01Z", "n": 1}'), True, ""),
        (Answered(status=200, body='{"at": "2014-03-03T09:00:01Z", "n": 1}'), False, "the body is another"),
        (Answered(status=200, body='{"at": "2014-03-03T09:00:02Z", "n": 1}'), True, "the body is another"),
        (Answered(status=200, body='{"at": "2014-13-03T09:00:00Z", "n": 1}'), True, "the body is another"),
        (Answered(status=200, body='{"at": "2014-03-03T09:00:00Z", "n": 2}'), True, "the body is another"),
        (Answered(status=200, body=None), False, "the body is another"),
        (Answered(status=None), False, "no answer instead of 200"),
        (Answered(status=200, body=SAME.body, faults=("latency",)), False, "with latency instead of no fault"),
        (Answered(status=200, body=SAME.body, location="/a"), False, "it leads to /a instead of nowhere"),
    ],
)
def test_answers_are_compared_by_what_they_say(got: Answered, runs: bool, what: str) -> None:  # noqa: FBT001 - a table
    """JSON by its values; where the clock runs, a call may meet the next second."""
    assert what_differs(SAME, got, is_broken=False, runs=runs) == what


def test_of_a_body_that_is_kept_in_part_the_beginning_is_compared() -> None:
    """But for its very end, which a longer name would move."""
    text = "x" * 1000
    cut = Answered(status=200, body=text + "a" * 100, is_whole=False)

    assert (
        what_differs(cut, Answered(status=200, body=text + "b" * 90, is_whole=False), is_broken=False, runs=False) == ""
    )
    assert what_differs(cut, Answered(status=200, body="y" + text, is_whole=False), is_broken=False, runs=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see http://127.0.0.1:8019/w/acme/lkc/ or /w/acme-2/lkc", "see {world}/lkc/ or /w/acme-2/lkc"),
        ('{"world": "acme", "of": "acmes"}', '{"world": "{name}", "of": "acmes"}'),
        ("<p>acme, not acme-2", "<p>{name}, not acme-2"),
        ("http://127.0.0.1:8019/x", "{simulator}/x"),
        ("***~0123456789ab:8~ and ***~no~", "*** and ***~no~"),
    ],
)
def test_where_a_world_is_served_makes_no_difference(text: str, shown: str) -> None:
    """Host and name of the world are no part of what is compared, nor are marks of secrets."""
    assert neutral(text, {"acme"}, "127.0.0.1:8019") == shown


def test_a_running_clock_of_the_origin_is_known_by_what_was_noted(elsewhere: Wire, wire: Wire) -> None:
    """Of a world that was made over the interface, also after its clock was moved."""
    made = wire.value(wire.control("POST", "/worlds", {"clock": "running"}), 201)["name"]
    running = Wire(wire.landscape, made)
    running.control("POST", "/clock/advance", {"days": 1})
    book(running)

    assert same(elsewhere, save(running, "origin")) == 3
    wire.landscape.store.delete(made)
    wire.landscape.store.create(made, Origin(mode=Mode.RUNNING))
    wire.landscape.journal.clear(made)
    running.control("POST", "/clock/advance", {"days": 1})
    assert same(elsewhere, save(running, "origin")) == 1
    wire.landscape.store.delete(made)
