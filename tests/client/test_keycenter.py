"""Licenses, accounts and passwords through the client."""

from __future__ import annotations

import hashlib

import pytest

from lkc.client import Client, Refused
from tests.builders import ANN, BOB, PASSWORD
from tests.client.story import ann, line, submitted


def test_a_member_generates_and_saves_a_license(client: Client) -> None:
    """The file has the announced fingerprint, and generating again changes nothing."""
    order = submitted(client)
    member = ann(client)
    [license_] = member.licenses.list(order["order_number"])

    made = member.licenses.generate(license_["license_id"])

    assert hashlib.sha256(member.licenses.file(license_["license_id"])).hexdigest() == made["sha256"]
    assert member.licenses.generate(license_["license_id"]) == made
    assert member.licenses.get(license_["license_id"])["order_number"] == order["order_number"]
    assert [seen["order_number"] for seen in member.licenses.orders()] == [order["order_number"]]


def test_a_license_for_a_host_is_flexnet_text(client: Client) -> None:
    """Format and host go along, and one key's file is fetched by its number."""
    order = submitted(client)
    [license_] = client.licenses.list(order["order_number"])

    made = client.licenses.generate(license_["license_id"], host_id="0011aabbccdd", format="flexnet")

    text = client.licenses.file(license_["license_id"], key_id=made["key_id"], format="flexnet")
    assert b"0011aabbccdd" in text.lower()


def test_a_wrong_date_is_refused_with_its_question(client: Client) -> None:
    """The refusal names the documented question and every reason."""
    order = submitted(client, line(expiration_date="31/12/2014"))
    member = ann(client)
    [license_] = member.licenses.list(order["order_number"])

    with pytest.raises(Refused) as caught:
        member.licenses.generate(license_["license_id"])

    assert (caught.value.code, caught.value.question, caught.value.status) == ("date-format", 13, 409)
    assert [reason["code"] for reason in caught.value.document["reasons"]] == ["date-format"]


def test_a_member_is_nobody_of_the_vendor(client: Client) -> None:
    """`as_member` signs in as the member everywhere; nobody sees nothing."""
    submitted(client)

    with pytest.raises(Refused):
        ann(client).customers.list()
    with pytest.raises(Refused):
        client.as_nobody().accounts.list()


def test_a_colleague_joins_and_leaves(client: Client) -> None:
    """Accounts and members by their verbs."""
    order = submitted(client)
    member = ann(client)
    [account] = member.accounts.list()
    at = account["account_id"]

    joined = client.join(account_id=at, sales_order_number=order["order_number"], email=BOB, name="Bob")
    changed = member.members.change(at, BOB, role="administrator")
    member.members.add(at, name="Eve", email="eve@acme.example")

    assert (joined["role"], changed["role"]) == ("member", "administrator")
    assert [found["email"] for found in member.members.list(at)] == [ANN, BOB, "eve@acme.example"]
    member.members.remove(at, BOB)
    assert len(member.members.list(at)) == 2


def test_a_password_is_set_by_mail_and_again_by_a_newer_one(client: Client) -> None:
    """The link of the mail asked for is used, not that of an earlier one; a session opens with it."""
    submitted(client)
    client.password.set_by_mail(ANN, "first password")
    client.clock.advance(days=1)

    client.password.set_by_mail(ANN, PASSWORD)

    assert client.password.sign_in(ANN, PASSWORD)["email"] == ANN


def test_a_stranger_gets_no_password(client: Client) -> None:
    """No mail comes for an address on no account."""
    with pytest.raises(Refused, match="no-mail"):
        client.password.set_by_mail("nobody@acme.example", PASSWORD)
