"""What comes back over the wire is believed only where it is the token service's, and no transaction waits for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world.keys import Signer, signer, unpadded
from lkc.world.nested import Reply
from lkc.world.store import Origin
from onetrust.products.api import TOKEN_SERVICE_KEY
from onetrust.products.transport import Caller, InProcess, OverHttp
from tests.builders import book, expect_problem, submitted
from tests.onetrust.products.site import Site, install, key_file, onetrust, token_of
from tests.wire import Wire

TOKEN = "123456"
ENTITLED = [{"product": "Scanner", "quantity": 1, "expiration_date": "2014-12-31"}]


@dataclass
class Answering:
    """A token service that answers as it is told, and does something before."""

    reply: Reply
    before: list[Any] = field(default_factory=list)

    def get(self, path: str, caller: Caller) -> Reply:
        """See TokenService."""
        assert path.endswith("/entitlements")
        for do in self.before:
            do(caller)
        return self.reply


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Wire]:
    """A landscape of its own, whose products can be given another token service."""
    landscape = Landscape(Settings(data_dir=tmp_path / "other", ephemeral=True))
    landscape.store.create("other", Origin())
    yield Wire(landscape, "other")
    landscape.close()


def answered_by(wire: Wire, status: int, body: bytes) -> Site:
    """An installation with a token, whose token service always answers this."""
    wire.landscape.flask.config[TOKEN_SERVICE_KEY] = Answering(Reply(status, body))
    site = install(wire)
    site.enter(TOKEN)
    return site


def signed(said: Any, key: Signer | None = None, algorithm: str = "EdDSA", shown: Any = None) -> bytes:
    """An answer as the token service would sign it; `shown` is what stands beside the signature."""
    key = key or signer(1, "onetrust")
    header = unpadded(json.dumps({"alg": algorithm, "kid": key.kid}).encode())
    signing = f"{header}.{unpadded(json.dumps(said).encode())}"
    shown = said if shown is None else shown
    return json.dumps({**shown, "signature": f"{signing}.{unpadded(key.sign(signing.encode()))}"}).encode()


def test_a_right_answer_is_kept(other: Wire) -> None:
    """The measure for the wrong ones below; members that are unknown are passed over."""
    site = answered_by(other, 200, signed({"token": TOKEN, "entitlements": ENTITLED, "more": 1}))

    site.prompt("retrieve")

    assert site.dates() == ["2014-12-31"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not JSON",
        b"[]",
        b"{}",
        json.dumps({"token": TOKEN, "entitlements": ENTITLED}).encode(),
        json.dumps({"token": TOKEN, "entitlements": ENTITLED, "signature": "a.b"}).encode(),
        json.dumps({"token": TOKEN, "entitlements": ENTITLED, "signature": "W10.W10.W10"}).encode(),
        signed({"token": TOKEN, "entitlements": ENTITLED}, signer(2, "onetrust")),
        signed({"token": TOKEN, "entitlements": ENTITLED}, signer(1, "keycenter")),
        signed({"token": TOKEN, "entitlements": ENTITLED}, algorithm="none"),
        signed({"token": TOKEN, "entitlements": ENTITLED}, shown={"token": TOKEN, "entitlements": []}),
        signed({"token": "654321", "entitlements": ENTITLED}),
        signed({"token": TOKEN, "entitlements": ENTITLED})[:-9] + b'AAAAAAA"}',
    ],
)
def test_an_answer_that_is_not_genuine_is_not_believed(other: Wire, body: bytes) -> None:
    """Without the token service's own signature over all of it, and for this very token, nothing is taken."""
    site = answered_by(other, 200, body)

    expect_problem(other.post(f"{site.path}/retrieve"), 502, "answer-not-genuine")

    assert site.dates() == []
    assert site.shown()["last_failure"] == "answer-not-genuine"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"oops"),
        (404, b'{"code": "unknown-world"}'),
        (404, b'{"code": 7}'),
        (503, b"[1]"),
        (302, b""),
        (200, signed({"token": TOKEN, "entitlements": [{"product": "", "quantity": 1}]})),
        (200, signed({"token": TOKEN, "entitlements": [{**ENTITLED[0], "quantity": 0}]})),
        (200, signed({"token": TOKEN})),
    ],
)
def test_a_service_that_fails_leaves_what_was_there(other: Wire, status: int, body: bytes) -> None:
    """Whatever it answers instead of entitlements, the installation goes on with what it has."""
    site = answered_by(other, 200, signed({"token": TOKEN, "entitlements": ENTITLED}))
    site.prompt("retrieve")
    other.landscape.flask.config[TOKEN_SERVICE_KEY] = Answering(Reply(status, body))

    expect_problem(other.post(f"{site.path}/retrieve"), 502, "token-service-failed")

    assert site.dates() == ["2014-12-31"]
    assert site.reasons() == [None]


