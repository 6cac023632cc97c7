"""Agents of host products: seats, and what happens where there are too few."""

from __future__ import annotations

from typing import Any

from tests.builders import expect_problem
from tests.onetrust.products.site import HOST, OTHER_HOST, Site, at, install, key_file
from tests.wire import Wire


def with_seats(wire: Wire, seats: int, *names: str, **values: Any) -> Site:
    """A host product with so many seats, and agents of these names."""
    site = install(wire, "host-protection", version="2.2.2")
    site.apply(key_file(wire, part_number=HOST, quantity=seats, **values))
    site.prompt("restart")
    for name in names:
        wire.value(wire.post(f"{site.path}/agents", {"name": name}), 201)
    return site


def agents(site: Site) -> dict[str, str]:
    """Update status by name."""
    found = site.wire.value(site.wire.get(f"{site.path}/agents"))
    return {entry["name"]: entry["update_status"] for entry in found}


def test_agents_beyond_the_seats_stay_on_without_updates(wire: Wire) -> None:
    """The count shows as exceeded and some agents do not apply the update (documented: swg21620971)."""
    site = with_seats(wire, 2, "a", "b", "c")

    done = site.prompt("updates", {"xpu": "XPU 34.1"})

    seats = site.view()["seats"]
    assert (seats["licensed"], seats["used"], seats["exceeded"]) == (2, 3, True)
    assert "exceeded by 1" in seats["message"]
    assert [(entry["target"], entry["applied"], entry["reason"]) for entry in done["results"]] == [
        ("a", True, None),
        ("b", True, None),
        ("c", False, "seats-exceeded"),
    ]
    assert "stays on" in done["results"][2]["text"]
    assert agents(site) == {"a": "Up To Date", "b": "Up To Date", "c": "Out Of Date"}


def test_an_agent_that_is_removed_gives_its_seat_back(wire: Wire) -> None:
    """The next one has it then (documented: swg21620971)."""
    site = with_seats(wire, 2, "a", "b", "c")

    assert wire.delete(f"{site.path}/agents/a").status_code == 204

    assert site.view()["seats"] == {"licensed": 2, "used": 2, "exceeded": False, "message": None}
    assert site.reasons() == [None, None]
    assert agents(site) == {"b": "Up To Date", "c": "Up To Date"}


def test_keys_of_the_former_product_count_too(wire: Wire) -> None:
    """Old keys are accepted beside new ones (documented: swg21620971)."""
    site = with_seats(wire, 1, "a", "b")
    site.apply(key_file(wire, part_number=OTHER_HOST, quantity=1))
    site.prompt("restart")

    assert site.view()["seats"]["licensed"] == 2
    assert site.reasons() == [None, None]


def test_a_lapsed_contract_stops_updates_but_takes_no_seats(wire: Wire) -> None:
    """Q15: the end of the service contract is not that of the product."""
    site = with_seats(wire, 2, "a")

    at(wire, "2015-01-01")

    assert site.reasons() == ["service-ended"]
    assert site.view()["seats"] == {"licensed": 2, "used": 1, "exceeded": False, "message": None}


def test_agents_without_any_license_apply_nothing(wire: Wire) -> None:
    """Nothing is licensed, so no agent has a seat."""
    site = install(wire, "host-protection")
    wire.value(wire.post(f"{site.path}/agents", {"name": "a"}), 201)

    assert site.reasons() == ["no-license"]
    assert site.view()["seats"]["exceeded"]


def test_agents_come_in_pages_in_the_order_of_their_seats(wire: Wire) -> None:
    """A name can be there once; what is not there cannot be removed."""
    site = with_seats(wire, 1, "z", "a", "m")

    first = wire.get(f"{site.path}/agents?limit=2")
    rest = wire.get(first.headers["Link"].partition(f"/w/{wire.world}")[2].partition(">")[0])

    assert [entry["name"] for entry in first.get_json() + rest.get_json()] == ["z", "a", "m"]
    expect_problem(wire.post(f"{site.path}/agents", {"name": "m"}), 409, "agent-exists")
    expect_problem(wire.delete(f"{site.path}/agents/x"), 404, "unknown-agent")
    expect_problem(wire.get(f"{site.path}/agents?after=x"), 404, "unknown-agent")


def test_one_agent_or_all_can_be_removed_by_a_body(wire: Wire) -> None:
    """With a name it is that one, without it is all."""
    site = with_seats(wire, 1, "a", "b", "c")

    assert wire.call("DELETE", f"{site.path}/agents", {"name": "b"}).status_code == 204
    assert list(agents(site)) == ["a", "c"]
    assert wire.delete(f"{site.path}/agents").status_code == 204

    assert agents(site) == {}


def test_other_products_have_no_agents(wire: Wire) -> None:
    """Seats are the host products' matter."""
    site = install(wire, "network-ips")

    expect_problem(wire.post(f"{site.path}/agents", {"name": "a"}), 409, "agents-not-taken")
    assert site.view()["seats"] is None
