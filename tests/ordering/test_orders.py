"""Customers and orders in the vendor's own system."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import (
    ANN,
    BOB,
    ICN,
    book,
    change,
    create_customer,
    expect_problem,
    line,
    mails,
    order,
    part,
    person,
    submit,
    submitted,
)
from tests.wire import PRODUCER, Wire

ORDERS = "/ordering/api/v1/orders"
CUSTOMERS = "/ordering/api/v1/customers"


def test_the_catalogue_names_both_kinds_of_delivery(wire: Wire) -> None:
    """The six documented OneTrust products are there, and key-file products beside them."""
    catalogue = wire.value(wire.get("/ordering/api/v1/catalogue", PRODUCER))

    onetrust = [entry["product"] for entry in catalogue if entry["delivery"] == "onetrust"]
    assert onetrust == [
        "Proventia Management SiteProtector Service Pack 2.0 and above",
        "Proventia Management SiteProtector Appliance",
        "IBM Security Virtual Server Protection for VMware",
        "Proventia Server Intrusion Prevention System for Linux",
        "Proventia Network Multi-Function Security (M and MX series, FW 4.1 and above)",
        "Proventia Network Enterprise Scanner",
    ]
    assert len([entry for entry in catalogue if entry["delivery"] == "key-file"]) > 5


def test_a_customer_is_kept_as_it_came(wire: Wire) -> None:
    """Leading zeros of an ICN count; the same ICN cannot be taken twice."""
    body = {"icn": "0012345", "name": "Müller & Söhne", "country": "DE"}

    created = wire.value(wire.post(CUSTOMERS, body, PRODUCER), 201)
    again = wire.post(CUSTOMERS, body, PRODUCER)

    assert created == body
    assert wire.value(wire.get(f"{CUSTOMERS}/0012345", PRODUCER)) == body
    expect_problem(wire.get(f"{CUSTOMERS}/12345", PRODUCER), 404, "unknown-customer")
    expect_problem(again, 409, "customer-exists")


def test_customers_are_listed_in_pages(wire: Wire) -> None:
    """A page links to the next one, and the last page to none."""
    for number in range(5):
        create_customer(wire, f"000000{number}")

    first = wire.get(f"{CUSTOMERS}?limit=3", PRODUCER)
    link = first.headers["Link"]
    rest = wire.get(link.partition(f"/w/{wire.world}")[2].partition(">")[0], PRODUCER)

    assert [entry["icn"] for entry in first.get_json()] == ["0000000", "0000001", "0000002"]
    assert [entry["icn"] for entry in rest.get_json()] == ["0000003", "0000004"]
    assert link.endswith('rel="next"')
    assert "Link" not in rest.headers


def test_a_booked_order_comes_back_as_it_was_given(wire: Wire) -> None:
    """Booking adds numbers, products and defaults, and changes no letter of what came."""
    create_customer(wire)
    lines = [
        line(line_number=7, license_expiration_date="30-JUN-2016", serial_number="SN 1"),
        line(part_number=part("onetrust"), start_date="01-JAN-2014"),
    ]
    body = order(lines=lines, order_date="3/3/14", customer_name="Acme GmbH", registered_end_users=[])

    booked = wire.value(wire.post(ORDERS, body, PRODUCER), 201)

    assert booked["status"] == "booked"
    assert (booked["order_date"], booked["customer_name"]) == ("3/3/14", "Acme GmbH")
    assert [entry["line_number"] for entry in booked["lines"]] == [1, 7]
    assert [entry["license_expiration_date"] for entry in booked["lines"]] == ["permanent", "30-JUN-2016"]
    assert [entry["delivery"] for entry in booked["lines"]] == ["onetrust", "key-file"]
    assert wire.value(wire.get(f"{ORDERS}/{booked['order_number']}", PRODUCER)) == booked


def test_an_order_without_a_date_has_the_date_of_the_world(wire: Wire) -> None:
    """The default is today, as the feed writes it."""
    assert book(wire)["order_date"] == "03-MAR-2014"


MISTAKES: list[tuple[dict[str, Any], str]] = [
    ({"icn": "9999999"}, "icn"),
    ({"icn": 12345}, "icn"),
    ({"purchase_order": ""}, "purchase_order"),
    ({"purchase_order": "a\nb"}, "purchase_order"),
    ({"customer_name": "\ud800"}, "customer_name"),
    ({"customer_name": "x" * 251}, "customer_name"),
    ({"contact": {"name": "Ann"}}, "contact.email"),
    ({"contact": {"name": "Ann", "email": "nobody"}}, "contact.email"),
    ({"contact": None}, "contact"),
    ({"registered_end_users": [{"name": "B"}]}, "registered_end_users[0].email"),
    ({"lines": []}, "lines"),
    ({"lines": "none"}, "lines"),
    ({"lines": [line(part_number="NOPE")]}, "lines[0].part_number"),
    ({"lines": [line(quantity=-1)]}, "lines[0].quantity"),
    ({"lines": [line(quantity="5")]}, "lines[0].quantity"),
    ({"lines": [line(quantity=1.5)]}, "lines[0].quantity"),
    ({"lines": [line(quantity=True)]}, "lines[0].quantity"),
    ({"lines": [line(), line(expiration_date=20141231)]}, "lines[1].expiration_date"),
    ({"lines": [line(expiration_date="x" * 41)]}, "lines[0].expiration_date"),
    ({"lines": [line(line_number=1), line(line_number=1)]}, "lines[1].line_number"),
    ({"surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("values", "field"), MISTAKES)
def test_a_mistake_is_named_by_its_field(wire: Wire, values: dict[str, Any], field: str) -> None:
    """A wrong order is refused with the field, and nothing is booked."""
    create_customer(wire)

    response = wire.post(ORDERS, order(**values), PRODUCER)

    assert field in [mistake["field"] for mistake in expect_problem(response, 422, "validation")["errors"]]
    assert wire.value(wire.get(ORDERS, PRODUCER)) == []


def test_all_mistakes_are_named_at_once(wire: Wire) -> None:
    """Every mistake of a message stands in the answer."""
    body = {"icn": "1", "lines": [{"quantity": -1}]}

    fields = {
        entry["field"] for entry in expect_problem(wire.post(ORDERS, body, PRODUCER), 422, "validation")["errors"]
    }

    assert fields >= {"purchase_order", "contact", "lines[0].part_number", "lines[0].quantity"}


@pytest.mark.parametrize("body", [b"{", b"[1", b"\xff\xfe", b"[" * 200_000])
def test_what_is_not_json_is_refused(wire: Wire, body: bytes) -> None:
    """Bytes that cannot be read as JSON are a mistake of the caller, however deep they are."""
    response = wire.call("POST", ORDERS, body, PRODUCER, headers={"Content-Type": "application/json"})

    expect_problem(response, 400, "bad-request")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/ordering/api/v1/wos/sign-in", {"ocn": "\ud800", "password": "x"}),
        ("POST", "/lkc/api/v1/session", {"email": "\ud800", "password": "\ud800"}),
        ("POST", "/lkc/api/v1/password", {"token": "x", "password": "\ud800" * 9}),
        ("POST", "/_sim/worlds", {"name": "\ud800"}),
        ("GET", "/mail/api/v1/messages?after=99999999999999999999", None),
        ("GET", "/_sim/events?after=-1", None),
    ],
)
def test_what_no_database_can_hold_is_a_mistake_of_the_caller(
    wire: Wire, method: str, path: str, body: dict[str, str] | None
) -> None:
    """Broken Unicode and endless numbers are named, wherever they come."""
    expect_problem(wire.call(method, path, body), 422, "validation")


def test_a_huge_body_is_refused(wire: Wire) -> None:
    """A body beyond the bound is refused before it is read."""
    response = wire.call(
        "POST", ORDERS, b" " * (50 * 1024 * 1024), PRODUCER, headers={"Content-Type": "application/json"}
    )

    expect_problem(response, 413, "too-large")


def test_orders_are_found_by_customer_purchase_order_and_status(wire: Wire) -> None:
    """The list can be narrowed; purchase order numbers may come twice."""
    first, second = book(wire), book(wire)
    create_customer(wire, "7777777")
    third = submitted(wire, icn="7777777", purchase_order="PO-2")

    def found(query: str) -> list[str]:
        return [entry["order_number"] for entry in wire.value(wire.get(f"{ORDERS}?{query}", PRODUCER))]

    assert found("purchase_order=PO-1") == [first["order_number"], second["order_number"]]
    assert found("icn=7777777") == [third["order_number"]]
    assert found("status=submitted") == [third["order_number"]]
    assert found(f"after={first['order_number']}&limit=1") == [second["order_number"]]
    expect_problem(wire.get(f"{ORDERS}?limit=0", PRODUCER), 422, "validation")


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("POST", ""), ("GET", "/1"), ("PATCH", "/1"), ("POST", "/1/submit"), ("POST", "/1/cancel")],
)
def test_the_order_system_is_for_the_staff(wire: Wire, method: str, path: str) -> None:
    """Without the producer's credential nothing is shown or done."""
    for auth in (None, ("producer", "wrong"), (ANN, "producer"), "token"):
        response = wire.call(method, ORDERS + path, order() if path == "" and method == "POST" else {}, auth)
        expect_problem(response, 401, "invalid-credentials")


