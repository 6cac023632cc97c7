"""Whatever people and things are called: no page of an imitated system breaks, sticks out, or runs anything."""

from __future__ import annotations

import pytest

from lkc.client import Client
from lkc.client.order_messages import Person
from tests.browser.markup import mistakes
from tests.browser.people import sign_in
from tests.browser.visit import WIDTHS, Visit

ICN, ANN, PASSWORD = "0012345", "ann@acme.example", "correct horse"
WORDS = {
    "long": "W" * 200,
    "script": '"><script>window.ran = true</script><img src=x onerror="window.ran = true">',
    "right-to-left": "שלום עולם לקוח \N{ARABIC LETTER ALEF} (123)" * 3,
}
BOB = f"{'b' * 60}@{'acme-' * 11}x.example"


def installed(client: Client, member: Client, order: str, word: str) -> str:
    """A product of this name, with the first license of the order and an agent; gives its id."""
    license_ = member.licenses.list(order)[0]["license_id"]
    member.licenses.generate(license_)
    site = client.installations.create(kind="host-protection", name=word)["id"]
    client.installations.apply(site, member.licenses.file(license_))
    client.installations.add_agent(site, word.replace("/", ""))
    return site


def asked(client: Client, member: Client, word: str) -> str:
    """A service request with these words; gives its number."""
    client.support.create_ibm_id(email=ANN, password=PASSWORD)
    client.support.register(email=ANN, icn=ICN, level="admin")
    return member.service_requests.create(summary=word, description=word, icn=ICN, customer_name=word)["pmr_number"]


def furnished(visit: Visit, word: str) -> list[str]:
    """A world in which everything has this name; gives the pages that show it."""
    client = visit.client
    client.customers.create(icn=ICN, name=word, country="DE")
    ann: Person = {"name": word, "email": ANN}
    bob: Person = {"name": word, "email": BOB}
    (part,) = [one["part_number"] for one in client.customers.catalogue() if one["delivery"] == "key-file"][:1]
    order = client.orders.create(
        submit=True,
        icn=ICN,
        purchase_order=word[:80],
        contact=ann,
        registered_end_users=[ann, bob],
        order_date=word[:40],
        lines=[
            {
                "part_number": part,
                "quantity": 9_999_999,
                "expiration_date": "31-DEC-2014",
                "serial_number": word[:60],
            },
            {"part_number": part, "quantity": 1, "expiration_date": word[:40], "start_date": word[:40]},
        ],
    )["order_number"]
    client.password.set_by_mail(ANN, PASSWORD)
    member = client.as_member(ANN, PASSWORD)
    account = member.accounts.list()[0]["account_id"]
    site = installed(client, member, order, word)
    return _pages_of(order, account, site, asked(client, member, word), client.mail.list(to=ANN)[0]["id"])


def _pages_of(order: str, account: str, site: str, pmr: str, mail: int) -> list[str]:
    """The pages that show these."""
    return [
        *(f"/ordering/{path}" for path in ("", f"orders/{order}", f"orders/{order}/change", "customers")),
        *(
            f"/lkc/{path}"
            for path in ("", f"orders/{order}", f"orders/{order}/licenses", f"accounts/{account}/members")
        ),
        *(f"/lkc/accounts/{account}/members/{deed}?email={ANN}" for deed in ("edit", "delete")),
        *(f"/support/{path}" for path in ("", f"requests/{pmr}", "registrations")),
        *(f"/products/{path}" for path in ("", site, f"{site}/instructions")),
        *(f"/mail/{path}" for path in ("", f"inbox?of={BOB}", "all", f"messages/{mail}", f"messages/{mail}?view=text")),
    ]


@pytest.mark.parametrize("word", WORDS.values(), ids=list(WORDS))
def test_pages_stay_whole_whatever_is_in_them(visit: Visit, word: str) -> None:
    """At either width nothing sticks out; the HTML keeps to the standard; nothing that was entered runs."""
    paths, found = furnished(visit, word), list[str]()
    for path, who, secret in (
        ("/ordering/sign-in", "producer", "producer"),
        ("/lkc/login", ANN, PASSWORD),
        ("/support/sign-in", ANN, PASSWORD),
    ):
        visit.open(path)
        sign_in(visit, who, secret)
    for path in paths:
        answer = visit.open(path)
        found += [f"{path}: {answer.status}"] if answer.status != 200 else []
        found += [f"{path}: {mistake}" for mistake in mistakes(answer.text())]
        for width in WIDTHS:
            visit.wear(width, "light")
            wide = visit.page.evaluate("document.documentElement.scrollWidth")
            found += [f"{path}: {wide} wide at {width}"] if wide > width else []
        found += [f"{path}: something ran"] if visit.page.evaluate("window.ran") else []

    assert found == []
