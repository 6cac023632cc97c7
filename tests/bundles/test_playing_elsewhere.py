"""A bundle that is saved in one place and played in another: the same calls, the same answers."""

from __future__ import annotations

from datetime import timedelta

from lkc.mail.mailboxes import Search, find_mails
from lkc.world.clock import Mode
from lkc.world.session import Access
from lkc.world.store import Origin
from tests.builders import ANN, BOB, PASSWORD, licenses, mails, person, submitted, with_password
from tests.bundles.cases import content, given, same, save
from tests.keycenter.portal.visits import log_in, reader_of
from tests.wire import PRODUCER, Wire


def test_calls_are_answered_elsewhere_as_they_were(wire: Wire, elsewhere: Wire) -> None:
    """From the order to the license file, mails and refusals included, in a world of another name."""
    number = submitted(wire)["order_number"]
    ann = with_password(wire)
    [license_] = licenses(wire, number, ann)
    wire.post(f"/lkc/api/v1/licenses/{license_['license_id']}/generate", {}, ann)
    wire.get(f"/lkc/api/v1/licenses/{license_['license_id']}/file", ann)
    wire.get("/lkc/api/v1/licenses/L-0", ann)
    session = wire.value(wire.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD}), 201)["token"]
    wire.get("/lkc/api/v1/accounts", session)
    mails(wire)

    text = save(wire)

    assert content(text)["calls"] == same(elsewhere, text) == 13
    assert content(text)["since"] == "the origin"


def test_a_browser_is_played_like_any_caller(wire: Wire, elsewhere: Wire) -> None:
    """Cookies, what binds a form to its page, passwords that are refused for their form, and two people at once."""
    submitted(wire, registered_end_users=[person(), person(BOB)])
    with_password(wire, BOB, "the other one")
    reader = reader_of(wire).open("/lkc/").follow("Password Finder").submit("Send the mail", {"email": ANN})
    reader.open(mails(wire, to=ANN, subject="Password Finder")[0]["links"][0])
    reader.submit("Set password", {"password": "short", "again": "short"})
    reader.submit("Set password", {"password": PASSWORD, "again": "another one"})
    reader.submit("Set password", {"password": PASSWORD, "again": PASSWORD})
    bob = log_in(reader_of(wire), BOB, "a wrong one", 401)
    log_in(reader, ANN)
    log_in(bob, BOB, "the other one")
    reader.open("/lkc/members")
    bob.open("/lkc/")

    text = save(wire)

    assert same(elsewhere, text) > 20


def test_a_link_that_only_a_mail_showed_is_found_in_the_mail(wire: Wire, elsewhere: Wire) -> None:
    """Who read the mail by other means than the interface has its link all the same."""
    submitted(wire)
    wire.post("/lkc/api/v1/password-finder", {"email": ANN})
    with wire.landscape.store.session(wire.world, Access.READ) as session:
        token = find_mails(session, Search(to=ANN, subject="Password Finder"), 1)[0].links[0].rpartition("/")[2]
    wire.post("/lkc/api/v1/password", {"token": token, "password": PASSWORD})
    wire.value(wire.get("/lkc/api/v1/accounts", (ANN, PASSWORD)))

    text = save(wire)

    assert [one["from"] for one in content(text)["secret"]] == ["producer", "mail", "made"]
    same(elsewhere, text)


def test_a_case_that_is_played_is_played_again_as_one_call(wire: Wire, elsewhere: Wire) -> None:
    """What came from within is no call of the bundle: the call that led to it does it again."""
    wire.control("POST", "/scenarios/13/date-format/play", {"until": "symptom"})
    wire.control("POST", "/undo")
    played = wire.value(wire.control("POST", "/scenarios/13/date-format/play"))
    user = next(
        (made["caller"], made["password"])
        for step in played["steps"]
        for made in step["requests"]
        if made["password"] is not None
    )
    wire.value(wire.get("/lkc/api/v1/orders", user))
    wire.control("POST", "/explain", {"email": user[0]})

    text = save(wire, "origin")

    assert same(elsewhere, text) == 5


def test_faults_go_on_where_they_were(wire: Wire, elsewhere: Wire) -> None:
    """Those on order at the beginning with what they have met, by chance as before; and every kind of the wire."""
    with_password(wire, submitted(wire)["contact"]["email"])
    wire.control("POST", "/faults", {"system": "keycenter", "kind": "status", "status": 503, "probability": 0.5})
    wire.control("POST", "/faults", {"system": "ordering", "kind": "status", "status": 500, "every": 3})
    for _ in range(4):
        wire.get("/ordering/api/v1/orders", PRODUCER)
    wire.control("PUT", "/snapshots/here")
    statuses = [wire.get("/lkc/api/v1/accounts", (ANN, PASSWORD)).status_code for _ in range(8)]
    statuses += [wire.get("/ordering/api/v1/orders", PRODUCER).status_code for _ in range(3)]
    wire.get("/mail/api/v1/messages", headers={"Prefer": "lkc-fault=status; status=504"})

    text = given(save(wire, "snapshot:here"), ANN, PASSWORD)

    assert {200, 503, 500} == set(statuses)
    # The snapshot's own call ends after it was made.
    assert same(elsewhere, text) == 13


def test_a_running_clock_shows_each_call_the_moment_of_then(wire: Wire, elsewhere: Wire) -> None:
    """Also after it was moved, and though playing takes another time than the calls took."""
    wire.landscape.store.delete(wire.world)
    wire.landscape.store.create(wire.world, Origin(mode=Mode.RUNNING))
    submitted(wire)
    wire.control("POST", "/clock/advance", {"hours": 5})
    wire.value(wire.get("/_sim/clock"))
    with wire.landscape.store.session(wire.world, Access.WRITE) as session:
        session.clock.advance(timedelta(0))
    submitted(wire, purchase_order="PO-2")
    with_password(wire)
    mails(wire)

    text = save(wire, "origin")

    assert same(elsewhere, text) > 9