def test_a_change_replaces_lists_and_reaches_nobody(wire: Wire) -> None:
    """PATCH replaces lists, keeps the rest, and marks a submitted order as changed."""
    booked = submitted(wire, registered_end_users=[person(ANN), person(BOB)], lines=[line(), line(quantity=2)])

    changed = change(wire, booked["order_number"], registered_end_users=[person(BOB)], contact=person(BOB))

    assert changed["status"] == "changed"
    assert changed["registered_end_users"] == [person(BOB)]
    assert changed["contact"] == person(BOB)
    assert changed["lines"] == booked["lines"]
    assert submit(wire, booked["order_number"])["submissions"][0]["status"] == "accepted"


def test_a_change_that_changes_nothing_leaves_the_order_submitted(wire: Wire) -> None:
    """Only a difference needs to be submitted again."""
    booked = submitted(wire)

    assert change(wire, booked["order_number"], purchase_order="PO-1")["status"] == "submitted"


def test_lines_without_a_number_take_the_lowest_free_one(wire: Wire) -> None:
    """A corrected line that names no number is the first line again."""
    booked = book(wire, lines=[line(expiration_date="wrong")])

    changed = change(wire, booked["order_number"], lines=[line(), line(line_number=1), line()])

    assert [entry["line_number"] for entry in changed["lines"]] == [1, 2, 3]


