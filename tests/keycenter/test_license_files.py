"""License files: both formats say what was granted; what cannot be granted gives no file."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkc.keycenter.files import flexnet, isslicense
from lkc.keycenter.files.grant import Format, Grant, InvalidHostId, checked_host_id, file_name
from lkc.keycenter.files.verification import verify
from lkc.world.keys import public_keys, signer

SIGNER = signer(1, "keycenter")
KEYS = public_keys({"keys": [SIGNER.jwk()]})
WRITERS = {Format.ISSLICENSE: isslicense.render, Format.FLEXNET: flexnet.render}
both_formats = pytest.mark.parametrize("format_", list(Format))

printable = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=250)
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


def grant(**values: Any) -> Grant:
    """A grant with defaults for what does not matter."""
    return Grant(
        **{
            "key_id": 41649,
            "account_id": "25572379",
            "customer_name": "Acme Holding",
            "icn": "0012345",
            "order_number": "0005283",
            "line_number": 1,
            "part_number": "D0GX4LL",
            "product": "Proventia Network IPS GX4004",
            "quantity": 5,
            "start": date(2014, 1, 1),
            "service_end": date(2014, 12, 31),
            "license_end": None,
            "serial_number": None,
            "host_id": None,
            "issued": date(2014, 3, 3),
            **values,
        }
    )


def parsed(content: bytes) -> dict[str, Any]:
    """A license file as any FlexNet reader would take it: comments gone, continuations joined, fields in order."""
    text = re.sub(r"\\\n", " ", content.decode("latin-1"))
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("#")]
    increment = lines[2].split()
    options = dict(re.findall(r'([A-Z_]+)=("[^"]*"|\S+)', lines[2]))
    return {
        "keywords": [line.split()[0] for line in lines],
        "server": lines[0].split()[1:],
        "vendor": lines[1].split()[1],
        "fields": increment[1:6],
        "sixth": increment[6],
        "options": options,
    }


@both_formats
def test_a_file_reads_back_as_what_was_granted(format_: Format) -> None:
    """Key, product, quantity, order, customer and all dates are in the file."""
    product = {Format.ISSLICENSE: "Proventia Network IPS GX4004", Format.FLEXNET: "PROVENTIA_NETWORK_IPS_GX4004"}
    content = WRITERS[format_](grant(license_end=date(2016, 2, 29)), SIGNER)

    found = verify(content, KEYS)

    assert (found.format, found.kid, found.key_id) == (format_, SIGNER.kid, 41649)
    assert (found.product, found.quantity) == (product[format_], 5)
    assert (found.order_number, found.customer_name) == ("0005283", "Acme Holding")
    assert (found.start, found.service_end) == ("2014-01-01", "2014-12-31")
    assert (found.license_end, found.issued) == ("2016-02-29", "2014-03-03")


@both_formats
@given(start=st.none() | days, service_end=days, license_end=st.none() | days, issued=days)
def test_every_day_of_the_calendar_reads_back(
    format_: Format, start: date | None, service_end: date, license_end: date | None, issued: date
) -> None:
    """Any day is written in the format's own way and found again; no start and no end are told apart from days."""
    given_days = grant(start=start, service_end=service_end, license_end=license_end, issued=issued)

    found = verify(WRITERS[format_](given_days, SIGNER), KEYS)

    assert found.start == (start and start.isoformat())
    assert (found.service_end, found.issued) == (service_end.isoformat(), issued.isoformat())
    assert found.license_end == (license_end.isoformat() if license_end else "permanent")


@both_formats
def test_a_file_says_that_it_is_simulated_and_permanent(format_: Format) -> None:
    """Nobody can take it for a real license; a product without end is written as permanent."""
    content = WRITERS[format_](grant(), SIGNER)

    assert b"Simulated by the LKC Simulator. This file licenses nothing outside of it." in content
    assert b"SIMULATED" in content
    assert verify(content, KEYS).license_end == "permanent"


@both_formats
def test_the_same_grant_gives_the_same_bytes(format_: Format) -> None:
    """Nothing of time or chance is in a file: the same seed's key gives the same bytes, another's others."""
    signer.cache_clear()

    again, other = (WRITERS[format_](grant(), signer(seed, "keycenter")) for seed in (1, 2))

    assert again == WRITERS[format_](grant(), SIGNER)
    assert other != again


