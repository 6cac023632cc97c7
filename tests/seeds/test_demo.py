"""The demo world holds what the README tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from lkc.app import Landscape, ensure_default
from tests.builders import expect_problem, licenses, mails, members
from tests.wire import PRODUCER, Wire

VERA = ("vera.lindqvist@nordlicht.example", "polarlicht")
TOMASZ = ("tomasz.wrona@nordlicht.example", "polarlicht")
INES = ("ines.moreau@nordlicht.example", "polarlicht")


@pytest.fixture(scope="module")
def demo(landscape: Landscape) -> Iterator[Wire]:
    """A demo world that no test changes."""
    wire = Wire(landscape, "default")
    ensure_default(landscape.store, "demo")
    name = wire.value(wire.control("POST", "/worlds", {"name": "the-demo", "from": "demo"}), 201)["name"]
    yield Wire(landscape, name)
    landscape.store.delete(name)
    landscape.store.delete("default")


def orders(demo: Wire) -> dict[str, dict[str, Any]]:
    """The orders by purchase order and status."""
    found = demo.value(demo.get("/ordering/api/v1/orders", PRODUCER))
    return {f"{entry['purchase_order']} {entry['status']}": entry for entry in found}


def first_license(demo: Wire, order: dict[str, Any]) -> dict[str, Any]:
    """The first license of an order."""
    return licenses(demo, order["order_number"])[0]


def test_it_begins_where_a_world_begins(demo: Wire) -> None:
    """Its past lies before 2014-03-03, its clock stands there, and no fault is left."""
    info = demo.value(demo.get("/_sim/worlds/the-demo"))

    assert (info["from"], info["clock"]) == ("demo", {"now": "2014-03-03T09:00:00Z", "mode": "frozen"})
    assert demo.value(demo.get("/_sim/faults")) == []
    events = demo.value(demo.get("/_sim/events?limit=1000"))
    assert [event["at"] for event in events] == sorted(event["at"] for event in events)
    assert events[0]["at"] == "2013-05-06T08:30:00Z"


def test_one_company_has_two_numbers_and_two_accounts(demo: Wire) -> None:
    """An administrator and two members on the German account, one end user on the Austrian one."""
    accounts = {entry["name"]: entry for entry in demo.value(demo.get("/lkc/api/v1/accounts", PRODUCER))}

    assert {name: entry["icn"] for name, entry in accounts.items()} == {
        "Nordlicht Energie AG": "0018730",
        "Nordlicht Energie Austria GmbH": "0442107",
    }
    assert members(demo, accounts["Nordlicht Energie AG"]["account_id"]) == {
        VERA[0]: "administrator",
        TOMASZ[0]: "member",
        INES[0]: "member",
    }


@pytest.mark.parametrize("auth", [VERA, TOMASZ, INES])
def test_its_people_can_sign_in(demo: Wire, auth: tuple[str, str]) -> None:
    """Everybody's password is told in the README."""
    assert len(demo.value(demo.get("/lkc/api/v1/orders", auth))) == 4


def test_every_trouble_is_there(demo: Wire) -> None:
    """A wrong date, a cancelled order, one changed and not submitted, and a bounced mail."""
    found = orders(demo)

    wrong = first_license(demo, found["NL-2014-0009 submitted"])
    cancelled = first_license(demo, found["NL-2014-0009 cancelled"])
    assert (wrong["expiration_date"], cancelled["quantity"]) == ("14/01/2015", 0)
    assert found["NLA-14-003 changed"]["registered_end_users"][0]["email"] == "jakob.huber@nordlicht.example"
    assert [mail["to"] for mail in mails(demo, status="bounced")] == ["jakob.huber@nordlicht-energie-at.example"]
    response = demo.post(f"/lkc/api/v1/licenses/{wrong['license_id']}/generate", {}, TOMASZ)
    assert expect_problem(response, 409, "date-format")["received"] == "14/01/2015"


