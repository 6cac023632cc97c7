"""Which date of a license the clock goes to next."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from lkc.keycenter.system import next_expiry as next_of_licenses
from lkc.world.session import Access, WorldSession
from onetrust.tokens.system import next_expiry as next_of_entitlements
from tests.builders import expect_problem, line, part, submitted
from tests.wire import PRODUCER, Wire


def advance(wire: Wire) -> str:
    """Lets the clock go past the next date and tells what it shows."""
    shown: str = wire.value(wire.control("POST", "/clock/advance", {"to_next": "expiry"}))["now"]
    return shown


@pytest.mark.parametrize("delivery", ["key-file", "onetrust"])
@pytest.mark.parametrize("end", ["31-DEC-9999", "30-DEC-9999", "01-JAN-2200"])
def test_a_date_beyond_the_clocks_end_never_passes(wire: Wire, delivery: str, end: str) -> None:
    """What ends after the last day of the clock counts as what does not end, and hides no earlier date."""
    submitted(wire, lines=[line(part_number=part(delivery), expiration_date=end)])
    expect_problem(wire.control("POST", "/clock/advance", {"to_next": "expiry"}), 409, "nothing-expires")
    submitted(wire, lines=[line(part_number=part(delivery), expiration_date="31-DEC-2199")])

    assert advance(wire) == "2200-01-01T00:00:00Z"


def test_a_license_of_quantity_zero_has_nothing_to_expire(wire: Wire) -> None:
    """The date of a cancelled order does not stop the clock."""
    first = submitted(wire, lines=[line(expiration_date="30-JUN-2014", license_expiration_date="01-JUN-2014")])
    submitted(wire, lines=[line(expiration_date="31-DEC-2014")])

    wire.value(wire.post(f"/ordering/api/v1/orders/{first['order_number']}/cancel", None, PRODUCER))

    assert advance(wire) == "2015-01-01T00:00:00Z"


@pytest.mark.parametrize("next_expiry", [next_of_licenses, next_of_entitlements])
def test_the_next_date_is_found_by_an_index(
    wire: Wire, next_expiry: Callable[[WorldSession, date], date | None]
) -> None:
    """However many licenses there are, one row of an index is read for each date."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        statements: list[str] = []
        world.driver.set_trace_callback(statements.append)
        next_expiry(world, date(2014, 3, 3))
        world.driver.set_trace_callback(None)
        plans = [world.driver.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()[-1][3] for sql in statements]

    assert plans
    assert all("SEARCH" in plan and "expiration_day" in plan for plan in plans), plans
