"""The outermost layer: commits, refusals, and what happens when the disk or the code fails."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, Response
from werkzeug.test import Client

from lkc.world.clock import real_micros
from lkc.world.gate import Gate
from lkc.world.hold import current_hold, current_world
from lkc.world.hosts import Hosts
from lkc.world.journal import Journal
from lkc.world.operations import Operations
from lkc.world.refusals import STATUSES, Invalid, Unauthenticated
from lkc.world.rest import answer, register_problem_handlers
from lkc.world.session import Access
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import Origin
from lkc.world.wire_faults import FaultBoard
from tests.builders import expect_problem
from tests.world.store_suite import put, rows

app = Flask("small")
register_problem_handlers(app, STATUSES)


@app.post("/write")
def write() -> Response:
    """Writes a row."""
    put(current_world())
    return answer({})


@app.post("/write-much")
def write_much() -> Response:
    """Writes until the disk is full."""
    for _ in range(2000):
        put(current_world())
    current_world().flush()
    return answer({})


@app.post("/refuse")
def refuse() -> Response:
    """Writes, and refuses then."""
    put(current_world())
    raise Invalid({"field": "x", "message": "no"}, {"field": "y", "message": "neither"})


@app.post("/remember")
def remember() -> Response:
    """Writes, and refuses so that the refusal is remembered."""
    put(current_world())
    raise Unauthenticated("Who are you?", "small")


@app.post("/fail")
def fail() -> Response:
    """Writes, and makes a mistake then."""
    put(current_world())
    raise ZeroDivisionError


@app.post("/apart")
def apart() -> Response:
    """Fails within a transaction of its own."""
    with current_hold().transaction(Access.WRITE) as world:
        put(world)
        raise ZeroDivisionError


@app.post("/steps/<ending>")
def by_steps(ending: str) -> Response:
    """Does one step, and fails in the next, where the disk may be full."""
    with current_hold().step() as world:
        put(world)
    with current_hold().step() as world:
        put(world)
        if ending == "full":
            raise OSError(errno.ENOSPC, "No space left on device")
        raise ZeroDivisionError


@app.get("/nothing")
def nothing() -> Response:
    """Needs no world."""
    return answer({})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """A store with one world."""
    made = SqliteStore(tmp_path, "OFF")
    made.create("default", Origin())
    yield made
    made.close()


@pytest.fixture
def client(store: SqliteStore) -> Client:
    """A client of the small application behind a gate."""
    return Client(
        Gate(
            app.wsgi_app,
            store,
            Journal(store.files.journals, store.exists),
            actions={},
            statuses=STATUSES,
            hosts=Hosts(frozenset({"localhost"})),
            board=FaultBoard(store.files.root / "faults"),
            operations=Operations(app.url_map, {"small": ""}),
        )
    )


def test_what_a_request_did_is_committed_with_its_answer(client: Client, store: SqliteStore) -> None:
    """The row is there when the answer is."""
    assert client.post("/write").status_code == 200
    assert rows(store, "default") == 1


def test_a_refusal_takes_everything_back(client: Client, store: SqliteStore) -> None:
    """What was written before the refusal is gone, and every mistake is named."""
    found = expect_problem(client.post("/refuse"), 422, "validation")

    assert found["detail"] == "x: no (1 more)"
    assert rows(store, "default") == 0


def test_a_refusal_that_must_be_remembered_is(client: Client, store: SqliteStore) -> None:
    """What was written before it stays."""
    expect_problem(client.post("/remember"), 401, "invalid-credentials")

    assert rows(store, "default") == 1


@pytest.mark.parametrize("path", ["/fail", "/apart"])
def test_a_mistake_of_ours_keeps_nothing(client: Client, store: SqliteStore, path: str) -> None:
    """It is a problem document with the number under which the log tells more."""
    response = client.post(path, headers={"X-Request-Id": "r-1"})

    assert "r-1" in expect_problem(response, 500, "internal")["remedy"]
    assert rows(store, "default") == 0


@pytest.mark.parametrize("path", ["/write", "/write-much"])
def test_a_full_disk_is_told_and_harms_nothing(client: Client, store: SqliteStore, path: str) -> None:
    """Whether it shows within the request or at its commit: 507, and the world is as it was."""
    client.post("/write")
    handle = store._open_files.take(store.files.current("default"))
    pages = handle.driver.execute("PRAGMA page_count").fetchone()[0]
    handle.driver.execute(f"PRAGMA max_page_count={pages}")
    handle.give_back()
    for _ in range(400):
        response = client.post(path)
        if response.status_code != 200:
            break

    expect_problem(response, 507, "storage-full")
    store._open_files.drop(store.files.current("default"))
    assert client.post("/write").status_code == 200
    with store.session("default", Access.READ) as world:
        assert world.driver.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_world_that_cannot_be_written_is_told(client: Client, store: SqliteStore) -> None:
    """A read-only file: 503, and reading goes on."""
    handle = store._open_files.take(store.files.current("default"))
    handle.driver.execute("PRAGMA query_only=ON")
    handle.give_back()

    expect_problem(client.post("/write"), 503, "storage-unavailable")
    assert client.get("/nothing").status_code == 200


def test_a_locked_world_is_told(client: Client, store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who cannot get the write lock in time says so."""
    monkeypatch.setattr("lkc.world.database.BUSY_SECONDS", 0.05)
    with store.session("default", Access.WRITE):
        expect_problem(client.post("/write"), 503, "storage-unavailable")


def test_a_world_whose_file_is_gone_is_told(client: Client, store: SqliteStore) -> None:
    """It is no server error, and no empty world takes its place."""
    file = store.files.current("default")
    store._open_files.drop(file)
    store.files.path(file).unlink()

    expect_problem(client.post("/write"), 503, "damaged-world")


def test_a_deleted_world_leaves_no_journal(client: Client, store: SqliteStore) -> None:
    """An exchange that ends after the deletion is not written down."""
    client.get("/nothing")
    journal = Journal(store.files.journals, store.exists)
    store.delete("default")
    journal.clear("default")

    journal.append("default", {"at": real_micros()})

    assert list(store.files.journals.glob("*.ndjson")) == []


def test_sqlite_errors_outside_a_request_come_through(store: SqliteStore) -> None:
    """Whoever uses the store directly sees what SQLite says."""
    with pytest.raises(sqlite3.OperationalError), store.session("default", Access.READ) as world:
        world.driver.execute("SELECT nonsense")


@pytest.mark.parametrize(("path", "told"), [("/steps/full", "in 1 step before is kept"), ("/steps/fail", "1 step")])
def test_a_call_by_steps_says_what_it_keeps(client: Client, store: SqliteStore, path: str, told: str) -> None:
    """What the first step did stays, and the answer does not deny it."""
    problem = expect_problem(client.post(path), *((507, "storage-full") if "full" in path else (500, "internal")))

    assert told in problem["detail"]
    assert rows(store, "default") == 1
    if "full" in path:
        assert "goes on from there" in problem["remedy"]
