"""Customers, orders and mails through the client."""

from __future__ import annotations

import pytest

from lkc.client import Client, Refused
from tests.builders import ANN, BOB, ICN
from tests.client.story import line, new_order, submitted

WORLD = 'format = 1\n[world]\nseed = 1\nnow = 2014-03-03T09:00:00Z\nclock = "frozen"\n'


def test_a_customer_is_created_and_found(client: Client) -> None:
    """What was created is listed and shown."""
    made = client.customers.create(icn=ICN, name="Acme Holding", country="AT")

    assert client.customers.get(ICN) == made
    assert client.customers.list() == [made]
    assert {product["delivery"] for product in client.customers.catalogue()} == {"key-file", "onetrust"}


def test_a_refusal_is_raised_with_code_status_and_remedy(client: Client) -> None:
    """Nobody has to read a problem document."""
    with pytest.raises(Refused) as caught:
        client.orders.get("nothing")

    assert caught.value.status == 404
    assert caught.value.remedy
    assert str(caught.value).startswith(f"{caught.value.code}: ")


def test_an_order_is_booked_submitted_changed_and_cancelled(client: Client) -> None:
    """The order system's own verbs, one after the other."""
    client.customers.create(icn=ICN, name="Acme Holding")
    booked = client.orders.create(**new_order())
    number = booked["order_number"]

    done = client.orders.submit(number)
    changed = client.orders.change(number, contact={"name": "Bob", "email": BOB})
    noticed = client.orders.notice(number)

    assert [handed["status"] for handed in done["submissions"]] == ["accepted"]
    assert client.orders.list(purchase_order="PO-1") == [changed]
    assert client.mail.get(noticed["mail"][0])["to"] == BOB
    cancelled = client.orders.cancel(number)
    assert [cancelled["lines"][0]["quantity"], cancelled["status"]] == [0, client.orders.get(number)["status"]]


def test_a_change_can_be_handed_over_in_the_same_call(client: Client) -> None:
    """With `submit` the answer says what became of the document."""
    number = submitted(client)["order_number"]

    changed = client.orders.change(number, submit=True, lines=[line(expiration_date="01-JAN-2015")])

    assert changed["submissions"][0]["status"] == "accepted"


def test_all_pages_of_a_list_come_together(client: Client) -> None:
    """Nobody has to follow links."""
    rows = [f'[[ordering.customer]]\nicn = "{number:07}"\nname = "Acme"\ncountry = "DE"\n' for number in range(601)]
    client.state.put("\n".join([WORLD, *rows]))

    assert len(client.customers.list()) == 601


def test_a_file_of_orders_is_imported(client: Client) -> None:
    """The report says what went in and names each bad row."""
    client.customers.create(icn=ICN, name="Acme Holding")
    bad = b'{"icn": "0012345"}\n'

    report = client.orders.import_(bad, file="bad.ndjson")

    assert report["imported"] == 0
    assert {row["row"] for row in report["rejected"]} == {1}


def test_the_ocn_signs_in_with_the_password_of_mail_1(client: Client) -> None:
    """The first password travels in mail 1; a wrong one is refused."""
    order = submitted(client)
    text = client.mail.get(order["mail"][0])["text"]
    password = next(word for word in text.split() if _signs_in(client, order["ocn"], word))

    assert client.orders.sign_in(order["ocn"], password) == order["order_number"]


def _signs_in(client: Client, ocn: str, word: str) -> bool:
    try:
        return bool(client.orders.sign_in(ocn, word))
    except Refused as refusal:
        return refusal.code != "ocn-password"


def test_mails_are_listed_waited_for_and_read(client: Client) -> None:
    """Newest first, each in its raw form too."""
    submitted(client)

    newest = client.mail.wait(to=ANN, timeout=0)

    assert client.mail.list(to=ANN)[0] == newest
    assert client.mail.list(from_=newest["from"], subject=newest["subject"])[0] == newest
    assert b"Subject: " in client.mail.raw(newest["id"])


def test_a_wait_for_no_mail_is_refused(client: Client) -> None:
    """What never came raises, and does not answer nothing."""
    with pytest.raises(Refused) as caught:
        client.mail.wait(to="nobody@acme.example", timeout=0)

    assert (caught.value.code, caught.value.status) == ("no-mail", 408)


def test_anybody_may_write_and_the_recipient_sorts(client: Client) -> None:
    """A forged mail arrives; one in the spam folder is taken out; both are deleted."""
    client.faults.add("mail-spam", to=ANN, times=1)
    submitted(client)
    [spam] = client.mail.list(status="spam")
    [posted] = client.mail.post(b"From: a@b.example\r\nTo: ann@acme.example\r\nSubject: Hi\r\n\r\nHello\r\n")

    assert client.mail.take_out_of_spam(spam["id"])["status"] == "delivered"
    assert client.mail.get(posted)["genuine"] is False
    client.mail.delete(posted)
    client.mail.clear()
    assert client.mail.list() == []
