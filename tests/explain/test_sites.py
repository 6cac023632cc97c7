"""What is explained of products: no license, no way out, serial numbers, and where a token is found."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import ANN, ICN, line, part, submitted
from tests.explain.asking import cure
from tests.explain.test_composition import explained
from tests.onetrust.products.site import Site, install, key_file, token_of
from tests.onetrust.test_myiss import open_account
from tests.wire import PRODUCER, Wire

SERIAL = "MX-0142"


def codes(wire: Wire, **subject: str) -> list[str]:
    """The codes of the findings on a subject."""
    return [finding["code"] for finding in explained(wire, **subject)]


def appliance(wire: Wire) -> Site:
    """An appliance that asks with its serial number."""
    return install(wire, "mx-appliance", serial_number=SERIAL)


def order_for(wire: Wire, serial_number: str | None, until: str = "31-DEC-2014") -> dict[str, Any]:
    """A submitted order of one line for the token service."""
    lines = [line(part_number=part("onetrust"), serial_number=serial_number, expiration_date=until)]
    order: dict[str, Any] = submitted(wire, lines=lines)
    return order


@pytest.mark.parametrize(
    ("kind", "version", "named"),
    [
        ("network-ips", None, "no license file was applied"),
        ("host-protection", None, "no license file was applied"),
        ("siteprotector", "2.8", "no token was entered"),
        ("siteprotector", "2.0", "no token was entered"),
        ("mx-appliance", "4.0", "no license file was applied"),
    ],
)
def test_a_product_to_which_nothing_was_applied_has_no_license(
    wire: Wire, kind: str, version: str | None, named: str
) -> None:
    """The finding names what this kind takes."""
    site = install(wire, kind, version=version, serial_number=SERIAL)

    (finding,) = explained(wire, installation=site.id)

    assert (finding["question"], finding["code"]) == (5, "no-license")
    assert named in finding["statement"]


def test_files_that_do_not_count_are_no_license(wire: Wire) -> None:
    """From 2.8 on a SiteProtector keeps license files and ignores them."""
    site, former = install(wire, version="2.8"), install(wire, version="2.0")
    for place in (site, former):
        place.apply(key_file(wire))
        place.prompt("restart")

    assert codes(wire, installation=site.id) == ["no-license"]
    assert codes(wire, installation=former.id) == ["how-licensed"]


def test_an_appliance_whose_serial_number_nobody_knows_is_registered(wire: Wire) -> None:
    """With the order at hand the finding's action puts the number into its line; then it retrieves, and is well."""
    site = appliance(wire)
    order = order_for(wire, None)["order_number"]
    assert codes(wire, installation=site.id) == ["serial-number-unknown"]

    (finding,) = explained(wire, installation=site.id, order_number=order)
    action = finding["remedy"]["action"]
    wire.value(wire.patch(action["path"], action["body"], PRODUCER))
    waiting = codes(wire, installation=site.id, order_number=order)
    site.prompt("retrieve")

    assert (finding["code"], waiting) == ("serial-number-unknown", ["not-retrieved"])
    assert codes(wire, installation=site.id) == ["first-upcoming-date", "how-licensed"]
    assert codes(wire, order_number=order) == ["nothing-to-do"]


def test_an_order_for_an_appliance_needs_no_token_to_be_entered(wire: Wire) -> None:
    """What an appliance retrieves by its serial number is not missed at a SiteProtector."""
    order = order_for(wire, SERIAL)["order_number"]
    before = codes(wire, order_number=order)

    appliance(wire)

    assert before == ["token-not-entered", "token-not-in-myiss"]
    (finding,) = explained(wire, order_number=order)
    assert finding["code"] == "nothing-to-do"
    assert "by serial number" in finding["statement"]


def test_an_appliance_without_a_way_out_and_one_that_has_not_asked(wire: Wire) -> None:
    """Both are causes; the second has a call once the first is cured."""
    order_for(wire, SERIAL)
    site = appliance(wire)
    site.network("lost.invalid:3128", internet=True)

    findings = explained(wire, installation=site.id)
    cure(wire, findings[0])
    then = explained(wire, installation=site.id)
    for finding in then:
        cure(wire, finding)

    assert findings[1]["remedy"]["action"] is None
    assert [finding["code"] for finding in then] == ["not-retrieved"]
    assert [finding["code"] for finding in findings] == ["no-internet", "not-retrieved"]
    assert "proxy lost.invalid:3128 leads nowhere" in findings[0]["statement"]
    assert codes(wire, installation=site.id) == ["first-upcoming-date", "how-licensed"]


def test_an_appliance_with_no_date_left(wire: Wire) -> None:
    """All that belonged to its serial number has passed."""
    order_for(wire, SERIAL, until="31-DEC-2013")
    site = appliance(wire)
    site.prompt("retrieve")

    assert codes(wire, installation=site.id) == ["nothing-left"]


def test_a_token_that_is_entered_is_found_again_in_myiss(wire: Wire) -> None:
    """Where nothing is wrong, the explanation says where the token can be looked up, if it can."""
    order = order_for(wire, None)["order_number"]
    token = token_of(wire, ICN)
    install(wire).enter(token)
    unseen = codes(wire, order_number=order)
    open_account(wire)

    findings = explained(wire, order_number=order)

    assert unseen == ["nothing-to-do"]
    assert [finding["code"] for finding in findings] == ["token-in-myiss", "nothing-to-do"]
    assert token in findings[0]["statement"]
    assert ANN in findings[0]["statement"]
