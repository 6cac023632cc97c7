"""What explanations say, read as a support engineer would: who does what, and nothing of how the simulator is made."""

from __future__ import annotations

import pytest

from lkc.explain.rules.tokens import is_nearly
from tests.builders import ANN, BOB, ICN, change, line, part, person, submitted
from tests.explain.asking import cure, explained
from tests.onetrust.products.site import install, token_of
from tests.wire import Wire

ONETRUST = part("onetrust")


@pytest.mark.parametrize(
    ("token", "right", "nearly"),
    [
        ("123456", "123456", False),
        ("123457", "123456", True),
        ("123465", "123456", True),
        ("12345", "123456", True),
        ("1234566", "123456", True),
        ("654321", "123456", False),
        ("1234", "123456", False),
    ],
)
def test_a_token_is_nearly_another(token: str, right: str, nearly: bool) -> None:  # noqa: FBT001 - a table
    """Two digits may differ, or one be too many or too few."""
    assert is_nearly(token, right) is nearly


def test_a_mistyped_token_is_recognised_by_the_order_alone(wire: Wire) -> None:
    """It is named where it was entered; its call and that of the right token work one after the other."""
    number = submitted(wire, lines=[line(part_number=ONETRUST)])["order_number"]
    install(wire)
    site, right = install(wire), token_of(wire, ICN)
    wrong = f"{right[:-2]}{right[-1]}{right[-2]}" if right[-1] != right[-2] else f"{right}1"
    site.enter(wrong)

    found = explained(wire, order_number=number)
    for finding in (found["token-unknown"], found["token-not-entered"]):
        cure(wire, finding)

    assert f"Token {right}, under which order {number} is" in found["token-unknown"]["statement"]
    assert f"/{site.id}/tokens" in found["token-not-entered"]["remedy"]["action"]["path"]
    assert not {"token-unknown", "token-not-entered"} & set(explained(wire, order_number=number))


def test_another_token_that_nobody_has_is_no_matter_of_the_order(wire: Wire) -> None:
    """Only one that looks like the right one."""
    number = submitted(wire, lines=[line(part_number=ONETRUST)])["order_number"]
    install(wire).enter("4711")

    assert "token-unknown" not in explained(wire, order_number=number)


def test_where_the_address_is_right_by_now_only_the_submission_is_missing(wire: Wire) -> None:
    """Nobody is told to put right what is right; the change is the finding that has the call."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": BOB})
    number = submitted(wire, registered_end_users=[person(BOB)])["order_number"]
    change(wire, number, registered_end_users=[person("robert@acme.example", "Robert")])

    found = explained(wire, order_number=number)

    assert "put right" not in found["mail-bounced"]["remedy"]["text"]
    assert "submitted again" in found["mail-bounced"]["remedy"]["text"]
    assert found["mail-bounced"]["remedy"]["action"] is None
    cure(wire, found["change-not-resubmitted"])
    assert "mail-bounced" not in explained(wire, order_number=number)


def test_an_address_that_takes_mails_again_is_written_to_again(wire: Wire) -> None:
    """The address was right, and its mailbox out of order."""
    wire.control("POST", "/faults", {"kind": "mail-bounce", "to": ANN, "times": 2})
    number = submitted(wire)["order_number"]

    found = explained(wire, order_number=number)["mail-bounced"]

    assert found["remedy"]["text"].startswith("The address takes mails again")


@pytest.mark.parametrize("address", ["ibmss@flexnetoperations.com", "Passport_Advantage@ibm.com"])
def test_nobody_is_to_add_an_address_of_the_systems(wire: Wire, address: str) -> None:
    """It is said whose it is; no account is missed."""
    submitted(wire)

    [(code, found)] = explained(wire, email=address).items()

    assert code == "system-address"
    assert found["remedy"]["action"] is None


def test_no_answer_names_systems_by_their_ids_or_begins_a_name_in_the_middle(wire: Wire) -> None:
    """Systems are called as people call them, and a token within a sentence has no capital letter."""
    number = submitted(wire, lines=[line(), line(part_number=ONETRUST)])["order_number"]
    site = install(wire)
    site.enter(token_of(wire, ICN))
    site.network("lost.invalid:3128", internet=True)
    change(wire, number, purchase_order="PO-9")

    found = explained(wire, order_number=number) | explained(wire, installation=site.id)
    told = [finding["statement"] for finding in found.values()]
    told += [one["fact"] for finding in found.values() for one in finding["evidence"]]

    assert {"change-not-resubmitted", "no-internet", "not-retrieved"} <= set(found)
    assert [text for text in told if "keycenter" in text or "onetrust" in text or " Token " in text] == []
    assert "lost.invalid" in found["no-internet"]["evidence"][0]["fact"]
    assert "way to" not in found["no-internet"]["evidence"][0]["fact"]
