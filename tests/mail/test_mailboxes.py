"""The mailboxes of a world: search, reading, waiting, sending, and what goes wrong with mails."""

from __future__ import annotations

import threading
import time
from email import message_from_bytes
from email.policy import default

import pytest

from lkc.world import waiting
from tests.builders import ANN, BOB, expect_problem, mails, person, submitted
from tests.wire import Wire

MESSAGES = "/mail/api/v1/messages"


def fault(wire: Wire, **values: object) -> None:
    """Orders a fault."""
    wire.value(wire.control("POST", "/faults", values), 201)


def post(wire: Wire, text: str | bytes) -> list[int]:
    """Sends a mail from the Internet and returns the ids."""
    raw = text.encode() if isinstance(text, str) else text
    ids: list[int] = wire.value(wire.call("POST", MESSAGES, raw), 201)["ids"]
    return ids


FORGED = (
    "From: ibmss@flexnetoperations.com\r\nTo: ann@acme.example\r\nSubject: Your keys\r\n\r\nGive me your password.\r\n"
)


def test_mails_are_found_by_what_is_known_of_them(wire: Wire) -> None:
    """Address, sender, a part of the subject and the status narrow the list, in any letter case."""
    submitted(wire, contact=person(BOB))

    assert [mail["to"] for mail in mails(wire)] == [ANN, BOB]
    assert [mail["to"] for mail in mails(wire, to="ANN@acme.example")] == [ANN]
    assert [mail["to"] for mail in mails(wire, **{"from": "IBMSS@flexnetoperations.com"})] == [ANN]
    assert [mail["to"] for mail in mails(wire, subject="LICENSE KEYS")] == [ANN]
    assert mails(wire, subject="%") == []
    assert mails(wire, status="bounced") == []
    expect_problem(wire.get(f"{MESSAGES}?status=lost"), 422, "validation")


def test_mails_come_in_pages_newest_first(wire: Wire) -> None:
    """The link leads to older mails."""
    for _ in range(3):
        post(wire, FORGED)

    first = wire.get(f"{MESSAGES}?limit=2")
    rest = wire.get(first.headers["Link"].partition(f"/w/{wire.world}")[2].partition(">")[0])

    assert [mail["id"] for mail in first.get_json()] == [3, 2]
    assert [mail["id"] for mail in rest.get_json()] == [1]


def test_the_raw_form_carries_the_date_of_the_world(wire: Wire) -> None:
    """A mail of our systems is a whole RFC 5322 message, the same bytes each time."""
    submitted(wire)
    number = mails(wire, to=ANN, subject="License keys")[0]["id"]

    first, second = wire.get(f"{MESSAGES}/{number}/raw"), wire.get(f"{MESSAGES}/{number}/raw")

    message = message_from_bytes(first.data, policy=default)
    assert first.mimetype == "message/rfc822"
    assert first.data == second.data
    assert message["Date"] == "Mon, 03 Mar 2014 09:00:00 +0000"
    assert message["To"] == ANN
    assert message["X-Simulated"] == "true"
    assert message.get_body(("plain",)).get_content().startswith("Dear Ann")  # type: ignore[union-attr]


def test_anybody_may_write_and_is_not_taken_for_a_system(wire: Wire) -> None:
    """A mail from the Internet is kept byte by byte and is not genuine, whatever its sender says."""
    (number,) = post(wire, FORGED)

    mail = wire.value(wire.get(f"{MESSAGES}/{number}"))

    assert (mail["system"], mail["genuine"], mail["status"]) == ("internet", False, "delivered")
    assert mail["from"] == "ibmss@flexnetoperations.com"
    assert wire.get(f"{MESSAGES}/{number}/raw").data == FORGED.encode()


def test_a_mail_to_several_people_is_a_mail_for_each(wire: Wire) -> None:
    """To and Cc count, each address once; HTML and text are read apart."""
    raw = (
        "From: Eve <eve@evil.example>\nTo: Ann <ann@acme.example>, bob@acme.example\nCc: ann@acme.example\n"
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\nMIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=x\n\n"
        "--x\nContent-Type: text/plain\n\nSee http://evil.example/a.\n--x\nContent-Type: text/html\n\n"
        '<a href="http://evil.example/b?c=1&amp;d=2">x</a>\n--x--\n'
    )

    assert len(post(wire, raw)) == 2

    mail = mails(wire, to=BOB)[0]
    assert mail["subject"] == "Grüße"
    assert mail["links"] == ["http://evil.example/a", "http://evil.example/b?c=1&d=2"]


@pytest.mark.parametrize(
    ("raw", "field"),
    [
        (b"", "From"),
        (b"\x00\xff", "From"),
        (b"From: a@b.example\n\nhello", "To"),
        (b"To: a@b.example\n\nhello", "From"),
        (b"From: a@b.example\nTo: nobody\n\nhello", "To"),
        (b"From: a@b.example\nTo: " + b", ".join(b"p%d@b.example" % n for n in range(51)) + b"\n\nhi", "To"),
        (b"From: a@b.example\nTo: c@d.example\nContent-Type: text/plain; charset=nonsense\n\nhi", "body"),
    ],
)
def test_what_is_no_mail_is_refused(wire: Wire, raw: bytes, field: str) -> None:
    """Without sender or recipient nothing is delivered."""
    response = wire.call("POST", MESSAGES, raw)

    assert field in [mistake["field"] for mistake in expect_problem(response, 422, "validation")["errors"]]
    assert mails(wire) == []


