"""Password Finder, passwords and sessions, all by the world's clock."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import ANN, BOB, PASSWORD, expect_problem, mails, person, submitted, with_password
from tests.wire import Wire


def ask(wire: Wire, email: str) -> tuple[int, object]:
    """Asks the Password Finder."""
    response = wire.post("/lkc/api/v1/password-finder", {"email": email})
    return response.status_code, response.get_json()


def token_for(wire: Wire, email: str = ANN) -> str:
    """The token of the latest link that was mailed."""
    ask(wire, email)
    link: str = mails(wire, to=email, subject="Password Finder")[0]["links"][0]
    return link.rpartition("/")[2]


def advance(wire: Wire, **duration: float) -> None:
    """Lets the world's clock go on."""
    wire.value(wire.control("POST", "/clock/advance", duration))


def test_the_finder_writes_to_a_registered_end_user(wire: Wire) -> None:
    """Q10: sender and subject are the documented ones; the link leads into this world."""
    submitted(wire)

    ask(wire, "ANN@ACME.EXAMPLE")

    mail = mails(wire, to=ANN)[0]
    assert mail["from"] == "ibmss@flexnetoperations.com"
    assert mail["subject"] == "FlexNet Suite On-Demand Manager Password Finder"
    assert f"/w/{wire.world}/lkc/password/" in mail["links"][0]


def test_the_finder_answers_everybody_alike_and_writes_to_no_stranger(wire: Wire) -> None:
    """Q10: an address on no account gets no mail, and the answer does not tell."""
    submitted(wire)

    known, unknown = ask(wire, ANN), ask(wire, BOB)

    assert known == unknown
    assert known[0] == 202
    assert mails(wire, to=BOB) == []


def test_a_new_end_user_has_no_password(wire: Wire) -> None:
    """Before the Password Finder nobody can sign in, not even with an empty password."""
    submitted(wire)

    for password in ("", PASSWORD):
        expect_problem(wire.get("/lkc/api/v1/orders", (ANN, password)), 401, "invalid-credentials")


def test_a_link_sets_a_password_once(wire: Wire) -> None:
    """The first use sets the password, the second is refused."""
    submitted(wire)
    token = token_for(wire)

    first = wire.post("/lkc/api/v1/password", {"token": token, "password": PASSWORD})
    second = wire.post("/lkc/api/v1/password", {"token": token, "password": "something else"})

    assert first.status_code == 204
    assert expect_problem(second, 410, "password-link-expired")["question"] == 10
    assert wire.get("/lkc/api/v1/orders", (ANN, PASSWORD)).status_code == 200


def test_a_link_holds_for_24_hours_of_the_world(wire: Wire) -> None:
    """It works a second before, and no longer when the day is over."""
    submitted(wire)
    early, late = token_for(wire), token_for(wire)
    advance(wire, hours=24, seconds=-0.0)

    expired = wire.post("/lkc/api/v1/password", {"token": late, "password": PASSWORD})

    expect_problem(expired, 410, "password-link-expired")
    expect_problem(
        wire.post("/lkc/api/v1/password", {"token": early, "password": PASSWORD}), 410, "password-link-expired"
    )
    fresh = token_for(wire)
    advance(wire, seconds=timedelta(hours=24).total_seconds() - 1)
    assert wire.post("/lkc/api/v1/password", {"token": fresh, "password": PASSWORD}).status_code == 204


def test_a_new_password_ends_the_old_one_and_every_session(wire: Wire) -> None:
    """Whoever was signed in with the old password is signed out."""
    submitted(wire)
    old = with_password(wire)
    session = wire.value(wire.post("/lkc/api/v1/session", {"email": ANN, "password": old[1]}), 201)
    assert wire.get("/lkc/api/v1/orders", session["token"]).status_code == 200

    new = with_password(wire, password="another secret")

    expect_problem(wire.get("/lkc/api/v1/orders", old), 401, "invalid-credentials")
    expect_problem(wire.get("/lkc/api/v1/orders", session["token"]), 401, "invalid-credentials")
    assert wire.get("/lkc/api/v1/orders", new).status_code == 200


def test_a_session_ends_by_the_clock_of_the_world(wire: Wire) -> None:
    """A token tells until when it holds, and holds until then."""
    submitted(wire)
    with_password(wire)
    session = wire.value(wire.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD}), 201)

    assert session["expires_at"] == "2014-03-03T17:00:00Z"
    advance(wire, seconds=8 * 3600 - 1)
    assert wire.get("/lkc/api/v1/orders", session["token"]).status_code == 200
    advance(wire, seconds=1)
    ended = wire.get("/lkc/api/v1/orders", session["token"])
    assert expect_problem(ended, 401, "invalid-credentials")["remedy"] == "Sign in again."
    assert ended.headers["WWW-Authenticate"] == 'Bearer realm="License Key Center"'


def test_signing_out_ends_the_session(wire: Wire) -> None:
    """After DELETE session the token is worth nothing."""
    submitted(wire)
    with_password(wire)
    token = wire.value(wire.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD}), 201)["token"]

    assert wire.delete("/lkc/api/v1/session", token).status_code == 204

    expect_problem(wire.get("/lkc/api/v1/orders", token), 401, "invalid-credentials")
    assert wire.delete("/lkc/api/v1/session").status_code == 204


