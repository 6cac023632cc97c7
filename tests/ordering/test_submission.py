"""From the order system to the delivery systems, and the two mails."""

from __future__ import annotations

from tests.builders import (
    ANN,
    BOB,
    book,
    change,
    expect_problem,
    licenses,
    line,
    mails,
    part,
    person,
    submit,
    submitted,
)
from tests.wire import PRODUCER, Wire

ORDERS = "/ordering/api/v1/orders"
BOTH = [line(), line(part_number=part("onetrust"))]


def fault(wire: Wire, **values: object) -> None:
    """Orders a fault."""
    wire.value(wire.control("POST", "/faults", values), 201)


def test_two_mails_come_from_two_systems(wire: Wire) -> None:
    """Q7: mail 1 to the contact announces mail 2; mail 2 goes to each registered end user."""
    booked = book(wire, contact=person(BOB), registered_end_users=[person(ANN), person("cid@acme.example")], lines=BOTH)

    done = submit(wire, booked["order_number"])

    sent = {mail["id"]: mail for mail in mails(wire)}
    assert [(sent[mail]["system"], sent[mail]["to"]) for mail in done["mail"]] == [
        ("ordering", BOB),
        ("keycenter", ANN),
        ("keycenter", "cid@acme.example"),
    ]
    first = sent[done["mail"][0]]
    assert "second e-mail" in first["text"]
    assert booked["ocn"] in first["text"]


def test_the_e_delivery_mail_says_how_to_get_the_files(wire: Wire) -> None:
    """It holds Account ID, Sales Order Number, the steps, and what of the order is OneTrust's (Q8, Q9)."""
    booked = submitted(wire, lines=BOTH)
    account = wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER))[0]["account_id"]

    mail = mails(wire, subject="License keys")[0]

    for needed in (account, booked["order_number"], "Order Summary", '"Generate"', '"Save"', "OneTrust token"):
        assert needed in mail["text"]
    assert booked["lines"][1]["product"] in mail["html"]
    assert mail["links"] == [f"http://localhost/w/{wire.world}/lkc/"]


def test_a_lost_feed_reaches_nobody_and_can_be_sent_again(wire: Wire) -> None:
    """With feed-lost the key center knows nothing; submitting again cures it."""
    booked = book(wire)
    fault(wire, kind="feed-lost", to="keycenter", times=1)

    response = wire.post(f"{ORDERS}/{booked['order_number']}/submit", None, PRODUCER)

    lost = wire.value(response)
    assert lost["submissions"][0]["status"] == "lost"
    assert response.headers["X-LKC-Fault"] == "feed-lost"
    assert [mail["system"] for mail in mails(wire)] == ["ordering"]
    assert wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER)) == []
    assert submit(wire, booked["order_number"])["submissions"][0]["status"] == "accepted"
    assert len(licenses(wire, booked["order_number"])) == 1


def test_a_delayed_feed_arrives_by_the_worlds_clock(wire: Wire) -> None:
    """The document arrives as it was when it was submitted, with the first call after the delay."""
    booked = book(wire)
    fault(wire, kind="feed-delay", to="keycenter", minutes=90, times=1)
    number = booked["order_number"]

    assert submit(wire, number)["submissions"][0]["status"] == "delayed"
    change(wire, number, lines=[line(quantity=9)])
    wire.value(wire.control("POST", "/clock/advance", {"minutes": 89}))
    assert wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER)) == []
    wire.value(wire.control("POST", "/clock/advance", {"minutes": 1}))

    assert [entry["quantity"] for entry in licenses(wire, number)] == [5]
    assert [mail["system"] for mail in mails(wire)] == ["keycenter", "ordering"]


def test_the_notice_goes_to_the_contact_the_order_system_has_now(wire: Wire) -> None:
    """Q7: a change that was never resubmitted moves mail 1 and not mail 2."""
    booked = submitted(wire)
    number = booked["order_number"]
    change(wire, number, contact=person(BOB), registered_end_users=[person(BOB)])

    notice = wire.value(wire.post(f"{ORDERS}/{number}/notice", None, PRODUCER))

    assert [mail["id"] for mail in mails(wire, to=BOB)] == notice["mail"]
    assert {mail["to"] for mail in mails(wire, subject="License keys")} == {ANN}


def test_a_notice_is_given_whoever_got_the_order(wire: Wire) -> None:
    """An order that was submitted is announced again, even where its document got lost."""
    number = book(wire)["order_number"]
    fault(wire, kind="feed-lost", to="keycenter", times=1)
    submit(wire, number)

    lost = wire.value(wire.post(f"{ORDERS}/{number}/notice", None, PRODUCER))
    change(wire, number, purchase_order="PO-2")
    changed = wire.value(wire.post(f"{ORDERS}/{number}/notice", None, PRODUCER))

    assert [mail["id"] for mail in mails(wire)][:2] == [*changed["mail"], *lost["mail"]]


def test_there_is_nothing_to_announce_before_the_submission(wire: Wire) -> None:
    """A booked order gives no notice."""
    number = book(wire)["order_number"]

    expect_problem(wire.post(f"{ORDERS}/{number}/notice", None, PRODUCER), 409, "order-not-submitted")


def test_the_ocn_signs_in_with_the_mailed_password(wire: Wire) -> None:
    """Q19: the first password travels in mail 1; a wrong one is refused with the question."""
    booked = submitted(wire)
    text = mails(wire, to=ANN, subject="processed")[0]["text"]
    password = text.partition("Password ")[2].split()[0]
    path = "/ordering/api/v1/wos/sign-in"

    right = wire.post(path, {"ocn": booked["ocn"], "password": password})
    wrong = [
        wire.post(path, {"ocn": booked["ocn"], "password": "wrong"}),
        wire.post(path, {"ocn": "00000000", "password": password}),
    ]

    assert wire.value(right) == {"ocn": booked["ocn"], "order_number": booked["order_number"]}
    for response in wrong:
        assert expect_problem(response, 401, "ocn-password")["question"] == 19
    events = wire.value(wire.get("/_sim/events?limit=1000"))
    signed = [event for event in events if event["kind"].startswith("ocn-")]
    assert [event["kind"] for event in signed] == ["ocn-signed-in", "ocn-sign-in-failed"]
    for event in signed:
        assert event["subject"] == {"ocn": booked["ocn"], "order_number": booked["order_number"]}


def test_the_timeline_tells_the_whole_way(wire: Wire) -> None:
    """Every step is an event with the request that caused it."""
    booked = book(wire)
    path = f"{ORDERS}/{booked['order_number']}/submit"

    response = wire.post(path, None, PRODUCER, headers={"X-Request-Id": "my-request"})

    events = wire.value(wire.get("/_sim/events?limit=1000"))
    caused = [event["kind"] for event in events if event["request_id"] == "my-request"]
    assert response.headers["X-Request-Id"] == "my-request"
    assert caused == [
        "order-submitted",
        "mail-delivered",
        "account-opened",
        "member-added",
        "order-received",
        "mail-delivered",
    ]
