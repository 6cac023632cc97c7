"""Importing files of orders: what goes in, what is named as bad, and that nothing goes in by half or twice."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.builders import ICN, create_customer, expect_problem, licenses, line, mails, order, part
from tests.wire import PRODUCER, Wire

IMPORT = "/ordering/api/v1/orders/import"
HEADER = (
    "reference,icn,customer_name,country,purchase_order,order_date,contact_name,contact_email,"
    "registered_end_users,line_number,part_number,quantity,serial_number,start_date,expiration_date,"
    "license_expiration_date"
)


def row(**cells: str) -> str:
    """A line of a CSV file, with defaults for what does not matter."""
    values = {
        "icn": ICN,
        "customer_name": "Acme Holding",
        "country": "DE",
        "purchase_order": "PO-1",
        "contact_name": "Ann",
        "contact_email": "ann@acme.example",
        "registered_end_users": "Ann <ann@acme.example>",
        "part_number": part("key-file"),
        "quantity": "5",
        "expiration_date": "31-DEC-2014",
        **cells,
    }
    return ",".join(values.get(name, "") for name in HEADER.split(","))


def csv(*rows: str) -> bytes:
    """A CSV file of these rows."""
    return "\n".join([HEADER, *rows, ""]).encode()


def load(wire: Wire, body: bytes, query: str = "", media_type: str = "text/csv", status: int = 200) -> Any:
    """Imports a file and returns the report."""
    response = wire.call("POST", IMPORT + query, body, PRODUCER, headers={"Content-Type": media_type})
    return wire.value(response, status)


def orders(wire: Wire) -> list[dict[str, Any]]:
    """All orders."""
    found: list[dict[str, Any]] = wire.value(wire.get("/ordering/api/v1/orders", PRODUCER))
    return found


def test_rows_of_one_reference_make_one_order(wire: Wire) -> None:
    """Adjacent rows with the same reference are the lines of one order; others are orders of their own."""
    body = csv(
        row(reference="A", line_number="1"),
        row(reference="A", line_number="2", part_number=part("onetrust"), quantity="0"),
        row(),
        row(),
    )

    report = load(wire, body)

    assert report == {
        "imported": 3,
        "submitted": 0,
        "already_there": 0,
        "refused": 0,
        "rejected_rows": 0,
        "rejected_left_out": 0,
        "rejected": [],
    }
    assert [len(entry["lines"]) for entry in orders(wire)] == [2, 1, 1]
    assert mails(wire) == []


def test_an_import_can_submit_what_it_books(wire: Wire) -> None:
    """With submit=true each order reaches the delivery systems, mails included."""
    report = load(wire, csv(row(), row()), "?submit=true")

    assert (report["imported"], report["submitted"]) == (2, 2)
    assert len(mails(wire)) == 4
    assert {entry["status"] for entry in orders(wire)} == {"submitted"}


def test_an_imported_order_is_like_any_other(wire: Wire) -> None:
    """What was submitted by an import can be announced again, and its cancellation reaches the delivery systems."""
    load(wire, csv(row()), "?submit=true")
    number = orders(wire)[0]["order_number"]

    notice = wire.post(f"/ordering/api/v1/orders/{number}/notice", None, PRODUCER)
    cancelled = wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))

    assert notice.status_code == 200
    assert [(one["system"], one["status"]) for one in cancelled["submissions"]] == [("keycenter", "accepted")]
    assert [license_["quantity"] for license_ in licenses(wire, number)] == [0]


def test_dates_go_in_letter_by_letter(wire: Wire) -> None:
    """Whatever stands in a date cell is kept, blanks and formulas included."""
    load(wire, csv(row(start_date=" 1/2/3 ", expiration_date="=DATE(2014)", license_expiration_date="2014-12-31")))

    kept = orders(wire)[0]["lines"][0]
    assert (kept["start_date"], kept["expiration_date"]) == (" 1/2/3 ", "=DATE(2014)")
    assert kept["license_expiration_date"] == "2014-12-31"


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"part_number": "NOPE"}, "part_number", "the catalogue has no such part number ('NOPE')"),
        ({"quantity": "ten"}, "quantity", "'ten' is not a whole number"),
        ({"quantity": ""}, "quantity", "'' is not a whole number"),
        ({"quantity": "-1"}, "quantity", "Must be between 0 and"),
        ({"contact_email": "nobody"}, "contact_email", "Not a valid email address"),
        ({"registered_end_users": "Ann"}, "registered_end_users", "must be 'Name <address>; Name <address>'"),
        ({"registered_end_users": "A <b>"}, "registered_end_users", "Not a valid email address"),
        ({"purchase_order": '"=HYPERLINK(""http://x"")"'}, "purchase_order", "looks like a spreadsheet formula"),
        ({"customer_name": "@SUM(A1)"}, "customer_name", "looks like a spreadsheet formula"),
        ({"customer_name": " =cmd|' /C calc'!A0"}, "customer_name", "looks like a spreadsheet formula"),
        ({"country": "FR"}, "country", "is not the country of customer 0012345, which is DE ('FR')"),
        ({"icn": "9999999", "country": ""}, "country", "Missing data for required field."),
        ({"icn": "12x4567"}, "icn", "must be 4 to 12 digits"),
        ({"line_number": "first"}, "line_number", "'first' is not a whole number"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_go_in(wire: Wire, cells: dict[str, str], field: str, reason: str) -> None:
    """The report tells row (as a spreadsheet counts), field and reason."""
    create_customer(wire)

    report = load(wire, csv(row(), row(**cells), row()))

    assert report["imported"] == 2
    assert [(bad["row"], bad["field"]) for bad in report["rejected"]] == [(3, field)]
    assert reason in report["rejected"][0]["reason"]


def test_an_order_with_a_bad_row_stays_out_whole(wire: Wire) -> None:
    """No order goes in by half: the good rows of the same order are named with the bad one."""
    body = csv(
        row(reference="A", line_number="1"), row(reference="A", line_number="2", part_number="NOPE"), row(reference="B")
    )

    report = load(wire, body)

    assert report["imported"] == 1
    assert [(bad["row"], bad["field"]) for bad in report["rejected"]] == [(2, "row"), (3, "part_number")]
    assert "row 3" in report["rejected"][0]["reason"]


def test_a_refused_order_leaves_no_customer_behind(wire: Wire) -> None:
    """A customer comes in with his first good order, not with a refused one."""
    load(wire, csv(row(part_number="NOPE"), row(icn="7777777", quantity="x")))

    assert wire.value(wire.get("/ordering/api/v1/customers", PRODUCER)) == []


def test_a_row_with_too_many_cells_is_named(wire: Wire) -> None:
    """A comma too many harms its own row only."""
    report = load(wire, csv(row(), row() + ",more", "", row()))

    assert report["imported"] == 2
    assert report["rejected"] == [{"row": 3, "field": "row", "reason": "has 17 cells, the header has 16"}]


def test_a_reference_that_comes_again_later_is_named(wire: Wire) -> None:
    """Rows of one order must follow each other; what comes later is not taken for the same order, nor dropped."""
    report = load(wire, csv(row(reference="A"), row(reference="B"), row(reference="A")))

    assert report["imported"] == 2
    assert [(bad["row"], bad["field"]) for bad in report["rejected"]] == [(4, "reference")]
    assert "row 2 has it" in report["rejected"][0]["reason"]


def test_a_part_of_a_file_counts_rows_as_the_whole_does(wire: Wire) -> None:
    """`file` and `first_row` let a client send a long file in parts."""
    load(wire, csv(row(), row()), "?file=whole&first_row=1")

    report = load(wire, csv(row(), row(quantity="x")), "?file=whole&first_row=3")

    assert report["imported"] == 1
    assert report["rejected"][0]["row"] == 5


def test_byte_order_mark_and_line_ends_do_not_matter(wire: Wire) -> None:
    """BOM, CRLF and quoted cells with commas, quotes and line ends are read as spreadsheets write them."""
    quoted = row(customer_name='"Acme ""Big"", Holding"')
    body = b"\xef\xbb\xbf" + csv(quoted).replace(b"\n", b"\r\n")

    assert load(wire, body)["imported"] == 1
    assert orders(wire)[0]["customer_name"] == 'Acme "Big", Holding'


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (csv(row(customer_name="M\u00fcller")).decode().encode("latin-1"), "is not UTF-8: byte 0xfc in line 2"),
        (csv(row()) + b'"never closed', "is not CSV"),
        (csv(row(purchase_order="a" * 70_000)), "is not CSV"),
        (b"icn,colour\n1,red\n", "no such column"),
        (b"0012345,Acme,DE\n", "the first line is no header"),
        (b"icn,icn\n", "column comes twice"),
        (b"", "column is missing"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(wire: Wire, body: bytes, message: str) -> None:
    """Wrong encoding, quoting or header: a clear refusal, and nothing has gone in."""
    response = wire.call("POST", IMPORT, body, PRODUCER, headers={"Content-Type": "text/csv"})

    messages = [mistake["message"] for mistake in expect_problem(response, 422, "validation")["errors"]]
    assert any(message in found for found in messages)
    assert orders(wire) == []


def test_orders_come_as_json_lines_too(wire: Wire) -> None:
    """NDJSON takes the booking interface's own message, and names bad lines."""
    good = {**order(), "customer_name": "Acme Holding", "country": "DE", "reference": "N-1"}
    lines = [
        json.dumps(good),
        "",
        "{",
        "[]",
        json.dumps({**good, "reference": 5}),
        json.dumps({**good, "reference": "N-2", "lines": [line(quantity=-1)]}),
        json.dumps({**good, "reference": "N-3", "surprise": 1}),
    ]

    report = load(wire, "\n".join(lines).encode(), media_type="application/x-ndjson")

    assert report["imported"] == 1
    assert [(bad["row"], bad["field"]) for bad in report["rejected"]] == [
        (3, "row"),
        (4, "row"),
        (5, "reference"),
        (6, "lines[0].quantity"),
        (7, "surprise"),
    ]


