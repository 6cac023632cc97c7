"""What an appliance retrieves by its serial number."""

from __future__ import annotations

from typing import Any

from tests.builders import ICN, create_customer, line, part, submitted
from tests.wire import PRODUCER, Wire

API = "/onetrust/api/v1"


def onetrust(end: str = "31-DEC-2014", **values: Any) -> dict[str, Any]:
    """An order line of a product of the token service."""
    return line(part_number=part("onetrust"), expiration_date=end, **values)


def register(wire: Wire, token: str, icn: str = ICN, serial_number: str = "MX-1") -> None:
    """Registers a token with the appliance it comes with."""
    body = {"icn": icn, "token": token, "serial_number": serial_number}
    wire.value(wire.post(f"{API}/tokens", body, PRODUCER), 201)


def retrieved(wire: Wire, serial_number: str = "MX-1") -> tuple[str, list[int]]:
    """The token that an appliance belongs to, and the quantities that it retrieves."""
    answer = wire.value(wire.get(f"{API}/appliances/{serial_number}/entitlements"))
    return answer["token"], [entry["quantity"] for entry in answer["entitlements"]]


def test_an_appliance_of_a_token_retrieves_what_the_token_has(wire: Wire) -> None:
    """A serial number that came with a token is known before any order names it."""
    register(wire, "123456")
    assert retrieved(wire) == ("123456", [])

    submitted(wire, lines=[onetrust(quantity=1)])

    assert retrieved(wire) == ("123456", [1])


def test_an_appliance_retrieves_nothing_that_was_ordered_for_another(wire: Wire) -> None:
    """Lines with its own serial number and lines with none are its; the first upcoming date is that of these."""
    register(wire, "123456")
    submitted(
        wire,
        lines=[
            onetrust(quantity=1, serial_number="MX-1"),
            onetrust(quantity=2),
            onetrust("30-JUN-2014", quantity=4, serial_number="MX-2"),
        ],
    )

    assert retrieved(wire) == ("123456", [1, 2])
    assert retrieved(wire, "MX-2") == ("123456", [4])


def test_which_token_an_appliance_belongs_to_does_not_change_by_chance(wire: Wire) -> None:
    """The token it was registered with goes before tokens of orders; among those the first order's counts."""
    create_customer(wire, "7777777", "Acme East")
    register(wire, "999999", "7777777", serial_number="MX-7")
    register(wire, "111111", ICN, serial_number="MX-8")
    submitted(wire, icn="7777777", lines=[onetrust(quantity=1, serial_number="MX-1")])
    submitted(wire, lines=[onetrust(quantity=2, serial_number="MX-1")])
    assert retrieved(wire) == ("999999", [1, 2])

    register(wire, "555555", "8888888", serial_number="MX-1")

    assert retrieved(wire) == ("555555", [1, 2])
