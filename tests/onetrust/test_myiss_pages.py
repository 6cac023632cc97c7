"""MyISS in the browser: sign in, and see the token, or that there is none (Q16)."""

from __future__ import annotations

import pytest

from tests.reader import Reader
from tests.wire import PRODUCER, Wire

ICN = "0012345"
ANN = {"email": "ann@acme.example", "password": "a password"}


@pytest.fixture
def reader(wire: Wire) -> Reader:
    """Ann, who has an account of the portal and a token."""
    wire.value(wire.post("/myiss/api/v1/accounts", {**ANN, "icn": ICN}, PRODUCER), 201)
    return Reader(wire.landscape, wire.world)


def test_whoever_signs_in_sees_the_token_of_his_customer_number(wire: Wire, reader: Reader) -> None:
    """Sign in, read, sign out; then the page asks to sign in again."""
    token = wire.value(wire.post("/onetrust/api/v1/tokens", {"icn": ICN}, PRODUCER), 201)["token"]
    reader.open("/myiss/").submit("Sign in", ANN)
    assert f"Customer number (ICN) {ICN} OneTrust token {token}" in reader.text
    reader.submit("Sign out")
    assert reader.open("/myiss/").path.endswith("/myiss/sign-in")


def test_a_customer_without_a_token_there_is_told_what_to_do(reader: Reader) -> None:
    """The page says that no token is shown, and what helps."""
    reader.open("/myiss/").submit("Sign in", ANN)
    assert "No token" in reader.text or "no token" in reader.text
    assert "service request" in reader.text.lower()


def test_a_wrong_password_is_told_at_the_form(reader: Reader) -> None:
    """The same sentence whether the address is known or not."""
    wrong = reader.open("/myiss/sign-in").submit("Sign in", {**ANN, "password": "x"}, status=401).text
    unknown = reader.submit("Sign in", {"email": "bob@acme.example", "password": "x"}, status=401).text
    assert "do not belong together" in wrong
    assert unknown == wrong


def test_an_empty_field_is_named(reader: Reader) -> None:
    """The form says which field is missing."""
    reader.open("/myiss/sign-in").submit("Sign in")
    assert "Enter your password." in reader.text