def test_a_permanent_license_has_outlived_its_service_contract(demo: Wire) -> None:
    """The product has no end, S&S has passed, and the file is there."""
    license_ = first_license(demo, orders(demo)["NL-2013-0117 submitted"])

    assert (license_["license_expiration_date"], license_["expiration_date"]) == ("permanent", "31-JAN-2014")
    assert demo.get(f"/lkc/api/v1/licenses/{license_['license_id']}/file", VERA).status_code == 200


def test_three_entitlements_of_one_product_show_one_after_the_other(demo: Wire) -> None:
    """Q17 in the demo world: of three ends the next one shows."""
    tokens = {entry["icn"]: entry["token"] for entry in demo.value(demo.get("/onetrust/api/v1/tokens", PRODUCER))}

    answer = demo.value(demo.get(f"/onetrust/api/v1/tokens/{tokens['0018730']}/entitlements"))

    dates = {entry["product"]: entry["expiration_date"] for entry in answer["entitlements"]}
    assert dates["Proventia Management SiteProtector Service Pack 2.0 and above"] == "2014-06-30"
    appliance = demo.value(demo.get("/onetrust/api/v1/appliances/MX3006-7A41/entitlements"))
    assert [entry["expiration_date"] for entry in appliance["entitlements"]] == ["2014-11-30"]


def test_links_lead_into_the_world_in_which_they_are_read(demo: Wire) -> None:
    """A mail of the seed leads into the world that began with it, and in a copy into the copy."""
    demo.value(demo.control("POST", "/worlds/the-demo/fork", {"name": "demo-copy"}), 201)
    copy = Wire(demo.landscape, "demo-copy")

    links = [mails(world, subject="License keys")[0]["links"] for world in (demo, copy)]
    raw = copy.get(f"/mail/api/v1/messages/{mails(copy, subject='License keys')[0]['id']}/raw").get_data(as_text=True)

    demo.landscape.store.delete("demo-copy")
    assert links == [["http://localhost/w/the-demo/lkc/"], ["http://localhost/w/demo-copy/lkc/"]]
    assert "world.invalid" not in raw


def test_the_same_seed_and_moment_give_the_same_world(demo: Wire) -> None:
    """Numbers and mails are the same; another seed gives other numbers, another moment the same past."""
    for name, body in (("demo-a", {}), ("demo-b", {"seed": 2}), ("demo-c", {"at": "2014-12-01", "clock": "running"})):
        demo.value(demo.control("POST", "/worlds", {"name": name, "from": "demo", **body}), 201)
    again, other, later = (Wire(demo.landscape, name) for name in ("demo-a", "demo-b", "demo-c"))

    assert orders(again) == orders(demo)
    assert orders(other).keys() == orders(demo).keys()
    assert orders(other) != orders(demo)
    assert orders(later) == orders(demo)
    assert later.value(later.get("/_sim/clock"))["now"].startswith("2014-12-01")
    demo.value(demo.control("POST", "/worlds/demo-a/reset"))
    assert orders(again) == orders(demo)
    for name in ("demo-a", "demo-b", "demo-c"):
        demo.landscape.store.delete(name)


def test_a_moment_before_the_end_of_the_past_is_refused(demo: Wire) -> None:
    """A demo without its second half would be none; the earliest moment is told, and is early enough."""
    early = {"name": "demo-early", "from": "demo", "at": "2014-02-24T13:39:59Z"}

    refused = expect_problem(demo.control("POST", "/worlds", early), 422, "validation")
    made = demo.control("POST", "/worlds", {**early, "at": "2014-02-24T13:40:00Z"})

    demo.landscape.store.delete("demo-early")
    message = "must not be before 2014-02-24T13:40:00Z, when the past of demo ends"
    assert refused["errors"] == [{"field": "at", "message": message, "received": "2014-02-24T13:39:59Z"}]
    assert made.status_code == 201
