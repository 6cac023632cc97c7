"""What installations state of themselves for explanations."""

from __future__ import annotations

from lkc.world.session import Access
from onetrust.products.facts import (
    EntitlementFacts,
    KeyFileFacts,
    find_installation,
    first_of_kind,
    installations_with_serial_number,
    installations_with_token,
    serial_numbers_of_kind,
    tokens_anywhere,
)
from onetrust.products.kinds import Kind
from tests.builders import submitted
from tests.onetrust.products.site import install, key_file, onetrust, token_of
from tests.wire import Wire


def test_an_installation_states_what_it_holds(wire: Wire) -> None:
    """What was retrieved, what was applied, which file rules, and what went wrong last."""
    submitted(wire, lines=[onetrust()])
    token = token_of(wire)
    site = install(wire, version="2.7", name="Console")
    site.enter(token)
    first, second = site.apply(key_file(wire, expiration_date="31-JAN-2014")), site.apply(key_file(wire))
    site.prompt("restart")
    third = site.apply(key_file(wire, part_number="D0X50LL", license_expiration_date="30-JUN-2015"))
    site.network("no.invalid", internet=True)
    wire.post(f"{site.path}/retrieve")

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        found = find_installation(world, site.id)
        unknown = find_installation(world, "I-99")

    assert unknown is None
    assert found is not None
    assert (found.id, found.name, found.kind, found.version) == ("I-1", "Console", "siteprotector", "2.7")
    assert (found.takes_key_files, found.takes_tokens, found.uses_serial_number) == (True, True, False)
    assert (found.internet, found.proxy, found.gets_out, found.mode) == (True, "no.invalid", False, None)
    assert (found.tokens, found.last_retrieval, found.last_failure) == ((token,), "2014-03-03T09:00:00Z", "no-internet")
    [entitlement] = found.entitlements
    product = "Proventia Management SiteProtector Service Pack 2.0 and above"
    assert entitlement == EntitlementFacts(product=product, quantity=5, expiration_date="2014-12-31", token=token)
    assert [(file.key_id, file.is_read, file.rules) for file in found.key_files] == [
        (first, True, True),
        (second, True, False),
        (third, False, False),
    ]
    assert found.key_files[2] == KeyFileFacts(
        key_id=third,
        product="IBM Security Network Protection XGS 5000",
        feature="IBM_SECURITY_NETWORK_PROTECTION_XGS_5000",
        quantity=5,
        service_end="2014-12-31",
        license_end="2015-06-30",
        is_read=False,
        rules=False,
    )


def test_a_host_product_states_its_seats_and_agents(wire: Wire) -> None:
    """Names in the order of their seats."""
    site = install(wire, "host-protection")
    site.apply(key_file(wire, part_number="D0HPWLL", quantity=1))
    site.prompt("restart")
    for name in ("b", "a"):
        wire.post(f"{site.path}/agents", {"name": name})

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        found = find_installation(world, site.id)

    assert found is not None
    assert (found.seats, found.agents) == (1, ("b", "a"))


def test_installations_are_found_by_what_they_hold(wire: Wire) -> None:
    """By token, serial number and kind, oldest first."""
    first, second = install(wire), install(wire)
    appliance = install(wire, "mx-appliance", serial_number="MX-1")
    for site in (second, first):
        site.enter("123456")

    with wire.landscape.store.session(wire.world, Access.READ) as world:
        by_token = [found.id for found in installations_with_token(world, "123456")]
        by_number = [found.id for found in installations_with_serial_number(world, "MX-1")]
        by_kind = first_of_kind(world, Kind.SITEPROTECTOR)
        none = first_of_kind(world, Kind.NETWORK_IPS)
        numbers = serial_numbers_of_kind(world, Kind.MX_APPLIANCE)
        tokens = tokens_anywhere(world)
        nothing = installations_with_token(world, "1")

    assert by_token == [first.id, second.id]
    assert by_kind is not None
    assert (by_kind.id, none, numbers, tokens) == (first.id, None, ["MX-1"], ["123456"])
    assert by_number == [appliance.id]
    assert nothing == []
