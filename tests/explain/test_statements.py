"""What a question costs in statements: as much for many orders as for a few."""

from __future__ import annotations

from lkc.explain.case import Subject
from lkc.explain.explaining import explain
from lkc.world.session import Access
from lkc.world.timeline import latest_of
from tests.builders import ANN, account_of, change, line, part, submitted
from tests.wire import Wire

# Of which a good half asks about the person and the accounts.
MOST_STATEMENTS = 70


def asked(wire: Wire, subject: Subject) -> tuple[int, list[str]]:
    """How many statements a question takes, and the codes that answer it."""
    statements: list[str] = []
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        world.driver.set_trace_callback(statements.append)
        codes = [finding.code for finding in explain(world, subject)]
        world.driver.set_trace_callback(None)
    return len(statements), codes


def orders_in_trouble(wire: Wire, count: int) -> str:
    """So many orders of Ann, every one badly dated and changed since; the number of the last one."""
    order = ""
    for number in range(count):
        lines = [line(expiration_date="31/12/2014"), line(part_number=part("onetrust"), expiration_date="31/12/2014")]
        order = submitted(wire, lines=lines)["order_number"]
        change(wire, order, purchase_order=f"PO-1{number}")
    return order


def test_many_orders_take_no_more_statements_than_a_few(wire: Wire) -> None:
    """Everything is asked for all orders together, whatever is wrong with them."""
    orders_in_trouble(wire, 3)
    few, told_of_few = asked(wire, Subject(email=ANN))
    orders_in_trouble(wire, 30)
    many, told_of_many = asked(wire, Subject(email=ANN))

    assert len(told_of_few) >= 9
    assert len(told_of_many) >= 99
    assert many == few
    assert many <= MOST_STATEMENTS


def test_an_account_of_many_orders_takes_no_more_either(wire: Wire) -> None:
    """Nobody in particular asks: the account is named."""
    number = orders_in_trouble(wire, 20)
    statements, codes = asked(wire, Subject(account_id=account_of(wire, number)))

    assert codes.count("change-not-resubmitted") == 20
    assert statements <= MOST_STATEMENTS


def test_the_latest_event_for_each_is_found_by_the_index_of_rare_kinds(wire: Wire) -> None:
    """Of two kinds the later one counts; what has no such event is left out."""
    first, second = (submitted(wire)["order_number"] for _ in range(2))
    change(wire, first, purchase_order="PO-8")
    change(wire, first, purchase_order="PO-9")
    statements: list[str] = []

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        world.driver.set_trace_callback(statements.append)
        found = latest_of(world, ("order-changed", "order-cancelled"), "order_number", [first, second])
        world.driver.set_trace_callback(None)
        plans = [row[3] for sql in statements for row in world.driver.execute(f"EXPLAIN QUERY PLAN {sql}")]
        newest = world.driver.execute("SELECT max(id) FROM world_event WHERE kind = 'order-changed'").fetchone()[0]

    assert {number: event.id for number, event in found.items()} == {first: newest}
    assert any("ix_world_event_remembered" in step for step in plans)
    assert [step for step in plans if step.startswith("SCAN")] == []
