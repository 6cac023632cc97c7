"""A world as a document and back: nothing is lost, and it goes on as if nothing had been."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table

import lkc.app
from lkc.app import Landscape
from lkc.world.session import Access
from lkc.world.state.layout import Layout, uncovered
from lkc.world.store import Origin
from tests.builders import ANN, BOB, ICN, licenses, mails, submitted
from tests.state.worlds import LAYOUT, counts, document, furnish, put
from tests.wire import PRODUCER, Wire


@pytest.fixture
def other(landscape: Landscape, wire: Wire) -> Wire:
    """Another world, of another seed and moment; it goes with the landscape."""
    name = f"{wire.world}-other"
    landscape.store.create(name, Origin(seed=99))
    return Wire(landscape, name)


def test_every_table_and_column_is_covered() -> None:
    """Who adds one has to say how it stands in documents."""
    assert uncovered(LAYOUT, lkc.app.METADATA) == []


def test_a_column_that_nobody_declared_is_found() -> None:
    """Both ways: what is there and not declared, and what is declared and not there."""
    metadata = MetaData()
    Table("ordering_extra", metadata, Column("what", Integer))

    missing = uncovered(Layout([]), metadata)

    assert "ordering_extra.what" in missing
    assert "world_event.text" in missing


def test_export_import_export_is_byte_identical(wire: Wire, other: Wire) -> None:
    """Every table has rows, and the document of the copy is the same to the byte."""
    furnish(wire)
    assert [table for table, rows in counts(wire).items() if not rows] == []
    exported = document(wire)

    answered = put(other, exported)

    assert answered.status_code == 200, answered.get_data(as_text=True)
    assert (answered.get_json()["from"], answered.get_json()["seed"]) == ("state", 1)
    assert document(other) == exported
    assert counts(other) == counts(wire)


def test_no_value_of_the_database_is_lost(wire: Wire, other: Wire) -> None:
    """Row by row and column by column, whatever the document looks like."""
    furnish(wire)
    put(other, document(wire))

    for part in LAYOUT.parts:
        query = f"SELECT {', '.join(part.columns)} FROM {part.table.name} ORDER BY {', '.join(part.key)}"  # noqa: S608
        found = []
        for one in (wire, other):
            with one.landscape.store.session(one.world, Access.READ) as world:
                found.append(world.driver.execute(query).fetchall())
        assert found[0] == found[1], part.table.name


def test_a_document_is_toml_whose_tables_nest(wire: Wire) -> None:
    """Any reader of TOML finds members below their account, and dates with their type."""
    made = furnish(wire)

    read = tomllib.loads(document(wire))

    [account] = read["keycenter"]["account"]
    assert {member["email"] for member in account["member"]} == {ANN, BOB}
    assert read["ordering"]["order"][0]["order_number"] == made["order"]["order_number"]
    assert read["format"] == 1
    assert read["world"]["now"].isoformat() == "2014-03-03T10:40:00+00:00"


def test_the_imported_world_goes_on_with_the_same_numbers(wire: Wire, other: Wire) -> None:
    """Orders, accounts, licenses, events and secrets continue as in the original."""
    furnish(wire)
    put(other, document(wire))

    booked = [submitted(one, purchase_order="PO-NEXT") for one in (wire, other)]
    generated = [
        one.post(
            f"/lkc/api/v1/licenses/{licenses(one, booked[0]['order_number'])[0]['license_id']}/generate", {}, PRODUCER
        )
        for one in (wire, other)
    ]

    assert booked[0] == booked[1]
    assert generated[0].status_code == 201
    assert generated[0].get_json()["sha256"] == generated[1].get_json()["sha256"]


def test_passwords_keys_faults_and_what_is_due_survive(wire: Wire, other: Wire) -> None:
    """One signs in with the same password, the delayed mail comes by the clock, the fault goes on acting."""
    made = furnish(wire)
    put(other, document(wire))

    assert other.get("/lkc/api/v1/accounts", made["ann"]).status_code == 200
    assert other.get("/lkc/api/v1/keys").get_json() == wire.get("/lkc/api/v1/keys").get_json()
    assert other.get("/_sim/faults").get_json() == wire.get("/_sim/faults").get_json()
    before = len(mails(other, to=BOB, status="delivered"))
    other.control("POST", "/clock/advance", {"minutes": 601})
    assert len(mails(other, to=BOB, status="delivered")) > before


def test_a_reset_leads_back_to_the_document(wire: Wire) -> None:
    """The document is the world's origin from now on."""
    furnish(wire)
    exported = document(wire)
    put(wire, exported)
    submitted(wire, purchase_order="PO-LATER")
    wire.control("POST", "/clock/advance", {"days": 3})

    wire.control("POST", f"/worlds/{wire.world}/reset")

    assert document(wire) == exported


def test_a_session_in_the_former_world_is_not_mixed_with_the_new_one(wire: Wire) -> None:
    """Who reads the former generation goes on reading it whole; a document replaces no file in place."""
    exported = document(wire)
    submitted(wire)
    with wire.landscape.store.session(wire.world, Access.READ) as reader:
        put(wire, exported)
        (seen,) = reader.driver.execute("SELECT count(*) FROM ordering_order").fetchone()

    assert seen == 1
    assert wire.get("/ordering/api/v1/orders", PRODUCER).get_json() == []


def test_no_other_world_is_left_behind(wire: Wire) -> None:
    """What a document is built in is gone, whether it went well or not."""
    before = {world["name"] for world in wire.get("/_sim/worlds").get_json()}
    exported = document(wire)

    put(wire, exported)
    put(wire, exported.replace("seed = 1", "seed = 1\nfoot = 2"))
    put(wire, f"{exported}\n[[ordering.order]]\n")

    assert {world["name"] for world in wire.get("/_sim/worlds").get_json()} == before


def test_what_is_done_before_a_world_is_replaced_sees_it_untouched(wire: Wire) -> None:
    """The last moment before the flip belongs to whoever wants to keep the former world."""
    submitted(wire)
    store, seen = wire.landscape.store, []

    store.replace(wire.world, Origin(seed=3), lambda world: seen.append(world.ids.counters["order"]))

    assert seen == [1]
    assert store.info(wire.world).seed == 3


def test_a_replaced_world_can_be_undone(wire: Wire) -> None:
    """Before a document is taken in, a checkpoint is taken."""
    number = submitted(wire)["order_number"]
    empty = document(wire).partition("[[")[0]

    assert put(wire, empty).status_code == 200
    assert wire.get("/ordering/api/v1/orders", PRODUCER).get_json() == []
    wire.value(wire.control("POST", "/undo"))

    assert [one["order_number"] for one in wire.get("/ordering/api/v1/orders", PRODUCER).get_json()] == [number]


def test_a_document_of_the_first_format_still_loads(wire: Wire) -> None:
    """A document that was written by the first version with documents."""
    first = (Path(__file__).parent / "format-1.toml").read_text(encoding="utf-8")

    assert put(wire, first).status_code == 200

    order, _ = wire.get("/ordering/api/v1/orders", PRODUCER).get_json()
    assert (order["icn"], order["contact"]["email"]) == (ICN, ANN)
    later = {"scenarios_told", "scenarios_answer", "support_failed_sign_in", "myiss_failed_sign_in"}
    assert {table for table, rows in counts(wire).items() if not rows} == later
