"""The page on which customers with WOS licenses sign in by their control number."""

from __future__ import annotations

from tests.builders import ANN, mails, submitted
from tests.reader import Reader
from tests.wire import Wire

PATH = "/ordering/wos/sign-in"


def test_a_control_number_signs_in_with_the_mailed_password(wire: Wire) -> None:
    """The page tells of which order it is, and lets nobody into the pages of the staff."""
    booked = submitted(wire)
    password = mails(wire, to=ANN, subject="processed")[0]["text"].partition("Password ")[2].split()[0]
    reader = Reader(wire.landscape, wire.world).open(PATH)

    reader.submit("Sign in", {"ocn": booked["ocn"], "password": password})

    assert f"signed in with control number {booked['ocn']}" in reader.text
    assert booked["order_number"] in reader.text
    assert reader.open("/ordering/").path.endswith("/ordering/sign-in")


def test_a_wrong_password_is_refused_and_nobody_resets_it_for_himself(wire: Wire) -> None:
    """Q19: Customer Support does; the number that the page's address names is filled in."""
    ocn = submitted(wire)["ocn"]
    reader = Reader(wire.landscape, wire.world).open(f"{PATH}?ocn={ocn}")

    reader.submit("Sign in", {"password": "jasmin2013"}, status=401)

    assert "No order has this OCN, or the password is another." in reader.text
    assert "have Customer Support reset it" in reader.text
    assert f'value="{ocn}"' in reader.html