def test_a_bounced_mail_is_on_record_and_in_no_mailbox(wire: Wire) -> None:
    """Q7: the fault acts on one address only, and the answer says that it acted."""
    fault(wire, kind="mail-bounce", to=ANN)

    submitted(wire, contact=person(BOB))

    assert [(mail["to"], mail["status"]) for mail in mails(wire)] == [(ANN, "bounced"), (BOB, "delivered")]
    assert wire.get(f"{MESSAGES}/wait?to={ANN}&timeout=0").status_code == 408


def test_a_mail_taken_for_spam_was_sent_but_is_not_in_the_inbox(wire: Wire) -> None:
    """Q10: the log says sent, the wait finds nothing."""
    submitted(wire)
    fault(wire, kind="mail-spam", to=ANN, times=1)

    response = wire.post("/lkc/api/v1/password-finder", {"email": ANN})

    assert response.headers["X-LKC-Fault"] == "mail-spam"
    assert mails(wire, subject="Password Finder")[0]["status"] == "spam"
    expect_problem(wire.get(f"{MESSAGES}/wait?to={ANN}&subject=Password&timeout=0"), 408, "no-mail")


def test_a_delayed_mail_arrives_by_the_worlds_clock(wire: Wire) -> None:
    """It comes with the first call after its time, dated by then."""
    fault(wire, kind="mail-delay", minutes=30)
    post(wire, FORGED)

    assert mails(wire)[0]["status"] == "delayed"
    wire.value(wire.control("POST", "/clock/advance", {"minutes": 29, "seconds": 59}))
    assert mails(wire)[0]["status"] == "delayed"
    wire.value(wire.control("POST", "/clock/advance", {"seconds": 1}))

    assert (mails(wire)[0]["status"], mails(wire)[0]["sent_at"]) == ("delivered", "2014-03-03T09:30:00Z")


def test_a_deleted_mail_is_not_delivered_later(wire: Wire) -> None:
    """A delayed mail that was removed meanwhile stays removed."""
    fault(wire, kind="mail-delay", minutes=1)
    post(wire, FORGED)
    assert wire.delete(MESSAGES).status_code == 204

    wire.value(wire.control("POST", "/clock/advance", {"hours": 1}))

    assert mails(wire) == []


def test_a_wait_ends_when_the_mail_comes(wire: Wire) -> None:
    """The newest matching mail is the answer, also when it comes during the wait."""
    timer = threading.Timer(0.15, post, (wire, FORGED))
    timer.start()

    mail = wire.value(wire.get(f"{MESSAGES}/wait?to={ANN}&timeout=10"))

    timer.join()
    assert mail["subject"] == "Your keys"
    assert wire.value(wire.get(f"{MESSAGES}/wait?to={ANN}&timeout=10"))["id"] == mail["id"]


def test_a_wait_for_a_later_mail_passes_over_those_that_are_there(wire: Wire) -> None:
    """`since` asks for a mail with a higher id."""
    (number,) = post(wire, FORGED)

    response = wire.get(f"{MESSAGES}/wait?since={number}&timeout=0.05")

    assert expect_problem(response, 408, "no-mail")["timeout"] == 0.05


def test_a_wait_for_a_delayed_mail_obeys_the_worlds_clock(wire: Wire) -> None:
    """A running clock brings the mail during the wait, without any other call."""
    fault(wire, kind="mail-delay", minutes=0.005)
    wire.value(wire.control("PUT", "/clock", {"mode": "running"}))
    post(wire, FORGED)

    assert wire.value(wire.get(f"{MESSAGES}/wait?timeout=10"))["status"] == "delivered"


def test_a_wait_in_a_world_that_is_deleted_ends(wire: Wire) -> None:
    """Whoever waits is told that the world is gone."""
    other = f"{wire.world}-gone"
    wire.control("POST", "/worlds", {"name": other})
    timer = threading.Timer(0.1, wire.control, ("DELETE", f"/worlds/{other}"))
    timer.start()

    response = Wire(wire.landscape, other).get(f"{MESSAGES}/wait?timeout=20")

    timer.join()
    expect_problem(response, 404, "unknown-world")


def test_waits_beyond_the_bound_are_refused(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places for waits are few, so that waiting never takes the threads that work."""
    monkeypatch.setattr(waiting, "_places", threading.BoundedSemaphore(1))
    long = threading.Thread(target=wire.get, args=(f"{MESSAGES}/wait?timeout=0.6",))
    long.start()
    time.sleep(0.2)

    response = wire.get(f"{MESSAGES}/wait?timeout=0.1")
    long.join()

    expect_problem(response, 503, "too-many-waiting")
    expect_problem(wire.get(f"{MESSAGES}/wait?timeout=0.05"), 408, "no-mail")


def test_mails_are_removed_one_by_one_or_all(wire: Wire) -> None:
    """What was removed is unknown afterwards."""
    first, second = post(wire, FORGED)[0], post(wire, FORGED)[0]

    assert wire.delete(f"{MESSAGES}/{first}").status_code == 204

    assert [mail["id"] for mail in mails(wire)] == [second]
    expect_problem(wire.get(f"{MESSAGES}/{first}"), 404, "unknown-message")
    expect_problem(wire.get(f"{MESSAGES}/{first}/raw"), 404, "unknown-message")
    expect_problem(wire.delete(f"{MESSAGES}/{first}"), 404, "unknown-message")
