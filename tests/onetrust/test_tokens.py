"""The token service: tokens, entitlements, the first upcoming date, and rejected lines."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from lkc.app import Landscape
from lkc.world.keys import public_keys
from lkc.world.store import Origin
from tests.builders import (
    ANN,
    ICN,
    book,
    change,
    create_customer,
    expect_problem,
    line,
    part,
    person,
    submit,
    submitted,
)
from tests.wire import PRODUCER, Wire

API = "/onetrust/api/v1"


def onetrust(end: str = "31-DEC-2014", place: int = 0, **values: Any) -> dict[str, Any]:
    """An order line of a product of the token service."""
    return line(part_number=part("onetrust", place), expiration_date=end, **values)


def token_of(wire: Wire, icn: str = ICN) -> str:
    """The token of a customer number."""
    tokens = wire.value(wire.get(f"{API}/tokens", PRODUCER))
    found: str = next(entry["token"] for entry in tokens if entry["icn"] == icn)
    return found


def retrieved(wire: Wire, token: str | None = None) -> list[tuple[int, str]]:
    """Quantity and date of what a token entitles to."""
    answer = wire.value(wire.get(f"{API}/tokens/{token or token_of(wire)}/entitlements"))
    return [(entry["quantity"], entry["expiration_date"]) for entry in answer["entitlements"]]


def test_a_customer_number_has_one_token_for_all_its_orders(wire: Wire) -> None:
    """A later order adds entitlements to the same token of digits (documented: swg21435290)."""
    first = submitted(wire, lines=[onetrust()])
    token = token_of(wire)
    submitted(wire, lines=[onetrust(place=1), line()])

    assert token.isdigit()
    assert token_of(wire) == token
    assert len(retrieved(wire)) == 2
    assert first["lines"][0]["delivery"] == "onetrust"


def test_only_the_first_upcoming_date_of_a_product_shows(wire: Wire) -> None:
    """Q17: three ends of one product, of which the next one shows; the rest when it has passed."""
    submitted(wire, lines=[onetrust("30-JUN-2014", quantity=1), onetrust("31-DEC-2014", quantity=2)])
    submitted(wire, lines=[onetrust("30-JUN-2015", quantity=3), onetrust("01-JAN-2014", quantity=4)])

    seen = [retrieved(wire)]
    for moment in ("2014-06-30T23:59:59Z", "2014-07-01", "2015-01-01", "2015-07-01"):
        wire.value(wire.control("POST", "/clock/advance", {"to": moment}))
        seen.append(retrieved(wire))

    june = [(1, "2014-06-30")]
    assert seen == [june, june, [(2, "2014-12-31")], [(3, "2015-06-30")], []]


def test_several_entitlements_that_end_on_the_same_day_show_together(wire: Wire) -> None:
    """The rule is about the date, not about a single entitlement."""
    submitted(wire, lines=[onetrust(quantity=1), onetrust(quantity=2), onetrust("01-JAN-2015", quantity=3)])

    assert retrieved(wire) == [(1, "2014-12-31"), (2, "2014-12-31")]


def test_each_product_has_a_first_date_of_its_own(wire: Wire) -> None:
    """Another product's earlier date hides nothing."""
    submitted(wire, lines=[onetrust("30-JUN-2014"), onetrust("31-DEC-2015", place=1)])

    assert sorted(date for _, date in retrieved(wire)) == ["2014-06-30", "2015-12-31"]


def test_an_answer_is_signed(wire: Wire) -> None:
    """Token, moment and entitlements are in a JSON Web Signature that verifies with the published key."""
    submitted(wire, lines=[onetrust()])

    answer = wire.value(wire.get(f"{API}/tokens/{token_of(wire)}/entitlements"))

    header, payload, signature = answer.pop("signature").split(".")
    keys = public_keys(wire.value(wire.get(f"{API}/keys")))
    kid = json.loads(base64.urlsafe_b64decode(header + "=="))["kid"]
    keys[kid].verify(base64.urlsafe_b64decode(signature + "=="), f"{header}.{payload}".encode())
    assert json.loads(base64.urlsafe_b64decode(payload + "==")) == answer
    assert answer["retrieved_at"] == "2014-03-03T09:00:00Z"