def test_an_isslicense_file_begins_as_ever() -> None:
    """The first lines of a file in full, and every element in its order."""
    text = isslicense.render(grant(serial_number="S-1", host_id="HOSTNAME=console"), SIGNER).decode()

    names = re.findall(r"^  <([a-z-]+)", text, re.MULTILINE)

    assert text.split("\n")[:4] == [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<!-- Simulated by the LKC Simulator. This file licenses nothing outside of it. -->",
        '<isslicense format="1" simulated="true">',
        "  <notice>SIMULATED - not a license of any vendor</notice>",
    ]
    assert names[1:6] == ["key-id", "account-id", "customer", "icn", "order"]
    assert names[6:12] == ["line", "part-number", "product", "quantity", "serial-number", "host-id"]
    assert names[12:] == ["start", "service-end", "license-end", "issued", "signature"]
    assert "<serial-number>S-1</serial-number>\n  <host-id>HOSTNAME=console</host-id>" in text


def test_an_empty_start_is_not_written() -> None:
    """Elements without content are left out of the XML."""
    content = isslicense.render(grant(start=None), SIGNER)

    assert b"<start>" not in content
    assert b"<serial-number>" not in content


@both_formats
@given(name=printable, product=printable, serial=printable, order=printable)
def test_names_of_any_kind_leave_the_file_whole(
    format_: Format, name: str, product: str, serial: str, order: str
) -> None:
    """Quotes, markup and other scripts stay content."""
    values = {"customer_name": name, "product": product, "serial_number": serial, "order_number": order[:40]}

    found = verify(WRITERS[format_](grant(**values), SIGNER), KEYS)

    assert (found.quantity, found.key_id) == (5, 41649)
    if format_ is Format.ISSLICENSE:
        assert (found.customer_name, found.product, found.order_number) == (name, product, order[:40])


@pytest.mark.parametrize("quantity", [0, -1])
def test_quantity_zero_cannot_be_granted(quantity: int) -> None:
    """FlexNet reads 0 as uncounted: such a grant does not even come into being."""
    with pytest.raises(ValueError, match="cannot grant a quantity"):
        grant(quantity=quantity)


@pytest.mark.parametrize("host_id", ["001122334455", "HOSTNAME=console", "INTERNET=192.0.2.*", "a:b/c-d_e", "x" * 64])
def test_a_host_id_names_one_host(host_id: str) -> None:
    """Addresses, and FlexNet's kinds of names, stay as they are."""
    assert checked_host_id(host_id) == host_id
    assert grant(host_id=host_id).host_id == host_id


@pytest.mark.parametrize("host_id", ["", "a b", "a\tb", "a,b", 'a"b', "a#b", "a\\", "a\nb", "ü", "x" * 65, "&", "<"])
def test_what_no_server_line_can_carry_is_no_host_id(host_id: str) -> None:
    """Several ids, and text that would break a file, are refused and named, also where a grant comes into being."""
    with pytest.raises(InvalidHostId) as refusal:
        grant(host_id=host_id)

    assert (refusal.value.code, refusal.value.question) == ("validation", None)
    assert refusal.value.members["errors"][0]["received"] == host_id


def test_the_flexnet_file_has_the_documented_form() -> None:
    """SERVER, VENDOR, INCREMENT with its fields in order; a fake SIGN; lines that continue."""
    content = flexnet.render(grant(license_end=date(2016, 3, 1), serial_number="S1"), SIGNER)

    found = parsed(content)

    assert found["keywords"] == ["SERVER", "VENDOR", "INCREMENT"]
    assert found["server"] == ["this_host", "ANY"]
    assert found["fields"] == ["PROVENTIA_NETWORK_IPS_GX4004", found["vendor"], "2014.1231", "01-mar-2016", "5"]
    assert found["sixth"] == 'SIGN="SIMULATED"'
    assert found["options"] == {
        "SIGN": '"SIMULATED"',
        "ISSUED": "03-mar-2014",
        "START": "01-jan-2014",
        "SN": '"0005283-1"',
        "VENDOR_STRING": '"key 41649 part D0GX4LL"',
        "NOTICE": '"SIMULATED - Acme Holding"',
    }
    assert b"uncounted" not in content


@pytest.mark.parametrize(
    ("format_", "name"), [(Format.ISSLICENSE, "iss_7_key.isslicense"), (Format.FLEXNET, "iss_7_key.lic")]
)
def test_files_are_named_after_their_key(format_: Format, name: str) -> None:
    """The documented pattern, and its like for the other format."""
    assert file_name(7, format_) == name
