"""Visits to the portal: a reader who is logged in as somebody with a password."""

from __future__ import annotations

from tests.builders import ANN, PASSWORD, with_password
from tests.reader import Reader
from tests.wire import Wire


def reader_of(wire: Wire) -> Reader:
    """Somebody with a browser."""
    return Reader(wire.landscape, wire.world)


def logged_in(wire: Wire, email: str = ANN) -> Reader:
    """A member who has set a password and logged in; he sees the Order Summary."""
    with_password(wire, email)
    return log_in(reader_of(wire), email)


def log_in(reader: Reader, email: str = ANN, password: str = PASSWORD, status: int = 200) -> Reader:
    """Fills in the login page."""
    return reader.open("/lkc/login").submit("Log in", {"email": email, "password": password}, status)
