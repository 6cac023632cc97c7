"""Timeline, journal and landing page of a world, and who may call."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from werkzeug.test import Client

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world import journal
from lkc.world.hosts import is_loopback
from lkc.world.store import Origin
from tests.builders import ANN, book, expect_problem, mails, person, submitted
from tests.wire import Wire


def test_the_timeline_comes_in_pages_oldest_first(wire: Wire) -> None:
    """`after` goes on behind an event."""
    submitted(wire)

    first = wire.get("/_sim/events?limit=3")
    rest = wire.value(wire.get("/_sim/events?after=3"))

    assert [event["id"] for event in first.get_json()] == [1, 2, 3]
    assert first.get_json()[0]["kind"] == "customer-created"
    assert first.get_json()[0]["at"] == "2014-03-03T09:00:00Z"
    assert rest[0]["id"] == 4
    assert 'rel="next"' in first.headers["Link"]


def test_the_timeline_streams(wire: Wire) -> None:
    """With Accept: text/event-stream the timeline goes on as things happen, and gives its place back."""
    response = wire.get("/_sim/events?after=0", headers={"Accept": "text/event-stream"}, buffered=False)
    parts = response.iter_encoded()
    assert next(parts) == b": begin\n\n"

    book(wire)
    text = next(parts).decode()
    response.close()

    assert text.startswith("id: 1\nevent: customer-created\ndata: ")
    assert json.loads(text.split("data: ")[1].split("\n")[0])["system"] == "ordering"


def test_the_timeline_goes_on_after_a_reset(wire: Wire) -> None:
    """Who streams a world that is reset is told what happens in it from then on, from its first event."""
    book(wire)
    response = wire.get("/_sim/events?after=2", headers={"Accept": "text/event-stream"}, buffered=False)
    parts = response.iter_encoded()
    assert next(parts) == b": begin\n\n"
    wire.control("POST", f"/worlds/{wire.world}/reset")

    book(wire)
    text = next(parts).decode()
    response.close()

    assert text.startswith("id: 1\nevent: customer-created\ndata: ")


def test_who_was_cut_off_goes_on_where_he_was(wire: Wire) -> None:
    """A reader tells by Last-Event-ID what it has seen, as browsers do, and gets nothing twice."""
    book(wire)
    headers = {"Accept": "text/event-stream", "Last-Event-ID": "1"}
    response = wire.get("/_sim/events?after=0", headers=headers, buffered=False)
    parts = response.iter_encoded()
    assert next(parts) == b": begin\n\n"
    text = next(parts).decode()
    response.close()

    assert text.startswith("id: 2\nevent: order-booked\n")


def test_half_a_line_of_the_journal_hides_no_other(wire: Wire) -> None:
    """What a kill or a full disk left of a line is left out; the rest is shown."""
    wire.get("/_sim/clock")
    with (wire.landscape.store.files.journals / f"{wire.world}.ndjson").open("ab") as file:
        file.write(b'{"at": 1, "path"\n\xff\n')

    entries = wire.value(wire.get("/_sim/requests?system=control"))

    assert [entry["path"] for entry in entries] == ["/_sim/clock"]


def test_the_journal_keeps_what_was_called(wire: Wire) -> None:
    """Method, path, status and system of each exchange, narrowed as asked."""
    book(wire)
    wire.get("/mail/api/v1/letters/99?x=1")

    entries = wire.value(wire.get("/_sim/requests"))
    assert [(entry["method"], entry["system"], entry["status"]) for entry in entries] == [
        ("POST", "ordering", 201),
        ("POST", "ordering", 201),
        ("GET", "mail", 404),
    ]
    assert entries[2]["query"] == "x=1"
    assert [entry["path"] for entry in wire.value(wire.get("/_sim/requests?status=404"))] == ["/mail/api/v1/letters/99"]
    assert len(wire.value(wire.get("/_sim/requests?system=ordering&path=/ordering/api/v1/orders"))) == 1
    assert wire.value(wire.get("/_sim/requests?since=2199-01-01")) == []
    assert len(wire.value(wire.get("/_sim/requests?since=2020-01-01"))) > 2
    assert wire.delete("/_sim/requests").status_code == 204
    assert wire.value(wire.get("/_sim/requests")) == []


def test_the_journal_is_bounded(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps the latest exchanges and never grows beyond twice its bound."""
    monkeypatch.setattr(journal, "MAX_BYTES", 2000)
    for _ in range(60):
        wire.get("/_sim/clock")

    kept = list(wire.landscape.journal.entries(wire.world))
    size = sum(path.stat().st_size for path in wire.landscape.store.files.journals.glob(f"{wire.world}*"))

    assert 4 < len(kept) < 60
    assert size < 2 * 2000 + 2000


