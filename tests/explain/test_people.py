"""What is told of other people and their accounts, and that no cure puts one person in the place of another."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.builders import (
    ANN,
    BOB,
    ICN,
    account_of,
    book,
    change,
    create_customer,
    licenses,
    line,
    mails,
    part,
    person,
    submit,
    submitted,
    with_password,
)
from tests.explain.asking import explained
from tests.support.desk import ibm_id, opened
from tests.wire import PRODUCER, Wire

EVE, ZED = "eve@trading.example", "zed@zed.example"
CAT = "cat@acme.example"


def of(email: str) -> dict[str, Any]:
    """An order's people: one who is contact and registered end user."""
    return {"contact": person(email), "registered_end_users": [person(email)]}


def in_full_trouble(wire: Wire) -> str:
    """An order of Eve on another account of Ann's company, with a wrong date and a mail that bounced; its number."""
    submitted(wire)
    lines = [line(expiration_date="31/12/2014"), line(expiration_date="30-NOV-2014")]
    number: str = book(wire, customer_name="Acme Trading", lines=lines, **of(EVE))["order_number"]
    submit(wire, number)
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": EVE, "every": 2, "times": 1})
    submit(wire, number)
    return number


def of_another_company(wire: Wire, **values: Any) -> str:
    """An order of somebody who has nothing to do with Ann, who has one as well; its number."""
    submitted(wire)
    create_customer(wire, "7777777", values.get("customer_name", "Zed"))
    return str(submitted(wire, icn="7777777", **{**of(ZED), **values})["order_number"])


@pytest.mark.parametrize("asker", [ANN, "nobody@nowhere.example"])
def test_an_order_of_others_is_explained_without_what_stands_in_it(wire: Wire, asker: str) -> None:
    """Every cause is named to whoever names the order, but no address, license or date of it, and calls are staff's."""
    number = in_full_trouble(wire)
    secrets = [EVE, "31/12/2014", "NOV-2014", *(one["license_id"] for one in licenses(wire, number))]

    found = explained(wire, email=asker, order_number=number)

    about = "on-another-account" if asker == ANN else "not-registered"
    assert sorted(found) == sorted(["mail-bounced", about, "date-format"])
    for finding in found.values():
        assert [secret for secret in secrets if secret in json.dumps(finding)] == []
        assert (finding["remedy"]["action"] or {"as": "producer"})["as"] == "producer"
    assert found["date-format"]["remedy"]["action"] is None
    assert EVE in json.dumps(explained(wire, order_number=number))


def test_whom_an_order_names_is_told_everything(wire: Wire) -> None:
    """To its own people an order is no secret."""
    number = in_full_trouble(wire)

    found = explained(wire, email=EVE, order_number=number)

    assert "31/12/2014" in found["date-format"]["statement"]
    assert EVE in found["mail-bounced"]["statement"]


def test_a_license_of_others_tells_neither_order_nor_account(wire: Wire) -> None:
    """What was named stands in the finding; the pair with which one joins does not."""
    number = of_another_company(wire, lines=[line(quantity=0)])
    [license_] = licenses(wire, number)

    text = json.dumps(explained(wire, email=ANN, license_id=license_["license_id"]))

    assert "quantity-zero" in text
    assert [secret for secret in (number, account_of(wire, number), ZED) if secret in text] == []


def test_an_account_of_others_shows_none_of_its_orders(wire: Wire) -> None:
    """Whoever is not on an account is told that, and nothing of what is on it."""
    number = in_full_trouble(wire)

    found = explained(wire, email=ANN, account_id=account_of(wire, number))

    assert list(found) == ["on-another-account"]
    assert number not in json.dumps(found)


@pytest.mark.parametrize("name", ["Zed", "Acme Holding"])
def test_another_company_is_not_named(wire: Wire, name: str) -> None:
    """Where neither number nor colleagues are shared, no account is told and no call lets anybody onto it."""
    number = of_another_company(wire, customer_name=name)

    finding = explained(wire, email=ANN, order_number=number)["on-another-account"]

    assert "of another customer" in finding["statement"]
    assert account_of(wire, number) not in json.dumps(finding)
    assert finding["remedy"]["action"] is None
    assert "on-another-account" not in explained(wire, email=ANN)


