"""The pages that are checked and photographed: whoever builds one adds it here.

Each is visited in a world of its own, made from `demo`, with a frozen clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Response as Answer

from tests.browser import desk_places
from tests.browser.forgeries import PHISHING, forgery
from tests.browser.lesson_places import LESSON, handout, in_a_case, lesson, quiz
from tests.browser.visit import Arrival, Visit, refusals

VERA, PASSWORD, ICN = "vera.lindqvist@nordlicht.example", "polarlicht", "0018730"


SIZES = (
    "Object.fromEntries(['navigation', 'resource'].flatMap(kind => performance.getEntriesByType(kind))"
    ".map(entry => [entry.name, entry.transferSize]))"
)


@dataclass(frozen=True)
class Place:
    """A page, and how one gets there.

    Attributes:
        name: for the picture's file, `system-page`.
        path: below the world, e.g. `/mail/`.
        prepare: what has to be before: signs in, brings something about; may return another path than `path`.
        owes: checks that it does not pass yet; a page that is new owes nothing.
        status: with which it is answered.
    """

    name: str
    path: str
    prepare: Callable[[Visit], str | None] | None = None
    owes: frozenset[str] = frozenset()
    status: int = 200

    def reach(self, visit: Visit) -> Answer:
        """Goes there."""
        path = self.prepare(visit) if self.prepare is not None else None
        return visit.open(path or self.path)

    def arrive(self, visit: Visit) -> Arrival:
        """Goes there, and takes down what came."""
        with visit.expecting(*refusals(self.status)):
            answer = self.reach(visit)
        html, sizes = answer.text(), visit.page.evaluate(SIZES)
        return Arrival(visit, self.name, self.owes, self.status, visit.page.url, html, answer.headers, sizes)


def sign_in_to_myiss(visit: Visit) -> None:
    """As Vera, whose customer number has a token."""
    visit.client.portal.create_account(email=VERA, password=PASSWORD, icn=ICN)
    visit.open("/myiss/sign-in")
    visit.page.get_by_label("E-mail address").fill(VERA)
    visit.page.get_by_label("Password").fill(PASSWORD)
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.wait_for_url("**/myiss/")


def sign_in_to_orders(visit: Visit) -> None:
    """As the vendor's staff."""
    visit.open("/ordering/sign-in")
    visit.page.get_by_label("Name").fill("producer")
    visit.page.get_by_label("Password").fill("producer")
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.wait_for_url("**/ordering/")


def console(visit: Visit) -> str:
    """A SiteProtector with its token."""
    made = visit.client.installations.create(kind="siteprotector", name="SiteProtector Kiel", version="2.9")
    visit.client.installations.enter_token(made["id"], visit.client.tokens.list()[0]["token"])
    visit.client.installations.retrieve(made["id"])
    return f"/products/{made['id']}"


def _mail_to_vera(visit: Visit, subject: str) -> str:
    return (
        f"/mail/messages/{next(mail['id'] for mail in visit.client.mail.list(to=VERA) if subject in mail['subject'])}"
    )


def e_delivery(visit: Visit) -> str:
    """The key center's mail to Vera."""
    return _mail_to_vera(visit, "License keys")


def taken_for_spam(visit: Visit) -> str:
    """A mail that a filter took, as text."""
    visit.client.faults.add("mail-spam", system="mail", to=VERA)
    visit.client.password.find(VERA)
    return f"{_mail_to_vera(visit, 'Password Finder')}?view=text"


def forged(visit: Visit) -> str:
    """What a forger can put into a mail."""
    (number,) = visit.client.mail.post(forgery(VERA, PHISHING))
    return f"/mail/messages/{number}"


def forged_source(visit: Visit) -> str:
    """The same as it travelled."""
    return f"{forged(visit)}?view=source"


def sign_in_to_portal(visit: Visit) -> None:
    """As Vera, an administrator."""
    visit.open("/lkc/login")
    visit.page.get_by_label("E-mail address").fill(VERA)
    visit.page.get_by_label("Password", exact=True).fill(PASSWORD)
    visit.page.get_by_role("button", name="Log in").click()
    visit.page.wait_for_url("**/lkc/")


def members(visit: Visit) -> str:
    """The members of Vera's account."""
    sign_in_to_portal(visit)
    visit.open("/lkc/members")
    return visit.page.url.removeprefix(visit.base)