def test_an_unknown_token_is_refused(wire: Wire) -> None:
    """Q16: with the question and the way to a right one."""
    assert expect_problem(wire.get(f"{API}/tokens/123/entitlements"), 404, "token-unknown")["question"] == 16


def test_an_appliance_retrieves_by_its_serial_number(wire: Wire) -> None:
    """What the serial number is entitled to, whoever else the token serves (documented: swg21435290)."""
    submitted(wire, lines=[onetrust(serial_number="MX-1", quantity=1), onetrust("30-JUN-2014", quantity=9)])

    answer = wire.value(wire.get(f"{API}/appliances/MX-1/entitlements"))

    assert answer["token"] == token_of(wire)
    assert [(entry["quantity"], entry["expiration_date"]) for entry in answer["entitlements"]] == [(1, "2014-12-31")]
    expect_problem(wire.get(f"{API}/appliances/MX-2/entitlements"), 404, "serial-number-unknown")


@pytest.mark.parametrize("field", ["start_date", "expiration_date", "license_expiration_date"])
def test_a_line_with_a_wrong_date_is_rejected_at_submission(wire: Wire, field: str) -> None:
    """The submission names line, field and text; the good line is taken; the cure works."""
    wrong = {**onetrust(), field: "31/12/2014"}
    booked = book(wire, lines=[wrong, onetrust(place=1)])
    number = booked["order_number"]

    done = submit(wire, number)

    outcome = next(entry for entry in done["submissions"] if entry["system"] == "onetrust")
    assert outcome["status"] == "rejected"
    assert outcome["reason"] == f"line 1: {field} is not of the form DD-MMM-YYYY: '31/12/2014'"
    assert len(retrieved(wire)) == 1
    change(wire, number, lines=[onetrust(), onetrust(place=1)])
    assert [entry["status"] for entry in submit(wire, number)["submissions"]] == ["accepted"]
    assert len(retrieved(wire)) == 2


def test_a_rejected_change_leaves_what_was(wire: Wire) -> None:
    """A line that was right before keeps entitling until a right one replaces it."""
    number = submitted(wire, lines=[onetrust()])["order_number"]

    change(wire, number, lines=[onetrust("soon")])
    submit(wire, number)

    assert retrieved(wire) == [(5, "2014-12-31")]


def test_a_cancelled_or_withdrawn_line_entitles_to_nothing(wire: Wire) -> None:
    """Quantity 0 and a line that is gone leave the next entitlement in sight."""
    first = submitted(wire, lines=[onetrust("30-JUN-2014")])["order_number"]
    second = submitted(wire, lines=[onetrust("31-JUL-2014"), onetrust("31-AUG-2014")])["order_number"]

    wire.value(wire.post(f"/ordering/api/v1/orders/{first}/cancel", None, PRODUCER))
    assert retrieved(wire) == [(5, "2014-07-31")]
    change(wire, second, lines=[onetrust("31-AUG-2014", line_number=2)])
    submit(wire, second)

    assert retrieved(wire) == [(5, "2014-08-31")]


def test_an_order_of_another_customer_number_is_on_another_token(wire: Wire) -> None:
    """Q18: the right token shows nothing of an order that was booked elsewhere; moved there, it does."""
    create_customer(wire, "7777777", "Acme East")
    number = submitted(wire, icn="7777777", lines=[onetrust()])["order_number"]
    submitted(wire, lines=[onetrust(place=1)])
    assert len(retrieved(wire)) == 1

    change(wire, number, icn=ICN)
    submit(wire, number)

    assert len(retrieved(wire)) == 2
    assert retrieved(wire, token_of(wire, "7777777")) == []


