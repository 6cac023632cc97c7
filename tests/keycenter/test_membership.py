"""Accounts are opened by orders; members come by orders, by joining and by administrators."""

from __future__ import annotations

import threading

from tests.builders import (
    ANN,
    BOB,
    account_of,
    book,
    change,
    expect_problem,
    licenses,
    mails,
    members,
    part,
    person,
    submit,
    submitted,
    with_password,
)
from tests.builders import line as order_line
from tests.wire import PRODUCER, Wire


def join(wire: Wire, account: str, number: str, email: str = BOB) -> int:
    """Joins an account and returns the status."""
    body = {"account_id": account, "sales_order_number": number, "email": email, "name": "Somebody"}
    return wire.post("/lkc/api/v1/join", body).status_code


def test_the_first_end_user_of_the_first_order_is_administrator(wire: Wire) -> None:
    """The account's administrator is whom its first order names first; later ones are ordinary members."""
    order = submitted(wire, registered_end_users=[person(BOB), person(ANN)])
    submitted(wire, registered_end_users=[person("cid@acme.example")])

    found = members(wire, account_of(wire, order["order_number"]))

    assert found == {BOB: "administrator", ANN: "member", "cid@acme.example": "member"}


def test_the_contact_is_administrator_where_no_end_user_is_named(wire: Wire) -> None:
    """An order without registered end users that opens an account enrols its contact."""
    order = submitted(wire, registered_end_users=[])

    assert members(wire, account_of(wire, order["order_number"])) == {ANN: "administrator"}
    assert mails(wire, to=ANN, subject="License keys")


def test_a_contact_who_is_no_end_user_is_not_enrolled(wire: Wire) -> None:
    """Q7: whoever is not among the registered end users gets no e-delivery mail, and none bounces."""
    submitted(wire, registered_end_users=[person(BOB)])

    assert [mail["from"] for mail in mails(wire, to=ANN)] == ["Passport_Advantage@ibm.com"]
    assert [mail["from"] for mail in mails(wire, to=BOB)] == ["ibmss@flexnetoperations.com"]
    assert mails(wire, status="bounced") == []


def test_two_simultaneous_submits_make_one_account_and_one_set_of_lines(wire: Wire) -> None:
    """Two submissions of one order at once are one after the other."""
    order = book(wire, lines=[order_line(), order_line(), order_line(part_number=part("onetrust"))])
    number = order["order_number"]
    threads = [threading.Thread(target=submit, args=(wire, number)) for _ in range(4)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER))) == 1
    assert [entry["line_number"] for entry in licenses(wire, number)] == [1, 2]
    assert members(wire, account_of(wire, number)) == {ANN: "administrator"}


def test_joining_with_the_right_pair_is_instant_and_silent(wire: Wire) -> None:
    """The documented join: at once, ordinary member, no mail to anybody."""
    order = submitted(wire)
    number, account = order["order_number"], account_of(wire, order["order_number"])
    before = len(mails(wire))

    first, again = join(wire, account, number), join(wire, account, number)

    assert (first, again) == (201, 200)
    assert members(wire, account)[BOB] == "member"
    assert len(mails(wire)) == before


def test_joining_with_a_wrong_pair_adds_nobody(wire: Wire) -> None:
    """An order of another account, or a number that is none, is refused alike."""
    one = submitted(wire)
    other = submitted(wire, customer_name="Acme East")
    account = account_of(wire, one["order_number"])

    for number in (other["order_number"], "nothing", ""):
        body = {"account_id": account, "sales_order_number": number, "email": BOB, "name": "Bob"}
        response = wire.post("/lkc/api/v1/join", body)
        if number:
            assert expect_problem(response, 404, "unknown-account-or-order")["question"] == 11
        else:
            expect_problem(response, 422, "validation")
    assert BOB not in members(wire, account)


def test_an_administrator_adds_changes_and_removes_members(wire: Wire) -> None:
    """Q11: from whatever company, at once."""
    order = submitted(wire)
    path = f"/lkc/api/v1/accounts/{account_of(wire, order['order_number'])}/members"
    ann = with_password(wire)

    added = wire.value(wire.post(path, person("Zoe@Partner.example", "Zoe"), ann), 201)
    again = wire.post(path, person("zoe@partner.example"), ann)
    changed = wire.value(wire.patch(f"{path}/zoe@partner.example", {"name": "Zoë", "role": "administrator"}, ann))
    removed = wire.delete(f"{path}/zoe@partner.example", ann)

    assert added == {"name": "Zoe", "email": "zoe@partner.example", "role": "member"}
    expect_problem(again, 409, "member-exists")
    assert changed == {"name": "Zoë", "email": "zoe@partner.example", "role": "administrator"}
    assert removed.status_code == 204
    assert [entry["email"] for entry in wire.value(wire.get(path, ann))] == [ANN]


