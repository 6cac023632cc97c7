"""What the journal keeps of calls, what it hides, and whether something was called as expected."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world import redaction
from lkc.world.store import Origin
from tests.builders import book, expect_problem, submitted
from tests.wire import PRODUCER, Wire

ORDERS, CUSTOMERS = "/ordering/api/v1/orders", "/ordering/api/v1/customers"
ACME = {"icn": "0099001", "name": "Acme", "country": "DE"}
SECRET = "Zk3" * 14 + "Q"
_FORM = "application/x-www-form-urlencoded"


def journal(wire: Wire, query: str = "") -> list[dict[str, Any]]:
    """What was called."""
    entries: list[dict[str, Any]] = wire.value(wire.get(f"/_sim/requests{query}"))
    return entries


def test_an_exchange_has_what_was_sent_and_answered(wire: Wire) -> None:
    """Headers and JSON bodies of both sides, without the credential."""
    wire.post(CUSTOMERS, ACME, PRODUCER, headers={"X-Test": "7"})

    [entry] = journal(wire)

    assert (entry["request"]["body"], entry["response"]["body"]) == (ACME, ACME)
    assert entry["request"]["headers"]["x-test"] == "7"
    assert entry["request"]["headers"]["authorization"] == "Basic ***"
    assert entry["response"]["headers"]["content-type"] == "application/json"
    assert entry["request"]["whole"] is True


def test_no_password_and_no_link_is_in_the_journal(wire: Wire) -> None:
    """From the first mail to the session: what was set, mailed and answered stays secret, in the file as well."""
    submitted(wire)
    wire.get("/mail/api/v1/messages")
    ocn = wire.value(wire.get(ORDERS, PRODUCER))[0]["ocn"]
    text = wire.value(wire.get("/mail/api/v1/messages?subject=order"))[-1]["text"]
    wire.post("/ordering/api/v1/wos/sign-in", {"ocn": ocn, "password": "guess-4711"})
    wire.post("/lkc/api/v1/password-finder", {"email": "ann@acme.example"})
    link = wire.value(wire.get("/mail/api/v1/messages?subject=Password"))[0]["links"][0].rpartition("/")[2]
    wire.post("/lkc/api/v1/password", {"token": link, "password": "correct horse"})
    session = wire.value(
        wire.post("/lkc/api/v1/session", {"email": "ann@acme.example", "password": "correct horse"}), 201
    )
    wire.get("/lkc/api/v1/accounts", session["token"])
    mailed = next(line.split()[-1] for line in text.splitlines() if line.strip().startswith("Password"))

    kept = (wire.landscape.store.files.journals / f"{wire.world}.ndjson").read_text(encoding="utf-8")

    for secret in ("guess-4711", "correct horse", link, session["token"], mailed):
        assert secret not in kept
    assert ocn in kept


def test_headers_lose_their_secrets(wire: Wire) -> None:
    """Credentials under any usual name, and the link of a page from which somebody comes; not in the file either."""
    names = ("X-Api-Key", "X-Auth-Token", "Proxy-Authorization")
    referer = {"Referer": f"http://localhost/lkc/password/{SECRET}"}
    wire.get("/ordering/api/v1/catalogue", headers={**dict.fromkeys(names, "hush-4711"), **referer})

    headers = journal(wire)[0]["request"]["headers"]
    kept = (wire.landscape.store.files.journals / f"{wire.world}.ndjson").read_text(encoding="utf-8")

    assert [headers[name.lower()] for name in names] == ["***"] * 3
    assert headers["referer"] == "http://localhost/lkc/password/***"
    assert "hush-4711" not in kept
    assert SECRET not in kept


@pytest.mark.parametrize(
    ("content", "kind", "whole", "shown"),
    [
        (b'{"a": 1, "token": "619646848993"}', "application/json", True, '{"a": 1, "token": "619646848993"}'),
        (b'{"p\\u0061ssword": "x"}', "application/json", True, '{"password":"***"}'),
        (b'{"new_password": ["x"], "b": null}', "application/json", True, '{"new_password":"***","b":null}'),
        (b'{"password": "x', "application/json", True, None),
        (b'{"password": "x"}', "application/json", False, None),
        (b"a=1&password=x&b=2", "application/x-www-form-urlencoded", True, "a=1&password=***&b=2"),
        (b"password\0\xff", "application/octet-stream", True, None),
        (b"\xff\xfe", "image/png", True, None),
        ("é".encode()[:1], "text/plain", False, ""),
        (f"http://x/{SECRET} end".encode(), "text/plain", True, "http://x/*** end"),
        (b"  New password      abc123\n", "text/plain", True, "  New password      ***\n"),
        (b'{"pass": "x", "pwd": "y"}', "application/json", True, '{"pass":"***","pwd":"***"}'),
        (
            b'{"password2": "x", "newPassword": "y"}',
            "application/json",
            True,
            '{"password2":"***","newPassword":"***"}',
        ),
        (b"passwort=x&user-pwd=y&passing=z", _FORM, True, "passwort=***&user-pwd=***&passing=z"),
        (b"admin_token=a%2Bb", _FORM, True, "admin_token=***"),
        (b"p=http%3A%2F%2Fann%3Apw%2B1%40host%3A80", _FORM, True, "p=http%3A%2F%2Fann%3A***%40host%3A80"),
        (b"x password=abc; Passwort=d", "text/plain", True, "x password=***; Passwort=***"),
        (b'["http://a:b@host/", "http://h:80/@"]', "application/json", True, '["http://a:***@host/", "http://h:80/@"]'),
        (f'["{SECRET}", {{"secret": 1}}]'.encode(), "application/problem+json", True, '["***",{"secret":"***"}]'),
    ],
)
def test_bodies_lose_their_secrets(content: bytes, kind: str, whole: bool, shown: str | None) -> None:  # noqa: FBT001 - a table
    """What cannot be searched and may hold one is not kept at all."""
    assert redaction.body(content, kind, is_whole=whole, is_sent=True) == shown


def test_long_bodies_are_kept_in_part(wire: Wire) -> None:
    """The beginning of each side, with its length; a malformed body as text."""
    wire.call("POST", CUSTOMERS, b"[" + b" " * 20_000, PRODUCER, headers={"Content-Type": "application/json"})
    wire.call("POST", CUSTOMERS, b"[1", PRODUCER, headers={"Content-Type": "application/json"})

    long, malformed = (entry["request"] for entry in journal(wire))

    assert (long["bytes"], long["whole"], len(long["body"])) == (20_001, False, 8192)
    assert (malformed["body"], malformed["whole"]) == ("[1", True)


def test_a_large_upload_streams_through(wire: Wire) -> None:
    """An import is read as it comes, though its body is in the journal: part of it, and its length."""
    head = b"icn,customer_name\n"
    wire.call("POST", f"{ORDERS}/import", head + b"x," * 60_000, PRODUCER, headers={"Content-Type": "text/csv"})

    request = journal(wire)[0]["request"]

    assert request["bytes"] == len(head) + 120_000
    assert request["body"].startswith("icn,customer_name")


def test_heads_and_streams_are_as_they_were(wire: Wire) -> None:
    """HEAD has its headers and no body; of an event stream nothing is read for the journal."""
    length = len(wire.get("/ordering/api/v1/catalogue").get_data())
    head = wire.call("HEAD", "/ordering/api/v1/catalogue")
    stream = wire.get("/_sim/events", headers={"Accept": "text/event-stream"}, buffered=False)
    entries = journal(wire, "?system=control")
    stream.close()

    assert (head.get_data(), head.headers["Content-Length"]) == (b"", str(length))
    assert [entry["response"].get("streamed") for entry in entries] == [True]


def test_without_a_journal_nothing_is_kept(tmp_path: Any) -> None:
    """For measuring what it costs."""
    landscape = Landscape(Settings(data_dir=tmp_path, ephemeral=True, journal=False))
    landscape.store.create("default", Origin())
    wire = Wire(landscape, "default")

    assert wire.post(CUSTOMERS, ACME, PRODUCER).status_code == 201
    assert journal(wire) == []
    landscape.close()


def test_the_journal_is_narrowed_and_paged(wire: Wire) -> None:
    """By method, path with places, and after an exchange; the simulator's own calls are apart."""
    book(wire)
    wire.get(ORDERS, PRODUCER)

    assert [entry["path"] for entry in journal(wire, "?method=GET")] == [ORDERS]
    assert len(journal(wire, "?path=/ordering/**/orders")) == 2
    assert {entry["path"] for entry in journal(wire, "?system=control")} == {"/_sim/requests"}
    first = journal(wire)[0]["id"]
    page = wire.get(f"/_sim/requests?after={first}&limit=1")
    assert [entry["path"] for entry in page.get_json()] == [ORDERS]
    assert 'rel="next"' in page.headers["Link"]
    expect_problem(wire.get("/_sim/requests?after=gone"), 422, "validation")


