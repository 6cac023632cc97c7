"""What is explained of tokens and what they entitle to, by the order, the token or the installation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ICN, line, part, person, submitted
from tests.explain.asking import cure, explained
from tests.onetrust.products.site import HOST, Site, install, key_file, token_of
from tests.wire import PRODUCER, Wire

ONETRUST = part("onetrust")


def test_an_order_shows_that_its_box_does_not_reach_the_internet(wire: Wire) -> None:
    """The token was entered, but nothing was ever retrieved: the order's answer names that, and its cures help."""
    order = submitted(wire, lines=[line(part_number=ONETRUST)])["order_number"]
    site = install(wire)
    site.network(None, internet=False)
    wire.post(f"{site.path}/tokens", {"token": token_of(wire, ICN)})

    found = explained(wire, order_number=order)
    cure(wire, found["no-internet"])

    assert list(found) == ["no-internet", "not-retrieved"]
    assert found["not-retrieved"]["remedy"]["action"] is None
    assert found["not-retrieved"]["remedy"]["text"].startswith("First let it reach the Internet again")
    assert list(explained(wire, order_number=order)) == ["nothing-to-do"]


@pytest.mark.parametrize("given", [{"quantity": 0}, {"expiration_date": "31/12/2015"}])
def test_an_order_that_brings_nothing_needs_no_token(wire: Wire, given: dict[str, object]) -> None:
    """A rejected line and quantity 0 entitle to nothing that a token could bring."""
    order = submitted(wire, lines=[line(part_number=ONETRUST, **given)])["order_number"]

    found = explained(wire, order_number=order)

    assert "token-not-entered" not in found
    assert "nothing-to-do" not in found


def test_a_lowered_quantity_is_something_else(wire: Wire) -> None:
    """What is held stands against what is offered now."""
    order = submitted(wire, lines=[line(part_number=ONETRUST, quantity=10)])["order_number"]
    site = install(wire)
    site.enter(token_of(wire, ICN))
    site.prompt("retrieve")
    lines = [{"line_number": 1, "part_number": ONETRUST, "quantity": 4, "expiration_date": "31-DEC-2014"}]
    wire.value(wire.patch(f"/ordering/api/v1/orders/{order}?submit=true", {"lines": lines}, PRODUCER))

    finding = explained(wire, installation=site.id)["not-retrieved"]

    assert "has not yet retrieved" in finding["statement"]
    facts = [one["fact"] for one in finding["evidence"]]
    assert "now entitles to: 4 x" in facts[0]
    assert "holds: 10 x" in facts[1]


def removed(wire: Wire, finding: dict[str, Any]) -> None:
    """Makes the call of a finding that removes something."""
    action = finding["remedy"]["action"]
    assert (action["method"], action["as"]) == ("DELETE", "nobody")
    assert wire.call(action["method"], action["path"]).status_code == 204


def restarted(site: Site, *files: bytes) -> Site:
    """A product that has read license files."""
    for content in files:
        site.apply(content)
    site.prompt("restart")
    return site


@pytest.mark.parametrize(
    ("dates", "code"),
    [
        ({"expiration_date": "31-JAN-2014"}, "service-lapsed"),
        ({"expiration_date": "31-JAN-2014", "license_expiration_date": "31-JAN-2014"}, "product-ended"),
    ],
)
def test_a_file_that_ended_at_a_product_is_a_cause(wire: Wire, dates: dict[str, str], code: str) -> None:
    """It hides nothing, and still brings no updates."""
    site = restarted(install(wire, "network-ips"), key_file(wire, **dates))

    found = explained(wire, installation=site.id)

    assert list(found) == [code]
    assert "ended on 2014-01-31" in found[code]["statement"]


def test_several_stale_files_are_all_named(wire: Wire) -> None:
    """No single call would cure them, so none is offered, of one alone neither (documented: Q2)."""
    old, older = (key_file(wire, expiration_date="31-JAN-2014") for _ in range(2))
    active = key_file(wire)
    one = restarted(install(wire, "network-ips"), old, active)
    two = restarted(install(wire, "network-ips"), old, older, active)

    alone = explained(wire, installation=one.id)["stale-file-rules"]
    both = explained(wire, installation=two.id)["stale-file-rules"]

    assert (alone["remedy"]["action"], both["remedy"]["action"]) == (None, None)
    assert (len(alone["evidence"]), len(both["evidence"])) == (2, 3)


def test_a_file_that_stays_hidden_is_explained(wire: Wire) -> None:
    """Only the stale file was removed, which is no cure; removing all and applying the active one anew is (Q2)."""
    stale, active = key_file(wire, expiration_date="31-JAN-2014"), key_file(wire, "flexnet")
    site = restarted(install(wire, "network-ips"), stale, active)
    old, new = (entry["key_id"] for entry in site.view()["licenses"])
    wire.delete(f"{site.path}/licenses/{old}")

    found = explained(wire, installation=site.id)
    wire.delete(f"{site.path}/licenses")
    restarted(site, active)

    assert list(found) == ["file-stays-hidden"]
    assert f"key {new}" in found["file-stays-hidden"]["statement"]
    assert found["file-stays-hidden"]["remedy"]["action"] is None
    assert list(explained(wire, installation=site.id)) == ["how-licensed"]


def test_an_ended_file_that_was_hidden_is_a_cause_too(wire: Wire) -> None:
    """The file that hid it is gone, and its own service contract has ended (Q15)."""
    one, other = (key_file(wire, expiration_date="31-JAN-2014") for _ in range(2))
    site = restarted(install(wire, "network-ips"), one, other)
    wire.delete(f"{site.path}/licenses/{site.view()['licenses'][0]['key_id']}")

    assert list(explained(wire, installation=site.id)) == ["service-lapsed"]


def test_an_agent_of_any_name_can_be_removed(wire: Wire) -> None:
    """The call of the remedy has its name quoted."""
    site = restarted(install(wire, "host-protection"), key_file(wire, part_number=HOST, quantity=1))
    for name in ("one", "srv #2?x"):
        wire.value(wire.post(f"{site.path}/agents", {"name": name}), 201)

    removed(wire, explained(wire, installation=site.id)["seats-exceeded"])

    assert "seats-exceeded" not in explained(wire, installation=site.id)


def test_license_files_need_no_internet(wire: Wire) -> None:
    """A SiteProtector that has license files only never asks the token service."""
    site = restarted(install(wire, version="2.0"), key_file(wire))
    site.network(internet=False)

    assert list(explained(wire, installation=site.id)) == ["how-licensed"]


def test_an_order_that_came_to_the_token_service_only_is_known(wire: Wire) -> None:
    """It was fed there over HTTP by another order system."""
    document = {
        "order_number": "X-1",
        "icn": ICN,
        "customer_name": "Acme",
        "purchase_order": "P",
        "contact": person(),
        "registered_end_users": [],
        "lines": [line(line_number=1, product="GX", delivery="onetrust", part_number=ONETRUST)],
    }
    assert wire.post("/onetrust/api/v1/feed", document, PRODUCER).status_code < 300

    assert wire.control("POST", "/explain", {"order_number": "X-1"}).status_code == 200
