"""Account Members as an administrator changes them, and joining by oneself (documented: swg21610380, Q11)."""

from __future__ import annotations

import pytest

from tests.browser.pages import VERA, members
from tests.browser.people import fill, follow, press, read, sign_in
from tests.browser.visit import Visit

JANA = "jana.kralova@partner.example"
pytestmark = pytest.mark.lkc(from_="demo")


def answers(visit: Visit, choice: str) -> None:
    """Answers the question before a member is deleted."""
    visit.page.get_by_label(choice, exact=True).check()
    press(visit, "Submit")


def names_jana(visit: Visit) -> str:
    """Jana's line in the table of members."""
    return visit.page.get_by_role("row", name=JANA).inner_text()


def test_an_administrator_adds_changes_and_deletes_a_member(visit: Visit) -> None:
    """Add New Member, Submit Membership Info, delete, Yes, Submit; without Yes nothing changes."""
    visit.open(members(visit))

    follow(visit, "Add New Member")
    fill(visit, Name="Jana Kralova")
    fill(visit, **{"E-mail address": JANA})
    press(visit, "Submit Membership Info")
    assert f"{JANA} is a member of this account now. No mail is sent about it." in read(visit)

    follow(visit, f"edit {JANA}")
    fill(visit, Name="Jana Novotna")
    visit.page.get_by_label("Role").select_option("Administrator")
    press(visit, "Submit Membership Info")
    assert "Jana Novotna" in names_jana(visit)
    assert "Administrator" in names_jana(visit)

    follow(visit, f"delete {JANA}")
    answers(visit, "No")
    assert "Nothing was changed." in read(visit)
    follow(visit, f"delete {JANA}")
    answers(visit, "Yes")
    assert f"{JANA} is no longer a member" in read(visit)
    assert visit.page.get_by_role("row", name=JANA).count() == 0
    assert visit.client.mail.list(to=JANA) == []


def test_the_last_administrator_can_not_be_deleted(visit: Visit) -> None:
    """The page says so, and what to do before."""
    visit.open(members(visit))

    follow(visit, f"delete {VERA}")
    assert "This is you" in read(visit)
    with visit.expecting("409"):
        answers(visit, "Yes")
        assert f"{VERA} is the only administrator of this account. Make another member administrator" in read(visit)


def test_a_colleague_joins_by_the_two_numbers_of_the_mail(visit: Visit) -> None:
    """At once and without any mail; the Password Finder knows her then, and she sees the account's orders."""
    mail = next(mail for mail in visit.client.mail.list(to=VERA) if "Account ID" in mail["text"])["text"]
    numbers = {label: mail.partition(label)[2].split()[0] for label in ("Account ID", "Sales Order Number")}
    before = len(visit.client.mail.list())

    visit.open("/lkc/login")
    follow(visit, "join that account")
    fill(visit, **numbers, **{"E-mail address": JANA, "Name": "Jana Kralova"})
    press(visit, "Submit")
    assert len(visit.client.mail.list()) == before
    visit.client.password.find(JANA)
    visit.client.password.set(visit.client.mail.wait(to=JANA)["links"][0].rpartition("/")[2], "jana's own")
    visit.open("/lkc/login")
    sign_in(visit, JANA, "jana's own")

    assert numbers["Sales Order Number"] in read(visit)
    follow(visit, "Account Members")
    assert "Add New Member" not in read(visit)


def test_two_numbers_that_do_not_belong_together_join_nobody(visit: Visit) -> None:
    """Which of the two is wrong is not told."""
    visit.open("/lkc/join")
    fill(visit, **{"Account ID": "1", "Sales Order Number": "2", "E-mail address": JANA, "Name": "Jana Kralova"})

    with visit.expecting("404"):
        press(visit, "Submit")
        assert "There is no account with this Account ID and this Sales Order Number." in read(visit)
