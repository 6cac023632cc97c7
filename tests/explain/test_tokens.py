"""What is explained of tokens at products, and of the orders that stand behind a token."""

from __future__ import annotations

from typing import Any

import pytest

from lkc.world.session import Access
from onetrust.products.models import Installation
from tests.builders import ANN, ICN, change, create_customer, expect_problem, line, part, person, submit, submitted
from tests.explain.asking import cure, explained
from tests.onetrust.products.site import Site, install, token_of
from tests.wire import PRODUCER, Wire

ONETRUST, APPLIANCE = part("onetrust"), "D0MFSLL"
WRONG = "4711"
EVE = "eve@acme.example"


def with_token(wire: Wire, **values: Any) -> tuple[str, Site]:
    """An order for the token service and a SiteProtector that has its token and has retrieved; number and product."""
    number: str = submitted(wire, lines=[line(part_number=ONETRUST, **values)])["order_number"]
    site = install(wire)
    site.enter(token_of(wire, ICN))
    site.prompt("retrieve")
    return number, site


def test_a_token_that_nobody_has_is_a_cause_where_it_was_entered(wire: Wire) -> None:
    """Asked by the product or by the token, with the failed retrieval as evidence; one entered nowhere is refused."""
    site = install(wire)
    site.enter(WRONG)
    untried = explained(wire, token=WRONG)["token-unknown"]
    wire.post(f"{site.path}/retrieve")

    by_token, by_product = explained(wire, token=WRONG), explained(wire, installation=site.id)

    assert list(by_token) == list(by_product) == ["token-unknown"]
    finding = by_product["token-unknown"]
    assert finding["question"] == 16
    assert any("request_id" in one for one in finding["evidence"])
    assert "has not tried it yet" in untried["evidence"][1]["fact"]
    action = finding["remedy"]["action"]
    assert wire.call(action["method"], action["path"]).status_code == 204
    expect_problem(wire.control("POST", "/explain", {"token": WRONG}), 404, "nothing-known")


@pytest.mark.parametrize("fate", ["order-not-submitted", "feed-lost", "change-not-resubmitted", "entitlement-rejected"])
def test_what_keeps_an_order_from_its_token_is_told_by_token_and_by_product(wire: Wire, fate: str) -> None:
    """Nobody has to know the number of the order; mails and licenses of it are another matter."""
    _, site = with_token(wire)
    wrong = {"expiration_date": "2015-08-31"} if fate == "entitlement-rejected" else {}
    body = {"icn": ICN, "purchase_order": "P", "contact": person(EVE), "lines": [line(part_number=ONETRUST, **wrong)]}
    number = wire.value(wire.post("/ordering/api/v1/orders", body, PRODUCER), 201)["order_number"]
    if fate == "feed-lost":
        wire.control("POST", "/faults", {"kind": "feed-lost", "to": "onetrust", "times": 1})
    if fate != "order-not-submitted":
        submit(wire, number)
    if fate == "change-not-resubmitted":
        site.prompt("retrieve")
        change(wire, number, purchase_order="Q")

    by_token, by_product = explained(wire, token=token_of(wire, ICN)), explained(wire, installation=site.id)
    strangers = explained(wire, email="zed@zed.example", token=token_of(wire, ICN))

    assert list(by_token) == list(by_product) == [fate]
    assert number in by_token[fate]["statement"]
    assert list(strangers) == [fate]
    assert number not in str(strangers)


def test_the_token_of_another_number_of_the_company_is_told(wire: Wire) -> None:
    """Of the same name and mail domain, and entered nowhere; to whoever is a stranger there without the token."""
    _, site = with_token(wire)
    create_customer(wire, "7777777")
    people = {"contact": person(EVE), "registered_end_users": [person(EVE)]}
    submitted(wire, icn="7777777", lines=[line(part_number=ONETRUST)], **people)
    other = token_of(wire, "7777777")

    found = explained(wire, installation=site.id)
    to_ann = explained(wire, email=ANN, installation=site.id)["under-another-token"]
    cure(wire, found["under-another-token"])

    assert list(found) == ["under-another-token"]
    assert other in found["under-another-token"]["statement"]
    assert other not in str(to_ann)
    assert to_ann["remedy"]["action"] is None
    assert list(explained(wire, installation=site.id)) == ["not-retrieved"]


def test_a_company_that_only_has_the_same_name_is_another(wire: Wire) -> None:
    """Without a common mail domain its token is nobody else's business."""
    _, site = with_token(wire)
    create_customer(wire, "7777777")
    people = {"contact": person("zed@zed.example"), "registered_end_users": []}
    submitted(wire, icn="7777777", lines=[line(part_number=ONETRUST)], **people)

    assert "under-another-token" not in explained(wire, installation=site.id)


