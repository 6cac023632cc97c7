"""What is wrong with a document: every mistake with its line, its field and what was expected; the world stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from lkc.world.refusals import Invalid
from lkc.world.state.reading import Document, Step
from tests.builders import create_customer, expect_problem, submitted
from tests.state.worlds import LAYOUT, document, mistakes, put
from tests.wire import Wire


def at(text: str, line: str) -> int:
    """The number of the first line that is this one."""
    return text.split("\n").index(line) + 1


@pytest.fixture
def text(wire: Wire) -> str:
    """A document with an order."""
    submitted(wire)
    return document(wire)


CHANGES = [
    ("quantity = 5", 'quantity = "5"', "ordering.order.line[1].quantity", "must be a whole number without quotes"),
    ("quantity = 5", "quantity = 99999999999999999999", "ordering.order.line[1].quantity", "at most 64 bits"),
    ("quantity = 5", "quanttiy = 5", "ordering.order.line[1].quanttiy", "there is no such entry"),
    ('status = "submitted"', 'status = "sent"', "ordering.order[0005283].status", "must be one of: booked, submitted"),
    ('country = "DE"', "country = 49", "ordering.customer[0012345].country", "must be a text in quotes"),
    ("subject = '{", "subject = '[{", "world.event[1].subject", "must be a JSON object"),
    ("seed = 1", "seed = -1", "world.seed", "must be a whole number from 0"),
    ("seed = 1", "sead = 1", "world.sead", "is nothing that stands here"),
    ("seed = 1", "", "world.seed", "is missing"),
    ('clock = "frozen"', 'clock = "slow"', "world.clock", "must be one of: frozen, running"),
    ("now = 2014-03-03T09:00:00Z", "now = 1812-03-03T09:00:00Z", "world.now", "must be a moment from 1990 to 2200"),
    ("mail = 2", "mail = 1", "mail.message[2].number", "must have mail = 2 or more"),
    ("mail = 2", "mail = 1.5", "world.numbers.mail", "must be a whole number"),
    ("format = 1", "format = 2", "format", "this version reads formats up to 1"),
    ("format = 1", "", "format", "is missing"),
    ("format = 1", 'format = 1\ntitle = "x"', "title", "is nothing that stands here"),
    ("[[ordering.customer]]", "[[ordering.costumer]]", "ordering.costumer", "these there are: ordering.customer"),
    ("[[ordering.customer]]", "[ordering.customer]", "ordering.customer", "a row is headed [[ordering.customer]]"),
    ("[[ordering.customer]]", "[[ordering.customer]", "", "no header that documents have"),
    ("[world.numbers]", "[world.numbers]\n[world.numbers]", "world.numbers", "stands there once"),
    ('country = "DE"', "country = DE", "ordering.customer", "is no TOML"),
    ('country = "DE"', 'country = """DE', "ordering.customer", "is no TOML"),
]


@pytest.mark.parametrize(("line", "instead", "field", "message"), CHANGES)
def test_a_mistake_is_named_with_line_field_and_what_was_expected(
    wire: Wire, text: str, line: str, instead: str, field: str, message: str
) -> None:
    """Nothing of the document is kept, and the world is as it was."""
    spoiled = text.replace(line, instead, 1)

    found = mistakes(wire, spoiled)

    places = {number: said for number, where, said in found if where == field}
    assert any(message in said for said in places.values()), found
    if instead and "\n" not in instead and "{" not in instead and "mail" not in instead and '"""' not in instead:
        assert next(iter(places)) == at(spoiled, instead)
    assert document(wire) == text


def test_every_mistake_is_listed(wire: Wire, text: str) -> None:
    """In the order of the lines."""
    spoiled = text.replace("quantity = 5", "quantity = true").replace('role = "administrator"', 'role = "boss"')

    found = mistakes(wire, spoiled)

    assert [field.rpartition(".")[2] for _, field, _ in found] == ["quantity", "role", "quantity"]
    assert [line for line, _, _ in found] == sorted(line for line, _, _ in found)


def test_only_so_many_mistakes_are_listed_as_somebody_reads(wire: Wire, text: str) -> None:
    """A hundred are enough."""
    assert len(mistakes(wire, text + "[[ordering.customer]]\n" * 400)) == 100


