"""No order of a file goes in by half: a bad row keeps its whole order out, and no other one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import part
from tests.ordering.test_import import csv, load, orders, row
from tests.wire import Wire


def bad_rows(report: dict[str, Any]) -> list[tuple[int, str]]:
    """Row and field of everything that was refused."""
    return [(bad["row"], bad["field"]) for bad in report["rejected"]]


@pytest.mark.parametrize("broken", [",more", None])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_row_with_a_wrong_number_of_cells_keeps_its_order_out(wire: Wire, broken: str | None, place: int) -> None:
    """Whichever row of an order it is, with cells too many or too few, nothing of the order is booked."""
    rows = [row(reference="A", line_number=str(number)) for number in (1, 2, 3)]
    rows[place] = rows[place] + broken if broken else rows[place].rpartition(",")[0]

    report = load(wire, csv(row(reference="B"), *rows, row(reference="C")))

    assert report["imported"] == 2
    assert bad_rows(report) == [(3, "row"), (4, "row"), (5, "row")]
    assert "cells, the header has 16" in report["rejected"][place]["reason"]
    assert len(orders(wire)) == 2


def test_a_row_without_its_reference_belongs_to_the_rows_around_it(wire: Wire) -> None:
    """A broken row between two rows of an order keeps that order out; one between two orders harms neither."""
    broken = row().removeprefix(",")
    a, b = [[row(reference=name, line_number=number) for number in ("1", "2")] for name in "AB"]

    report = load(wire, csv(a[0], broken, a[1], b[0], b[1], broken, row(reference="C")))

    assert report["imported"] == 2
    assert bad_rows(report) == [(2, "row"), (3, "row"), (4, "row"), (7, "row")]


def test_a_reference_that_moved_with_the_cells_is_found(wire: Wire) -> None:
    """Where the reference is the last column, a comma too many in the row hides it from nobody."""
    header = "icn,customer_name,country,purchase_order,contact_name,contact_email,part_number,quantity,expiration_date"
    good = f"0012345,Acme,DE,PO-1,Ann,ann@acme.example,{part('key-file')},1,31-DEC-2014,A"
    broken = good.replace("Acme", "Acme, Inc.")

    report = load(wire, f"{header},reference\n{good}\n{broken}\n".encode())

    assert report["imported"] == 0
    assert bad_rows(report) == [(2, "row"), (3, "row")]


def test_an_order_of_too_many_rows_stays_out(wire: Wire) -> None:
    """500 lines are an order; the 501st row is named, and none of the order is booked."""
    report = load(wire, csv(*[row(reference="A")] * 501, row(reference="B"), *[row(reference="C")] * 500))

    assert report["imported"] == 2
    assert sorted(len(entry["lines"]) for entry in orders(wire)) == [1, 500]
    assert len(report["rejected"]) == 501
    assert report["rejected"][-1] == {
        "row": 502,
        "field": "row",
        "reason": "is one too many: an order has at most 500 lines",
    }


def test_a_reference_that_comes_again_in_a_later_part_is_named(wire: Wire) -> None:
    """A later part of the file cannot go on with an order that is booked, nor is its row dropped in silence."""
    first = csv(row(reference="A"), row(reference="B"))
    second = csv(row(reference="C"), row(reference="A", line_number="2"))
    load(wire, first, "?file=whole&first_row=1")

    report = load(wire, second, "?file=whole&first_row=3")
    again = [load(wire, first, "?file=whole&first_row=1"), load(wire, second, "?file=whole&first_row=3")]

    assert (report["imported"], report["already_there"]) == (1, 0)
    assert bad_rows(report) == [(5, "reference")]
    number = orders(wire)[0]["order_number"]
    assert f"was imported as order {number} with other content" in report["rejected"][0]["reason"]
    assert [entry["already_there"] for entry in again] == [2, 1]
    assert again[1]["rejected"] == report["rejected"]


def test_a_formula_in_a_further_row_is_found(wire: Wire) -> None:
    """Every row of an order is looked at for what a spreadsheet would run."""
    report = load(wire, csv(row(reference="A"), row(reference="A", serial_number="=1+1"), row(reference="B")))

    assert report["imported"] == 1
    assert bad_rows(report) == [(2, "row"), (3, "serial_number")]
    assert report["rejected"][1]["reason"] == "looks like a spreadsheet formula"


def test_a_newcomer_without_a_name_lacks_the_column(wire: Wire) -> None:
    """What a customer who is not there yet lacks is called as the file calls it."""
    report = load(wire, csv(row(customer_name="")))

    assert report["rejected"] == [{"row": 2, "field": "customer_name", "reason": "Missing data for required field."}]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"contact_email": "nobody"}, "('nobody')"),
        ({"registered_end_users": "Ann <ann@acme.example>; Bob <bob>"}, "('bob')"),
        ({"quantity": "-1"}, "(-1)"),
    ],
)
def test_a_refusal_shows_what_stands_there(wire: Wire, cells: dict[str, str], shown: str) -> None:
    """The reason ends with the value that was read."""
    report = load(wire, csv(row(**cells)))

    assert report["rejected"][0]["reason"].endswith(shown)
