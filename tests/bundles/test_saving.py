"""What a bundle holds and what it does not, where it begins, and what cannot be saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world import journal
from lkc.world.store import Origin
from tests.builders import ANN, PASSWORD, create_customer, expect_problem, mails, submitted, with_password
from tests.bundles.cases import ask, content, given, replay, same, save
from tests.keycenter.portal.visits import log_in, logged_in, reader_of
from tests.wire import PRODUCER, Wire

CUSTOMERS, ORDERS = "/ordering/api/v1/customers", "/ordering/api/v1/orders"


def calls(text: str) -> list[tuple[str, str]]:
    """Method and path of each call of a bundle."""
    return [(call["method"], call["path"]) for call in content(text).get("call", [])]


def test_no_secret_that_was_sent_is_in_a_bundle(wire: Wire) -> None:
    """Passwords, tokens and cookies of calls and answers have names only; who signs in is told."""
    submitted(wire)
    with_password(wire)
    link = mails(wire, to=ANN, subject="Password Finder")[0]["links"][0].rpartition("/")[2]
    token = wire.value(wire.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD}), 201)["token"]
    wire.get("/lkc/api/v1/accounts", token)
    wire.get("/lkc/api/v1/accounts", (ANN, "no such thing"))
    log_in(reader_of(wire))

    text = save(wire)

    calls_alone = text.partition("# The state of the world before these calls")[0]
    for secret in (PASSWORD, "correct+horse", "no such thing", "bm8gc3VjaCB0aGluZw", link, token, "***~"):
        assert secret not in calls_alone
    assert f'"authorization" = "Basic {ANN}:{{secret:{ANN}}}"' in calls_alone
    assert "csrf_token={secret:form}" in calls_alone


def test_looks_at_the_controls_and_calls_from_within_are_left_out(wire: Wire) -> None:
    """What changes the world stays; the journal, other worlds and bundles are no part of it."""
    create_customer(wire)
    wire.get("/_sim/clock")
    wire.get("/_sim/requests")
    wire.control("POST", "/requests/verify", {"method": "POST", "path": CUSTOMERS})
    wire.control("POST", "/scenarios/05/seats/arrange")
    wire.control("POST", "/clock/advance", {"days": 1})
    save(wire)

    text = save(wire, "origin")

    assert calls(text) == [
        ("POST", CUSTOMERS),
        ("POST", "/_sim/scenarios/05/seats/arrange"),
        ("POST", "/_sim/clock/advance"),
    ]


def test_it_begins_at_the_last_checkpoint_or_where_somebody_says(wire: Wire) -> None:
    """A checkpoint by its place from the last, a snapshot by its name, the origin; the call that took it is in it."""
    create_customer(wire, "0000001")
    wire.control("POST", "/clock/advance", {"days": 1})
    create_customer(wire, "0000002")
    wire.control("PUT", "/snapshots/here")
    wire.control("POST", "/clock/advance", {"days": 2})

    found = [save(wire, since) for since in (None, "checkpoint:1", "snapshot:here", "checkpoint:2", "origin")]

    assert [content(text)["calls"] for text in found] == [1, 1, 2, 4, 5]
    assert [content(text)["since"] for text in found] == [
        "the checkpoint before clock advance",
        "the checkpoint before clock advance",
        "snapshot here",
        "the checkpoint before clock advance",
        "the origin",
    ]


@pytest.mark.parametrize("since", ["origin", "snapshot:here"])
def test_what_led_a_world_elsewhere_begins_anew(wire: Wire, elsewhere: Wire, since: str) -> None:
    """A document that was taken in is the origin, a loaded snapshot where it begins; neither call is in it."""
    create_customer(wire, "0000001")
    document = wire.get("/_sim/state").get_data()
    wire.control("PUT", "/snapshots/here")
    create_customer(wire, "0000002")
    if since == "origin":
        wire.call("PUT", "/_sim/state", document, headers={"Content-Type": "application/toml"})
    else:
        wire.control("POST", "/snapshots/here/load")
    create_customer(wire, "0000003")
    wire.get(CUSTOMERS, PRODUCER)

    text = save(wire, since)

    assert calls(text) == [("POST", CUSTOMERS), ("GET", CUSTOMERS)]
    same(elsewhere, text)
    assert since != "origin" or content(save(wire))["since"] == "the origin"


def test_undone_changes_are_undone_again(wire: Wire, elsewhere: Wire) -> None:
    """The change and its undoing are calls like others; the checkpoint that was used up begins no bundle."""
    wire.control("POST", "/clock/advance", {"days": 1})
    wire.control("POST", "/clock/advance", {"days": 1})
    wire.control("POST", "/undo")
    create_customer(wire)

    text = save(wire)

    assert [path for _, path in calls(text)] == ["/_sim/clock/advance"] * 2 + ["/_sim/undo", CUSTOMERS]
    same(elsewhere, text)


def test_a_moment_that_there_is_not_is_refused(wire: Wire) -> None:
    """A snapshot of another name, a checkpoint beyond the last one that is kept, and what is no moment at all."""
    for since in ("snapshot:nowhere", "checkpoint:1", "checkpoint:0"):
        assert expect_problem(ask(wire, since), 404, "unknown-moment")["moment"] == since
    for since in ("yesterday", "checkpoint:x", ""):
        expect_problem(ask(wire, since), 422, "validation")


def test_calls_that_are_not_kept_whole_are_refused_by_name(wire: Wire, elsewhere: Wire) -> None:
    """Which call, and why; after a snapshot that was saved behind it, a bundle can be saved."""
    create_customer(wire)
    rows = b"icn,customer_name\n" + b"x," * 6000
    wire.call("POST", f"{ORDERS}/import", rows, PRODUCER, headers={"Content-Type": "text/csv"})
    wire.call("POST", f"{ORDERS}/import", b"\xff\xfe", PRODUCER, headers={"Content-Type": "text/csv"})
    wire.control("PUT", "/snapshots/behind")
    wire.get(CUSTOMERS, PRODUCER)

    refused = expect_problem(ask(wire), 409, "request-not-kept")

    ids = [one["id"] for one in wire.value(wire.get(f"/_sim/requests?path={ORDERS}/import"))]
    assert [one["id"] for one in refused["requests"]] == ids
    assert refused["requests"][0]["why"] == "of its 12018 bytes only the first 8192 are kept"
    assert f"{ids[0]} (POST {ORDERS}/import)" in refused["detail"]
    assert same(elsewhere, save(wire, "snapshot:behind")) == 2


def test_a_journal_that_was_emptied_does_not_reach_back(wire: Wire) -> None:
    """What was before it is gone; what comes after it can be saved."""
    wire.control("POST", "/clock/advance", {"days": 1})
    wire.delete("/_sim/requests")

    assert expect_problem(ask(wire), 409, "journal-too-short")["since"] == "the checkpoint before clock advance"
    assert expect_problem(ask(wire, "origin"), 409, "journal-too-short")["since"] == "its origin"
    wire.control("POST", "/clock/advance", {"days": 1})
    assert content(save(wire))["calls"] == 1


def test_a_journal_that_let_go_of_its_oldest_calls_does_not_reach_back(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once a half has gone for a newer one the origin is out of reach; what is still there can be saved."""
    monkeypatch.setattr(journal, "MAX_BYTES", 4000)
    create_customer(wire)
    save(wire, "origin")
    for number in range(20):
        create_customer(wire, f"1{number:06}")

    expect_problem(ask(wire, "origin"), 409, "journal-too-short")
    wire.control("POST", "/clock/advance", {"days": 1})
    create_customer(wire, "0000003")
    assert content(save(wire))["calls"] == 2


