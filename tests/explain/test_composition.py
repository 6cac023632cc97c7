"""Causes combine: whatever is wrong with an order at once, each cause is named, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lkc.app import Landscape
from lkc.world.store import Origin
from tests.builders import ANN, ICN, book, change, create_customer, line, part, person, submit, submitted
from tests.onetrust.products.site import install, token_of
from tests.wire import PRODUCER, Wire

EVE = "eve@trading.example"
ONETRUST = part("onetrust")

_numbers = count(1)


@dataclass(frozen=True)
class Trouble:
    """What is wrong with an order.

    Attributes:
        elsewhere: it belongs to another customer name, and Ann looks for it.
        bounced: the mail to its registered end user came back.
        misdated: its date is no date.
        empty: it was ordered with quantity 0.
        fate: what happened to it afterwards.
    """

    elsewhere: bool
    bounced: bool
    misdated: bool
    empty: bool
    fate: str

    def codes(self) -> set[str]:
        """The causes that must be named."""
        if self.fate in {"order-not-submitted", "feed-lost"}:
            return {self.fate}
        found = {self.fate} - {"-"}
        found |= {"on-another-account"} if self.elsewhere else set()
        found |= {"mail-bounced"} if self.bounced else set()
        found |= {"date-format"} if self.misdated else set()
        return found | ({"quantity-zero"} if self.empty and self.fate != "order-cancelled" else set())


troubles = st.builds(
    Trouble,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["-", "order-cancelled", "change-not-resubmitted", "order-not-submitted", "feed-lost"]),
)


def in_trouble(wire: Wire, trouble: Trouble) -> str:
    """Brings an order into trouble and returns its number."""
    submitted(wire)
    who = EVE if trouble.elsewhere else ANN
    values: dict[str, Any] = {"contact": person(who), "registered_end_users": [person(who)]}
    if trouble.elsewhere:
        values["customer_name"] = "Acme Trading"
    dates = {"expiration_date": "31/12/2014"} if trouble.misdated else {}
    number: str = book(wire, lines=[line(quantity=0 if trouble.empty else 3, **dates)], **values)["order_number"]
    if trouble.fate == "order-not-submitted":
        return number
    if trouble.fate == "feed-lost":
        wire.control("POST", "/faults", {"kind": "feed-lost", "to": "keycenter", "times": 1})
    submit(wire, number)
    if trouble.bounced and trouble.fate != "feed-lost":
        wire.control("POST", "/faults", {"kind": "mail-bounce", "to": who, "every": 2, "times": 1})
        submit(wire, number)
    if trouble.fate == "order-cancelled":
        wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))
    if trouble.fate == "change-not-resubmitted":
        change(wire, number, purchase_order="PO-2")
    return number


def explained(wire: Wire, **subject: Any) -> list[dict[str, Any]]:
    """The findings on a subject."""
    found: list[dict[str, Any]] = wire.value(wire.control("POST", "/explain", subject))["findings"]
    return found


@settings(max_examples=60, deadline=None)
@given(trouble=troubles)
def test_each_cause_is_named_and_nothing_else(landscape: Landscape, trouble: Trouble) -> None:
    """However causes are combined, the findings are exactly these, each with evidence."""
    wire = Wire(landscape, f"e-{next(_numbers)}")
    landscape.store.create(wire.world, Origin())
    number = in_trouble(wire, trouble)

    findings = explained(wire, email=ANN, order_number=number)

    named = [finding["code"] for finding in findings]
    if trouble.codes():
        assert sorted(named) == sorted(trouble.codes())
    else:
        assert named == ["license-ready"]
    assert all(finding["evidence"] for finding in findings)
    landscape.store.delete(wire.world)


def test_four_causes_at_once(wire: Wire) -> None:
    """A cancelled order on another account, with a bounced mail and a wrong date, has four findings and no fifth."""
    number = in_trouble(wire, Trouble(elsewhere=True, bounced=True, misdated=True, empty=False, fate="order-cancelled"))

    findings = explained(wire, email=ANN, order_number=number)

    assert [(finding["question"], finding["code"]) for finding in findings] == [
        (14, "order-cancelled"),
        (7, "mail-bounced"),
        (12, "on-another-account"),
        (13, "date-format"),
    ]


@settings(max_examples=40, deadline=None)
@given(trouble=troubles)
def test_each_action_makes_its_finding_go_away(landscape: Landscape, trouble: Trouble) -> None:
    """Whatever cure is offered as a call: once it is made, that cause is no longer named."""
    wire = Wire(landscape, f"e-{next(_numbers)}")
    landscape.store.create(wire.world, Origin())
    number = in_trouble(wire, trouble)
    for finding in explained(wire, email=ANN, order_number=number):
        action = finding["remedy"]["action"]
        if action is None or finding["code"].startswith("license-"):
            continue
        auth = PRODUCER if action["as"] == "producer" else None

        response = wire.call(action["method"], action["path"], action["body"], auth)

        assert response.status_code < 300, response.get_data(as_text=True)
        codes = [left["code"] for left in explained(wire, email=ANN, order_number=number)]
        assert finding["code"] not in codes
    landscape.store.delete(wire.world)


@dataclass(frozen=True)
class SiteTrouble:
    """What is wrong around a SiteProtector, beside an order that it has retrieved.

    Attributes:
        offline: it has no way to the Internet.
        misspelt: a token that nobody has was entered as well.
        elsewhere: the company has ordered under another customer number, whose token was entered nowhere.
        lapsed: all that its own token had has ended.
        newest: what became of the latest order of its customer number.
    """

    offline: bool
    misspelt: bool
    elsewhere: bool
    lapsed: bool
    newest: str

    def codes(self) -> set[str]:
        """The causes that must be named."""
        found = {self.newest} - {"-", "waiting"}
        found |= {"no-internet"} if self.offline else set()
        found |= {"token-unknown"} if self.misspelt else set()
        found |= {"under-another-token"} if self.elsewhere else set()
        found |= {"not-retrieved"} if self.newest == "waiting" else set()
        return found | ({"nothing-left"} if self.lapsed and self.newest != "waiting" else set())


site_troubles = st.builds(
    SiteTrouble,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(["-", "waiting", "entitlement-rejected", "order-not-submitted", "feed-lost"]),
)


def site_in_trouble(wire: Wire, trouble: SiteTrouble) -> tuple[str, str]:
    """Brings a SiteProtector into trouble and returns its id and its token."""
    first = "28-FEB-2014" if trouble.lapsed else "30-JUN-2014"
    submitted(wire, lines=[line(part_number=ONETRUST, expiration_date=first)])
    site, token = install(wire), token_of(wire, ICN)
    site.enter(token)
    site.prompt("retrieve")
    if trouble.misspelt:
        site.enter("4711")
    if trouble.elsewhere:
        create_customer(wire, "7777777")
        submitted(wire, icn="7777777", lines=[line(part_number=ONETRUST)])
    if trouble.newest != "-":
        until = "2015-08-31" if trouble.newest == "entitlement-rejected" else "31-AUG-2015"
        second = line(part_number=part("onetrust", 1), expiration_date=until)
        number = book(wire, lines=[second])["order_number"]
        if trouble.newest == "feed-lost":
            wire.control("POST", "/faults", {"kind": "feed-lost", "to": "onetrust", "times": 1})
        if trouble.newest != "order-not-submitted":
            submit(wire, number)
    if trouble.offline:
        site.network(internet=False)
    return site.id, token


@settings(max_examples=60, deadline=None)
@given(trouble=site_troubles)
def test_each_cause_around_a_token_is_named_and_cured(landscape: Landscape, trouble: SiteTrouble) -> None:
    """By the product exactly the composed causes, by its token all but that of the other token entered there."""
    wire = Wire(landscape, f"e-{next(_numbers)}")
    landscape.store.create(wire.world, Origin())
    site, token = site_in_trouble(wire, trouble)

    by_product = [finding["code"] for finding in explained(wire, installation=site)]
    by_token = [finding["code"] for finding in explained(wire, token=token)]

    at_ease = {"first-upcoming-date", "how-licensed"}
    assert set(by_product) == (trouble.codes() or at_ease)
    assert set(by_token) == (trouble.codes() - {"token-unknown"} or {"first-upcoming-date"})
    assert len(by_product) == len(set(by_product))
    landscape.store.delete(wire.world)