def test_a_wrong_password_signs_nobody_in(wire: Wire) -> None:
    """Known and unknown addresses are refused alike."""
    submitted(wire)
    with_password(wire)

    for email in (ANN, BOB):
        response = wire.post("/lkc/api/v1/session", {"email": email, "password": "wrong"})
        document = expect_problem(response, 401, "invalid-credentials")
        assert document["detail"] == "E-mail address and password do not belong together."


def test_a_session_of_another_world_is_worth_nothing_here(wire: Wire) -> None:
    """Worlds of the same seed give different tokens, so none fits by chance."""
    submitted(wire)
    with_password(wire)
    wire.control("POST", f"/worlds/{wire.world}/fork", {"name": f"{wire.world}-twin"})
    twin = Wire(wire.landscape, f"{wire.world}-twin")
    here = wire.value(wire.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD}), 201)["token"]
    there = wire.value(twin.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD}), 201)["token"]
    wire.control("DELETE", f"/worlds/{twin.world}")

    assert here != there
    expect_problem(wire.get("/lkc/api/v1/orders", there), 401, "invalid-credentials")


def test_a_short_password_is_refused_and_the_link_stays_good(wire: Wire) -> None:
    """A mistake does not use the link up."""
    submitted(wire)
    token = token_for(wire)

    short = wire.post("/lkc/api/v1/password", {"token": token, "password": "short"})

    expect_problem(short, 422, "validation")
    assert wire.post("/lkc/api/v1/password", {"token": token, "password": PASSWORD}).status_code == 204


def test_only_one_person_is_meant_by_an_address(wire: Wire) -> None:
    """One address on two accounts has one password, and sees both."""
    submitted(wire)
    submitted(wire, customer_name="Acme East", registered_end_users=[person(ANN)])

    ann = with_password(wire)

    accounts = wire.value(wire.get("/lkc/api/v1/accounts", ann))
    assert sorted(entry["name"] for entry in accounts) == ["Acme East", "Acme Holding"]
    assert {entry["role"] for entry in accounts} == {"administrator"}


def wrong(wire: Wire, times: int, email: str = ANN) -> list[int]:
    """Statuses of so many sign-ins with a wrong password."""
    body = {"email": email, "password": "wrong"}
    return [wire.post("/lkc/api/v1/session", body).status_code for _ in range(times)]


def test_who_guesses_has_to_wait_by_the_worlds_clock(wire: Wire) -> None:
    """After five wrong passwords even the right one waits, for 15 minutes of the world."""
    submitted(wire)
    ann = with_password(wire)

    assert wrong(wire, 6) == [401] * 5 + [429]
    refused = wire.get("/lkc/api/v1/orders", ann)
    assert expect_problem(refused, 429, "too-many-attempts")["retry_after"] == 900
    assert refused.headers["Retry-After"] == "900"
    advance(wire, minutes=14, seconds=59)
    assert wire.get("/lkc/api/v1/orders", ann).status_code == 429
    advance(wire, seconds=1)

    assert wire.get("/lkc/api/v1/orders", ann).status_code == 200


def test_wrong_passwords_of_single_calls_count_as_well(wire: Wire) -> None:
    """Guessing by HTTP Basic on a page that only reads is noticed too."""
    submitted(wire)
    with_password(wire)

    statuses = [wire.get("/lkc/api/v1/orders", (ANN, "wrong")).status_code for _ in range(6)]

    assert statuses == [401] * 5 + [429]


def test_a_right_password_or_a_new_one_begins_anew(wire: Wire) -> None:
    """Signing in, or setting a password, forgets what was counted."""
    submitted(wire)
    with_password(wire)
    assert wrong(wire, 4) == [401] * 4
    wire.value(wire.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD}), 201)
    assert wrong(wire, 6) == [401] * 5 + [429]

    with_password(wire, password="yet another one")

    assert wire.get("/lkc/api/v1/orders", (ANN, "yet another one")).status_code == 200


def test_single_calls_forget_failures_as_well(wire: Wire) -> None:
    """Wrong and right passwords in turn, each by HTTP Basic, never shut the right one out."""
    submitted(wire)
    with_password(wire)

    in_turn = [(wrong_basic(wire), wire.get("/lkc/api/v1/orders", (ANN, PASSWORD)).status_code) for _ in range(8)]

    assert in_turn == [(401, 200)] * 8


def wrong_basic(wire: Wire) -> int:
    """One call with a wrong password."""
    return wire.get("/lkc/api/v1/orders", (ANN, "wrong")).status_code


def test_one_place_cannot_try_everybody(wire: Wire) -> None:
    """Fifty wrong passwords from one network address stop it, whomever they were for."""
    submitted(wire)

    statuses = [wrong(wire, 1, f"user{number}@acme.example")[0] for number in range(51)]

    assert statuses == [401] * 50 + [429]
    with_password(wire)
    right = wire.post("/lkc/api/v1/session", {"email": ANN, "password": PASSWORD})
    expect_problem(right, 429, "too-many-attempts")
