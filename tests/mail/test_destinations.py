"""To whom a mail may leave the simulator."""

from __future__ import annotations

import pytest

from lkc.mail.outgoing import destination


@pytest.mark.parametrize(
    ("recipient", "address"),
    [
        ("a@acme.example", "a@acme.example"),
        ("A.B+c@deep.er.ACME.Example", "A.B+c@deep.er.ACME.Example"),
        ("a@x.test", "a@x.test"),
        ("a@x.localhost", "a@x.localhost"),
        ("a@localhost", "a@localhost"),
        ("jörg@acme.example", "jörg@acme.example"),
        ("a@müller.example", "a@xn--mller-kva.example"),
        ("a%evil.com@x.example", None),
        ("evil.com!a@x.example", None),
        ("a@example.com", None),
        ("a@example.org", None),
        ("a@acme.com", None),
        ("a@notexample", None),
        ("a@acme.example.com", None),
        ("a@acme.example.", None),
        ("a@b@acme.com", None),
        ("a@[127.0.0.1]", None),
        ("<a@evil.com>b@x.example", None),
        ("a@evil.com,b@x.example", None),
        ("a\r\nRCPT TO:<a@evil.com>@x.example", None),
        ("a@x.example\n", None),
        ("a@evil。com.example\u3002com", None),
        ("@x.example", None),
        ("nobody", None),
    ],
)
def test_only_addresses_of_nobody_are_relayed_to(recipient: str, address: str | None) -> None:
    """Those at or below .example, .test and .localhost."""
    assert destination(recipient) == address
