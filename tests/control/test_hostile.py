"""What somebody with bad intentions, or bad luck, may send: a clear answer, and nothing lost or leaked."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator

import pytest
from werkzeug.test import Client, EnvironBuilder

from tests.builders import (
    ANN,
    change,
    create_customer,
    expect_problem,
    licenses,
    line,
    mails,
    order,
    submit,
    submitted,
    with_password,
)
from tests.wire import PRODUCER, Wire

IMPORT = "/ordering/api/v1/orders/import"


def orders(wire: Wire) -> list[dict[str, object]]:
    """All orders of the world."""
    found: list[dict[str, object]] = wire.value(wire.get("/ordering/api/v1/orders?limit=500", PRODUCER))
    return found


@pytest.mark.parametrize(
    "host",
    [
        "evil.example/.localhost",
        "127.0.0.1:80@evil.example",
        "localhost:@evil.example",
        'a"b<script>.localhost',
        "a b.localhost",
        "evil.example#.localhost",
    ],
)
def test_a_host_name_that_is_none_never_gets_into_a_link(wire: Wire, host: str) -> None:
    """Only names, loopback addresses and a port of digits pass."""
    builder = EnvironBuilder(path=f"/w/{wire.world}/_sim/health", headers=[("Host", host)])

    response = Client(wire.landscape).open(builder)

    expect_problem(response, 421, "misdirected")


def test_an_import_into_a_world_that_is_replaced_stops(wire: Wire) -> None:
    """A reset between two steps of an import ends it; nothing of it gets into the new world."""
    create_customer(wire)
    wire.control("POST", f"/worlds/{wire.world}/fork", {"name": f"{wire.world}-hit"})
    hit = Wire(wire.landscape, f"{wire.world}-hit")
    body = "\n".join(json.dumps(order(purchase_order=f"P{number}")) for number in range(900)).encode()
    statuses: list[int] = []

    def work() -> None:
        headers = {"Content-Type": "application/x-ndjson"}
        statuses.append(hit.call("POST", f"{IMPORT}?submit=true", body, PRODUCER, headers=headers).status_code)

    importing = threading.Thread(target=work)
    importing.start()
    while importing.is_alive() and not orders(hit):
        pass
    wire.control("POST", f"/worlds/{hit.world}/reset")
    importing.join()
    left = orders(hit)
    wire.control("DELETE", f"/worlds/{hit.world}")

    assert (statuses, left) in [([409], []), ([200], [])]


def test_the_default_world_stays(wire: Wire) -> None:
    """Without it most calls would lead nowhere."""
    expect_problem(wire.control("DELETE", "/worlds/default"), 409, "default-world")


def test_a_fault_that_acts_often_is_named_once_in_the_answer(wire: Wire) -> None:
    """The header stays short however many mails bounced."""
    wire.value(wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN}), 201)
    create_customer(wire)
    body = "\n".join(json.dumps(order()) for _ in range(20)).encode()

    response = wire.call(
        "POST", f"{IMPORT}?submit=true", body, PRODUCER, headers={"Content-Type": "application/x-ndjson"}
    )

    assert response.headers["X-LKC-Fault"] == "mail-bounce"


def test_more_things_due_than_a_statement_takes(wire: Wire) -> None:
    """Thousands of delayed mails arrive at once, and no call fails of it."""
    wire.value(wire.control("POST", "/faults", {"kind": "mail-delay", "minutes": 5}), 201)
    create_customer(wire)
    body = "\n".join(json.dumps(order()) for _ in range(700)).encode()
    wire.call("POST", f"{IMPORT}?submit=true", body, PRODUCER, headers={"Content-Type": "application/x-ndjson"})
    assert len(mails(wire, status="delayed", limit="500")) == 500

    wire.value(wire.control("POST", "/clock/advance", {"minutes": 5}))

    assert mails(wire, status="delayed") == []
    assert len(mails(wire, status="delivered", limit="500")) == 500


def test_a_world_whose_file_is_lost_harms_no_other_and_can_be_deleted(wire: Wire) -> None:
    """The list goes on without it, and its name is free again after the deletion."""
    name = f"{wire.world}-lost"
    wire.control("POST", "/worlds", {"name": name})
    store = wire.landscape.store
    file = store.files.current(name)
    store._open_files.drop(file)
    store.files.path(file).unlink()

    assert name not in [info["name"] for info in wire.value(wire.get("/_sim/worlds"))]
    assert wire.control("DELETE", f"/worlds/{name}").status_code == 204
    wire.value(wire.control("POST", "/worlds", {"name": name}), 201)
    wire.control("DELETE", f"/worlds/{name}")


@pytest.mark.parametrize(
    "text",
    ['{"\\ud800": 1}', '{"reference": "\\ud800"}', '{"lines[' + "9" * 5000 + ']": 1}', '{"icn": ' + "9" * 5000 + "}"],
)
def test_a_line_that_cannot_be_told_is_named_all_the_same(wire: Wire, text: str) -> None:
    """The good order goes in, the bad line is reported."""
    create_customer(wire)
    body = f"{json.dumps(order())}\n{text}".encode()

    response = wire.call("POST", IMPORT, body, PRODUCER, headers={"Content-Type": "application/x-ndjson"})

    report = wire.value(response)
    assert report["imported"] == 1
    assert {bad["row"] for bad in report["rejected"]} == {2}


def test_a_number_with_too_many_digits_is_a_mistake_of_the_caller(wire: Wire) -> None:
    """It is refused as bad JSON is."""
    body = b'{"days": ' + b"9" * 5000 + b"}"

    response = wire.call("POST", "/_sim/clock/advance", body, headers={"Content-Type": "application/json"})

    expect_problem(response, 400, "bad-request")


def test_a_mail_with_a_hostile_head_is_refused_at_once(wire: Wire) -> None:
    """Heads whose reading would take minutes are not read."""
    raw = b"From: a@b.example\nTo: c@d.example\nContent-Type: text/plain; " + b"a=b; " * 40_000 + b"\n\nhi"

    expect_problem(wire.call("POST", "/mail/api/v1/messages", raw), 422, "validation")


def test_secrets_are_not_written_down(wire: Wire) -> None:
    """Tokens in paths and queries are masked in the journal."""
    secret = "A" * 43
    wire.get(f"/lkc/password/{secret}?again={secret}")

    (entry,) = wire.value(wire.get("/_sim/requests"))

    assert (entry["path"], entry["query"]) == ("/lkc/password/***", "again=***")


@pytest.mark.parametrize("email", ['"a\u0001b"@acme.example', '"a,b@c"@acme.example', "a b@acme.example"])
def test_addresses_that_break_lists_and_headers_are_refused(wire: Wire, email: str) -> None:
    """Quoted names, blanks and control characters are no part of a plain address."""
    create_customer(wire)

    response = wire.post("/ordering/api/v1/orders", order(contact={"name": "Ann", "email": email}), PRODUCER)

    expect_problem(response, 422, "validation")


def test_a_former_license_file_is_not_given_out(wire: Wire) -> None:
    """After a change or a cancellation the former file is no longer what the license says."""
    booked = submitted(wire)
    number = booked["order_number"]
    ann = with_password(wire)
    license_id = licenses(wire, number, ann)[0]["license_id"]
    path = f"/lkc/api/v1/licenses/{license_id}"
    wire.value(wire.post(f"{path}/generate", {}, ann), 201)
    assert wire.get(f"{path}/file", ann).status_code == 200

    change(wire, number, lines=[line(quantity=9)])
    submit(wire, number)
    expect_problem(wire.get(f"{path}/file", ann), 409, "license-not-generated")
    wire.value(wire.post(f"{path}/generate", {}, ann), 201)
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))

    expect_problem(wire.get(f"{path}/file", ann), 409, "license-not-generated")


def test_paths_with_double_slashes_are_no_paths(wire: Wire) -> None:
    """Nobody is sent elsewhere."""
    expect_problem(wire.get("/_sim//health"), 404, "not-found")


def rows_of(*rows: str) -> Iterator[str]:
    """CSV rows under a short header."""
    yield "reference,icn,purchase_order,contact_name,contact_email,part_number,quantity,expiration_date"
    yield from rows


def test_rows_of_one_order_must_agree(wire: Wire) -> None:
    """Adjacent rows with one reference and another customer are a mistake in the file, and named."""
    create_customer(wire)
    part = line()["part_number"]
    body = "\n".join(
        rows_of(
            f"A,0012345,PO-1,Ann,{ANN},{part},1,31-DEC-2014",
            f"A,0012345,PO-2,Ann,{ANN},{part},1,31-DEC-2014",
            f"3,0012345,PO-3,Ann,{ANN},{part},1,31-DEC-2014",
            f",0012345,PO-3,Ann,{ANN},{part},1,31-DEC-2014",
        )
    ).encode()

    report = wire.value(wire.call("POST", IMPORT, body, PRODUCER, headers={"Content-Type": "text/csv"}))

    assert report["imported"] == 2
    assert [(bad["row"], bad["field"]) for bad in report["rejected"]] == [(2, "row"), (3, "purchase_order")]
    assert "differs from row 2" in report["rejected"][1]["reason"]