def test_an_order_names_why_its_product_failed(wire: Wire) -> None:
    """The last retrieval met a failure of the token service: that is told, also where nothing new is offered."""
    number, _ = with_token(wire)
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        world.orm.get_one(Installation, 1).last_failure = "token-service-failed"

    found = explained(wire, order_number=number)
    cure(wire, found["not-retrieved"])

    assert list(found) == ["not-retrieved"]
    assert "did not answer with entitlements" in found["not-retrieved"]["statement"]
    assert list(explained(wire, order_number=number)) == ["nothing-to-do"]


def test_the_failure_of_another_token_is_not_that_of_the_order(wire: Wire) -> None:
    """Of several tokens each has its own last retrieval."""
    number, site = with_token(wire)
    site.enter(WRONG)
    site.prompt("retrieve")

    assert list(explained(wire, order_number=number)) == ["nothing-to-do"]
    assert list(explained(wire, installation=site.id)) == ["token-unknown"]


def test_an_order_says_that_what_is_held_is_over(wire: Wire) -> None:
    """When the date that a product shows has passed, the next one comes only by a retrieval: then that is the cause."""
    with_token(wire, expiration_date="31-MAR-2014")
    number = submitted(wire, lines=[line(part_number=ONETRUST)])["order_number"]

    before = explained(wire, order_number=number)
    wire.control("POST", "/clock/advance", {"days": 40})
    after = explained(wire, order_number=number)

    assert list(before) == ["nothing-to-do", "first-upcoming-date"]
    assert "is shown once 2014-03-31 has passed" in before["first-upcoming-date"]["statement"]
    assert list(after) == ["not-retrieved"]


def test_an_order_whose_date_has_passed_is_explained(wire: Wire) -> None:
    """By the date that its token shows now, or, where there is none of that product, as having ended."""
    first, site = with_token(wire, expiration_date="31-MAR-2014")
    wire.control("POST", "/clock/advance", {"days": 40})
    ended = explained(wire, order_number=first)
    submitted(wire, lines=[line(part_number=ONETRUST)])
    site.prompt("retrieve")

    renewed = explained(wire, order_number=first)

    assert list(ended) == ["nothing-left"]
    assert list(renewed) == ["first-upcoming-date"]
    assert "ended on 2014-03-31" in renewed["first-upcoming-date"]["statement"]


def test_a_product_that_ended_beside_others_is_named(wire: Wire) -> None:
    """The token goes on with another product."""
    first = submitted(wire, lines=[line(part_number=ONETRUST, expiration_date="31-MAR-2014")])["order_number"]
    submitted(wire, lines=[line(part_number=part("onetrust", 1))])
    install(wire).enter(token_of(wire, ICN))
    wire.control("POST", "/clock/advance", {"days": 40})

    assert "has no date left that lies ahead for" in explained(wire, order_number=first)["nothing-left"]["statement"]


def test_an_order_for_an_appliance_without_its_serial_number(wire: Wire) -> None:
    """Nobody is sent to a SiteProtector or to the desk: the line has to name the number, and the action does it."""
    number = submitted(wire, lines=[line(part_number=APPLIANCE)])["order_number"]
    unplaced = explained(wire, order_number=number)
    site = install(wire, "mx-appliance", serial_number="MX-1")

    found, by_token = explained(wire, order_number=number), explained(wire, token=token_of(wire, ICN))
    cure(wire, found["serial-number-unknown"])
    site.prompt("retrieve")

    assert list(unplaced) == list(found) == ["serial-number-unknown"]
    assert unplaced["serial-number-unknown"]["remedy"]["action"] is None
    assert "token-not-in-myiss" not in by_token
    assert list(explained(wire, order_number=number)) == ["nothing-to-do"]


def test_several_lines_without_serial_numbers_are_named_without_a_call(wire: Wire) -> None:
    """Which line an appliance is meant by nobody else can know."""
    number = submitted(wire, lines=[line(part_number=APPLIANCE), line(part_number=APPLIANCE)])["order_number"]
    site = install(wire, "mx-appliance", serial_number="MX-1")

    found = wire.value(wire.control("POST", "/explain", {"installation": site.id, "order_number": number}))["findings"]

    assert [(one["code"], one["remedy"]["action"]) for one in found] == [("serial-number-unknown", None)] * 2


def test_who_has_ordered_tokens_only_misses_no_account(wire: Wire) -> None:
    """Unless he has asked the Password Finder, which is then told."""
    number, site = with_token(wire)

    for subject in ({"email": ANN}, {"email": ANN, "order_number": number}, {"email": EVE, "installation": site.id}):
        assert "not-registered" not in explained(wire, **subject)
    wire.value(wire.post("/lkc/api/v1/password-finder", {"email": ANN}), 202)
    assert "not-registered" in explained(wire, email=ANN)