def test_an_appliance_whose_service_fails_is_in_manual_mode(other: Wire) -> None:
    """It falls back to files though it gets out, until a retrieval meets the service again."""
    other.landscape.flask.config[TOKEN_SERVICE_KEY] = Answering(Reply(500, b""))
    site = install(other, "mx-appliance", serial_number="MX-1")
    key = site.apply(key_file(other))
    site.prompt("restart")

    assert site.view()["mode"] == "Manual Mode"
    assert site.states() == [(key, "running")]
    body = signed({"token": TOKEN, "serial_number": "MX-1", "entitlements": []})
    other.landscape.flask.config[TOKEN_SERVICE_KEY] = Answering(Reply(200, body))
    site.prompt("retrieve")
    assert site.view()["mode"] == "Automatic Mode"


@pytest.mark.parametrize("prompt", ["retrieve", "restart", "updates"])
def test_no_transaction_is_open_while_the_service_is_asked(other: Wire, prompt: str) -> None:
    """Somebody else writes to the same world in the middle of it, without waiting."""
    site = answered_by(other, 200, signed({"token": TOKEN, "entitlements": ENTITLED}))
    booked: list[Any] = []
    writing = Answering(
        Reply(200, signed({"token": TOKEN, "entitlements": ENTITLED})), [lambda _: booked.append(book(other))]
    )
    other.landscape.flask.config[TOKEN_SERVICE_KEY] = writing

    site.prompt(prompt)

    assert len(booked) == 1
    assert site.dates() == ["2014-12-31"]


def test_a_token_that_is_taken_out_meanwhile_brings_nothing(other: Wire) -> None:
    """What is answered for it is let go."""
    site = answered_by(other, 200, b"")
    answer = Reply(200, signed({"token": TOKEN, "entitlements": ENTITLED}))
    other.landscape.flask.config[TOKEN_SERVICE_KEY] = Answering(
        answer, [lambda _: other.delete(f"{site.path}/tokens/{TOKEN}")]
    )

    site.prompt("retrieve")

    assert site.dates() == []


def test_a_world_that_is_replaced_meanwhile_is_not_written_to(other: Wire) -> None:
    """The call is refused; the new world knows nothing of it."""
    site = answered_by(other, 200, b"")
    answer = Reply(200, signed({"token": TOKEN, "entitlements": ENTITLED}))
    other.landscape.flask.config[TOKEN_SERVICE_KEY] = Answering(
        answer, [lambda _: other.control("POST", "/worlds/other/reset")]
    )

    expect_problem(other.post(f"{site.path}/retrieve"), 409, "world-replaced")


class _Quiet(WSGIRequestHandler):
    """Logs nothing."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def elsewhere(landscape: Landscape) -> Iterator[str]:
    """The URL at which the shared landscape serves over HTTP."""
    server: WSGIServer = make_server("127.0.0.1", 0, landscape, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_products_retrieve_from_a_token_service_elsewhere(wire: Wire, elsewhere: str, tmp_path: Path) -> None:
    """By its URL, from the world of the same name; where nobody answers, that is told."""
    submitted(wire, lines=[onetrust()])
    landscape = Landscape(Settings(data_dir=tmp_path / "here", ephemeral=True, onetrust_url=f"{elsewhere}/"))
    landscape.store.create(wire.world, Origin())
    site = install(Wire(landscape, wire.world))
    site.enter(token_of(wire))

    site.prompt("retrieve")
    dates = site.dates()
    landscape.flask.config[TOKEN_SERVICE_KEY] = OverHttp("http://127.0.0.1:9")
    problem = expect_problem(site.wire.post(f"{site.path}/retrieve"), 502, "token-service-failed")
    landscape.close()

    assert dates == ["2014-12-31"]
    assert "does not answer" in problem["detail"]


def test_the_way_within_the_process_is_the_whole_http_face(wire: Wire) -> None:
    """Names with blanks and beyond ASCII arrive as they are."""
    submitted(wire, lines=[onetrust(serial_number="MX 7 ä%2F")])
    site = install(wire, "mx-appliance", serial_number="MX 7 ä%2F")

    site.prompt("retrieve")

    assert site.dates() == ["2014-12-31"]
    reply = InProcess(wire.landscape).get("/onetrust/api/v1/keys", Caller(wire.world, "r-1"))
    assert (reply.status, b'"keys"' in reply.body) == (200, True)
    unknown = InProcess(wire.landscape).get("/onetrust/api/v1/keys", Caller("no-such-world", "r-1"))
    assert (unknown.status, b"unknown-world" in unknown.body) == (404, True)
