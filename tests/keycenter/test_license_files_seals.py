"""The seals of license files: whatever is changed, added or taken away, the file is refused, and why is told."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lkc.keycenter.files import flexnet, isslicense
from lkc.keycenter.files.grant import Format
from lkc.keycenter.files.verification import LARGEST, ForeignKey, LicenseFileInvalid, verify
from lkc.world.keys import signer
from tests.keycenter.test_license_files import KEYS, SIGNER, WRITERS, both_formats, grant

FILES = {format_: write(grant(), SIGNER) for format_, write in WRITERS.items()}
SEALS = {Format.ISSLICENSE: isslicense.SEAL, Format.FLEXNET: flexnet.SEAL}
NOT_LIKE_ONE = "does not begin as a license file does"


def refused(content: bytes) -> str:
    """The reason for which a file is refused."""
    with pytest.raises(LicenseFileInvalid) as refusal:
        verify(content, KEYS)
    return refusal.value.detail


def digits_of(content: bytes) -> bytes:
    """The signature as it stands in a file."""
    found = re.search(rb"[0-9a-f]{128}", content)
    assert found is not None
    return found[0]


@both_formats
def test_every_single_byte_counts(format_: Format) -> None:
    """Whichever byte is changed, removed or doubled: the file is refused."""
    content = FILES[format_]
    passed = []

    for place in range(len(content)):
        here, head, tail = content[place], content[:place], content[place + 1 :]
        for put in (bytes([here ^ 1]), bytes([here ^ 32]), b"", bytes([here, here])):
            try:
                verify(head + put + tail, KEYS)
            except LicenseFileInvalid:
                continue
            passed.append((place, put))

    assert passed == []


@both_formats
@given(data=st.data(), width=st.integers(0, 1), put=st.binary(max_size=4))
def test_whatever_is_put_in_is_caught(format_: Format, data: st.DataObject, width: int, put: bytes) -> None:
    """Substitutions, insertions and deletions at any place are refused, whatever the bytes."""
    content = FILES[format_]
    place = data.draw(st.integers(0, len(content)))
    spoiled = content[:place] + put + content[place + width :]

    if spoiled == content:
        assert verify(spoiled, KEYS).key_id == 41649
    else:
        assert refused(spoiled).startswith("The file ")


@both_formats
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("upper case", "no readable seals"),
        ("no digits", "no readable seals"),
        ("twice", "2 readable seals"),
        ("crlf", "does not end with its seal"),
        ("more", "does not end with its seal"),
        ("less", "does not end with its seal"),
        ("mark", NOT_LIKE_ONE),
        ("other key", "none of this world"),
        ("other content", "its seal does not fit"),
    ],
)
def test_what_editors_and_forgers_do_is_told(format_: Format, change: str, reason: str) -> None:
    """Other hex digits, no seal, a second one, line ends, bytes behind, a byte order mark, another key or content."""
    content = FILES[format_]
    digits = digits_of(content)
    spoiled = {
        "upper case": content.replace(digits, digits.upper()),
        "no digits": content.replace(digits, b""),
        "twice": content + content,
        "crlf": content.replace(b"\n", b"\r\n"),
        "more": content + b"\n",
        "less": content[:-1],
        "mark": b"\xef\xbb\xbf" + content,
        "other key": content.replace(SIGNER.kid.encode(), b"0" * 16),
        "other content": content.replace(b"Acme", b"Acne"),
    }

    assert reason in refused(spoiled[change])


@both_formats
def test_a_refusal_has_a_code_and_a_remedy(format_: Format) -> None:
    """The code is the contract's; no documented question belongs to it; the key in question is a member."""
    with pytest.raises(LicenseFileInvalid) as refusal:
        verify(FILES[format_].replace(b"Acme", b"Acne"), KEYS)

    assert (refusal.value.code, refusal.value.question) == ("license-file-invalid", None)
    assert refusal.value.remedy.startswith("Save the file again")
    assert refusal.value.members == {"kid": SIGNER.kid}


@pytest.mark.parametrize("content", [b"", b"hello", b"\xff" * 100, b" <?xml ", b"SERVER this_host ANY\n"])
def test_what_is_no_license_file_is_refused(content: bytes) -> None:
    """Anything else is no license file."""
    assert NOT_LIKE_ONE in refused(content)


@both_formats
def test_what_is_too_large_is_refused_unread(format_: Format) -> None:
    """More than 256 KiB are not looked at; as many are."""
    content = FILES[format_]

    assert f"no license file has more than {LARGEST}" in refused(content.ljust(LARGEST + 1))
    assert "does not end with its seal" in refused(content.ljust(LARGEST))


@both_formats
def test_a_file_of_another_world_is_refused(format_: Format) -> None:
    """The keys of another seed do not fit, and what helps is to verify it with those of its own world."""
    content = WRITERS[format_](grant(), signer(2, "keycenter"))

    with pytest.raises(ForeignKey) as refusal:
        verify(content, KEYS)

    assert "none of this world" in refusal.value.detail
    assert refusal.value.code == "license-file-invalid"
    assert "the world in which it was generated" in refusal.value.remedy


@both_formats
def test_a_right_seal_alone_makes_no_license_file(format_: Format) -> None:
    """What has been sealed without a license in it is refused, and nothing in it is run into."""
    beginning = {Format.ISSLICENSE: b"<?xml ", Format.FLEXNET: b"# Simulated by "}[format_]
    content = SEALS[format_].on(beginning, SIGNER)

    assert "has a right seal, but is no license file" in refused(content)


@pytest.mark.parametrize("text", ["]]>&<\"'", "{before}{kid}{between}{digits}", "{before}{kid}{between}", "{between}"])
@both_formats
def test_a_name_cannot_forge_the_seal(format_: Format, text: str) -> None:
    """Text that looks like a seal is not taken for one."""
    seal = SEALS[format_]
    known = {"before": seal.before.decode(), "between": seal.between.decode(), "kid": SIGNER.kid, "digits": "0" * 128}
    name = text.format(**known)

    content = WRITERS[format_](grant(customer_name=name, serial_number=name, account_id=name), SIGNER)

    assert verify(content, KEYS).key_id == 41649


def test_a_seal_cannot_be_moved() -> None:
    """The right digits behind a name that looks like the beginning of a seal: the signed bytes, but another file."""
    name = f"# sealed kid={SIGNER.kid} ed25519="
    content = flexnet.render(grant(customer_name=name), SIGNER)
    digits = digits_of(content)

    moved = content.replace(digits, b"").replace(f'{name}"'.encode(), name.encode() + digits + b'"')

    assert moved != content
    assert "does not end with its seal" in refused(moved)
