"""The 19 questions, as customers see their trouble: on the page that the case names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from lkc.client.scenarios import CaseShown
from tests.browser.people import fill, follow, press, read, sign_in
from tests.browser.visit import Visit, refusals

ISOLATES = str.maketrans("", "", "\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}")


@dataclass(frozen=True)
class Trouble:
    """What a customer does on the page of a case, and reads then.

    Attributes:
        does: with the page that is open.
        reads: words on the page afterwards.
        misses: words that are not on it.
        status: of an answer that says no, such as 409; browsers tell of those on their console.
    """

    case: str
    does: Callable[[Visit], None] | None = None
    reads: tuple[str, ...] = ()
    misses: tuple[str, ...] = ()
    status: int = 200


def presses(button: str) -> Callable[[Visit], None]:
    """Only presses a button."""
    return lambda visit: press(visit, button)


def requests(summary: str, icn: str = "") -> Callable[[Visit], None]:
    """Opens a service request."""

    def work(visit: Visit) -> None:
        if not visit.page.url.endswith("/requests/new"):
            follow(visit, "Open one")
        fill(visit, Summary=summary)
        visit.page.get_by_label("Customer number (ICN)").fill(icn)
        press(visit, "Open the request")

    return work


def generates(visit: Visit) -> None:
    """Marks the first license, and generates it."""
    visit.page.get_by_role("radio").first.check()
    press(visit, "Generate")


def logs_in(visit: Visit) -> None:
    """Without ever having set a password."""
    sign_in(visit, "claire.vasseur@puy-noir.example", "fromage")


def asks_the_finder(visit: Visit) -> None:
    """Asks for a password, and looks into the inbox."""
    inbox = visit.page.url.removeprefix(visit.base)
    visit.open("/lkc/password-finder")
    fill(visit, **{"E-mail address": inbox.partition("of=")[2].replace("%40", "@")})
    press(visit, "Send the mail")
    assert "a mail is on its way" in read(visit)
    visit.open(inbox)


def deletes_himself(visit: Visit) -> None:
    """The administrator, who is the only one."""
    follow(visit, "delete daniel.roy@moraine.example")
    visit.page.get_by_label("Yes").check()
    press(visit, "Submit")


def signs_in_by_number(visit: Visit) -> None:
    """With a password that is not the mailed one; the number is filled in."""
    fill(visit, Password="jasmin2013")
    press(visit, "Sign in")


TROUBLES = (
    Trouble(
        "01/without-the-phrase",
        requests("License of our new GX4004", "0733190"),
        ("General queue",),
        ("Licensing team for IBM Security products",),
    ),
    Trouble(
        "02/not-restarted",
        presses("Apply XPU"),
        ("was not applied", "not read yet", "it is read at the next restart"),
    ),
    Trouble(
        "03/completed-later",
        requests("Licensing for IBM Security products: no file", "0550871"),
        ("Licensing team for IBM Security products", "What would speed it up", "Control number (OCN)"),
    ),
    Trouble(
        "04/icn-missing",
        requests("Question on licensing for IBM Security products"),
        ("A service request needs the customer number (ICN)", "Give the ICN"),
        ("PMR",),
        status=422,
    ),
    Trouble("05/file-and-restart", presses("Apply XPU"), ("No license is there", "was not applied")),
    Trouble(
        "06/forged-mail",
        reads=("ibmss@flexnetoperations.com", "No signature: anybody can have written this.", "leads elsewhere"),
    ),
    Trouble("07/not-on-order", reads=("Passport_Advantage@ibm.com",), misses=("ibmss@flexnetoperations.com",)),
    Trouble("08/first-download", logs_in, ("do not fit together", "first login", "Password Finder"), status=401),
    Trouble("09/token-entered", reads=("Nothing to generate", "licensed with OneTrust", "Not generated")),
    Trouble(
        "10/not-a-member",
        asks_the_finder,
        ("No mail was sent to this address", "never sent leaves no trace"),
        ("Password Finder",),
    ),
    Trouble("10/taken-for-spam", asks_the_finder, ("FlexNet Suite On-Demand Manager Password Finder", "spam")),
    Trouble("11/last-administrator", deletes_himself, ("is the only administrator of this account",), status=409),
    Trouble(
        "12/other-customer-name",
        reads=("CH/2012/118", "An order is missing?", "join that account"),
        misses=("CH/2013/042",),
    ),
    Trouble(
        "13/date-format",
        generates,
        ("could not be generated", 'Expiration Date reads "31/12/2014"', "ask Customer Support"),
        status=409,
    ),
    Trouble("13/quantity-zero", generates, ("could not be generated", "Its quantity is 0."), status=409),
    Trouble(
        "14/cancelled-and-refunded",
        generates,
        ("Its quantity is 0.", "The order for it was cancelled and refunded."),
        status=409,
    ),
    Trouble(
        "15/service-lapsed",
        reads=("EXPIRATION DATE LICENSE EXPIRATION DATE", "31-JAN-2014 permanent", "Not generated"),
    ),
    Trouble("16/not-in-myiss", reads=("0579034", "no token"), misses=("OneTrust token 1",)),
    Trouble("16/mistyped", presses("Retrieve now"), ("100000000001", "token", "No license is there")),
    Trouble("17/not-retrieved", reads=("2014-04-30", "S&S ended", "Nothing is retrieved unless somebody prompts it")),
    Trouble(
        "18/no-internet",
        presses("Retrieve now"),
        ("No license is there", "old-proxy.quetzal.invalid", "the latest attempt failed"),
    ),
    Trouble(
        "18/other-account",
        presses("Retrieve now"),
        ("running",),
        ("Enterprise Scanner",),
    ),
    Trouble(
        "19/wrong-password",
        signs_in_by_number,
        ("No order has this OCN, or the password is another.", "have Customer Support reset it"),
        status=401,
    ),
)


def test_every_question_is_seen_on_a_page() -> None:
    """All nineteen of them."""
    assert {trouble.case.partition("/")[0] for trouble in TROUBLES} == {f"{number:02d}" for number in range(1, 20)}


@pytest.mark.parametrize("trouble", TROUBLES, ids=[trouble.case for trouble in TROUBLES])
def test_a_customer_sees_the_trouble(visit: Visit, trouble: Trouble) -> None:
    """On the page of the arranged case, signed in as the case says, in words that a customer understands."""
    visit.client.scenarios.arrange(trouble.case)
    go(visit, visit.client.scenarios.here()["case"])

    with visit.expecting(*refusals(trouble.status)):
        if trouble.does is not None:
            trouble.does(visit)
        told = read(visit).translate(ISOLATES)

    assert [words for words in trouble.reads if words.casefold() not in told.casefold()] == [], told
    assert [words for words in trouble.misses if words.casefold() in told.casefold()] == [], told


def go(visit: Visit, case: CaseShown | None) -> None:
    """To the page of the case, signing in on the way."""
    assert case is not None
    page, person = case["page"], case["person"]
    assert page is not None
    visit.open(page)
    if person is not None:
        assert case["password"] is not None
        sign_in(visit, person, case["password"])
        if visit.page.url != f"{visit.base}{page}":
            visit.open(page)
    assert urlsplit(visit.page.url).path == urlsplit(f"{visit.base}{page}").path
