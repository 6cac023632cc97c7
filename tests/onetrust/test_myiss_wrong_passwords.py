"""Who guesses at the password of an account of MyISS has to wait, by the world's clock."""

from __future__ import annotations

from tests.builders import ANN, BOB, ICN, expect_problem
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

TOKEN = "/myiss/api/v1/token"
SECRET = "proventia"


def open_accounts(wire: Wire) -> None:
    """Ann and Bob have accounts, and their customer number a token."""
    for email in (ANN, BOB):
        body = {"email": email, "password": SECRET, "icn": ICN}
        wire.value(wire.post("/myiss/api/v1/accounts", body, PRODUCER), 201)
    wire.value(wire.post("/onetrust/api/v1/tokens", {"icn": ICN}, PRODUCER), 201)


def wrong(wire: Wire, times: int, email: str = ANN) -> list[int]:
    """So many calls with a wrong password; what each is answered."""
    return [wire.get(TOKEN, (email, "wrong")).status_code for _ in range(times)]


def advance(wire: Wire, **duration: float) -> None:
    """Lets the world's clock go on."""
    wire.value(wire.control("POST", "/clock/advance", duration))


def test_who_guesses_at_an_account_has_to_wait(wire: Wire) -> None:
    """After five wrong passwords even the right one waits, for 15 minutes of the world; others do not."""
    open_accounts(wire)

    assert wrong(wire, 6) == [401] * 5 + [429]
    refused = wire.get(TOKEN, (ANN, SECRET))
    assert expect_problem(refused, 429, "too-many-attempts")["retry_after"] == 900
    assert refused.headers["Retry-After"] == "900"
    assert wire.get(TOKEN, (BOB, SECRET)).status_code == 200
    advance(wire, minutes=14, seconds=59)
    assert wire.get(TOKEN, (ANN, SECRET)).status_code == 429
    advance(wire, seconds=1)

    assert wire.get(TOKEN, (ANN, SECRET)).status_code == 200


def test_fifty_wrong_passwords_stop_a_place(wire: Wire) -> None:
    """Whomever they were for; the right password begins anew before that."""
    open_accounts(wire)
    assert wrong(wire, 4) == [401] * 4
    assert wire.get(TOKEN, (ANN, SECRET)).status_code == 200

    statuses = [wrong(wire, 1, f"user{number}@acme.example")[0] for number in range(47)]

    assert statuses == [401] * 46 + [429]
    assert wire.get(TOKEN, (ANN, SECRET)).status_code == 429


def test_the_page_and_the_interface_count_together(wire: Wire) -> None:
    """On the page, too, the sixth attempt is not looked at."""
    open_accounts(wire)
    reader = Reader(wire.landscape, wire.world).open("/myiss/sign-in")
    for _ in range(5):
        reader.submit("Sign in", {"email": ANN, "password": "wrong"}, status=401)

    told = reader.submit("Sign in", {"email": ANN, "password": SECRET}, status=429).text

    assert "5 wrong passwords came" in told
    assert wire.get(TOKEN, (ANN, SECRET)).status_code == 429
    advance(wire, minutes=15)
    reader.submit("Sign in", {"email": ANN, "password": SECRET})
    assert reader.path.endswith("/myiss/")
