"""What recipients do with mails: find them by who wrote, take them out of the spam folder, wait for late ones."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from lkc.mail.facts import find_mail, mails_to
from lkc.mail.mailboxes import Search
from lkc.mail.senders import address_of
from lkc.mail.verdicts import reason
from lkc.mail.watching import Watch
from lkc.world.session import Access
from tests.builders import ANN, BOB, expect_problem, mails, person, submitted
from tests.wire import Wire

MESSAGES = "/mail/api/v1/messages"
NAMED = b"From: IBM Support <ibmss@FlexnetOperations.com>\r\nTo: ann@acme.example\r\nSubject: Hi\r\n\r\nx\r\n"


def fault(wire: Wire, **values: object) -> None:
    """Orders a fault."""
    wire.value(wire.control("POST", "/faults", values), 201)


def post(wire: Wire, raw: bytes = NAMED) -> int:
    """Sends a mail from the Internet and returns its id."""
    ids: list[int] = wire.value(wire.call("POST", MESSAGES, raw), 201)["ids"]
    return ids[0]


def patch(wire: Wire, message_id: int, **change: object) -> Any:
    """Changes a mail."""
    return wire.patch(f"{MESSAGES}/{message_id}", change)


@pytest.mark.parametrize(
    "wanted", ["ibmss@flexnetoperations.com", "IBMSS@flexnetoperations.com ", "IBM <ibmss@flexnetoperations.com>"]
)
def test_a_mail_is_found_by_the_address_beside_a_name(wire: Wire, wanted: str) -> None:
    """The name in From does not matter to the search, and stays in the answer."""
    post(wire)
    post(wire, b"From: ibmss@evil.example\nTo: ann@acme.example\n\nx")

    found = mails(wire, **{"from": wanted})

    assert [mail["from"] for mail in found] == ["IBM Support <ibmss@FlexnetOperations.com>"]


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("A@B.example", "a@b.example"),
        ('"x@y.example" <A@b.example>', "a@b.example"),
        ("a@b.example, c@d.example", "a@b.example"),
        (" Somebody ", "somebody"),
        ("<>", "<>"),
        ("", ""),
    ],
)
def test_of_a_from_field_the_first_address_counts(sender: str, address: str) -> None:
    """A field without any address stands for itself."""
    assert address_of(sender) == address


def test_the_reason_names_the_domain_beside_a_name() -> None:
    """The domain alone, without what closes the address."""
    assert reason("signed", "A Name <a@B.example>") == "Signed by b.example, and unchanged since."


def test_a_recipient_takes_a_mail_out_of_the_spam_folder(wire: Wire) -> None:
    """Q10: the mail was sent and is found among the spam; then it is in the mailbox, and the timeline tells it."""
    submitted(wire)
    fault(wire, kind="mail-spam", to=ANN, times=1)
    wire.post("/lkc/api/v1/password-finder", {"email": ANN})
    spam = mails(wire, status="spam")[0]

    moved = wire.value(patch(wire, spam["id"], status="delivered"))

    assert moved == {**spam, "status": "delivered"} == wire.value(wire.get(f"{MESSAGES}/{spam['id']}"))
    event = wire.value(wire.get("/_sim/events?limit=1000"))[-1]
    assert (event["kind"], event["subject"]) == ("mail-delivered", {"message_id": spam["id"], "email": ANN})
    again = expect_problem(patch(wire, spam["id"], status="delivered"), 409, "not-spam")
    assert (again["question"], again["mail_status"]) == (10, "delivered")


def test_only_spam_can_be_taken_out_of_the_spam_folder(wire: Wire) -> None:
    """A bounced and a delayed mail stay what they are; no other status can be given."""
    fault(wire, kind="mail-bounce", to=ANN, times=1)
    bounced = post(wire)
    fault(wire, kind="mail-delay", minutes=1)
    delayed = post(wire)

    for number, status in ((bounced, "bounced"), (delayed, "delayed")):
        assert expect_problem(patch(wire, number, status="delivered"), 409, "not-spam")["mail_status"] == status
        assert wire.value(wire.get(f"{MESSAGES}/{number}"))["status"] == status
    for change in ({}, {"status": "spam"}, {"status": None}, {"status": "delivered", "to": BOB}):
        expect_problem(patch(wire, bounced, **change), 422, "validation")
    expect_problem(patch(wire, 99, status="delivered"), 404, "unknown-message")


def waited(wire: Wire, meanwhile: Any, query: str = "timeout=10") -> dict[str, Any]:
    """The mail that ends a wait during which something is done."""
    timer = threading.Timer(0.2, meanwhile)
    timer.start()
    mail: dict[str, Any] = wire.value(wire.get(f"{MESSAGES}/wait?{query}"))
    timer.join()
    return mail


def test_a_wait_ends_with_a_mail_that_was_there_before_and_comes_late(wire: Wire) -> None:
    """A mail out of the spam folder, and one that was delayed, have lower numbers than what came since."""
    fault(wire, kind="mail-spam", to=ANN, times=1)
    spam = post(wire)
    fault(wire, kind="mail-delay", minutes=30, times=1)
    late = post(wire)
    post(wire, b"From: a@b.example\nTo: bob@acme.example\n\nx")

    first = waited(wire, lambda: patch(wire, spam, status="delivered"), f"to={ANN}&timeout=10")
    forth = {"minutes": 30}
    second = waited(wire, lambda: wire.control("POST", "/clock/advance", forth), f"since={spam}&to={ANN}&timeout=10")

    assert (first["id"], second["id"]) == (spam, late)


def test_a_wait_goes_on_over_mails_that_do_not_fit_and_over_a_reset(wire: Wire) -> None:
    """What comes meanwhile and is not meant does not end it; a world that begins anew is looked through anew."""
    submitted(wire)

    def meanwhile() -> None:
        post(wire, b"From: a@b.example\nTo: bob@acme.example\n\nx")
        wire.control("POST", f"/worlds/{wire.world}/reset")
        post(wire)

    assert waited(wire, meanwhile, "subject=hi&timeout=10")["id"] == 1


def test_a_wait_looks_through_all_mails_once(wire: Wire) -> None:
    """Afterwards it reads none, and where one came only that one."""
    post(wire)
    watch, statements = Watch(Search(subject="never")), list[str]()

    def look() -> list[str]:
        statements.clear()
        with wire.landscape.store.session(wire.world, Access.READ) as world:
            world.driver.set_trace_callback(statements.append)
            assert watch.look(world) is None
            world.driver.set_trace_callback(None)
            reading = [sql for sql in statements if "FROM mail_message" in sql]
            return [row[3] for sql in reading for row in world.driver.execute(f"EXPLAIN QUERY PLAN {sql}")]

    assert "SCAN mail_message" in look()
    assert look() == []
    post(wire)
    plan = look()

    assert "SEARCH mail_message USING INTEGER PRIMARY KEY (rowid=?)" in plan
    assert "SEARCH world_event USING INTEGER PRIMARY KEY (rowid>?)" in plan


def test_a_fact_says_when_a_delayed_mail_arrives(wire: Wire) -> None:
    """The moment is the world's; afterwards, and for every other mail, there is none."""
    fault(wire, kind="mail-delay", minutes=30, times=1)
    late, prompt = post(wire), post(wire)

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        before = {fact.id: fact.arrives_at for fact in mails_to(world, ANN)}
    wire.value(wire.control("POST", "/clock/advance", {"minutes": 30}))
    wire.value(wire.get(MESSAGES))
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        after = find_mail(world, late)

    assert before == {late: "2014-03-03T09:30:00Z", prompt: None}
    assert after is not None
    assert (after.status, after.arrives_at, after.sent_at) == ("delivered", None, "2014-03-03T09:30:00Z")


def test_a_fact_names_the_texts_and_the_order_of_a_mail(wire: Wire) -> None:
    """Both e-delivery mails are about their order; one of the Password Finder or from outside is about none."""
    number = submitted(wire, contact=person(ANN))["order_number"]
    wire.post("/lkc/api/v1/password-finder", {"email": ANN})
    post(wire)

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        facts = [(fact.template, fact.order_number) for fact in mails_to(world, ANN)]

    assert facts[:2] == [(None, None), ("keycenter/password_finder", None)]
    assert sorted(facts[2:]) == [("keycenter/e_delivery", number), ("ordering/order_processed", number)]
