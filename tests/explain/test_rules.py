"""Findings that no case of a documented question shows: where no call cures, and what stands beside a cause."""

from __future__ import annotations

from typing import Any

from tests.builders import (
    ANN,
    BOB,
    ICN,
    account_of,
    book,
    expect_problem,
    licenses,
    line,
    mails,
    part,
    person,
    submitted,
    with_password,
)
from tests.wire import PRODUCER, Wire

INSTALLATIONS = "/products/api/v1/installations"


def findings(wire: Wire, **subject: Any) -> list[dict[str, Any]]:
    """What explains a subject."""
    found: list[dict[str, Any]] = wire.value(wire.control("POST", "/explain", subject))["findings"]
    return found


def codes(wire: Wire, **subject: Any) -> list[str]:
    """The codes of what explains a subject."""
    return [finding["code"] for finding in findings(wire, **subject)]


def action_of(finding: dict[str, Any]) -> dict[str, Any] | None:
    """The call that cures a finding, or None."""
    action: dict[str, Any] | None = finding["remedy"]["action"]
    return action


def make(wire: Wire, action: dict[str, Any] | None) -> None:
    """Makes the call that a finding names, as the vendor's staff where it needs them."""
    assert action is not None
    auth = PRODUCER if action["as"] == "producer" else None
    assert wire.call(action["method"], action["path"], action["body"], auth).status_code < 300


def installed(wire: Wire, kind: str = "siteprotector", **values: Any) -> str:
    """Installs a product and returns its id."""
    made: str = wire.value(wire.post(INSTALLATIONS, {"kind": kind, "name": "Box", **values}), 201)["id"]
    return made


def test_a_document_on_its_way_arrives_when_the_clock_is_there(wire: Wire) -> None:
    """What is delayed names its moment; the call lets the clock go on to it."""
    wire.control("POST", "/faults", {"kind": "feed-delay", "to": "keycenter", "minutes": 90, "times": 1})
    number = submitted(wire)["order_number"]

    [finding] = findings(wire, order_number=number)
    make(wire, action_of(finding))

    assert finding["code"] == "feed-delayed"
    assert "2014-03-03T10:30:00Z" in finding["statement"]
    assert codes(wire, order_number=number) == ["license-ready"]


def test_a_document_lost_for_one_system_is_named_for_that_one(wire: Wire) -> None:
    """An order of both kinds may have reached the key center alone."""
    wire.control("POST", "/faults", {"kind": "feed-lost", "to": "onetrust", "times": 1})
    number = submitted(wire, lines=[line(), line(part_number=part("onetrust"))])["order_number"]

    lost = [finding for finding in findings(wire, order_number=number) if finding["code"] == "feed-lost"]

    assert [finding["statement"] for finding in lost] == [
        f"Order {number} was submitted, but never arrived at OneTrust."
    ]


def test_an_order_of_another_order_system_is_explained_without_a_call(wire: Wire) -> None:
    """What came over HTTP can only be put right where it came from."""
    document = {
        "order_number": "X-1",
        "icn": ICN,
        "customer_name": "Acme Holding",
        "purchase_order": "PO-1",
        "contact": person(),
        "registered_end_users": [person()],
        "lines": [line(line_number=1, product="GX", delivery="key-file", expiration_date="31/12/2014")],
    }
    wire.value(wire.post("/lkc/api/v1/feed", document, PRODUCER))

    [finding] = findings(wire, order_number="X-1")

    assert (finding["code"], action_of(finding)) == ("date-format", None)


def test_a_date_that_can_be_told_waits_for_one_that_cannot(wire: Wire) -> None:
    """A call that puts an order right would have to put every date of it right."""
    lines = [line(expiration_date="31/12/2014"), line(expiration_date="03/04/2015")]
    number = submitted(wire, lines=lines)["order_number"]

    found = findings(wire, order_number=number)

    assert [(finding["code"], action_of(finding)) for finding in found] == [("date-format", None)] * 2


def test_a_corrected_line_keeps_the_rest_of_it(wire: Wire) -> None:
    """Serial number, permanence and the dates that were right stay as they are."""
    wrong = line(expiration_date="2014-12-31", serial_number="SN-1", license_expiration_date="Permanent", quantity=3)
    number = submitted(wire, lines=[wrong])["order_number"]

    make(wire, action_of(findings(wire, order_number=number)[0]))

    [license_] = licenses(wire, number)
    assert (license_["expiration_date"], license_["license_expiration_date"]) == ("31-DEC-2014", "Permanent")
    assert (license_["serial_number"], license_["quantity"]) == ("SN-1", 3)