def test_what_a_token_service_has_of_others_stays_there(wire: Wire) -> None:
    """The token of another customer is told to nobody who only knows an order number."""
    number = of_another_company(wire, lines=[line(part_number=part("onetrust"))])
    [token] = wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))

    found = explained(wire, email=ANN, order_number=number)

    assert "token-not-entered" in found
    assert token["token"] not in json.dumps(found)


def test_many_accounts_of_a_company_are_one_finding(wire: Wire) -> None:
    """Nobody has said which of them is missing: a few are named, and no call is offered."""
    submitted(wire)
    for name in ("North", "South", "East", "West"):
        submitted(wire, customer_name=f"Acme {name}", **of(EVE))

    found = wire.value(wire.control("POST", "/explain", {"email": ANN}))["findings"]

    assert [finding["code"] for finding in found] == ["on-another-account"]
    assert found[0]["statement"].count("Acme") == 3
    assert "and more" in found[0]["statement"]
    assert found[0]["remedy"]["action"] is None


def test_other_accounts_do_not_answer_what_was_not_asked(wire: Wire) -> None:
    """Whoever asks about what is his own, or about a product, wonders about nothing else."""
    number = submitted(wire)["order_number"]
    submitted(wire, customer_name="Acme North", **of(EVE))
    license_ = licenses(wire, number)[0]["license_id"]
    box = wire.value(wire.post("/products/api/v1/installations", {"kind": "network-ips", "name": "Box"}), 201)["id"]
    mail = mails(wire, to=EVE)[0]["id"]

    assert "license-ready" in explained(wire, email=ANN, license_id=license_)
    assert "on-another-account" not in explained(wire, email=ANN, installation=box)
    assert "on-another-account" in explained(wire, email=ANN, message_id=mail)


def test_whoever_was_removed_is_not_offered_to_be_put_back(wire: Wire) -> None:
    """An administrator meant it: the cause is told, and no call undoes it, whether he has another account or none."""
    number = submitted(wire, registered_end_users=[person(), person(BOB)])["order_number"]
    account = account_of(wire, number)
    assert wire.delete(f"/lkc/api/v1/accounts/{account}/members/{BOB}", PRODUCER).status_code == 204

    alone = explained(wire, email=BOB, order_number=number)["not-registered"]
    submitted(wire, customer_name="Acme North", **of(BOB))
    beside = explained(wire, email=BOB, order_number=number)["on-another-account"]

    assert alone["remedy"]["action"] is None
    assert beside["remedy"]["action"] is None


@pytest.mark.parametrize(
    "people",
    [
        [person("smith@b.example", "J Smith"), person("smith@a.example", "J Smith")],
        [person("smith@b.example", "J Smith"), person("smith@c.example", "J Smith")],
    ],
)
def test_namesakes_are_not_one_person(wire: Wire, people: list[dict[str, str]]) -> None:
    """Where a name stands at several addresses, no call puts one of them in the place of another."""
    contact = person("smith@a.example", "J Smith")
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": "smith@b.example"})
    number = submitted(wire, contact=contact, registered_end_users=people)["order_number"]

    found = explained(wire, email="smith@a.example", order_number=number)
    bounced = explained(wire, order_number=number)["mail-bounced"]

    assert "address-differs" not in found
    assert bounced["remedy"]["action"] is None


