"""`lkc bundle` as somebody uses it: saved from one simulator, played by another one with data of its own."""

from __future__ import annotations

import json
import os
import subprocess
import threading
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from lkc.client import Client, Refused, Unreachable
from tests.served.conftest import LKC, Served, start, stop
from tests.served.test_killed import killed

EMAIL, DEMO = "vera.lindqvist@nordlicht.example", "polarlicht"


@pytest.fixture(scope="module")
def colleague(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A colleague's simulator: another process, another directory."""
    served = start("--data-dir", str(tmp_path_factory.mktemp("colleague")))
    yield served
    stop(served)


@pytest.fixture
def world(served: Served) -> Iterator[Client]:
    """A fresh world with a checkpoint and calls since."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={"from": "demo", "clock": "running"}).json()["name"]
    with Client(served.url, name) as client:
        client.clock.advance(days=1)
        client.customers.create(icn="0099001", name="Acme", country="DE")
        with pytest.raises(Refused):
            client.customers.create(icn="0099001", name="Acme", country="DE")
        yield client


def test_a_case_travels_from_one_simulator_to_another(
    served: Served, colleague: Served, world: Client, tmp_path: Path
) -> None:
    """Two commands and one file; the answers are the same, the world is left to be looked at."""
    file = tmp_path / "case.toml"

    saved = served.lkc("bundle", "save", str(file), world=world.world)
    replayed = colleague.lkc("bundle", "replay", str(file), "--assert", "--world", "the-case")

    since = "the checkpoint before clock advance"
    assert saved.stdout == f"{file}: world {world.world} at {since}, and 3 calls since.\n"
    assert replayed.stdout.splitlines() == [
        f"3 calls since {since}: made in world the-case ({colleague.url}/w/the-case).",
        "Each was answered as before.",
    ], replayed.stderr
    assert "producer:producer" not in file.read_text()
    listed = json.loads(colleague.lkc("world", "list", "--json").stdout)
    assert [one["from"] for one in listed if one["name"] == "the-case"] == ["bundle"]
    again = colleague.lkc("bundle", "replay", str(file), "--world", "the-case")
    assert (again.returncode, again.stderr.split(":")[0]) == (1, "world-exists")


def test_the_first_answer_that_differs_ends_it(served: Served, world: Client, tmp_path: Path) -> None:
    """With --assert the difference on stdout, one line on stderr, exit code 1; without it all calls and code 0."""
    file = tmp_path / "case.toml"
    file.write_text(world.bundles.save().replace('"code": "already-exists"', '"code": "there-already"'))
    spoilt = file.read_text().replace("status = 409", "status = 422")
    file.write_text(spoilt)

    asserted = served.lkc("bundle", "replay", str(file), "--assert")
    told = served.lkc("bundle", "replay", str(file))
    in_full = json.loads(served.lkc("bundle", "replay", str(file), "--assert", "--json").stderr)

    assert asserted.returncode == 1
    assert asserted.stdout.startswith("3. POST /ordering/api/v1/customers: 409 instead of 422")
    assert asserted.stderr.startswith("answer-differs: Call 3, POST /ordering/api/v1/customers, was answered otherwise")
    assert asserted.stderr.count("\n") == 1
    assert (told.returncode, told.stdout.splitlines()[1]) == (0, "1 were answered otherwise; the first of them:")
    assert in_full["first"]["expected"]["status"] == 422


def test_secrets_are_given_on_the_line_or_by_the_environment(
    served: Served, colleague: Served, world: Client, tmp_path: Path
) -> None:
    """A password of the seed is known by its hash alone, so whoever plays the bundle must give it."""
    file = tmp_path / "case.toml"
    world.as_member(EMAIL, DEMO).accounts.list()
    saved = served.lkc("bundle", "save", str(file), world=world.world)

    refused = colleague.lkc("bundle", "replay", str(file))
    given = colleague.lkc("bundle", "replay", str(file), "--assert", "--secret", f"{EMAIL}={DEMO}")
    variable = "LKC_SECRET_" + "".join(one if one.isalnum() else "_" for one in EMAIL.upper())
    by_variable = subprocess.run(
        [LKC, "bundle", "replay", "-", "--url", colleague.url, "--assert", "--json"],
        input=file.read_text(),
        env={**os.environ, variable: DEMO},
        capture_output=True,
        text=True,
        check=False,
    )

    assert f"Whoever plays it must give: {EMAIL}." in saved.stdout
    assert DEMO not in file.read_text()
    assert (refused.returncode, refused.stderr.split(":")[0]) == (1, "secrets-missing")
    assert f"does not hold: {EMAIL}. What helps: Give each with --secret NAME=VALUE" in refused.stderr
    assert given.returncode == 0, given.stdout + given.stderr
    assert json.loads(by_variable.stdout)["different"] == 0


def test_save_begins_where_it_is_told(served: Served, world: Client, tmp_path: Path) -> None:
    """At the origin, at a snapshot, or as JSON and to standard output; two beginnings are wrong usage."""
    world.snapshots.save("here")
    out = served.lkc("bundle", "save", "-", "--since", "snapshot:here", world=world.world)
    told = json.loads(
        served.lkc("bundle", "save", str(tmp_path / "a"), "--from-start", "--json", world=world.world).stdout
    )
    wrong = served.lkc("bundle", "save", "-", "--from-start", "--since", "checkpoint:1", world=world.world)
    unknown = served.lkc("bundle", "save", "-", "--since", "snapshot:there", world=world.world)

    assert 'since = "snapshot here"' in out.stdout
    assert (told["since"], told["calls"], told["secrets"]) == ("the origin", 4, [])
    assert wrong.returncode == 2
    assert (unknown.returncode, unknown.stderr.split(":")[0]) == (1, "unknown-moment")


def test_the_world_that_a_simulator_starts_with_has_its_moments_too(colleague: Served) -> None:
    """Its clock has run for a while before anybody called, and was moved since; each stamp is that of then."""
    first = start("--ephemeral")
    try:
        with Client(first.url) as client:
            time.sleep(2.2)
            client.customers.create(icn="0099001", name="Acme", country="DE")
            client.clock.advance(days=1)
            client.events.list()
            client.orders.list()
            text = client.bundles.save("origin")
    finally:
        stop(first)

    with Client(colleague.url) as there:
        done = there.bundles.replay(text, asserting=True)
        moments = [event["at"] for event in there.in_world(done["world"]).events.list() if "Acme" in event["text"]]

    began = tomllib.loads(text)["bundle"]["call"][0]["began"]
    assert done["calls"] == 3
    assert began > 2_000_000
    assert moments == [f"2014-03-03T09:00:0{began // 1_000_000}Z"]


def test_the_client_saves_and_plays(colleague: Served, world: Client) -> None:
    """By the same words; what differs is refused where it asserts."""
    text = world.bundles.save(since="origin")
    with Client(colleague.url) as there:
        done = there.bundles.replay(text, "by-the-client", secrets={"producer": "producer"}, asserting=True)
        with pytest.raises(Refused) as refused:
            there.bundles.replay(text.replace("status = 201", "status = 200"), asserting=True)

    assert (done["world"], done["calls"], done["first"]) == ("by-the-client", 3, None)
    assert refused.value.code == "answer-differs"
    assert refused.value.document["first"]["number"] == 2


def replay_and_lose(client: Client, text: str) -> None:
    """Plays a bundle on a simulator that is killed meanwhile."""
    with pytest.raises(Unreachable):
        client.bundles.replay(text, "half")


def test_a_world_whose_playing_was_killed_says_so(tmp_path: Path) -> None:
    """It is there, and its origin tells that it is half a thing; its name can be used again once it is deleted."""
    first = start("--data-dir", str(tmp_path))
    with Client(first.url) as client:
        for number in range(40):
            client.customers.create(icn=f"{number:07}", name="Acme", country="DE")
            httpx.get(f"{first.url}/ordering/api/v1/catalogue", headers={"Prefer": "lkc-fault=latency; ms=60"})
        text = client.bundles.save(since="origin")
        thread = threading.Thread(target=replay_and_lose, args=(client, text))
        thread.start()
        while not (tmp_path / "worlds" / "half").is_symlink():
            time.sleep(0.005)
        time.sleep(0.3)
        killed(first)
        thread.join()

    second = start("--data-dir", str(tmp_path))
    try:
        found = httpx.get(f"{second.url}/_sim/worlds/half").json()
        with Client(second.url, "half") as there:
            made = len(there.customers.list())
            deleted = httpx.delete(f"{second.url}/_sim/worlds/half").status_code
            again = there.in_world("default").bundles.replay(text, "half")
    finally:
        stop(second)

    assert found["from"] == "bundle (not played to its end)"
    assert made < again["calls"] / 2
    assert (deleted, again["different"]) == (204, 0)