def test_an_ordinary_member_sees_members_and_changes_none(wire: Wire) -> None:
    """Only administrators and the vendor's staff change members."""
    order = submitted(wire, registered_end_users=[person(ANN), person(BOB)])
    path = f"/lkc/api/v1/accounts/{account_of(wire, order['order_number'])}/members"
    bob = with_password(wire, BOB)

    seen = wire.value(wire.get(path, bob))
    refused = [
        wire.post(path, person("new@acme.example"), bob),
        wire.patch(f"{path}/{BOB}", {"role": "administrator"}, bob),
        wire.delete(f"{path}/{ANN}", bob),
    ]

    assert [entry["role"] for entry in seen] == ["administrator", "member"]
    for response in refused:
        expect_problem(response, 403, "administrators-only")
    assert wire.value(wire.post(path, person("new@acme.example"), PRODUCER), 201)["role"] == "member"


def test_the_last_administrator_can_be_neither_removed_nor_demoted(wire: Wire) -> None:
    """An account keeps an administrator; with a second one, the first may go."""
    order = submitted(wire, registered_end_users=[person(ANN), person(BOB)])
    path = f"/lkc/api/v1/accounts/{account_of(wire, order['order_number'])}/members"
    ann = with_password(wire)

    expect_problem(wire.delete(f"{path}/{ANN}", ann), 409, "last-administrator")
    expect_problem(wire.patch(f"{path}/{ANN}", {"role": "member"}, ann), 409, "last-administrator")
    wire.value(wire.patch(f"{path}/{BOB}", {"role": "administrator"}, ann))

    assert wire.delete(f"{path}/{ANN}", ann).status_code == 204


def test_a_removed_member_comes_back_by_an_order(wire: Wire) -> None:
    """Orders that are submitted again enrol whom they name, without the old password."""
    order = submitted(wire, registered_end_users=[person(ANN), person(BOB)])
    number = order["order_number"]
    path = f"/lkc/api/v1/accounts/{account_of(wire, number)}/members"
    bob = with_password(wire, BOB)
    wire.delete(f"{path}/{BOB}", PRODUCER)

    submit(wire, number)

    assert members(wire, account_of(wire, number))[BOB] == "member"
    expect_problem(wire.get("/lkc/api/v1/orders", bob), 401, "invalid-credentials")


def test_addresses_are_the_same_in_any_letter_case(wire: Wire) -> None:
    """One address is one member, however it is written."""
    order = submitted(wire, registered_end_users=[person("ANN@acme.example"), person("ann@acme.example")])

    assert list(members(wire, account_of(wire, order["order_number"]))) == [ANN]
    assert len(mails(wire, to=ANN, subject="License keys")) == 1


def test_an_order_for_the_token_service_alone_is_no_matter_of_the_key_center(wire: Wire) -> None:
    """Without a key-file line no account is opened and no second mail is announced."""
    order = book(wire, lines=[order_line(part_number=part("onetrust"))])

    submit(wire, order["order_number"])

    assert wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER)) == []
    assert "second e-mail" not in mails(wire)[0]["text"]


def test_an_order_that_loses_its_key_file_lines_withdraws_its_licenses(wire: Wire) -> None:
    """The key center learns of it, because it had been handed the order before."""
    order = submitted(wire)
    number = order["order_number"]

    change(wire, number, lines=[order_line(part_number=part("onetrust"))])
    submit(wire, number)

    assert [entry["quantity"] for entry in licenses(wire, number)] == [0]


def document(**values: object) -> dict[str, object]:
    """An order document as a real order system would post it."""
    feed_line = {
        "line_number": 1,
        "part_number": "X-1",
        "product": "Network IPS GX4004",
        "delivery": "key-file",
        "quantity": 2,
        "expiration_date": "31-DEC-2015",
    }
    return {
        "order_number": "S-77",
        "icn": "7654321",
        "customer_name": "Real Customer",
        "contact": person(),
        "registered_end_users": [person()],
        "lines": [feed_line],
        **values,
    }


def test_a_real_order_system_can_feed_the_key_center(wire: Wire) -> None:
    """POST feed opens the account, makes the license and sends the mail."""
    receipt = wire.value(wire.post("/lkc/api/v1/feed", document(), PRODUCER))

    assert (receipt["status"], len(receipt["mail"])) == ("accepted", 1)
    assert licenses(wire, "S-77")[0]["license_expiration_date"] == "permanent"


def test_a_feed_names_every_mistake_and_takes_nothing(wire: Wire) -> None:
    """A document with mistakes is refused as a whole."""
    good = document()
    lines = good["lines"]
    assert isinstance(lines, list)
    twice = wire.post("/lkc/api/v1/feed", document(lines=lines * 2), PRODUCER)
    wrong = wire.post("/lkc/api/v1/feed", document(icn=5, contact=None, surprise=1), PRODUCER)
    stranger = wire.post("/lkc/api/v1/feed", good, (ANN, "x"))

    expect_problem(twice, 422, "validation")
    fields = {mistake["field"] for mistake in expect_problem(wrong, 422, "validation")["errors"]}
    assert fields == {"icn", "contact", "surprise"}
    expect_problem(stranger, 401, "invalid-credentials")
    assert wire.value(wire.get("/lkc/api/v1/accounts", PRODUCER)) == []
