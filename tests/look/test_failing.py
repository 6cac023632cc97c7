"""What a browser is shown where something is not there or goes wrong, and what programs are told."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.sessions import SecureCookieSession
from werkzeug.test import Client, TestResponse

from lkc.look.assets import blueprint
from lkc.look.failing import outside, page_of
from lkc.look.pages import Pages
from lkc.look.sessions import WorldSessions
from lkc.look.words import plainly
from lkc.world.gate import Gate
from lkc.world.hold import ENVIRON_KEY, Hold
from lkc.world.hosts import Hosts
from lkc.world.operations import Operations
from lkc.world.refusals import STATUSES, UnknownWorld
from lkc.world.rest import register_problem_handlers
from lkc.world.session import Access, Exchange
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from lkc.world.wire_faults import FaultBoard
from tests.builders import expect_problem
from tests.wire import Wire

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"}
SYSTEMS = {
    "/lkc/nonsense": "License Key Center",
    "/mail/messages/99999999999999999999": "every mailbox of this world",
    "/ordering/orders/1/nonsense": "Order system",
    "/myiss/nonsense": "MyISS",
    "/products/I-1/nonsense/x": "Products",
    "/support/nonsense": "Service Request tool",
    "/onetrust/nonsense": "LKC Simulator",
    "/nonsense": "LKC Simulator",
}


def shown(answer: TestResponse, status: int) -> str:
    """The page that tells of a problem, which has this status."""
    assert answer.status_code == status
    assert answer.mimetype == "text/html"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("path", SYSTEMS)
def test_a_wrong_address_is_told_in_the_frame_of_its_system(wire: Wire, path: str) -> None:
    """With 404, its words, and ways back: to the system's first page and to the desk."""
    page = shown(wire.get(path, headers=BROWSER), 404)

    assert "<h1>There is no such page</h1>" in page
    assert SYSTEMS[path] in page
    assert f"Nothing is served at {path}." in page
    assert f'href="/w/{wire.world}/"' in page
    has_pages = SYSTEMS[path] != "LKC Simulator"
    assert (f'href="/w/{wire.world}/{path.split("/")[1]}/">Back to the first page' in page) == has_pages


@pytest.mark.parametrize("path", ["/lkc/api/v1/nonsense", "/_sim/nonsense", "/lkc/api/v1/orders/1"])
def test_an_interface_speaks_to_programs_alone(wire: Wire, path: str) -> None:
    """Whatever the request would rather have."""
    assert wire.get(path, headers=BROWSER).mimetype == "application/problem+json"


@pytest.mark.parametrize("accept", [None, "*/*", "application/json", "application/problem+json, text/html;q=0.5"])
def test_whoever_does_not_ask_for_a_page_is_told_in_json(wire: Wire, accept: str | None) -> None:
    """Programs that name no form, any, or JSON first."""
    answer = wire.get("/lkc/nonsense", headers={"Accept": accept} if accept else {})

    assert expect_problem(answer, 404, "not-found")["detail"] == "Nothing is served at /lkc/nonsense."


def test_an_address_for_forms_shows_nothing(wire: Wire) -> None:
    """405, with what it takes, and a sentence for whoever has typed it in or gone back to it."""
    answer = wire.get("/lkc/logout", headers=BROWSER)

    page = shown(answer, 405)
    assert "<h1>Nothing to look at</h1>" in page
    assert "Go back to the page with the form." in page
    assert "POST" in answer.headers["Allow"]


def test_what_is_in_a_wrong_address_is_only_text(wire: Wire) -> None:
    """Nothing of it becomes part of the page."""
    page = shown(wire.get("/lkc/<script>alert(1)</script>", headers=BROWSER), 404)

    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_world_that_is_gone_is_told_on_a_page(wire: Wire) -> None:
    """An old bookmark leads to words, and from there to the desk of a world that there is."""
    gone = Wire(wire.landscape, "gone")

    page = shown(gone.get("/mail/", headers=BROWSER), 404)

    assert "<h1>There is no such world</h1>" in page
    assert "There is no world named &#39;gone&#39;." in page
    assert 'href="/">' in page
    assert expect_problem(gone.get("/mail/"), 404, "unknown-world")["question"] is None
    assert gone.get("/mail/api/v1/messages", headers=BROWSER).mimetype == "application/problem+json"


def test_a_fault_on_order_is_told_on_a_page(wire: Wire) -> None:
    """A browser reads what a program is sent as a document."""
    wire.control("POST", "/faults", {"system": "mail", "kind": "status", "status": 503, "times": 2})

    page = shown(wire.get("/mail/", headers=BROWSER), 503)

    assert "<h1>Service Unavailable</h1>" in page
    assert wire.get("/mail/").mimetype == "application/problem+json"


def test_a_mistake_of_ours_is_told_on_a_page(small: Client) -> None:
    """500 in the frame of its system, with the number under which the log tells more."""
    answer = small.get("/small/broken", headers={**BROWSER, "X-Request-Id": "r-1"})

    page = shown(answer, 500)
    assert "<h1>Internal Server Error</h1>" in page
    assert "Report it with the log lines of request r-1." in page
    assert 'href="/small/">Back to the first page' in page
    assert expect_problem(small.get("/small/broken"), 500, "internal")


def test_a_full_disk_is_told_on_a_page(small: Client) -> None:
    """Also where no transaction ends any more, and so no world can be shown."""
    page = shown(small.get("/small/full", headers=BROWSER), 507)

    assert "The disk that holds the worlds is full" in page


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Client]:
    """A client of an application with pages that break."""
    app = Flask("small", static_folder=None, template_folder=None)
    app.session_interface = WorldSessions()
    register_problem_handlers(app, STATUSES, page_of)
    app.register_blueprint(blueprint)
    pages = Pages("small", __name__, views=__name__, prefix="/small", frame="look/imitated.html")
    pages.page("/broken", "broken_page")
    pages.page("/full", "full_page")
    app.register_blueprint(pages)
    store = SqliteStore(tmp_path, "OFF")
    store.create("default", Origin())
    yield Client(
        Gate(
            app.wsgi_app,
            store,
            None,
            actions={},
            statuses=STATUSES,
            hosts=Hosts(frozenset({"localhost"})),
            board=FaultBoard(tmp_path / "faults"),
            operations=Operations(app.url_map, {"small": "/small"}),
            shown=partial(outside, app),
        )
    )
    store.close()


def broken_page() -> Response:
    """A view with a mistake in it."""
    raise RuntimeError("oops")


def full_page() -> Response:
    """A view that finds the disk full."""
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_world_that_goes_while_its_page_is_made_takes_the_session_along(wire: Wire) -> None:
    """There is nothing to keep it in, and nothing has gone wrong."""
    store, flask = wire.landscape.store, wire.landscape.flask
    store.create("going", Origin())
    hold = Hold(store, "going", Access.READ, Exchange(world="going"), {})
    with flask.test_request_context("/", environ_overrides={ENVIRON_KEY: hold}) as context:
        store.delete("going")
        answer, session = Response(), SecureCookieSession()
        session["said"] = "something"
        WorldSessions().save_session(flask, session, answer)
        assert context.request.path == "/"

    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (UnknownWorld.remedy, "List the worlds, or create this one."),
        ("Take the faults back with DELETE /_sim/faults, and send the same again.", "Take the faults back, and send"),
        ("Wait (POST /x does it).", "Wait."),
    ],
)
def test_calls_for_programs_are_left_out_on_pages(written: str, read: str) -> None:
    """What is left is a sentence."""
    assert plainly(written).startswith(read)