def test_tokens_are_given_by_hand_too(wire: Wire) -> None:
    """The staff may give a number its token before any order; there is one for each, and no other."""
    given = wire.value(
        wire.post(f"{API}/tokens", {"icn": ICN, "token": "123456", "serial_number": "S-1"}, PRODUCER), 201
    )
    again = wire.post(f"{API}/tokens", {"icn": ICN, "serial_number": "S-2"}, PRODUCER)
    next_one = wire.value(wire.post(f"{API}/tokens", {"icn": "7777777"}, PRODUCER), 201)

    assert given == {"token": "123456", "icn": ICN, "serial_number": "S-1"}
    assert wire.value(again) == {"token": "123456", "icn": ICN, "serial_number": "S-2"}
    assert len(next_one["token"]) == 12
    for body in ({"icn": ICN, "token": "999999"}, {"icn": "8888888", "token": "123456"}):
        expect_problem(wire.post(f"{API}/tokens", body, PRODUCER), 409, "token-taken")
    expect_problem(wire.post(f"{API}/tokens", {"icn": ICN, "token": "12x4"}, PRODUCER), 422, "validation")
    submitted(wire, lines=[onetrust()])
    assert retrieved(wire, "123456") == [(5, "2014-12-31")]


def test_tokens_are_the_staffs_matter_and_come_in_pages(wire: Wire) -> None:
    """The list pages; without the producer's credential nothing is shown or fed."""
    for icn in ("1111111", "2222222", "3333333"):
        wire.post(f"{API}/tokens", {"icn": icn}, PRODUCER)

    first = wire.get(f"{API}/tokens?limit=2", PRODUCER)
    rest = wire.get(first.headers["Link"].partition(f"/w/{wire.world}")[2].partition(">")[0], PRODUCER)

    assert (len(first.get_json()), len(rest.get_json())) == (2, 1)
    expect_problem(wire.get(f"{API}/tokens"), 401, "invalid-credentials")
    expect_problem(wire.post(f"{API}/tokens", {"icn": ICN}, (ANN, "x")), 401, "invalid-credentials")


def test_a_real_order_system_can_feed_the_token_service(wire: Wire) -> None:
    """POST feed entitles; it is for the staff."""
    feed_line = {
        "line_number": 1,
        "part_number": "X-1",
        "product": "Proventia Network Enterprise Scanner",
        "delivery": "onetrust",
        "quantity": 2,
        "expiration_date": "31-DEC-2015",
    }
    document = {
        "order_number": "S-77",
        "icn": "7654321",
        "customer_name": "Real",
        "contact": person(),
        "lines": [feed_line],
    }

    assert wire.value(wire.post(f"{API}/feed", document, PRODUCER))["status"] == "accepted"

    assert retrieved(wire, token_of(wire, "7654321")) == [(2, "2015-12-31")]
    expect_problem(wire.post(f"{API}/feed", document), 401, "invalid-credentials")


def test_two_worlds_answer_one_token_differently(landscape: Landscape) -> None:
    """The same seed gives the same token; each world's own date decides what it shows."""
    tokens, seen = [], []
    for name, moment in (("time-a", "2014-03-03"), ("time-b", "2014-09-01")):
        landscape.store.create(name, Origin(seed=6))
        world = Wire(landscape, name)
        submitted(world, lines=[onetrust("30-JUN-2014"), onetrust("30-JUN-2015")])
        world.control("POST", "/clock/advance", {"to": f"{moment}T12:00:00Z"})
        tokens.append(token_of(world))
        seen.append(retrieved(world))
    for name in ("time-a", "time-b"):
        landscape.store.delete(name)

    assert tokens[0] == tokens[1]
    assert seen == [[(5, "2014-06-30")], [(5, "2015-06-30")]]


def test_the_clock_goes_to_the_next_end_of_an_entitlement(wire: Wire) -> None:
    """`to_next: expiry` knows the token service's dates."""
    submitted(wire, lines=[onetrust("30-JUN-2014")])

    assert wire.value(wire.control("POST", "/clock/advance", {"to_next": "expiry"}))["now"] == "2014-07-01T00:00:00Z"


def test_a_cancelled_order_entitles_to_nothing_whatever_its_date(wire: Wire) -> None:
    """A date that was spoiled before the cancellation keeps nothing alive."""
    number = submitted(wire, lines=[line(part_number=part("onetrust"))])["order_number"]
    token = wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))[0]["token"]
    before = wire.value(wire.get(f"/onetrust/api/v1/tokens/{token}/entitlements"))["entitlements"]
    change(wire, number, lines=[line(part_number=part("onetrust"), expiration_date="31/12/2014")])

    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))

    after = wire.value(wire.get(f"/onetrust/api/v1/tokens/{token}/entitlements"))["entitlements"]
    assert (len(before), after) == (1, [])