def test_a_control_call_that_changes_something_is_json(wire: Wire) -> None:
    """What a form of another site could send is refused."""
    for media_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        response = wire.call("POST", "/_sim/worlds", b"{}", headers={"Content-Type": media_type})
        expect_problem(response, 415, "not-json")
    expect_problem(wire.call("POST", f"/_sim/worlds/{wire.world}/reset"), 415, "not-json")


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1:8019", "127.0.0.1.nip.example"])
def test_a_foreign_host_name_is_refused(wire: Wire, host: str) -> None:
    """A name that leads here by somebody else's doing is not served (DNS rebinding)."""
    expect_problem(Client(wire.landscape).get("/_sim/health", base_url=f"http://{host}"), 421, "misdirected")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8019", "[::1]:8019", "LOCALHOST:1"])
def test_loopback_names_are_served(wire: Wire, host: str) -> None:
    """However this machine names itself."""
    response = Client(wire.landscape).get(f"/w/{wire.world}/_sim/health", base_url=f"http://{host}")

    assert response.status_code == 200


def test_with_an_admin_token_the_controls_need_it(tmp_path: Path) -> None:
    """Reads and writes of the controls need the token; the systems do not."""
    landscape = Landscape(Settings(data_dir=tmp_path, ephemeral=True, admin_token="s3cret"))
    landscape.store.create("default", Origin())
    wire = Wire(landscape, "default")

    for auth in (None, "wrong", ("admin", "s3cret")):
        expect_problem(wire.get("/_sim/worlds", auth), 401, "invalid-credentials")
    assert wire.get("/_sim/worlds", "s3cret").status_code == 200
    assert wire.get("/mail/api/v1/messages").status_code == 200
    landscape.close()


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("example.org", False)],  # noqa: S104
)
def test_what_is_loopback(host: str, loopback: bool) -> None:  # noqa: FBT001 - a truth table
    """Only addresses that no other machine reaches."""
    assert is_loopback(host) is loopback


def test_the_landing_page_lists_the_systems_and_says_what_this_is(wire: Wire) -> None:
    """Links carry the world's prefix; the page says that all is simulated."""
    response = wire.get("/")
    text = response.get_data(as_text=True)

    assert response.mimetype == "text/html"
    for title in ("Order system", "License Key Center", "Mail"):
        assert title in text
    assert f'href="/w/{wire.world}/mail/"' in text
    assert "Simulated" in text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


def test_unknown_paths_and_methods_are_problems(wire: Wire) -> None:
    """Whatever goes wrong is a problem document."""
    expect_problem(wire.get("/nowhere"), 404, "not-found")
    found = wire.call("DELETE", "/_sim/clock")
    expect_problem(found, 405, "method-not-allowed")
    assert "GET" in found.headers["Allow"]


def test_a_given_request_id_is_taken_over_if_it_is_one(wire: Wire) -> None:
    """Anything that could not stand in a header or a log is replaced."""
    good = wire.get("/_sim/health", headers={"X-Request-Id": "build-7.step_2"})
    bad = wire.get("/_sim/health", headers={"X-Request-Id": "a b" * 40})

    assert good.headers["X-Request-Id"] == "build-7.step_2"
    assert len(bad.headers["X-Request-Id"]) == 16


def test_people_in_mails_may_have_any_name(wire: Wire) -> None:
    """Names of any script, with markup in them, stay names."""
    submitted(wire, registered_end_users=[person(ANN, "<script>alert(1)</script> 山田")])

    mail = mails(wire, subject="License keys")[0]

    assert "<script>alert(1)</script> 山田" in mail["text"]
    assert "&lt;script&gt;" in mail["html"]
