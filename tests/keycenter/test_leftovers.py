"""What has expired does not pile up."""

from __future__ import annotations

from lkc.world.session import Access
from tests.builders import ANN, BOB, PASSWORD, submitted, with_password
from tests.wire import Wire

TABLES = ("keycenter_password_link", "keycenter_session", "keycenter_failed_sign_in")


def kept(wire: Wire) -> list[int]:
    """How many links, sessions and counts of wrong passwords there are."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        return [world.driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES]  # noqa: S608


def sign_in(wire: Wire, email: str = ANN, password: str = PASSWORD) -> int:
    """Signs in and returns the status."""
    return wire.post("/lkc/api/v1/session", {"email": email, "password": password}).status_code


def advance(wire: Wire, **duration: float) -> None:
    """Lets the world's clock go on."""
    wire.value(wire.control("POST", "/clock/advance", duration))


def test_what_has_expired_goes_with_the_next_sign_in(wire: Wire) -> None:
    """Links after a day, sessions after eight hours, wrong passwords after fifteen minutes; not before."""
    submitted(wire)
    with_password(wire)
    wire.post("/lkc/api/v1/password-finder", {"email": ANN})
    assert sign_in(wire, BOB, "wrong") == 401
    assert sign_in(wire) == 201
    assert kept(wire) == [1, 1, 2]

    advance(wire, minutes=14, seconds=59)
    sign_in(wire)
    assert kept(wire) == [1, 2, 2]
    advance(wire, seconds=1)
    sign_in(wire)
    assert kept(wire) == [1, 3, 0]
    advance(wire, hours=8)
    sign_in(wire)
    assert kept(wire) == [1, 1, 0]
    advance(wire, hours=24)
    sign_in(wire)

    assert kept(wire) == [0, 1, 0]


def test_what_has_expired_goes_with_the_next_link(wire: Wire) -> None:
    """The Password Finder keeps one link of one person, however often he lets it expire."""
    submitted(wire)
    for _ in range(3):
        wire.post("/lkc/api/v1/password-finder", {"email": ANN})
        advance(wire, hours=24)

    wire.post("/lkc/api/v1/password-finder", {"email": ANN})

    assert kept(wire) == [1, 0, 0]
