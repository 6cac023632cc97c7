"""New passwords for OCNs, which the staff alone can arrange."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ANN, BOB, book, change, expect_problem, mails, person, submit, submitted
from tests.support.desk import API, ibm_id
from tests.wire import PRODUCER, Wire

RESETS = f"{API}/ocn-password-resets"


def password_in(mail: dict[str, Any]) -> str:
    """The password that a mail tells."""
    word: str = mail["text"].partition("assword  ")[2].split()[0]
    return word


def signs_in(wire: Wire, ocn: str, password: str) -> bool:
    """Whether OCN and password fit."""
    response = wire.post("/ordering/api/v1/wos/sign-in", {"ocn": ocn, "password": password})
    assert response.status_code in {200, 401}
    return response.status_code == 200


def reset(wire: Wire, order: dict[str, Any]) -> dict[str, Any]:
    """Has the password of an order's OCN reset and returns the mail."""
    body = {"ocn": order["ocn"], "icn": order["icn"]}
    done = wire.value(wire.post(RESETS, body, PRODUCER), 201)
    assert {name: done[name] for name in body} == body
    mail: dict[str, Any] = wire.value(wire.get(f"/mail/api/v1/messages/{done['message_id']}"))
    return mail


def test_a_reset_mails_a_new_password_and_ends_the_old_one(wire: Wire) -> None:
    """Q19: to the order's contact; the first password and the former one work no longer."""
    order = submitted(wire)
    first = password_in(mails(wire, to=ANN, subject="processed")[0])
    assert signs_in(wire, order["ocn"], first)

    one, two = reset(wire, order), reset(wire, order)

    assert (one["to"], one["system"], one["status"]) == (ANN, "ordering", "delivered")
    assert order["order_number"] in one["html"]
    assert password_in(two) in two["html"]
    fits = [signs_in(wire, order["ocn"], password) for password in (first, password_in(one), password_in(two))]
    assert fits == [False, False, True]


def test_the_password_goes_to_the_contact_that_the_order_has_now(wire: Wire) -> None:
    """It is the order system that mails it; an order need not have been submitted."""
    order = book(wire)
    change(wire, order["order_number"], contact=person(BOB))

    assert reset(wire, order)["to"] == BOB


def test_a_later_order_mail_does_not_tell_a_password_that_holds_no_more(wire: Wire) -> None:
    """After a reset the mail of a resubmission names no password, for the new one is kept as a hash only."""
    order = submitted(wire)
    first = password_in(mails(wire, to=ANN, subject="processed")[0])
    reset(wire, order)

    submit(wire, order["order_number"])

    mail = mails(wire, to=ANN, subject="processed")[0]
    assert first not in mail["text"] + mail["html"]
    assert "mailed when it was reset" in mail["text"]


@pytest.mark.parametrize("wrong", [{"ocn": "00000000"}, {"icn": "7777777"}])
def test_ocn_and_icn_must_be_those_of_one_order(wire: Wire, wrong: dict[str, str]) -> None:
    """Q19: a wrong pair is refused, and nothing is mailed or changed."""
    order = submitted(wire)
    before = mails(wire)

    response = wire.post(RESETS, {"ocn": order["ocn"], "icn": order["icn"], **wrong}, PRODUCER)

    assert expect_problem(response, 404, "unknown-ocn")["question"] == 19
    assert mails(wire) == before
    assert signs_in(wire, order["ocn"], password_in(mails(wire, to=ANN, subject="processed")[0]))


def test_nobody_resets_a_password_for_himself(wire: Wire) -> None:
    """Q19: it takes the staff, whatever the access level of the customer."""
    order = submitted(wire)
    body = {"ocn": order["ocn"], "icn": order["icn"]}

    for auth in (None, ibm_id(wire, level="admin")):
        expect_problem(wire.post(RESETS, body, auth), 401, "invalid-credentials")


def test_a_refused_reset_is_remembered(wire: Wire) -> None:
    """The timeline tells for which pair it was asked."""
    order = submitted(wire)

    wire.post(RESETS, {"ocn": order["ocn"], "icn": "7777777"}, PRODUCER)

    events = wire.value(wire.get("/_sim/events?limit=100"))
    found = [event["subject"] for event in events if event["kind"] == "ocn-reset-refused"]
    assert found == [{"ocn": order["ocn"], "icn": "7777777"}]
