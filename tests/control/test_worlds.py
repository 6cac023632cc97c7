"""Worlds by the controls: how one is named, made, copied, reset, deleted."""

from __future__ import annotations

import threading

import pytest
from werkzeug.test import Client

from lkc.app import Landscape
from tests.builders import ANN, book, create_customer, expect_problem, mails, submit, submitted
from tests.wire import PRODUCER, Wire


def test_a_world_is_made_with_defaults(wire: Wire) -> None:
    """Without any wish a world gets a name, seed 1, and a clock that stands at 2014-03-03T09:00:00Z."""
    made = wire.value(wire.control("POST", "/worlds"), 201)
    wire.control("DELETE", f"/worlds/{made['name']}")

    assert (made["from"], made["seed"]) == ("empty", 1)
    assert made["clock"] == {"now": "2014-03-03T09:00:00Z", "mode": "frozen"}
    assert made["url"] == f"http://localhost/w/{made['name']}"


def test_a_world_is_made_as_wished(wire: Wire) -> None:
    """Name, seed, moment and mode are as asked for."""
    body = {"name": f"{wire.world}-x", "seed": 9, "at": "2013-12-31", "clock": "running"}

    made = wire.value(wire.control("POST", "/worlds", body), 201)
    shown = wire.value(wire.get(f"/_sim/worlds/{wire.world}-x"))
    wire.control("DELETE", f"/worlds/{wire.world}-x")

    assert (made["seed"], made["clock"]["mode"]) == (9, "running")
    assert shown["clock"]["now"].startswith("2013-12-31T00:00:0")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": "../x"}, "name"),
        ({"name": "UPPER"}, "name"),
        ({"name": 5}, "name"),
        ({"seed": "one"}, "seed"),
        ({"seed": -1}, "seed"),
        ({"at": "yesterday"}, "at"),
        ({"at": "1066-10-14"}, "at"),
        ({"at": 5}, "at"),
        ({"clock": "stopped"}, "clock"),
        ({"from": "nowhere"}, "from"),
        ({"from": "world:default", "seed": 3}, "seed"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wish_that_cannot_be_fulfilled_names_its_field(wire: Wire, body: dict[str, object], field: str) -> None:
    """Nothing is made of a wrong wish."""
    before = wire.value(wire.get("/_sim/worlds"))

    response = wire.control("POST", "/worlds", body)

    assert field in [mistake["field"] for mistake in expect_problem(response, 422, "validation")["errors"]]
    assert wire.value(wire.get("/_sim/worlds")) == before


def test_a_name_is_given_once(wire: Wire) -> None:
    """A second world of the same name is refused."""
    expect_problem(wire.control("POST", "/worlds", {"name": wire.world}), 409, "world-exists")
    expect_problem(wire.control("POST", f"/worlds/{wire.world}/fork", {"name": wire.world}), 409, "world-exists")


def test_a_fork_carries_everything_over_and_goes_its_own_way(wire: Wire) -> None:
    """Orders, mails and numbers are copied; what follows is apart."""
    submitted(wire)
    name = f"{wire.world}-fork"

    made = wire.value(wire.control("POST", "/worlds", {"name": name, "from": f"world:{wire.world}"}), 201)
    fork = Wire(wire.landscape, name)
    second = book(fork)["order_number"]
    assert book(wire)["order_number"] == second
    submit(fork, second)

    assert made["from"] == f"world:{wire.world}"
    assert (len(mails(wire)), len(mails(fork))) == (2, 4)
    wire.value(wire.control("POST", f"/worlds/{name}/reset"))
    assert len(mails(fork)) == 2
    wire.control("DELETE", f"/worlds/{name}")


def test_a_reset_leads_back_and_empties_the_journal(wire: Wire) -> None:
    """Orders, clock, faults and numbers are as they were at first; the journal holds the reset alone."""
    first = submitted(wire)["order_number"]
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN})
    wire.control("POST", "/clock/advance", {"days": 3})

    info = wire.value(wire.control("POST", f"/worlds/{wire.world}/reset"))

    assert info["clock"]["now"] == "2014-03-03T09:00:00Z"
    assert wire.value(wire.get("/_sim/faults")) == []
    assert wire.value(wire.get("/_sim/events")) == []
    assert book(wire)["order_number"] == first
    paths = [entry["path"] for entry in wire.value(wire.get("/_sim/requests?system=control"))]
    assert paths[0] == f"/_sim/worlds/{wire.world}/reset"


def test_a_deleted_world_is_unknown(wire: Wire) -> None:
    """Every path of it answers alike, and it is in no list."""
    name = f"{wire.world}-gone"
    wire.value(wire.control("POST", "/worlds", {"name": name}), 201)

    assert wire.control("DELETE", f"/worlds/{name}").status_code == 204

    gone = Wire(wire.landscape, name)
    for response in (
        gone.get("/"),
        gone.get("/_sim/health"),
        wire.control("DELETE", f"/worlds/{name}"),
        wire.control("POST", f"/worlds/{name}/reset"),
        wire.control("POST", f"/worlds/{name}/fork"),
    ):
        expect_problem(response, 404, "unknown-world")
    assert name not in [entry["name"] for entry in wire.value(wire.get("/_sim/worlds"))]


