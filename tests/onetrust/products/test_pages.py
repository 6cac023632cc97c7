"""Products in the browser: installing, applying, entering, prompting, and what the license view shows then."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.builders import part, submitted
from tests.onetrust.products.site import install, key_file
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

HOSTILE = '<script>alert(1)</script>" onload="x'


@pytest.fixture
def reader(wire: Wire) -> Reader:
    """Somebody at the customer's site."""
    return Reader(wire.landscape, wire.world)


def test_an_empty_site_says_what_to_do(reader: Reader) -> None:
    """Nothing is installed, and a link leads to the form."""
    reader.open("/products/")
    assert "Nothing is installed yet" in reader.text
    reader.follow("Install a product").submit("Install", {"name": HOSTILE})
    assert "is installed." in reader.text
    assert "<script>alert" not in reader.html
    assert "2.8" in reader.open("/products/").text


def test_what_cannot_be_installed_is_told_at_its_field(wire: Wire, reader: Reader) -> None:
    """An appliance without a serial number, a version that is none, no name."""
    reader.open("/products/install")
    reader.submit("Install", {"kind": "mx-appliance", "name": "MX"}, status=422)
    assert "is needed for an installation of kind mx-appliance" in reader.text
    reader.submit("Install", {"kind": "siteprotector", "name": "S", "version": "two"}, status=422)
    assert "must be numbers with dots" in reader.text
    reader.submit("Install", {"name": ""}, status=422)
    assert "Give it a name." in reader.text
    assert wire.value(wire.get("/products/api/v1/installations")) == []


def test_a_file_counts_after_the_restart(wire: Wire, reader: Reader) -> None:
    """Applied, not read yet, restarted, running, removed (Q2, Q5)."""
    site = install(wire, "network-ips", name="GX")
    reader.open(f"/products/{site.id}").submit("Apply", {"file": (BytesIO(key_file(wire)), "iss_1_key.isslicense")})
    assert "It is read at the next restart." in reader.text
    assert "not read yet" in reader.text
    reader.submit("Restart")
    assert "License files read for the first time" in reader.text
    assert "running" in reader.text
    reader.submit("Apply XPU")
    assert "was applied to 1 of 1." in reader.text
    reader.submit("Remove all")
    assert "No license is there" in reader.text


def test_what_is_no_license_file_is_refused_in_words_for_people(wire: Wire, reader: Reader) -> None:
    """Without the paths of the interface; and without a file one is asked for."""
    site = install(wire, "network-ips")
    reader.open(f"/products/{site.id}").submit("Apply", {"file": (BytesIO(b"nothing"), "x")})
    assert "Save the file again from the License Key Center" in reader.text
    reader.submit("Apply")
    assert "No file was chosen." in reader.text


def test_tokens_retrieve_only_when_prompted(wire: Wire, reader: Reader) -> None:
    """Entered, nothing is there; prompted, the first upcoming date is; what is there stays without Internet (Q17)."""
    line = {"part_number": part("onetrust"), "quantity": 7, "expiration_date": "01-JUN-2015"}
    submitted(wire, lines=[line])
    (token,) = [one["token"] for one in wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))]
    site = install(wire, name="SP")
    reader.open(f"/products/{site.id}").submit("Retrieve now")
    assert "No token was entered at SP." in reader.text
    assert "POST" not in reader.text

    reader.submit("Enter", {"token": token})
    assert "Nothing is retrieved before somebody prompts it." in reader.text
    reader.submit("Retrieve now")
    assert f"1 entitlement retrieved with {token}." in reader.text
    assert "2015-06-01" in reader.text

    form = next(form for form in reader.parsed.forms if "Keep" in form.buttons)
    del form.values["internet"]
    reader.send(form, "Keep")
    reader.submit("Retrieve now")
    assert "does not get out to the Internet" in reader.text
    assert "(PUT network)" not in reader.text
    assert "2015-06-01" in reader.text


def test_a_token_that_is_none_is_told(wire: Wire, reader: Reader) -> None:
    """Letters are no token; the same token again is there already; a removed one is gone."""
    site = install(wire)
    reader.open(f"/products/{site.id}").submit("Enter", {"token": "abc"})
    assert "token:" in reader.text
    reader.submit("Enter", {"token": "123456789012"}).submit("Enter", {"token": "123456789012"})
    assert "Token 123456789012 is there already." in reader.text
    reader.submit("Remove")
    assert "No token is entered." in reader.text


def test_agents_take_seats(wire: Wire, reader: Reader) -> None:
    """Beyond the seats they stay on without updates, which the view and the update say."""
    site = install(wire, "host-protection", name="Servers")
    content = key_file(wire, quantity=1)
    reader.open(f"/products/{site.id}").submit("Apply", {"file": (BytesIO(content), "k")}).submit("Restart")
    for name in ("one", "two"):
        reader.submit("Add an agent", {"name": name})
    assert "Seats: 2 used of 1." in reader.text
    assert "License count is exceeded by 1" in reader.text
    reader.submit("Apply XPU")
    assert "was not applied: two." in reader.text
    assert "Up To Date" in reader.text
    reader.submit("Remove")
    assert "License count is exceeded" in reader.text or "gave its seat back" in reader.text


def test_a_network_that_is_none_is_told(wire: Wire, reader: Reader) -> None:
    """A proxy is a host; a wrong one changes nothing."""
    site = install(wire)
    reader.open(f"/products/{site.id}").submit("Keep", {"proxy": "not a host"})
    assert "proxy:" in reader.text
    reader.submit("Keep", {"proxy": "proxy.acme.example:3128"})
    assert "The network settings are kept." in reader.text
    assert site.shown()["proxy"] == "proxy.acme.example:3128"


def test_how_it_is_licensed_speaks_to_people(wire: Wire, reader: Reader) -> None:
    """The steps name no calls."""
    for kind in ("siteprotector", "network-ips", "host-protection"):
        site = install(wire, kind)
        reader.open(f"/products/{site.id}/instructions")
        assert "POST" not in reader.text
    assert "There is no installation" in reader.open("/products/I-99", status=404).text


def test_a_button_of_another_page_does_nothing(wire: Wire) -> None:
    """Without the mark of the own session a deed is not done."""
    site = install(wire)
    answer = wire.call(
        "POST",
        f"/products/{site.id}/tokens",
        b"token=123456789012",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 302
    assert site.shown()["tokens"] == []