def test_several_agents_too_many_are_named_without_a_call(wire: Wire) -> None:
    """Which of them are not needed nobody else can know."""
    number = submitted(wire, lines=[line(part_number="D0HPWLL", quantity=1)])["order_number"]
    license_ = licenses(wire, number)[0]["license_id"]
    wire.value(wire.post(f"/lkc/api/v1/licenses/{license_}/generate", None, PRODUCER), 201)
    file = wire.get(f"/lkc/api/v1/licenses/{license_}/file", PRODUCER).get_data()
    console = installed(wire, "host-protection")
    wire.value(wire.post(f"{INSTALLATIONS}/{console}/licenses", file), 201)
    wire.value(wire.post(f"{INSTALLATIONS}/{console}/restart"))
    for name in ("one", "two", "three"):
        wire.value(wire.post(f"{INSTALLATIONS}/{console}/agents", {"name": name}), 201)

    [finding] = findings(wire, installation=console)

    assert (finding["code"], action_of(finding)) == ("seats-exceeded", None)
    assert "two, three" in finding["statement"]


def test_nobody_is_put_onto_an_account_by_his_mail_domain(wire: Wire) -> None:
    """A colleague's account is neither named nor proposed; whom an order names comes onto its account by the order."""
    number = submitted(wire, contact=person(BOB))["order_number"]

    [colleague] = findings(wire, email="cat@acme.example")
    contact = next(finding for finding in findings(wire, email=BOB) if finding["code"] == "not-registered")
    make(wire, action_of(next(finding for finding in findings(wire, email=BOB) if finding["code"] == "not-on-order")))

    assert colleague["code"] == "not-registered"
    assert action_of(colleague) is None
    assert account_of(wire, number) not in str(colleague)
    assert ANN not in str(colleague)
    assert action_of(contact) is None
    assert number in contact["remedy"]["text"]
    assert "not-registered" not in codes(wire, email=BOB)


def test_whom_a_lost_order_names_needs_nobody_to_add_him(wire: Wire) -> None:
    """He becomes a registered end user by the order, so that is the cause; others still have to be added."""
    wire.control("POST", "/faults", {"kind": "feed-lost", "to": "keycenter", "times": 1})
    submitted(wire)

    assert codes(wire, email=ANN) == ["feed-lost"]
    assert codes(wire, email=BOB) == ["not-registered"]


def test_other_accounts_are_left_out_where_an_order_is_named(wire: Wire) -> None:
    """Of several accounts of a company only that of the order explains why it is not seen."""
    submitted(wire)
    eve = {"contact": person("eve@acme.example"), "registered_end_users": [person("eve@acme.example")]}
    first = submitted(wire, customer_name="Acme North", **eve)["order_number"]
    second = submitted(wire, customer_name="Acme South", **eve)["order_number"]

    [finding] = findings(wire, email=ANN, order_number=second)

    assert account_of(wire, second) in finding["statement"]
    assert account_of(wire, first) not in finding["statement"]
    assert codes(wire, email=ANN) == ["on-another-account"]


def test_another_account_is_named_without_what_is_on_it(wire: Wire) -> None:
    """Neither order numbers nor licenses of it stand in the finding."""
    submitted(wire)
    eve = {"contact": person("eve@acme.example"), "registered_end_users": [person("eve@acme.example")]}
    number = submitted(wire, customer_name="Acme North", **eve)["order_number"]
    license_ = licenses(wire, number)[0]["license_id"]

    [finding] = findings(wire, email=ANN)

    assert finding["code"] == "on-another-account"
    assert number not in str(finding)
    assert license_ not in str(finding)


def test_an_account_says_who_manages_it(wire: Wire) -> None:
    """Every administrator is named; the last one cannot be removed."""
    number = submitted(wire)["order_number"]
    account = account_of(wire, number)

    alone = next(finding for finding in findings(wire, account_id=account) if finding["code"] == "who-manages")
    body = {"name": "Bob", "email": BOB, "role": "administrator"}
    wire.value(wire.post(f"/lkc/api/v1/accounts/{account}/members", body, PRODUCER), 201)
    both = next(finding for finding in findings(wire, account_id=account) if finding["code"] == "who-manages")

    assert alone["question"] == 11
    assert "cannot be removed" in alone["statement"]
    assert f"{ANN}, {BOB}" in both["statement"]
    assert "cannot be removed" not in both["statement"]


