"""License files: both formats say what was granted, and no byte of them can be changed."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkc.keycenter.files import flexnet, isslicense
from lkc.keycenter.files.grant import Format, Grant, file_name
from lkc.keycenter.files.verification import LARGEST, LicenseFileInvalid, verify
from lkc.world.keys import public_keys, signer

SIGNER = signer(1, "keycenter")
KEYS = public_keys({"keys": [SIGNER.jwk()]})
WRITERS = {Format.ISSLICENSE: isslicense.render, Format.FLEXNET: flexnet.render}
both_formats = pytest.mark.parametrize("format_", list(Format))

printable = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=250)


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
    lines = [line.split() for line in text.split("\n") if line.strip() and not line.startswith("#")]
    increment = lines[2]
    options = dict(re.findall(r'([A-Z_]+)=("[^"]*"|\S+)', " ".join(increment[6:])))
    return {
        "keywords": [line[0] for line in lines],
        "server": lines[0][1:],
        "vendor": lines[1][1],
        "fields": increment[1:6],
        "options": options,
    }


@both_formats
def test_a_file_reads_back_as_what_was_granted(format_: Format) -> None:
    """Key, product, quantity, order, customer and both ends are in the file."""
    found = verify(WRITERS[format_](grant(license_end=date(2016, 2, 29)), SIGNER), KEYS)

    assert (found.format, found.kid, found.key_id) == (format_, SIGNER.kid, 41649)
    assert (found.quantity, found.order, found.customer) == (5, "0005283", "Acme Holding")
    expected = {Format.ISSLICENSE: ("2014-12-31", "2016-02-29"), Format.FLEXNET: ("2014.1231", "29-feb-2016")}
    assert (found.service_end, found.license_end) == expected[format_]


@both_formats
def test_a_file_says_that_it_is_simulated_and_permanent(format_: Format) -> None:
    """Nobody can take it for a real license; a product without end is written as permanent."""
    content = WRITERS[format_](grant(), SIGNER)

    assert b"Simulated by the LKC Simulator" in content
    assert b"SIMULATED" in content
    assert verify(content, KEYS).license_end == "permanent"


@both_formats
def test_the_same_grant_gives_the_same_bytes(format_: Format) -> None:
    """Nothing of time or chance is in a file."""
    assert WRITERS[format_](grant(), SIGNER) == WRITERS[format_](grant(), signer(1, "keycenter"))


@both_formats
def test_every_single_byte_counts(format_: Format) -> None:
    """Whichever byte is changed, removed or doubled: the file is refused."""
    content = WRITERS[format_](grant(), SIGNER)
    for place in range(len(content)):
        changed = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        removed = content[:place] + content[place + 1 :]
        doubled = content[:place] + content[place : place + 1] + content[place:]
        for wrong in (changed, removed, doubled):
            if wrong != content:
                with pytest.raises(LicenseFileInvalid):
                    verify(wrong, KEYS)


@both_formats
@given(place=st.integers(0, 700), put=st.binary(min_size=1, max_size=4))
def test_whatever_is_put_in_is_caught(format_: Format, place: int, put: bytes) -> None:
    """Insertions at any place are refused."""
    content = WRITERS[format_](grant(), SIGNER)

    with pytest.raises(LicenseFileInvalid):
        verify(content[:place] + put + content[place:], KEYS)


@both_formats
@pytest.mark.parametrize("change", ["upper", "crlf", "bom", "twice", "tail", "kid", "none"])
def test_what_editors_and_forgers_do_is_caught(format_: Format, change: str) -> None:
    """Other hex digits, line ends, a byte order mark, a second seal, more bytes, another key, no seal."""
    content = WRITERS[format_](grant(), SIGNER)
    seal = re.search(rb"[0-9a-f]{128}", content)
    assert seal is not None
    spoiled = {
        "upper": content.replace(seal[0], seal[0].upper()),
        "crlf": content.replace(b"\n", b"\r\n"),
        "bom": b"\xef\xbb\xbf" + content,
        "twice": content + content,
        "tail": content + b"\n",
        "kid": content.replace(SIGNER.kid.encode(), b"0" * 16),
        "none": content.replace(seal[0], b""),
    }

    with pytest.raises(LicenseFileInvalid) as refusal:
        verify(spoiled[change], KEYS)

    assert refusal.value.detail.startswith("The file ")


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 100, b"<?xml ", b"# Simulated by x" * LARGEST])
def test_what_is_no_license_file_is_refused(content: bytes) -> None:
    """Anything else is refused, and what is too large unread."""
    with pytest.raises(LicenseFileInvalid):
        verify(content, KEYS)


@both_formats
def test_a_file_of_another_world_is_refused(format_: Format) -> None:
    """The keys of another seed do not fit."""
    content = WRITERS[format_](grant(), signer(2, "keycenter"))

    with pytest.raises(LicenseFileInvalid, match="none of this world"):
        verify(content, KEYS)


def test_a_sealed_text_without_a_license_is_refused() -> None:
    """A right seal alone makes no license file."""
    text = f"# Simulated by nobody\n# sealed kid={SIGNER.kid} ed25519="
    content = (text + SIGNER.sign(text.encode()).hex()).encode()

    with pytest.raises(LicenseFileInvalid, match="INCREMENT"):
        verify(content, KEYS)


@both_formats
@given(name=printable, product=printable, serial=printable)
def test_names_of_any_kind_leave_the_file_whole(format_: Format, name: str, product: str, serial: str) -> None:
    """Quotes, markup, other scripts and what looks like a seal stay content."""
    found = verify(WRITERS[format_](grant(customer_name=name, product=product, serial_number=serial), SIGNER), KEYS)

    assert found.quantity == 5
    if format_ is Format.ISSLICENSE:
        assert (found.customer, found.product) == (name, product)


@pytest.mark.parametrize(
    "name",
    [
        "]]>&<\"'",
        f'<signature kid="{SIGNER.kid}" algorithm="Ed25519">{"0" * 128}</signature>',
        f"# sealed kid={SIGNER.kid} ed25519={'0' * 128}",
        'algorithm="Ed25519">',
        " ed25519=",
    ],
)
@both_formats
def test_a_name_cannot_forge_the_seal(format_: Format, name: str) -> None:
    """Text that looks like a seal is not taken for one."""
    content = WRITERS[format_](grant(customer_name=name, serial_number=name, account_id=name), SIGNER)

    assert verify(content, KEYS).key_id == 41649


@pytest.mark.parametrize("quantity", [0, -1])
def test_quantity_zero_cannot_be_granted(quantity: int) -> None:
    """FlexNet reads 0 as uncounted: such a grant does not even come into being."""
    with pytest.raises(ValueError, match="cannot grant a quantity"):
        grant(quantity=quantity)


def test_the_flexnet_file_has_the_documented_form() -> None:
    """SERVER, VENDOR, INCREMENT with its fields in order; a fake SIGN; lines that continue."""
    content = flexnet.render(grant(license_end=date(2016, 3, 1), serial_number="S1"), SIGNER)

    found = parsed(content)

    assert found["keywords"] == ["SERVER", "VENDOR", "INCREMENT"]
    assert found["server"] == ["this_host", "ANY"]
    assert found["fields"] == ["PROVENTIA_NETWORK_IPS_GX4004", found["vendor"], "2014.1231", "01-mar-2016", "5"]
    assert found["options"]["SIGN"] == '"SIMULATED"'
    assert found["options"]["START"] == "01-jan-2014"
    assert found["options"]["ISSUED"] == "03-mar-2014"
    assert b"uncounted" not in content
    body = [line for line in content.decode("latin-1").split("\n") if not line.startswith("#")]
    assert max(map(len, body)) <= 100


def test_a_file_for_a_host_names_it() -> None:
    """Without a start there is no START; with a host id the file is bound to it."""
    found = parsed(flexnet.render(grant(host_id="001122334455", start=None), SIGNER))

    assert found["server"] == ["this_host", "001122334455"]
    assert "START" not in found["options"]


@pytest.mark.parametrize(("product", "feature"), [("Ä-1 (x)", "1_X"), ("山田", "UNNAMED"), ("a" * 99, "A" * 60)])
def test_a_feature_is_named_in_plain_letters(product: str, feature: str) -> None:
    """Letters, digits and underscores, never empty, never too long."""
    assert flexnet.feature_name(product) == feature


def test_an_empty_start_is_not_written() -> None:
    """Elements without content are left out of the XML."""
    content = isslicense.render(grant(start=None, serial_number="S-1"), SIGNER)

    assert b"<start>" not in content
    assert b"<serial-number>S-1</serial-number>" in content


@pytest.mark.parametrize(
    ("format_", "name"), [(Format.ISSLICENSE, "iss_7_key.isslicense"), (Format.FLEXNET, "iss_7_key.lic")]
)
def test_files_are_named_after_their_key(format_: Format, name: str) -> None:
    """The documented pattern, and its like for the other format."""
    assert file_name(7, format_) == name
