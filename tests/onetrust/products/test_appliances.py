"""M and MX appliances: by serial number, in Automatic Mode or Manual Mode."""

from __future__ import annotations

from tests.builders import expect_problem, submitted
from tests.onetrust.products.site import Site, install, key_file, onetrust
from tests.wire import Wire

SERIAL = "MX 3006/7A41".replace("/", "-")
MULTI_FUNCTION = 4


def appliance(wire: Wire, **values: str) -> Site:
    """An appliance with a serial number."""
    return install(wire, "mx-appliance", serial_number=SERIAL, **values)


def test_an_appliance_retrieves_with_its_serial_number(wire: Wire) -> None:
    """Entitlements are tied to the serial number (documented: swg21435290); no token is entered."""
    submitted(wire, lines=[onetrust(place=MULTI_FUNCTION, serial_number=SERIAL), onetrust("30-JUN-2014")])
    site = appliance(wire)

    outcomes = site.prompt("retrieve")["outcomes"]

    assert outcomes == [{"serial_number": SERIAL, "entitlements": 1, "failure": None}]
    assert site.states() == [("2014-12-31", "running")]
    assert site.reasons() == [None]


def test_an_unknown_serial_number_is_told(wire: Wire) -> None:
    """With the number, and what helps."""
    site = appliance(wire)

    problem = expect_problem(wire.post(f"{site.path}/retrieve"), 404, "serial-number-unknown")

    assert problem["serial_number"] == SERIAL
    assert site.view()["mode"] == "Automatic Mode"


def test_an_appliance_falls_back_to_files_where_onetrust_is_out_of_reach(wire: Wire) -> None:
    """Licensing and Updates shows Automatic Mode or Manual Mode (documented: swg21435290)."""
    submitted(wire, lines=[onetrust(place=MULTI_FUNCTION, serial_number=SERIAL)])
    site = appliance(wire)
    key = site.apply(key_file(wire, expiration_date="30-JUN-2014"))
    site.prompt("restart")
    automatic = (site.view()["mode"], site.states())

    site.network(internet=False)
    manual = (site.view()["mode"], site.states())
    site.network(internet=True)

    assert site.view()["title"] == "Licensing and Updates"
    assert automatic == ("Automatic Mode", [("2014-12-31", "running"), (key, "ignored")])
    assert manual == ("Manual Mode", [("2014-12-31", "ignored"), (key, "running")])
    assert site.view()["mode"] == "Automatic Mode"


def test_firmware_before_4_1_knows_files_only(wire: Wire) -> None:
    """OneTrust is for firmware 4.1 and above (documented: swg21435290)."""
    site = appliance(wire, version="4.0")
    key = site.apply(key_file(wire))
    site.prompt("restart")

    assert site.view()["mode"] == "Manual Mode"
    assert site.states() == [(key, "running")]
    expect_problem(wire.post(f"{site.path}/retrieve"), 409, "onetrust-not-used")


def test_other_products_have_no_modes(wire: Wire) -> None:
    """The two modes are the appliances' alone (documented: swg21435290)."""
    view = install(wire).view()

    assert (view["mode"], view["title"]) == (None, "License View")
