"""Login, Password Finder, passwords and join in the browser (Q8, Q10, swg21610380)."""

from __future__ import annotations

from tests.builders import ANN, BOB, PASSWORD, account_of, mails, members, submitted, with_password
from tests.keycenter.portal.visits import log_in, logged_in, reader_of
from tests.wire import Wire


def test_a_new_member_sets_a_password_with_the_mailed_link_and_logs_in(wire: Wire) -> None:
    """From the login page by Password Finder and mail to the Order Summary, by links and buttons alone."""
    number = submitted(wire)["order_number"]
    reader = reader_of(wire).open("/lkc/")
    assert reader.path.endswith("/lkc/login")

    reader.follow("Password Finder").submit("Send the mail", {"email": ANN})
    assert "a mail is on its way" in reader.text
    link = mails(wire, to=ANN, subject="Password Finder")[0]["links"][0]
    reader.open(link)
    assert reader.parsed.forms[0].values["password"] == ""
    reader.submit("Set password", {"password": PASSWORD, "again": PASSWORD})
    assert "Your password is set" in reader.text
    reader.submit("Log in", {"email": ANN, "password": PASSWORD})

    assert reader.path.endswith("/lkc/")
    assert number in reader.parsed.links


def test_the_password_finder_page_answers_everybody_alike(wire: Wire) -> None:
    """Known and unknown addresses are told the same; only the known one is written to."""
    submitted(wire)
    told = [
        reader_of(wire).open("/lkc/password-finder").submit("Send the mail", {"email": email}).text
        for email in (ANN, BOB)
    ]
    assert "a mail is on its way" in told[0]
    assert told[0] == told[1]
    assert [mail["to"] for mail in mails(wire, subject="Password Finder")] == [ANN]


def test_a_used_or_old_link_tells_the_way_out(wire: Wire) -> None:
    """The page of such a link leads to the Password Finder, and sets nothing."""
    submitted(wire)
    with_password(wire)
    used = mails(wire, to=ANN, subject="Password Finder")[0]["links"][0]
    reader = reader_of(wire).open(used, status=410)
    assert "This link sets no password any more" in reader.text
    assert reader.follow("Password Finder").path.endswith("/lkc/password-finder")

    reader.submit("Send the mail", {"email": ANN})
    fresh = mails(wire, to=ANN, subject="Password Finder")[0]["links"][0]
    reader.open(fresh)
    wire.control("POST", "/clock/advance", {"hours": 24})
    reader.submit("Set password", {"password": "another one", "again": "another one"}, status=410)
    log_in(reader_of(wire))


def test_two_passwords_that_differ_or_are_too_short_are_told_at_the_field(wire: Wire) -> None:
    """The link is not used up by a mistake."""
    submitted(wire)
    reader_of(wire).open("/lkc/password-finder").submit("Send the mail", {"email": ANN})
    link = mails(wire, to=ANN, subject="Password Finder")[0]["links"][0]
    reader = reader_of(wire).open(link)
    assert "differ" in reader.submit("Set password", {"password": "long enough", "again": "long enougH"}).text
    assert "8 to 200" in reader.submit("Set password", {"password": "short", "again": "short"}).text
    assert "is set" in reader.submit("Set password", {"password": "long enough", "again": "long enough"}).text


def test_a_wrong_password_is_told_as_for_an_unknown_address_and_throttled(wire: Wire) -> None:
    """The sixth attempt within 15 minutes is not looked at; the same counts hold for the interface."""
    submitted(wire)
    with_password(wire)
    reader = reader_of(wire)
    wrong = log_in(reader, password="wrong", status=401).text.replace(ANN, "")
    unknown = log_in(reader, BOB, "wrong", 401).text.replace(BOB, "")
    assert "do not fit together" in wrong
    assert wrong == unknown
    for _ in range(4):
        log_in(reader, password="wrong", status=401)
    assert "Try again in 15 min" in log_in(reader, status=429).text
    assert wire.get("/lkc/api/v1/orders", (ANN, PASSWORD)).status_code == 429
    wire.control("POST", "/clock/advance", {"minutes": 15})
    log_in(reader)


def test_a_page_session_ends_with_the_one_of_the_key_center(wire: Wire) -> None:
    """Eight hours of the world, a changed password, and logging out end it."""
    submitted(wire)
    for end in ("eight hours", "another password", "log out"):
        reader = logged_in(wire)
        if end == "eight hours":
            wire.control("POST", "/clock/advance", {"hours": 8})
        elif end == "another password":
            with_password(wire, password="another one")
        else:
            reader.submit("Log out")
            assert "You are logged out" in reader.text
        reader.open("/lkc/orders/X-1")
        assert reader.path.endswith("/lkc/login"), end
        assert ("Your session has ended" in reader.text) is (end != "log out"), end


def test_after_the_login_one_is_where_one_wanted_to_be(wire: Wire) -> None:
    """Who followed a link to an order sees the order once logged in."""
    number = submitted(wire)["order_number"]
    with_password(wire)
    reader = reader_of(wire).open(f"/lkc/orders/{number}/licenses?key=1")
    assert reader.path.endswith("/lkc/login")
    reader.submit("Log in", {"email": ANN, "password": PASSWORD})
    assert reader.path.endswith(f"/lkc/orders/{number}/licenses")
    assert reader.open("/lkc/login").path.endswith("/lkc/")


def test_joining_is_instant_and_silent_and_leads_to_the_password_finder(wire: Wire) -> None:
    """Bob is an ordinary member at once, no mail goes out, and the Password Finder knows him (swg21610380)."""
    number = submitted(wire)["order_number"]
    account, before = account_of(wire, number), len(mails(wire))
    reader = reader_of(wire).open("/lkc/login").follow("join that account")
    given = {"account_id": account, "sales_order_number": number, "email": BOB, "name": "Bob"}

    wrong = reader.submit("Submit", {**given, "account_id": "1"}, status=404)
    assert "no account with this Account ID and this Sales Order Number" in wrong.text
    reader.submit("Submit", given)

    assert f"{BOB} is a member of account {account} now" in reader.text
    assert reader.path.endswith("/lkc/password-finder")
    assert members(wire, account)[BOB] == "member"
    assert len(mails(wire)) == before
    assert "was a member" in reader.open("/lkc/join").submit("Submit", given).text


def test_every_empty_field_of_a_form_is_named(wire: Wire) -> None:
    """Join and login say which field is missing, and what an address looks like."""
    reader = reader_of(wire).open("/lkc/join").submit("Submit", {"email": "no address"})
    for wanted in ("Account ID.", "Sales Order Number.", "your name.", "not an e-mail address"):
        assert wanted in reader.text
    assert "Enter your password." in reader.open("/lkc/login").submit("Log in").text


def test_who_is_logged_in_joins_another_account_with_his_own_address(wire: Wire) -> None:
    """The form knows the address, and leads back to the Order Summary, where the other order is now (Q12)."""
    submitted(wire)
    other = submitted(wire, icn="0099999", registered_end_users=[{"name": "Bob", "email": BOB}])["order_number"]
    reader = logged_in(wire)
    assert other not in reader.text
    reader.follow("join that account")
    assert reader.parsed.forms[1].values["email"] == ANN
    given = {"account_id": account_of(wire, other), "sales_order_number": other, "name": "Ann"}
    reader.submit("Submit", given)
    assert other in reader.parsed.links