def test_what_would_bounce_again_is_not_sent_again(wire: Wire) -> None:
    """A call is offered once the fault no longer acts: neither an order's mail nor the Password Finder's before."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN})
    number = submitted(wire)["order_number"]
    wire.value(wire.post("/lkc/api/v1/password-finder", {"email": ANN}), 202)

    before = wire.value(wire.control("POST", "/explain", {"email": ANN}))["findings"]
    asked = wire.value(wire.control("GET", "/faults"))
    wire.control("DELETE", "/faults")
    after = wire.value(wire.control("POST", "/explain", {"email": ANN}))["findings"]

    assert [finding["remedy"]["action"] for finding in before] == [None] * 3
    assert str(asked).count("'met': 3") == 1
    assert [finding["remedy"]["action"]["path"].rpartition("/")[2] for finding in after] == [
        "notice",
        "submit",
        "password-finder",
    ]
    assert number in after[0]["remedy"]["action"]["path"]


@pytest.mark.parametrize(
    ("fault", "offered"),
    [
        ({"times": 1}, []),
        ({"every": 1}, []),
        ({"every": 2}, ["notice"]),
        ({"probability": 1.0}, []),
        ({"until": "2014-03-03T09:30:00Z"}, ["notice"]),
    ],
)
def test_a_fault_is_asked_whether_it_would_act_next(wire: Wire, fault: dict[str, Any], offered: list[str]) -> None:
    """By count, by turn, by chance and by time, as at the next mail itself."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN, "times": 1})
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": BOB})
    number = submitted(wire, registered_end_users=[])["order_number"]
    assert explained(wire, order_number=number)["mail-bounced"]["remedy"]["action"] is not None

    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN, **fault})
    wire.control("POST", "/clock/advance", {"minutes": 31})
    action = explained(wire, order_number=number)["mail-bounced"]["remedy"]["action"]

    assert ([] if action is None else [action["path"].rpartition("/")[2]]) == offered


def test_the_desk_does_not_silence_what_was_asked(wire: Wire) -> None:
    """A request in the wrong queue answers whoever names himself alone, and only one that is about licenses."""
    number = submitted(wire)["order_number"]
    ann = ibm_id(wire, level="basic")
    opened(wire, ann, summary="Where is the monkey key?", icn=ICN)

    assert "request-in-general-queue" not in explained(wire, email=ANN)
    opened(wire, ann, summary="License key is lost", icn=ICN)
    assert "request-in-general-queue" in explained(wire, email=ANN)
    assert list(explained(wire, email=ANN, order_number=number)) == ["license-ready"]


def test_a_cancelled_order_misses_no_token(wire: Wire) -> None:
    """Nothing of it is to be retrieved, so nobody has to find the token."""
    number = submitted(wire, lines=[line(part_number=part("onetrust"))])["order_number"]
    before = explained(wire, order_number=number)
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))

    assert "token-not-in-myiss" in before
    assert "token-not-in-myiss" not in explained(wire, order_number=number)


def test_the_key_center_enrols_whom_it_has_received(wire: Wire) -> None:
    """What the order says since has not arrived there."""
    number = submitted(wire, registered_end_users=[person(BOB)])["order_number"]
    change(wire, number, registered_end_users=[person(CAT)])

    finding = explained(wire, email=ANN, order_number=number)["not-on-order"]

    assert BOB in finding["evidence"][0]["fact"]
    assert CAT not in finding["evidence"][0]["fact"]


def test_an_expired_link_is_a_cause_until_a_new_one_is_sent(wire: Wire) -> None:
    """Its action asks the Password Finder again; whoever used his link has none that expires."""
    submitted(wire)
    with_password(wire)
    wire.control("POST", "/clock/advance", {"days": 2})
    used = explained(wire, email=ANN)
    wire.value(wire.post("/lkc/api/v1/password-finder", {"email": ANN}), 202)
    wire.control("POST", "/clock/advance", {"days": 2})

    found = explained(wire, email=ANN)
    action = found["password-link-expired"]["remedy"]["action"]
    wire.value(wire.call(action["method"], action["path"], action["body"]), 202)

    assert "password-link-expired" not in used
    assert list(found) == ["password-link-expired"]
    assert found["password-link-expired"]["question"] == 10
    assert "password-link-expired" not in explained(wire, email=ANN)