def test_a_reset_begins_anew(wire: Wire, elsewhere: Wire) -> None:
    """The journal is empty then, and reaches back to the origin."""
    wire.delete("/_sim/requests")
    wire.control("POST", f"/worlds/{wire.world}/reset")
    create_customer(wire)

    assert same(elsewhere, save(wire)) == 1


def test_who_signed_in_at_a_page_before_can_only_look(wire: Wire, elsewhere: Wire) -> None:
    """His looks are left out and counted; what he sends is refused, as it could not be sent again."""
    submitted(wire)
    reader = logged_in(wire)
    wire.control("PUT", "/snapshots/here")
    reader.open("/lkc/")
    wire.get(CUSTOMERS, PRODUCER)

    text = save(wire, "snapshot:here")
    reader.submit("Log out")
    refused = expect_problem(ask(wire, "snapshot:here"), 409, "request-not-kept")

    assert content(text)["left_out"] == 1
    assert calls(text)[1:] == [("GET", CUSTOMERS)]
    assert same(elsewhere, text) == 2
    assert "a sign-in from before the bundle begins" in refused["requests"][0]["why"]


def test_what_was_done_at_the_desk_is_saved_from_its_own_checkpoint_on(wire: Wire, elsewhere: Wire) -> None:
    """Its page was shown before the bundle begins: whoever plays it opens the desk anew. Worlds are made once only."""
    reader = reader_of(wire).open("/").submit("+1 day")
    reader.open("/desk/questions/13/date-format")
    form = next(one for one in reader.parsed.forms if one.action.endswith("/worlds"))
    reader.send(form, next(iter(form.buttons)))
    made = reader.path.split("/")[2]
    reader_of(wire).open("/lkc/")
    worlds = len(elsewhere.value(elsewhere.get("/_sim/worlds")))

    text = save(wire)

    assert made != wire.world
    wire.landscape.store.delete(made)
    assert ("POST", "/desk/clock") in calls(text)
    assert not [path for _, path in calls(text) if path.endswith("/worlds")]
    assert same(elsewhere, text) == len(calls(text))
    assert len(elsewhere.value(elsewhere.get("/_sim/worlds"))) == worlds


