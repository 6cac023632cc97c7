"""Account Members in the browser (documented: swg21610380)."""

from __future__ import annotations

import pytest

from tests.builders import ANN, BOB, account_of, members, person, submitted
from tests.keycenter.portal.visits import logged_in
from tests.reader import Reader
from tests.wire import PRODUCER, Wire


@pytest.fixture
def account(wire: Wire) -> str:
    """The account of Ann, its administrator, and Bob, an ordinary member."""
    return account_of(wire, submitted(wire, registered_end_users=[person(ANN), person(BOB)])["order_number"])


@pytest.fixture
def ann(wire: Wire, account: str) -> Reader:
    """Ann at the page of members, by the link in the left column."""
    reader = logged_in(wire).follow("Account Members")
    assert account in reader.text
    return reader


def action(reader: Reader, what: str, email: str) -> str:
    """The address of a link in the row of a member."""
    row = next(part for part in reader.html.split("<tr>") if f'aria-label="{what} {email}"' in part)
    found: str = row.partition(f'" aria-label="{what} {email}"')[0].rpartition('href="')[2].replace("&amp;", "&")
    return found


def test_everybody_sees_the_members_and_who_administers(wire: Wire, ann: Reader) -> None:
    """An ordinary member sees the same table, without what changes it; the flag is told in a word, too."""
    bob = logged_in(wire, BOB).follow("Account Members")
    for reader in (ann, bob):
        assert f"Ann {ANN} Administrator" in reader.text
        assert f"Bob {BOB} Member" in reader.text
        assert reader.html.count('class="flag"') == 1
    assert "Add New Member" in ann.text
    assert ann.html.index(f'aria-label="edit {BOB}"') < ann.html.index(f'aria-label="delete {BOB}"')
    for word in ("Add New Member", ">edit<", ">delete<"):
        assert word not in bob.html


def test_an_administrator_adds_somebody_of_another_company(wire: Wire, account: str, ann: Reader) -> None:
    """The form ends with "Submit Membership Info"; who is there already is not added again."""
    given = {"name": "Cleo", "email": "Cleo@elsewhere.example", "role": "administrator"}
    ann.follow("Add New Member").submit("Submit Membership Info", given)
    assert "cleo@elsewhere.example is a member of this account now" in ann.text
    assert members(wire, account)["cleo@elsewhere.example"] == "administrator"

    ann.follow("Add New Member").submit("Submit Membership Info", given, status=409)
    assert "a member of this account already" in ann.text
    assert "Enter a name." in ann.submit("Submit Membership Info", {"name": " "}).text


def test_an_administrator_edits_name_and_role(wire: Wire, account: str, ann: Reader) -> None:
    """What stands in the form is kept; the last administrator stays one (Q11)."""
    ann.open(action(ann, "edit", BOB))
    assert ann.parsed.forms[1].values["name"] == "Bob"
    ann.submit("Submit Membership Info", {"name": "Robert", "role": "administrator"})
    assert f"Robert {BOB} Administrator" in ann.text

    ann.open(action(ann, "edit", BOB)).submit("Submit Membership Info", {"role": "member"})
    ann.open(action(ann, "edit", ANN)).submit("Submit Membership Info", {"role": "member"}, status=409)
    assert f"{ANN} is the only administrator" in ann.text
    assert members(wire, account) == {ANN: "administrator", BOB: "member"}


def test_deleting_takes_yes_and_submit(wire: Wire, account: str, ann: Reader) -> None:
    """Without "Yes" nothing changes; with it Bob is gone; the last administrator stays."""
    path = action(ann, "delete", BOB)
    ann.open(path).submit("Submit")
    assert "Nothing was changed." in ann.text
    assert BOB in members(wire, account)

    ann.open(path).submit("Submit", {"sure": "yes"})
    assert f"{BOB} is no longer a member" in ann.text
    assert BOB not in members(wire, account)
    assert ann.open(path, status=404).answer.status_code == 404

    ann.open("/lkc/members")
    ann.open(action(ann, "delete", ANN)).submit("Submit", {"sure": "yes"}, status=409)
    assert "is the only administrator" in ann.text
    assert members(wire, account) == {ANN: "administrator"}


def test_who_deletes_himself_is_logged_out_with_his_last_account(wire: Wire, account: str, ann: Reader) -> None:
    """The page warns him; afterwards there is nothing left to see."""
    wire.value(wire.patch(f"/lkc/api/v1/accounts/{account}/members/{BOB}", {"role": "administrator"}, PRODUCER))
    ann.open(action(ann, "delete", ANN))
    assert "This is you" in ann.text
    ann.submit("Submit", {"sure": "yes"})
    assert ann.path.endswith("/lkc/login")
    assert f"{ANN} is no longer a member" in ann.text


def test_an_ordinary_member_changes_nothing_by_address(wire: Wire, account: str, ann: Reader) -> None:
    """The pages of administrators are refused, and a form that is sent all the same is remembered."""
    bob = logged_in(wire, BOB)
    for page in ("new", f"edit?email={ANN}", f"delete?email={ANN}"):
        bob.open(f"/lkc/accounts/{account}/members/{page}", status=403)
        assert "Only administrators" in bob.text
        assert "GET" not in bob.text

    wire.value(wire.patch(f"/lkc/api/v1/accounts/{account}/members/{BOB}", {"role": "administrator"}, PRODUCER))
    bob.open(f"/lkc/accounts/{account}/members/delete?email={ANN}")
    ann.open("/lkc/members")
    ann.open(action(ann, "edit", BOB)).submit("Submit Membership Info", {"role": "member"})
    bob.submit("Submit", {"sure": "yes"}, status=403)
    assert members(wire, account)[ANN] == "administrator"
    assert "members-refused" in [event["kind"] for event in wire.value(wire.get("/_sim/events"))]


def test_of_several_accounts_one_is_chosen(wire: Wire, account: str) -> None:
    """The members of the other account are shown when it is chosen."""
    users = [person(ANN), person("dora@acme.example")]
    other = account_of(wire, submitted(wire, icn="0099999", registered_end_users=users)["order_number"])
    ann = logged_in(wire).follow("Account Members")
    shown = {account: BOB, other: "dora@acme.example"}
    for chosen, member in shown.items():
        ann.submit("Show", {"account": chosen})
        assert member in ann.text
        assert ann.path.endswith(f"/accounts/{chosen}/members")


def test_many_members_come_in_pages(wire: Wire, account: str, ann: Reader) -> None:
    """A hundred at a time."""
    for number in range(100):
        body = {"name": f"M{number}", "email": f"m{number}@acme.example"}
        wire.value(wire.post(f"/lkc/api/v1/accounts/{account}/members", body, PRODUCER), 201)
    assert "m98@" not in ann.open("/lkc/members").text
    assert "m98@acme.example" in ann.follow("Next page").text
    assert "m98@" not in ann.follow("First page").text