def sign_in_to_support(visit: Visit) -> None:
    """As Vera, who manages access for her customer number, with a request of hers."""
    visit.client.support.create_ibm_id(email=VERA, password=PASSWORD)
    visit.client.support.register(email=VERA, icn=ICN, level="admin")
    visit.open("/support/sign-in")
    visit.page.get_by_label("IBM ID").fill(VERA)
    visit.page.get_by_label("Password").fill(PASSWORD)
    visit.page.get_by_role("button", name="Sign in").click()
    visit.page.wait_for_url("**/support/")


def service_request(visit: Visit) -> str:
    """A request that Vera has opened."""
    sign_in_to_support(visit)
    visit.open("/support/requests/new")
    visit.page.get_by_label("Summary").fill("licensing for IBM Security products: a file is missing")
    visit.page.get_by_label("Customer number (ICN)").fill(ICN)
    visit.page.get_by_role("button", name="Open the request").click()
    visit.page.wait_for_url("**/support/requests/*")
    return visit.page.url.removeprefix(visit.base)


def many_calls(visit: Visit) -> None:
    """Calls of every kind: orders, a refusal, a hostile mail, a fault, a retrieval."""
    client = visit.client
    client.mail.post(forgery(VERA, PHISHING))
    client.orders.submit("0005288")
    client.clock.advance(days=3)
    client.faults.add("mail-bounce", system="mail", to=VERA)
    client.password.find(VERA)
    console(visit)


def last_exchange(visit: Visit) -> str:
    """A submission, as the journal has it."""
    visit.client.orders.submit("0005288")
    visit.open("/desk/exchanges")
    link = visit.page.get_by_role("link", name="/submit").first.get_attribute("href")
    assert link is not None
    return "/desk/" + link.partition("/desk/")[2]


def unheld_exchange(visit: Visit) -> str:
    """An exchange that the journal does not hold any more."""
    path = last_exchange(visit)
    visit.client.requests.clear()
    return path


def many_events(visit: Visit) -> None:
    """More than a page of them, the latest about a customer whose name is as bad as a name can be."""
    for minutes in range(70):
        visit.client.clock.advance(minutes=minutes)
    name = "<b>Süd & Söhne</b> <script>alert(1)</script> " + "Großhandelsgesellschaft" * 5
    visit.client.customers.create(icn="0999999", name=name)


def emptied(visit: Visit) -> None:
    """A world in which nothing has happened."""
    empty = visit.client.worlds.create(from_="empty")["name"]
    visit.client.state.put(visit.client.in_world(empty).state.get())
    visit.client.worlds.delete(empty)