def test_a_cancelled_order_is_closed(wire: Wire) -> None:
    """It can be neither changed nor cancelled again."""
    number = submitted(wire)["order_number"]
    wire.value(wire.post(f"{ORDERS}/{number}/cancel", None, PRODUCER))

    again = wire.post(f"{ORDERS}/{number}/cancel", None, PRODUCER)
    changed = wire.patch(f"{ORDERS}/{number}", {"purchase_order": "PO-9"}, PRODUCER)

    assert expect_problem(again, 409, "already-cancelled")["question"] == 14
    expect_problem(changed, 409, "already-cancelled")


def test_cancelling_tells_the_delivery_systems_and_writes_to_nobody(wire: Wire) -> None:
    """A submitted order is handed over with quantity 0; one that was only booked concerns nobody."""
    booked, handed = book(wire)["order_number"], submitted(wire)["order_number"]
    before = len(mails(wire))

    alone = wire.value(wire.post(f"{ORDERS}/{booked}/cancel", None, PRODUCER))
    told = wire.value(wire.post(f"{ORDERS}/{handed}/cancel", None, PRODUCER))

    assert alone["submissions"] == []
    assert [entry["system"] for entry in told["submissions"]] == ["keycenter"]
    assert len(mails(wire)) == before
    assert wire.value(wire.get(f"{ORDERS}/{handed}", PRODUCER))["lines"][0]["quantity"] == 0


def test_unknown_orders_are_refused(wire: Wire) -> None:
    """Every path with an order number says when there is no such order."""
    for method, path in [("GET", ""), ("PATCH", ""), ("POST", "/submit"), ("POST", "/notice"), ("POST", "/cancel")]:
        expect_problem(wire.call(method, f"{ORDERS}/nothing{path}", {}, PRODUCER), 404, "unknown-order")


def test_a_change_names_its_mistakes_too(wire: Wire) -> None:
    """A PATCH to an unknown customer or part changes nothing."""
    booked = book(wire)

    response = wire.patch(
        f"{ORDERS}/{booked['order_number']}", {"icn": "999", "lines": [line(part_number="NOPE")]}, PRODUCER
    )

    fields = [mistake["field"] for mistake in expect_problem(response, 422, "validation")["errors"]]
    assert fields == ["icn", "lines[0].part_number"]
    assert wire.value(wire.get(f"{ORDERS}/{booked['order_number']}", PRODUCER)) == booked


def test_an_order_is_at_home_under_its_customer(wire: Wire) -> None:
    """Without a customer name of its own, an order has its customer's."""
    assert book(wire)["customer_name"] == "Acme Holding"
    assert book(wire, icn=ICN, customer_name=None)["customer_name"] == "Acme Holding"
