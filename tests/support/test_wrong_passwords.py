"""Who guesses at the password of an IBM ID has to wait, by the world's clock."""

from __future__ import annotations

from lkc.world.session import Access
from tests.builders import ANN, BOB, expect_problem
from tests.reader import Reader
from tests.support.desk import REQUESTS, SECRET, ibm_id
from tests.wire import PRODUCER, Wire


def wrong(wire: Wire, times: int, email: str = ANN) -> list[int]:
    """So many calls with a wrong password; what each is answered."""
    return [wire.get(REQUESTS, (email, "wrong")).status_code for _ in range(times)]


def advance(wire: Wire, **duration: float) -> None:
    """Lets the world's clock go on."""
    wire.value(wire.control("POST", "/clock/advance", duration))


def counted(wire: Wire) -> int:
    """How many addresses and places have wrong passwords on record."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        found: int = world.driver.execute("SELECT count(*) FROM support_failed_sign_in").fetchone()[0]
        return found


def test_who_guesses_at_an_ibm_id_has_to_wait(wire: Wire) -> None:
    """After five wrong passwords even the right one waits, for 15 minutes of the world; others do not."""
    ann, bob = ibm_id(wire), ibm_id(wire, BOB)

    assert wrong(wire, 6, ANN.upper()) == [401] * 5 + [429]
    refused = wire.get(REQUESTS, ann)
    assert expect_problem(refused, 429, "too-many-attempts")["retry_after"] == 900
    assert refused.headers["Retry-After"] == "900"
    assert [wire.get(REQUESTS, who).status_code for who in (bob, PRODUCER)] == [200, 200]
    advance(wire, minutes=14, seconds=59)
    assert wire.get(REQUESTS, ann).status_code == 429
    advance(wire, seconds=1)

    assert wire.get(REQUESTS, ann).status_code == 200


def test_the_right_password_begins_anew(wire: Wire) -> None:
    """Wrong and right ones in turn shut nobody out, also where the call writes."""
    ann = ibm_id(wire)

    for _ in range(3):
        assert wrong(wire, 4) == [401] * 4
        assert wire.get(REQUESTS, ann).status_code == 200
    bad = [wire.post(REQUESTS, {"summary": "A"}, (ANN, "wrong")).status_code for _ in range(6)]

    assert bad == [401] * 5 + [429]


def test_fifty_wrong_passwords_stop_a_place(wire: Wire) -> None:
    """Whomever they were for; what has expired goes with the next wrong one."""
    ann = ibm_id(wire)

    statuses = [wrong(wire, 1, f"user{number}@acme.example")[0] for number in range(51)]

    assert statuses == [401] * 50 + [429]
    assert wire.get(REQUESTS, ann).status_code == 429
    assert counted(wire) == 51
    advance(wire, minutes=15)
    wrong(wire, 1)
    assert counted(wire) == 2


def test_the_page_and_the_interface_count_together(wire: Wire) -> None:
    """On the page, too, the sixth attempt is not looked at."""
    ibm_id(wire)
    reader = Reader(wire.landscape, wire.world).open("/support/sign-in")
    for _ in range(5):
        reader.submit("Sign in", {"name": ANN, "password": "wrong"}, status=401)

    told = reader.submit("Sign in", {"name": ANN, "password": SECRET}, status=429).text

    assert "5 wrong passwords came" in told
    assert wire.get(REQUESTS, (ANN, SECRET)).status_code == 429
    advance(wire, minutes=15)
    reader.submit("Sign in", {"name": ANN, "password": SECRET})
    assert reader.path.endswith("/support/")