@pytest.mark.parametrize(
    "expected",
    [
        {},
        {"times": 1},
        {"at_least": 1, "at_most": 3},
        {"status": 422, "system": "ordering"},
        {"method": "*"},
        {"path": "/ordering/**"},
        {"path": "/ordering/api/*/customers"},
        {"path": "/ordering/{part}/v1/customers"},
        {"body": {"icn": "0099001"}},
        {"query": {"x": "1"}},
        {"headers": {"X-Test": "7", "Authorization": "*"}},
        {"since": "2020-01-01"},
        {"path": "/nowhere", "times": 0},
        {"path": "/nowhere", "at_most": 2},
    ],
)
def test_what_was_called_is_verified(wire: Wire, expected: dict[str, Any]) -> None:
    """By method, path, query, headers, status, system, moment, and a part of the body."""
    wire.post(f"{CUSTOMERS}?x=1", ACME, PRODUCER, headers={"X-Test": "7"})

    body = {"method": "POST", "path": CUSTOMERS, **expected}
    found = wire.value(wire.control("POST", "/requests/verify", body))

    assert found == {"count": 0 if expected.get("path") == "/nowhere" else 1}


def test_a_failed_verification_names_the_nearest_misses(wire: Wire) -> None:
    """At most five, the best first, with every field that differs."""
    for number in range(7):
        wire.post(CUSTOMERS, {**ACME, "icn": f"009900{number}"}, PRODUCER)
    wire.post(CUSTOMERS, {**ACME, "icn": "0099009", "country": "AT"}, PRODUCER)
    wire.get(CUSTOMERS, PRODUCER)

    body = {"method": "POST", "path": CUSTOMERS, "body": {"icn": "0099009", "country": "DE"}, "headers": {"X-A": "1"}}
    found = expect_problem(
        wire.control("POST", "/requests/verify", {**body, "query": {"p": "q"}}), 417, "verification-failed"
    )

    assert (found["count"], found["expected"], len(found["misses"])) == (0, "at least once", 5)
    assert found["misses"][0]["differences"] == [
        {"field": "query.p", "expected": "q", "received": None},
        {"field": "headers.X-A", "expected": "1", "received": None},
        {"field": "body.country", "expected": "DE", "received": "AT"},
    ]