def test_a_mail_that_went_wrong_is_explained_by_itself(wire: Wire) -> None:
    """Bounced: nobody knows from the mail alone what to send again. Delayed: the clock brings it."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN, "times": 1})
    submitted(wire, registered_end_users=[])
    wire.control("POST", "/faults", {"kind": "mail-delay", "to": ANN, "minutes": 30, "times": 1})
    wire.value(wire.post("/lkc/api/v1/password-finder", {"email": ANN}), 202)
    bounced, delayed = mails(wire, status="bounced")[0]["id"], mails(wire, status="delayed")[0]["id"]

    [first], [second] = findings(wire, message_id=bounced), findings(wire, message_id=delayed)
    make(wire, action_of(second))

    assert (first["code"], action_of(first)) == ("mail-bounced", None)
    assert second["code"] == "mail-delayed"
    assert codes(wire, message_id=delayed) == ["mail-genuine"]


def test_a_product_that_asks_by_its_serial_number_is_told_so(wire: Wire) -> None:
    """Nothing is wrong with it: its instructions are where the finding leads."""
    number = submitted(wire, lines=[line(part_number="D0MFSLL", serial_number="MX-1")])["order_number"]
    box = installed(wire, "mx-appliance", serial_number="MX-1")
    wire.value(wire.post(f"{INSTALLATIONS}/{box}/retrieve"))

    finding = findings(wire, installation=box)[-1]

    action = action_of(finding)
    assert (finding["question"], finding["code"]) == (5, "how-licensed")
    assert "serial number" in finding["statement"]
    assert action is not None
    assert wire.call(action["method"], action["path"]).status_code == 200
    assert "nothing-to-do" in codes(wire, order_number=number)


def test_a_refused_generate_is_evidence_with_its_exchange(wire: Wire) -> None:
    """The finding names the request in which the customer met it, which is in the journal."""
    number = submitted(wire, lines=[line(expiration_date="31/12/2014")])["order_number"]
    license_ = licenses(wire, number)[0]["license_id"]
    refused = wire.post(f"/lkc/api/v1/licenses/{license_}/generate", None, with_password(wire))
    expect_problem(refused, 409, "date-format")

    [finding] = findings(wire, license_id=license_)

    told = [one for one in finding["evidence"] if "request_id" in one]
    journal = [entry["request_id"] for entry in wire.value(wire.get("/_sim/requests"))]
    assert [one["request_id"] for one in told] == [refused.headers["X-Request-Id"]]
    assert told[0]["request_id"] in journal


def test_a_booked_order_explains_only_that_it_is_not_submitted(wire: Wire) -> None:
    """What is wrong in it cannot be seen by anybody yet."""
    number = book(wire, lines=[line(expiration_date="31/12/2014", quantity=0)])["order_number"]

    [finding] = findings(wire, order_number=number)
    make(wire, action_of(finding))

    assert finding["code"] == "order-not-submitted"
    assert codes(wire, order_number=number) == ["date-format", "quantity-zero"]


def test_a_token_of_cancelled_orders_has_nothing_left(wire: Wire) -> None:
    """A date ahead is worth nothing with quantity 0, and is not called passed."""
    number = submitted(wire, lines=[line(part_number=part("onetrust"))])["order_number"]
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))

    [finding] = nothing_left(wire)

    assert "quantity 0" in finding["statement"]
    assert "2014" not in finding["statement"]


def test_a_passed_date_counts_only_with_a_quantity(wire: Wire) -> None:
    """The last date of a token is that of what was really ordered; a new order ends the matter."""
    siteprotector = part("onetrust")
    submitted(wire, lines=[line(part_number=siteprotector, expiration_date="31-JAN-2014")])
    number = submitted(wire, lines=[line(part_number=siteprotector)])["order_number"]
    wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))

    [finding] = nothing_left(wire)
    submitted(wire, lines=[line(part_number=siteprotector)])

    assert "2014-01-31" in finding["statement"]
    assert nothing_left(wire) == []


def nothing_left(wire: Wire) -> list[dict[str, Any]]:
    """The findings that the world's only token entitles to nothing."""
    [token] = wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))
    return [finding for finding in findings(wire, token=token["token"]) if finding["code"] == "nothing-left"]
