"""The Order Summary: a member's orders, searched, sorted and cut to one page, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson
from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select

from lkc.feed.dates import MONTHS
from lkc.keycenter.models import Account, License, ReceivedOrder
from lkc.keycenter.sign_in import Caller
from lkc.keycenter.visibility import restricted
from lkc.world.session import WorldSession

PAGE = 25
SHOWN_PRODUCTS = 2
LONGEST_SEARCH = 250


class SortedBy(StrEnum):
    """The columns by which orders can be sorted."""

    NUMBER = "number"
    DATE = "date"
    PURCHASE_ORDER = "purchase-order"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """Which orders are wanted, in which order.

    Attributes:
        words: part of a number, a purchase order, a product, or an account's name or number; empty for all.
        page: 1 is the first.
    """

    words: str = ""
    by: SortedBy = SortedBy.NUMBER
    descending: bool = True
    page: int = 1


@dataclass(frozen=True, slots=True)
class OrderLine:
    """An order as it stands in the summary; `products` are the first few of `product_count`."""

    order_number: str
    order_date: str
    purchase_order: str
    account_id: str
    account_name: str
    products: tuple[str, ...]
    product_count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """One page of orders; `page` is the one asked for, or the last where that lies behind the end."""

    lines: list[OrderLine] = field(default_factory=list)
    total: int = 0
    page: int = 1

    @property
    def first(self) -> int:
        """Which of all orders found is the page's first; 0 where there is none."""
        return (self.page - 1) * PAGE + 1 if self.lines else 0

    @property
    def last(self) -> int:
        """Which of all orders found is the page's last."""
        return (self.page - 1) * PAGE + len(self.lines)


def order_summary(world: WorldSession, caller: Caller, search: Search) -> Summary:
    """The orders on all accounts of the caller that fit, one page of them."""
    found, page = _found(caller, search.words), max(1, search.page)
    wanted = found.order_by(*_sorted(search)).limit(PAGE)
    rows = world.orm.execute(wanted.offset((page - 1) * PAGE)).all()
    total = rows[0].total if rows else 0
    if not rows and page > 1:
        total = world.orm.scalar(found.with_only_columns(func.count())) or 0
        page = max(1, -(-total // PAGE))
        rows = world.orm.execute(wanted.offset((page - 1) * PAGE)).all()
    products = _products_of(world, rows)
    return Summary([_line(row, products[row.order_number]) for row in rows], total, page)


def _found(caller: Caller, words: str) -> Select[str, str, str, str, str, str, int]:
    query = select(
        ReceivedOrder.order_number,
        ReceivedOrder.order_date,
        ReceivedOrder.purchase_order,
        ReceivedOrder.onetrust_items,
        Account.account_id,
        Account.name,
        func.count().over().label("total"),
    ).join(Account, Account.account_id == ReceivedOrder.account_id)
    query = restricted(query, caller)
    if not words:
        return query
    texts = (ReceivedOrder.order_number, ReceivedOrder.purchase_order, Account.name, Account.account_id)
    return query.where(or_(*(text.icontains(words, autoescape=True) for text in texts), *_with_product(words)))


def _with_product(words: str) -> Iterable[ColumnElement[bool]]:
    """Conditions by which an order has a product like this; those of the token service stand in a JSON list."""
    yield exists().where(
        License.order_number == ReceivedOrder.order_number, License.product.icontains(words, autoescape=True)
    )
    items = func.json_each(ReceivedOrder.onetrust_items).table_valued("value")
    product = func.json_extract(items.c.value, "$.product")
    as_written = orjson.dumps(words).decode()[1:-1]
    yield (
        ReceivedOrder.onetrust_items.icontains(as_written, autoescape=True)
        & select(items.c.value).where(product.icontains(words, autoescape=True)).exists()
    )


def _sorted(search: Search) -> Iterable[ColumnElement[Any]]:
    """By what is sorted; equals by number. Dates that are none come last."""
    number = ReceivedOrder.order_number
    columns: dict[SortedBy, tuple[ColumnElement[Any], ...]] = {
        SortedBy.NUMBER: (number.expression,),
        SortedBy.DATE: (_day_of(ReceivedOrder.order_date.expression), number.expression),
        SortedBy.PURCHASE_ORDER: (func.lower(ReceivedOrder.purchase_order), number.expression),
        SortedBy.ACCOUNT: (func.lower(Account.name), Account.account_id.expression, number.expression),
    }
    chosen = columns[search.by]
    return [(column.desc() if search.descending else column.asc()).nulls_last() for column in chosen]


def _day_of(text: ColumnElement[str]) -> ColumnElement[Any]:
    """The day that DD-MMM-YYYY means, in a form that sorts; NULL for a text of another form."""
    months = {month: f"{number:02d}" for number, month in enumerate(MONTHS, 1)}
    month = case(months, value=func.upper(func.substr(text, 4, 3)))
    day = func.substr(text, 8, 4) + "-" + month + "-" + func.substr(text, 1, 2)
    return case((text.like("__-___-____"), day))


def _products_of(world: WorldSession, rows: Iterable[Any]) -> dict[str, tuple[list[str], int]]:
    """By order: the first products delivered as a license file, and how many lines there are in all."""
    place = func.row_number().over(partition_by=License.order_number, order_by=License.line_number)
    count = func.count().over(partition_by=License.order_number)
    numbers = [row.order_number for row in rows]
    lines = (
        select(License.order_number, License.product, place.label("place"), count.label("count"))
        .where(License.order_number.in_(numbers))
        .subquery()
    )
    found: dict[str, tuple[list[str], int]] = defaultdict(lambda: ([], 0))
    query = select(lines.c.order_number, lines.c.product, lines.c.count).where(lines.c.place <= SHOWN_PRODUCTS)
    for number, product, how_many in world.orm.execute(query.order_by(lines.c.order_number, lines.c.place)):
        found[number] = ([*found[number][0], product], how_many)
    return found


def _line(row: Any, licenses: tuple[list[str], int]) -> OrderLine:
    products, count = licenses
    others = [item["product"] for item in orjson.loads(row.onetrust_items)]
    return OrderLine(
        row.order_number,
        row.order_date,
        row.purchase_order,
        row.account_id,
        row.name,
        tuple([*products, *others][:SHOWN_PRODUCTS]),
        count + len(others),
    )