def test_too_many_calls_are_shown(wire: Wire) -> None:
    """Those that fit, for none of them is a miss."""
    wire.get(CUSTOMERS, PRODUCER)
    wire.get(CUSTOMERS, PRODUCER)

    for limits, words in (({"times": 1}, "exactly once"), ({"at_most": 1}, "at most once")):
        found = expect_problem(
            wire.control("POST", "/requests/verify", {"method": "GET", "path": CUSTOMERS, **limits}),
            417,
            "verification-failed",
        )
        assert (found["expected"], len(found["fitting"]), found["misses"]) == (words, 2, [])


@pytest.mark.parametrize(
    ("expected", "received", "fields"),
    [
        ({"lines": [{"quantity": 5}]}, {"lines": [{"quantity": 5, "part": "x"}]}, []),
        ({"lines": [{"quantity": 5}]}, {"lines": [{"quantity": 6}]}, ["body.lines[0].quantity"]),
        ({"lines": []}, {"lines": [1]}, ["body.lines"]),
        ({"a": None}, {}, ["body.a"]),
        ({"a": True}, {"a": 1}, ["body.a"]),
        ({"a": 1.0}, {"a": 1}, []),
        ({"a": "part"}, {"a": "a part of it"}, ["body.a"]),
        ([1], {"a": 1}, ["body"]),
    ],
)
def test_a_body_fits_where_it_holds_what_is_expected(
    wire: Wire, expected: Any, received: Any, fields: list[str]
) -> None:
    """Objects may have more members, lists no more entries; 1 is no true."""
    wire.post(CUSTOMERS, received, PRODUCER)

    response = wire.control("POST", "/requests/verify", {"method": "POST", "path": CUSTOMERS, "body": expected})

    differences = [] if response.status_code == 200 else response.get_json()["misses"][0]["differences"]
    assert [one["field"] for one in differences] == fields


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"method": "POST"}, "path"),
        ({"path": "/x"}, "method"),
        ({"method": "GRAB", "path": "/x"}, "method"),
        ({"method": "GET", "path": "x"}, "path"),
        ({"method": "GET", "path": "/x?y=1"}, "path"),
        ({"method": "GET", "path": "/w/acme/x"}, "path"),
        ({"method": "GET", "path": "/x", "times": 1, "at_most": 2}, "times"),
        ({"method": "GET", "path": "/x", "at_least": 3, "at_most": 2}, "at_most"),
        ({"method": "GET", "path": "/x", "often": 2}, "often"),
    ],
)
def test_an_expectation_that_makes_no_sense_is_refused(wire: Wire, body: dict[str, Any], field: str) -> None:
    """What could never be met is a mistake, and named."""
    errors = expect_problem(wire.control("POST", "/requests/verify", body), 422, "validation")["errors"]

    assert field in [mistake["field"] for mistake in errors]


def test_texts_and_controls_are_verified_too(wire: Wire) -> None:
    """Of a text a part is enough; a path below /_sim asks for the simulator's own calls; long bodies are told."""
    raw = b"From: a@b.example\nTo: ann@acme.example\nSubject: x\n\nhello there"
    wire.call("POST", "/mail/api/v1/messages", raw, headers={"Content-Type": "message/rfc822"})
    wire.call("POST", "/mail/api/v1/messages", raw + b"x" * 9000, headers={"Content-Type": "message/rfc822"})
    wire.get("/_sim/clock")

    expected = [
        {"method": "POST", "path": "/mail/**", "body": "hello", "times": 1},
        {"method": "GET", "path": "/_sim/clock"},
    ]
    assert [wire.control("POST", "/requests/verify", one).status_code for one in expected] == [200, 200]
    lost = wire.control("POST", "/requests/verify", {"method": "POST", "path": "/mail/**", "body": "never"}).get_json()
    received = {one["received"] for miss in lost["misses"] for one in itertools.islice(miss["differences"], 1)}
    assert "a body longer than is kept" in received
