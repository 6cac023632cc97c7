"""What an import says of files with very many mistakes, and of what is no file of orders."""

from __future__ import annotations

import json
from typing import Any

import pytest

from lkc.cli.orders import MAX_BAD_ROWS as BOUND_OF_THE_COMMAND
from lkc.ordering.reports import MAX_BAD_ROWS
from tests.builders import expect_problem
from tests.ordering.test_import import IMPORT, csv, load, orders, row
from tests.wire import PRODUCER, Wire

NDJSON = b'{"icn": 1}\n'


def send(wire: Wire, body: bytes, media_type: str | None) -> Any:
    """The answer to a file of this content type."""
    headers = {} if media_type is None else {"Content-Type": media_type}
    return wire.call("POST", IMPORT, body, PRODUCER, headers=headers)


def test_the_counts_are_right_where_the_list_is_cut(wire: Wire) -> None:
    """Mistakes for which the list has no room are counted, and so are rows and orders."""
    cells = dict.fromkeys(("purchase_order", "customer_name", "contact_name"), "=x")
    bad = [row(**cells, quantity="x", line_number="x")] * 3000

    report = load(wire, csv(*bad, row()))

    assert (report["imported"], report["refused"], report["rejected_rows"]) == (1, 3000, 3000)
    assert (len(report["rejected"]), report["rejected_left_out"]) == (10_000, 5000)


def test_a_file_of_bad_rows_is_not_read_to_its_end(wire: Wire) -> None:
    """After 10,000 bad rows the file is refused as a whole, with what was imported before and the first mistakes."""
    response = send(wire, csv(row(reference="A"), row(), *[row(quantity="x")] * (3 * MAX_BAD_ROWS)), "text/csv")

    problem = expect_problem(response, 422, "too-many-bad-rows")
    assert (problem["imported"], problem["submitted"]) == (2, 0)
    assert MAX_BAD_ROWS <= problem["rejected_rows"] < MAX_BAD_ROWS + 1000
    assert problem["stopped_at"] == problem["rejected_rows"] + 3
    assert f"reading stopped at row {problem['stopped_at']}; 2 orders were imported before" in problem["detail"]
    assert problem["rejected"][0] == {"row": 4, "field": "quantity", "reason": "'x' is not a whole number"}
    assert len(problem["rejected"]) + problem["rejected_left_out"] == problem["rejected_rows"]
    assert len(orders(wire)) == 2


def test_bad_lines_end_an_import_soon(wire: Wire) -> None:
    """A small file of empty objects is refused after the same number of rows."""
    response = send(wire, b"{}\n" * 300_000, "application/x-ndjson")

    assert expect_problem(response, 422, "too-many-bad-rows")["stopped_at"] < MAX_BAD_ROWS + 1000


def test_mistakes_end_an_import_too(wire: Wire) -> None:
    """Rows of JSON lines with hundreds of mistakes each are not read to the last one."""
    body = json.dumps({"lines": [{}] * 500}).encode() + b"\n"

    problem = expect_problem(send(wire, body * 5000, "application/x-ndjson"), 422, "too-many-bad-rows")

    assert problem["rejected_rows"] < 200


def test_a_list_beyond_its_bound_is_not_read(wire: Wire) -> None:
    """Of a hundred thousand lines none is looked at: the list itself is the mistake, wherever it comes."""
    body: dict[str, Any] = {"lines": [{}] * 100_000}
    calls = [wire.post(path, body, PRODUCER) for path in ("/ordering/api/v1/orders", "/lkc/api/v1/feed")]
    report = load(wire, json.dumps(body).encode(), media_type="application/x-ndjson")

    for response in calls:
        mistakes = expect_problem(response, 422, "validation")["errors"]
        assert [mistake["message"] for mistake in mistakes if mistake["field"] == "lines"] == [
            "Length must be between 1 and 500."
        ]
    assert report["rejected_rows"] == 1
    assert report["rejected_left_out"] == 0


def test_one_order_of_very_many_rows_is_refused_soon(wire: Wire) -> None:
    """Rows beyond those of the largest order cost next to nothing."""
    response = send(wire, csv(*[row(reference="A")] * 100_000), "text/csv")

    problem = expect_problem(response, 422, "too-many-bad-rows")
    assert (problem["rejected_rows"], problem["refused"], problem["stopped_at"]) == (100_000, 1, 100_001)


def test_the_command_line_stops_where_the_simulator_does() -> None:
    """It sends a file in parts, and adds their bad rows up to the same bound."""
    assert BOUND_OF_THE_COMMAND == MAX_BAD_ROWS


@pytest.mark.parametrize(
    "media_type",
    ["text/plain", "multipart/form-data; boundary=x", "image/png", "application/json", "application/octet-stream"],
)
def test_what_is_no_file_of_orders_is_refused(wire: Wire, media_type: str) -> None:
    """Another content type is refused as a whole, with those that are right."""
    problem = expect_problem(send(wire, csv(row()), media_type), 415, "file-type")

    assert "text/csv" in problem["remedy"]
    assert "application/x-ndjson" in problem["remedy"]
    assert problem["received"] == media_type.partition(";")[0]


@pytest.mark.parametrize(
    "media_type",
    ["application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-json-lines; charset=utf-8"],
)
def test_json_lines_have_many_names(wire: Wire, media_type: str) -> None:
    """Every usual content type is taken."""
    assert send(wire, NDJSON, media_type).get_json()["rejected"][0]["field"] == "icn"


@pytest.mark.parametrize("blank", [b"", b"\xef\xbb\xbf", b"\n" * 2000])
def test_without_a_content_type_the_first_character_tells(wire: Wire, blank: bytes) -> None:
    """A brace begins JSON lines, as on the command line; anything else is CSV."""
    assert send(wire, blank + NDJSON, None).get_json()["rejected"][0]["field"] == "icn"
    assert send(wire, csv(row()), None).get_json()["imported"] == 1