def test_a_world_may_delete_itself(wire: Wire) -> None:
    """A call within a world can delete that world; no journal stays behind."""
    name = f"{wire.world}-self"
    wire.control("POST", "/worlds", {"name": name})

    response = Wire(wire.landscape, name).control("DELETE", f"/worlds/{name}")

    assert response.status_code == 204
    assert not list(wire.landscape.store.files.journals.glob(f"{name}*"))


@pytest.mark.parametrize("name", ["..%2fx", "%2e%2e", "Acme", "a%00b", "x" * 70, "%ff", "a%0d%0ab"])
def test_a_world_name_that_cannot_be_one_is_unknown(landscape: Landscape, name: str) -> None:
    """Names from outside reach no file."""
    response = Client(landscape).get(f"/w/{name}/_sim/health")

    expect_problem(response, 404, "unknown-world")


@pytest.mark.parametrize("name", ["../worlds/{}", "../origins/{}", "./{}", "{}/", "..", ".", "{}\x00", "{}.ndjson"])
def test_a_name_from_outside_reaches_no_file(wire: Wire, name: str) -> None:
    """Neither a header nor a call of the controls gets at a world by another name, or at any other file."""
    wanted = name.format(wire.world)
    before = sorted(path.name for path in wire.landscape.store.files.root.rglob("*") if path.is_symlink())

    by_header = Client(wire.landscape).get("/_sim/health", headers={"X-LKC-World": wanted.replace("\x00", "%00")})
    copied = wire.control("POST", "/worlds", {"from": f"world:{wanted}"})

    expect_problem(by_header, 404, "unknown-world")
    assert copied.status_code in {404, 422}
    after = sorted(path.name for path in wire.landscape.store.files.root.rglob("*") if path.is_symlink())
    assert after == before


def test_a_world_is_named_by_path_then_header_then_host(wire: Wire) -> None:
    """The path wins over the header, the header over the host; every answer tells which world it was."""
    other = f"{wire.world}-b"
    wire.control("POST", "/worlds", {"name": other})
    client = Client(wire.landscape)
    header, host = {"X-LKC-World": other}, f"http://{wire.world}.localhost:8019"

    by_path = client.get(f"/w/{wire.world}/_sim/health", headers=header, base_url=host)
    by_header = client.get("/_sim/health", headers=header, base_url=host)
    by_host = client.get("/_sim/health", base_url=host)
    by_nothing = client.get("/_sim/health")
    wire.control("DELETE", f"/worlds/{other}")

    assert by_path.headers["X-LKC-World"] == wire.world
    assert by_header.get_json()["world"] == by_header.headers["X-LKC-World"] == other
    assert by_host.get_json()["world"] == wire.world
    expect_problem(by_nothing, 404, "unknown-world")
    assert by_nothing.headers["X-LKC-World"] == "default"


def test_a_world_reset_while_it_is_written_loses_nothing_by_half(wire: Wire) -> None:
    """Bookings that run into resets succeed whole or not at all, and the world stays sound."""
    create_customer(wire)
    name = f"{wire.world}-busy"
    wire.control("POST", f"/worlds/{wire.world}/fork", {"name": name})
    busy, statuses = Wire(wire.landscape, name), []

    def work() -> None:
        for _ in range(15):
            number = book(busy)["order_number"]
            response = busy.post(f"/ordering/api/v1/orders/{number}/submit", None, PRODUCER)
            statuses.append(response.status_code)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(15):
        assert wire.control("POST", f"/worlds/{name}/reset").status_code == 200
    for thread in threads:
        thread.join()

    assert set(statuses) <= {200, 404}
    for entry in busy.value(busy.get("/ordering/api/v1/orders", PRODUCER)):
        assert len(entry["lines"]) == 1
    wire.control("DELETE", f"/worlds/{name}")


def test_a_world_deleted_while_it_is_written_answers_clearly(wire: Wire) -> None:
    """Calls that run into the deletion say that the world is unknown, and nothing else."""
    name = f"{wire.world}-dying"
    wire.control("POST", "/worlds", {"name": name})
    dying, statuses = Wire(wire.landscape, name), []

    def work() -> None:
        for number in range(60):
            body = {"icn": f"{number:07d}", "name": "Acme", "country": "DE"}
            statuses.append(dying.post("/ordering/api/v1/customers", body, PRODUCER).status_code)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    wire.control("DELETE", f"/worlds/{name}")
    for thread in threads:
        thread.join()

    assert set(statuses) <= {201, 409, 404}
    assert statuses[-1] == 404
