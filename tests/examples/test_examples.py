"""The example programs do what they say."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lkc.client import Client
from lkc.client.order_messages import NewLine, Person
from lkc.client.serving import Server

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
NODE = shutil.which("node")
MEMBER = ("tomasz.wrona@nordlicht.example", "polarlicht")


@pytest.fixture(scope="module")
def simulator() -> Iterator[Client]:
    """A simulator for the examples."""
    with Server() as server, Client(server.url) as client:
        yield client


@pytest.fixture
def world(simulator: Client) -> Client:
    """A fresh empty world of it."""
    return simulator.in_world(simulator.worlds.create()["name"])


def environment(world: Client) -> dict[str, str]:
    """What leads a program to a world."""
    there = {"LKC_URL": world.url, "LKC_WORLD": world.world, "LKC_WORLD_URL": f"{world.url}/w/{world.world}"}
    return {**os.environ, **there}


def run(world: Client, name: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Runs an example against a world."""
    return subprocess.run(
        [sys.executable, EXAMPLES / name, *arguments],
        env=environment(world),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_nightly_sync_books_changes_and_leaves_alone(world: Client, tmp_path: Path) -> None:
    """A second night changes nothing, a third only what differs."""
    text = (EXAMPLES / "orders.csv").read_text(encoding="utf-8")
    changed, broken = tmp_path / "changed.csv", tmp_path / "broken.csv"
    right = text.replace("31/12/2014", "31-DEC-2014")
    changed.write_text(right, encoding="utf-8")
    broken.write_text(right.replace("D0G08LL", "NOTHING"), encoding="utf-8")

    nights = [run(world, "nightly_order_sync.py", file) for file in (EXAMPLES / "orders.csv",) * 2 + (changed,)]
    failed = run(world, "nightly_order_sync.py", broken)

    told = [[line.split()[-1] for line in night.stdout.splitlines()] for night in nights]
    assert told == [["booked", "booked"], ["unchanged", "unchanged"], ["unchanged", "changed"]]
    assert [night.returncode for night in nights] == [0, 0, 0]
    assert len(world.orders.list()) == 2
    assert len(world.mail.list(to="ida@birch.example")) == 4
    assert (failed.returncode, "What helps: " in failed.stderr) == (1, True), failed.stderr


def test_the_license_fetcher_saves_all_that_can_be_had(simulator: Client, tmp_path: Path) -> None:
    """It says of each other license why not, and a second run writes the same bytes."""
    world = simulator.in_world(simulator.worlds.create(from_="demo")["name"])

    first = run(world, "license_fetcher.py", *MEMBER, tmp_path)
    saved = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    second = run(world, "license_fetcher.py", *MEMBER, tmp_path)

    assert (first.returncode, second.stdout) == (1, first.stdout)
    assert {"date-format (question 13)", "quantity-zero (question 13)"} <= {
        reason
        for line in first.stderr.splitlines()
        for reason in line.partition(": ")[2].partition(". ")[0].split("; ")
    }
    assert saved
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == saved
    assert run(world, "license_fetcher.py", MEMBER[0], "wrong", tmp_path).returncode == 2


@pytest.mark.skipif(
    NODE is None,
    reason="node is not installed: https://nodejs.org, or the package nodejs; the poller needs 18 or later",
)
def test_the_token_poller_says_what_changes(world: Client) -> None:
    """The next date comes up when the first one has passed; an unknown token ends it."""
    lines: list[NewLine] = [
        {"part_number": "D0SP2LL", "quantity": 5, "expiration_date": "20-MAR-2014"},
        {"part_number": "D0SP2LL", "quantity": 7, "expiration_date": "31-DEC-2014"},
    ]
    world.customers.create(icn="0012345", name="Acme Holding")
    ann: Person = {"name": "Ann", "email": "ann@acme.example"}
    world.orders.create(submit=True, icn="0012345", purchase_order="PO-1", contact=ann, lines=lines)
    [token] = world.tokens.list()

    poller = subprocess.Popen(
        [NODE or "node", EXAMPLES / "token_poller.mjs", token["token"], "0.3", "200"],
        env=environment(world),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert poller.stdout is not None
    first = poller.stdout.readline()
    world.clock.advance(to_next="expiry")
    then = [poller.stdout.readline(), poller.stdout.readline()]
    poller.terminate()
    poller.wait(10)
    poller.stdout.close()
    unknown = subprocess.run(
        [NODE or "node", EXAMPLES / "token_poller.mjs", "99999999"],
        env=environment(world),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert "+ Proventia Management SiteProtector" in first
    assert first.endswith(": 5 until 2014-03-20, which is soon\n")
    assert then[0].endswith(": 7 until 2014-12-31\n")
    assert " - " in then[1]
    assert (unknown.returncode, unknown.stderr.startswith("token-unknown: ")) == (1, True)