PLACES = (
    Place("desk", "/"),
    Place("desk-empty", "/", emptied),
    Place("desk-busy", "/", many_calls),
    Place("desk-case", "/", in_a_case),
    Place("desk-with-faults", "/", desk_places.faults_on_the_way),
    Place("desk-timeline", "/desk/timeline", many_calls),
    Place("desk-timeline-many", "/desk/timeline", many_events),
    Place("desk-timeline-empty", "/desk/timeline", emptied),
    Place("desk-timeline-nothing", "/desk/timeline?q=nobody"),
    Place("desk-exchanges", "/desk/exchanges", many_calls),
    Place("desk-exchanges-nothing", "/desk/exchanges?status=5xx"),
    Place("desk-exchange", "/desk/exchanges", last_exchange),
    Place("desk-exchange-gone", "/desk/exchanges", unheld_exchange),
    Place("desk-worlds", "/desk/worlds"),
    Place("desk-worlds-many", "/desk/worlds", desk_places.many_worlds),
    Place("desk-worlds-none", "/desk/worlds?q=%3Cb%3Enobody"),
    Place("desk-world", "/desk/worlds", desk_places.case_world),
    Place("desk-world-new", "/desk/worlds/new"),
    Place("desk-world-copy", "/desk/worlds/of/default/copy"),
    Place("desk-world-reset", "/desk/worlds/of/default/reset"),
    Place("desk-diff", "/desk/worlds/diff", desk_places.different),
    Place("desk-diff-choose", "/desk/worlds/diff"),
    Place("desk-diff-equal", "/desk/worlds/diff?one=default&other=default"),
    Place("desk-class-none", "/desk/class"),
    Place("desk-class-new", "/desk/class/new"),
    Place("desk-class", "/desk/class", desk_places.a_class),
    Place("desk-class-links", "/desk/class/links", desk_places.class_links),
    Place("desk-class-case", "/desk/class", desk_places.class_deed),
    Place("desk-class-delete", "/desk/class", desk_places.class_deleted),
    Place("desk-snapshots-none", "/desk/snapshots"),
    Place("desk-snapshots", "/desk/snapshots", desk_places.snapshots),
    Place("desk-faults-none", "/desk/faults"),
    Place("desk-faults", "/desk/faults", desk_places.faults),
    Place("desk-faults-all", "/desk/faults/all/back", desk_places.faults),
    Place("desk-fault-mail", "/desk/faults/new/mail-delay"),
    Place("desk-fault-wire", "/desk/faults/new/status"),
    Place("desk-fault-close", "/desk/faults/new/after-commit"),
    Place("desk-explain-none", "/desk/explain"),
    Place("desk-explain", "/desk/explain", desk_places.explained),
    Place("desk-explain-order", "/desk/explain?order_number=0005286"),
    Place("desk-explain-at-ease", "/desk/explain?message_id=1"),
    Place("desk-explain-unknown", "/desk/explain", desk_places.nothing_known),
    Place("desk-no-page", "/nonsense", status=404),
    Place("desk-questions", "/desk/questions"),
    Place("desk-questions-found", "/desk/questions?q=token"),
    Place("desk-questions-none", "/desk/questions?q=unicorn"),
    Place("desk-question", "/desk/questions/13"),
    Place("desk-lesson-elsewhere", LESSON),
    Place("desk-lesson-untouched", LESSON, lesson()),
    Place("desk-lesson-arranged", LESSON, lesson("Arrange")),
    Place("desk-lesson-symptom", LESSON, lesson("Arrange", "See the symptom")),
    Place("desk-lesson-remedy", LESSON, lesson("Arrange", "See the symptom", "Apply the remedy")),
    Place("desk-lesson-outcome", LESSON, lesson("Arrange", "See the symptom", "Apply the remedy", "See the outcome")),
    Place("desk-handout", f"{LESSON}/handout", handout),
    Place("desk-quiz", "/desk/quiz"),
    Place("desk-quiz-asked", "/desk/quiz", quiz()),
    Place("desk-quiz-wrong", "/desk/quiz", quiz("13/quantity-zero")),
    Place("desk-quiz-solved", "/desk/quiz", quiz("13/date-format")),
    Place("myiss-sign-in", "/myiss/sign-in"),
    Place("myiss-token", "/myiss/", sign_in_to_myiss),
    Place("ordering-sign-in", "/ordering/sign-in"),
    Place("ordering-orders", "/ordering/", sign_in_to_orders),
    Place("ordering-order", "/ordering/orders/0005288", sign_in_to_orders),
    Place("ordering-book", "/ordering/orders/new", sign_in_to_orders),
    Place("ordering-customers", "/ordering/customers", sign_in_to_orders),
    Place("ordering-import", "/ordering/import", sign_in_to_orders),
    Place("ordering-wos", "/ordering/wos/sign-in"),
    Place("products-site", "/products/"),
    Place("products-install", "/products/install"),
    Place("products-console", "/products/", console),
    Place("mail-inboxes", "/mail/"),
    Place("mail-inboxes-none", "/mail/?q=nobody"),
    Place("mail-inbox", f"/mail/inbox?of={VERA}"),
    Place("mail-all", "/mail/all"),
    Place("mail-empty", "/mail/empty"),
    Place("mail-message", "/mail/", e_delivery),
    Place("mail-spam", "/mail/", taken_for_spam),
    Place("mail-forged", "/mail/", forged),
    Place("mail-source", "/mail/", forged_source),
    Place("mail-write", "/mail/write"),
    Place("portal-login", "/lkc/login"),
    Place("portal-no-page", "/lkc/nonsense", status=404),
    Place("portal-password-finder", "/lkc/password-finder"),
    Place("portal-join", "/lkc/join"),
    Place("portal-orders", "/lkc/", sign_in_to_portal),
    Place("portal-order", "/lkc/orders/0005284", sign_in_to_portal),
    Place("portal-licenses", "/lkc/orders/0005284/licenses", sign_in_to_portal),
    Place("portal-members", "/lkc/members", members),
    Place("support-sign-in", "/support/sign-in"),
    Place("support-ibm-id", "/support/ibm-id"),
    Place("support-requests", "/support/", sign_in_to_support),
    Place("support-open", "/support/requests/new", sign_in_to_support),
    Place("support-request", "/support/", service_request),
    Place("support-registrations", "/support/registrations", sign_in_to_support),
)
