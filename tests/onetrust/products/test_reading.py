"""License files as a product reads them: what the key center writes, and nothing that was touched since."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkc.keycenter.files import flexnet, isslicense
from lkc.keycenter.files.grant import Format
from lkc.world.keys import signer
from onetrust.products.reading import LARGEST, Reading, read
from onetrust.products.refusals import LicenseFileInvalid
from onetrust.products.seals import KEY_CENTER, built_in_key
from tests.keycenter.test_license_files import SIGNER, WRITERS, both_formats, days, grant, printable

KEY = built_in_key(1, KEY_CENTER)


def refused(content: bytes) -> str:
    """The reason for which a file is refused."""
    with pytest.raises(LicenseFileInvalid) as refusal:
        read(content, KEY)
    return refusal.value.detail


def sealed(text: str, *, xml: bool) -> bytes:
    """Any text with a right seal."""
    return (isslicense.SEAL if xml else flexnet.SEAL).on(text.encode(), SIGNER)


@both_formats
@given(
    product=printable,
    customer=printable,
    quantity=st.integers(1, 10_000_000),
    service_end=days,
    license_end=st.none() | days,
)
def test_a_product_reads_whatever_the_key_center_writes(format_: Format, **values: Any) -> None:
    """Key, product, quantity and both dates, through a reader that shares nothing with the writer."""
    values["customer_name"] = values.pop("customer")
    content = WRITERS[format_](grant(**values, serial_number="S 1", host_id="HOSTNAME=console"), SIGNER)

    found = read(content, KEY)

    assert (found.format, found.key_id, found.quantity) == (format_.value, 41649, values["quantity"])
    assert (found.service_end, found.license_end) == (values["service_end"], values["license_end"])
    assert format_ is Format.FLEXNET or found.product == values["product"]


@pytest.mark.parametrize(
    "product", ["IBM Security Host Protection for Windows", "A" * 90, "Prövéntia (M and MX series, 4.1)"]
)
def test_files_of_both_formats_are_of_one_product(product: str) -> None:
    """The feature of a FlexNet file and the name in the other one come to the same."""
    features = {read(write(grant(product=product), SIGNER), KEY).feature for write in WRITERS.values()}

    assert len(features) == 1


@both_formats
def test_every_single_byte_counts(format_: Format) -> None:
    """Whichever byte is changed, removed or doubled: the file is refused."""
    content = WRITERS[format_](grant(), SIGNER)

    for place in range(len(content)):
        here, head, tail = content[place], content[:place], content[place + 1 :]
        for put in (bytes([here ^ 1]), bytes([here ^ 32]), b"", bytes([here, here])):
            assert refused(head + put + tail).startswith("The ")


@both_formats
def test_a_file_of_another_world_is_refused(format_: Format) -> None:
    """A product knows the key of its own world, and tells both names."""
    other = signer(2, "keycenter")

    assert other.kid in refused(WRITERS[format_](grant(), other))


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (True, '<isslicense format="1">\n'),
        (True, '<isslicense format="2"><key-id>1</key-id>\n'),
        (True, "<isslicense><broken>\n"),
        (True, '<!DOCTYPE a [<!ENTITY b "c">]>\n<isslicense format="1"><key-id>&b;</key-id>\n'),
        (False, "nothing\n"),
        (False, "INCREMENT A v 2014.1231 permanent 5\n"),
        (False, 'INCREMENT A v 2014.1231 permanent 5 VENDOR_STRING="no number"\n'),
        (False, 'INCREMENT A v 2014.1331 permanent 5 VENDOR_STRING="key 7 part X"\n'),
        (False, 'INCREMENT A v 2014.1231 soon 5 VENDOR_STRING="key 7 part X"\n'),
        (False, 'INCREMENT A v 2014.1231 31-foo-2014 5 VENDOR_STRING="key 7 part X"\n'),
        (False, 'INCREMENT A v 2014.1231 permanent uncounted VENDOR_STRING="key 7 part X"\n'),
    ],
)
def test_a_right_seal_is_not_enough(text: str, *, xml: bool) -> None:
    """What is sealed and cannot be read is refused, and no entity is expanded."""
    assert refused(sealed(text, xml=xml)) == "The seal fits, but what the file says cannot be read."


def test_a_count_of_zero_never_licenses_without_limit() -> None:
    """FlexNet would read 0 as uncounted; a product refuses it."""
    text = 'INCREMENT A v 2014.1231 permanent 0 VENDOR_STRING="key 7 part X"\n'

    assert "at least 1" in refused(sealed(text, xml=False))


def test_a_plain_feature_line_is_enough() -> None:
    """Options beyond the key number are not asked for; lines may be continued."""
    text = 'INCREMENT A_B v 2014.1231 \\\n 01-jan-2015 5 NOTICE="a b=c" VENDOR_STRING="key 7 part X"\n'

    found = read(sealed(text, xml=False), KEY)

    assert found == Reading(
        format="flexnet",
        key_id=7,
        product="A_B",
        quantity=5,
        service_end=date(2014, 12, 31),
        license_end=date(2015, 1, 1),
    )


def test_a_file_beyond_all_bounds_is_not_read() -> None:
    """The bound is told."""
    assert str(LARGEST) in refused(b"<" * (LARGEST + 1))
