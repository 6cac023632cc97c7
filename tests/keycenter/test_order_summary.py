"""The query behind the Order Summary: found, sorted, cut to a page, and fast."""

from __future__ import annotations

import time

import orjson
import pytest

from lkc.keycenter.models import Account, License, Member, ReceivedOrder, User
from lkc.keycenter.order_summary import PAGE, Search, SortedBy, Summary, order_summary
from lkc.keycenter.sign_in import Caller
from lkc.world.session import Access, WorldSession
from tests.wire import Wire

ANN = Caller("ann@acme.example")


def add(world: WorldSession, number: str, account: str = "A1", product: str = "GX4004", **values: str) -> None:
    """An order with one license, as the key center keeps it."""
    kept = {"purchase_order": "PO", "order_date": "01-JAN-2014", "onetrust_items": "[]", **values}
    world.insert(
        ReceivedOrder, order_number=number, account_id=account, cancelled=0, received_at="", submission=1, **kept
    )
    world.insert(
        License,
        license_id=f"L-{number}",
        order_number=number,
        line_number=1,
        account_id=account,
        part_number="P",
        product=product,
        quantity=1,
        expiration_date="31-DEC-2014",
        license_expiration_date="permanent",
        serial_number=None,
        start_date=None,
        start_day=None,
        expiration_day="2014-12-31",
        license_expiration_day=None,
    )


def accounts(world: WorldSession) -> None:
    """Ann is on A1 and A2, somebody else on A3."""
    for email in ("ann@acme.example", "zoe@zeta.example"):
        world.insert(User, email=email)
    for place, (account, name, email) in enumerate(
        [("A1", "Acme", "ann@acme.example"), ("A2", "beta", "ann@acme.example"), ("A3", "Zeta", "zoe@zeta.example")]
    ):
        world.insert(Account, account_id=account, icn=f"000{place}", name=name, opened_by="-")
        world.insert(Member, account_id=account, email=email, name="x", role="member", source="order", position=place)


@pytest.fixture
def kept(wire: Wire) -> Wire:
    """Four orders of Ann, one of somebody else."""
    onetrust = orjson.dumps([{"product": 'Site"Protector', "quantity": 1}]).decode()
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        accounts(world)
        add(world, "10", purchase_order="b 100%", order_date="15-FEB-2014")
        add(world, "20", purchase_order="A", order_date="03-MAR-2013", product="XGS 5000")
        add(world, "30", account="A2", purchase_order="c", order_date="2014-01-01", onetrust_items=onetrust)
        add(world, "40", account="A2", purchase_order="d", order_date="16-FEB-2014", product="50_0")
        add(world, "50", account="A3")
    return wire


def found(wire: Wire, **search: object) -> Summary:
    """What a search finds for Ann."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        return order_summary(world, ANN, Search(**search))  # type: ignore[arg-type] # keywords of a search


def numbers(summary: Summary) -> list[str]:
    """The numbers of the orders of a page."""
    return [line.order_number for line in summary.lines]


@pytest.mark.parametrize(
    ("by", "descending", "expected"),
    [
        (SortedBy.NUMBER, False, ["10", "20", "30", "40"]),
        (SortedBy.NUMBER, True, ["40", "30", "20", "10"]),
        (SortedBy.DATE, False, ["20", "10", "40", "30"]),
        (SortedBy.DATE, True, ["40", "10", "20", "30"]),
        (SortedBy.PURCHASE_ORDER, False, ["20", "10", "30", "40"]),
        (SortedBy.ACCOUNT, True, ["40", "30", "20", "10"]),
    ],
)
def test_orders_are_sorted_by_each_column(kept: Wire, by: SortedBy, descending: bool, expected: list[str]) -> None:  # noqa: FBT001 - a column of the table
    """Dates sort as days, wrong ones last; letters of either case alike; equals by number."""
    assert numbers(found(kept, by=by, descending=descending)) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("1", ["20", "10"]),
        ("xgs", ["20"]),
        ("BETA", ["40", "30"]),
        ("a2", ["40", "30"]),
        ("100%", ["10"]),
        ("0_0", ["40"]),
        ('e"p', ["30"]),
        ("quantity", []),
        ("Zeta", []),
        ("50", ["40", "20"]),
    ],
)
def test_words_are_looked_for_in_what_a_customer_knows(kept: Wire, words: str, expected: list[str]) -> None:
    """Numbers, purchase orders, products of both kinds and accounts; letter by letter, and never others' orders."""
    summary = found(kept, words=words)
    assert (numbers(summary), summary.total) == (expected, len(expected))


def test_an_order_shows_its_first_products_and_how_many_there_are(kept: Wire) -> None:
    """Those of the token service come after those with license files."""
    (line,) = found(kept, words='e"p').lines
    assert (line.products, line.product_count, line.account_name) == (("GX4004", 'Site"Protector'), 2, "beta")


def test_the_vendors_staff_see_the_orders_of_everybody(kept: Wire) -> None:
    """Nothing is cut away for them."""
    with kept.landscape.store.session(kept.world, Access.READ) as world:
        assert order_summary(world, Caller(None), Search()).total == 5


def test_ten_thousand_orders_do_not_slow_a_page_down(wire: Wire) -> None:
    """Whatever is searched and sorted takes less than 100 ms of work; a page behind the end is the last one."""
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        accounts(world)
        for number in range(10_000):
            add(world, f"{number:06d}", purchase_order=f"PO-{number}", order_date=f"{number % 28 + 1:02d}-JAN-2014")
    searches: list[dict[str, object]] = [
        {},
        {"page": 300},
        {"by": SortedBy.DATE},
        {"by": SortedBy.ACCOUNT},
        {"words": "nothing"},
        {"words": "GX4"},
    ]
    for search in searches:
        found(wire, **search)
        began = time.process_time()
        found(wire, **search)
        assert time.process_time() - began < 0.1, search
    last = found(wire, page=10**6)
    assert (last.total, last.page, last.first, last.last) == (10_000, 400, 10_000 - PAGE + 1, 10_000)