def test_passwords_from_before_must_be_given(wire: Wire, elsewhere: Wire) -> None:
    """The bundle names them; one that was wrong need not be given."""
    submitted(wire)
    with_password(wire)
    wire.control("PUT", "/snapshots/here")
    wire.get("/lkc/api/v1/accounts", (ANN, "guess"))
    wire.get("/lkc/api/v1/accounts", (ANN, PASSWORD))

    text = save(wire, "snapshot:here")
    refused = expect_problem(replay(elsewhere, text), 422, "secrets-missing")
    wrong = elsewhere.value(replay(elsewhere, given(text, f"{ANN}/2", "not it")))

    assert [(one["name"], one["from"]) for one in content(text)["secret"]] == [(ANN, "made"), (f"{ANN}/2", "given")]
    assert refused["secrets"] == [f"{ANN}/2"]
    assert wrong["first"]["what"] == "401 instead of 200"
    same(elsewhere, given(text, f"{ANN}/2", PASSWORD))


def test_a_guess_that_was_right_after_all_must_be_given(wire: Wire) -> None:
    """Who was let in later with the same password, though nobody has set it meanwhile, had the right one."""
    submitted(wire)
    with_password(wire)
    wire.control("PUT", "/snapshots/here")
    for _ in range(6):
        wire.get("/lkc/api/v1/accounts", (ANN, "guess"))
    wire.get("/lkc/api/v1/accounts", (ANN, PASSWORD))
    wire.control("POST", "/clock/advance", {"minutes": 20})
    wire.get("/lkc/api/v1/accounts", (ANN, PASSWORD))

    found = content(save(wire, "snapshot:here"))["secret"]

    assert [(one["name"], one["from"]) for one in found] == [(ANN, "made"), (f"{ANN}/2", "given")]


def test_nothing_is_saved_where_no_journal_is_kept(tmp_path: Path) -> None:
    """Half a truth would pass for the whole."""
    silent = Landscape(Settings(data_dir=tmp_path, ephemeral=True, journal=False))
    silent.store.create("w", Origin())
    try:
        expect_problem(ask(Wire(silent, "w")), 409, "journal-too-short")
    finally:
        silent.close()