def test_an_import_beyond_the_bound_is_refused(wire: Wire) -> None:
    """A body of 50 MB is refused with the bound's problem, and nothing goes in."""
    response = wire.call("POST", IMPORT, b"x" * (50 * 1024 * 1024), PRODUCER, headers={"Content-Type": "text/csv"})

    assert "32 MiB at most" in expect_problem(response, 413, "too-large")["detail"]
    assert orders(wire) == []


def test_an_import_is_for_the_staff(wire: Wire) -> None:
    """Without the producer's credential nothing is read."""
    expect_problem(
        wire.call("POST", IMPORT, csv(row()), None, headers={"Content-Type": "text/csv"}), 401, "invalid-credentials"
    )


def test_two_customer_names_under_one_icn(wire: Wire) -> None:
    """The customer is created by the first row; the second name stays the order's own."""
    load(wire, csv(row(), row(customer_name="Acme Holding GmbH")), "?submit=true")

    assert wire.value(wire.get("/ordering/api/v1/customers", PRODUCER)) == [
        {"icn": ICN, "name": "Acme Holding", "country": "DE"}
    ]
    accounts = wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER))
    assert sorted(entry["name"] for entry in accounts) == ["Acme Holding", "Acme Holding GmbH"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('"purchase_order": "PO-1"', "purchase_order"),
        ('"reference": "A", "reference": "B"', "reference"),
        ('"lines": [{"part_number": "a", "part_number": "b"}]', "part_number"),
        ('"note": 123456789012345678901234567890, "country": "DE", "country": "AT"', "country"),
        ('"\\ud800": 1, "\\ud800": 2', "\\ud800"),
        ('"note": "a:b\\u003a", "icn": "0012346"', "icn"),
    ],
)
def test_a_name_twice_in_one_order_is_a_mistake(wire: Wire, text: str, named: str) -> None:
    """Nobody could say which one was meant; colons in texts are none of a name."""
    good = json.dumps(order(customer_name="Acme", country="DE", purchase_order="A: B", registered_end_users=[]))
    body = f"{good}\n{good[:-1]}, {text}}}\n".encode()

    report = load(wire, body, media_type="application/x-ndjson")

    assert report["imported"] == 1
    twice = [bad for bad in report["rejected"] if bad["reason"] == "comes more than once in one object"]
    assert (2, named) in [(bad["row"], bad["field"]) for bad in twice]