def test_a_row_that_comes_twice_is_named(wire: Wire, text: str) -> None:
    """Numbers of orders, addresses and the like are there once."""
    again = '\n[[ordering.customer]]\nicn = "0012345"\nname = "Other"\ncountry = "AT"\n'

    [(line, field, message)] = mistakes(wire, text + again)

    assert (field, message) == ("ordering.customer[0012345].icn", "icn: another row has it")
    assert line == text.count("\n") + 3


def test_a_row_that_points_to_nothing_is_named(wire: Wire, text: str) -> None:
    """With what it would have to point to."""
    spoiled = text.replace('[[ordering.customer]]\nicn = "0012345"', '[[ordering.customer]]\nicn = "0000001"', 1)

    found = mistakes(wire, spoiled)

    assert [(field, message) for _, field, message in found] == [
        ("ordering.order[0005283].icn", "there is no [[ordering.customer]] of this name")
    ]
    assert spoiled.split("\n")[found[0][0] - 1] == 'icn = "0012345"'


def test_a_row_of_an_order_stands_below_an_order(wire: Wire, text: str) -> None:
    """What is below something has nowhere to stand without it; its mistake is not told again for those below."""
    alone = '\n[[keycenter.account.member]]\nemail = "x@y.example"\n'
    begin = text.index("[[keycenter.account]]")

    [(_, field, message)] = mistakes(wire, text[:begin] + alone + text[begin:])

    assert (field, message) == ("keycenter.account.member", "must stand below a [[keycenter.account]]")
    spoiled = text.replace('customer_name = "Acme Holding"', "customer_name = 1")
    assert [field for _, field, _ in mistakes(wire, spoiled)] == ["ordering.order[0005283].customer_name"]


def test_bytes_that_are_no_text_are_refused(wire: Wire, text: str) -> None:
    """With the line on which they stand."""
    spoiled = text.encode().replace(b'"DE"', b'"\xff\xfe"')

    [(line, _, message)] = mistakes(wire, spoiled)

    assert message.startswith("is no UTF-8")
    assert line == at(text, 'country = "DE"')
    refused = wire.call("PUT", "/_sim/state", spoiled, headers={"Content-Type": "application/toml"})
    assert expect_problem(refused, 422, "validation")["detail"].startswith(f"Line {line}: is no UTF-8")


def test_an_edited_document_may_be_written_otherwise(wire: Wire, text: str) -> None:
    """Remarks, other quotes, other line ends and rows in another order make no difference."""
    end = text.index("# License Key Center")
    edited = text[:end].replace('country = "DE"', "'country'='DE' # Germany")
    begin = edited.index("[[ordering.customer]]")
    moved = edited[:begin] + text[end:] + edited[begin:]

    assert put(wire, moved.replace("\n", "\r\n")).status_code == 200

    assert document(wire) == text


def test_what_is_no_toml_by_its_kind_is_refused(wire: Wire, text: str) -> None:
    """A page elsewhere can send forms and plain text, and neither is taken."""
    for kind in ("text/plain", "application/json", "application/x-www-form-urlencoded"):
        refused = wire.call("PUT", "/_sim/state", text.encode(), content_type=kind)
        assert (refused.status_code, refused.get_json(force=True)["code"]) == (415, "not-toml")
    assert mistakes(wire, "")[0][1:] == ("format", "is missing; this version reads formats up to 1")


def test_an_older_format_is_led_up_step_by_step(wire: Wire) -> None:
    """Each step makes of a header and its entries what the next format has there."""
    create_customer(wire)
    older = (
        document(wire).replace("[[ordering.customer]]", "[[ordering.client]]").replace('name = "Acme', 'label = "Acme')
    )

    def renamed(header: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return header.replace("ordering.client", "ordering.customer"), values

    def relabelled(header: str, values: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return header, {"name" if key == "label" else key: value for key, value in values.items()}

    steps: Mapping[int, Step] = {1: renamed, 2: relabelled}
    read = Document(content=older.encode(), layout=LAYOUT, steps=steps, newest=3)

    assert read.head().seed == 1
    assert next(read.rows()).values == {"icn": "0012345", "name": "Acme Holding", "country": "DE"}
    unled = Document(content=older.encode(), layout=LAYOUT)
    assert not any(row.part.name == "customer" for row in unled.rows())
    with pytest.raises(Invalid, match=r"ordering\.client"):
        unled.mistakes.refuse()
