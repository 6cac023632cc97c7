"""Servers of a suite: where they come from, under what conditions they run, and that they end."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import time
from collections.abc import Callable

import pytest

from lkc.client import Client
from tests.plugin.conftest import Suite

NOTING = """
import os, signal, time

def note(world):
    with open("worlds", "a") as worlds:
        print(world.url, world.world, file=worlds)

def test_first(lkc_world):
    note(lkc_world)
"""
CRASHING = f"{NOTING}\ndef test_second(lkc_world):\n    note(lkc_world)\n    os._exit(3)\n"
WAITING = f"{NOTING}\ndef test_second(lkc_world):\n    note(lkc_world)\n    time.sleep(60)\n"


def test_a_simulator_that_runs_is_used(suite: Callable[[str], Suite], shared: Client) -> None:
    """`LKC_URL` names it; it keeps none of the suite's worlds."""
    theirs = suite(NOTING)

    code, said = theirs.run(LKC_URL=shared.url, LKC_ADMIN_TOKEN="unused")

    assert code == 0, said
    assert [line.split()[0] for line in theirs.wrote("worlds")] == [shared.url]
    assert [world["name"] for world in shared.worlds.list()] == ["default"]


def test_a_crashed_worker_leaves_no_world_behind(suite: Callable[[str], Suite], shared: Client) -> None:
    """Not even in a simulator that goes on."""
    theirs = suite(CRASHING)

    code, said = theirs.run("-n", "1", "--max-worker-restart", "0", LKC_URL=shared.url)

    assert code == 1, said
    assert len(theirs.wrote("worlds")) == 2
    assert [world["name"] for world in shared.worlds.list()] == ["default"]


def test_nobody_at_the_address_is_told(suite: Callable[[str], Suite]) -> None:
    """A wrong `LKC_URL` is an error and no reason to start another simulator."""
    code, said = suite(NOTING).run(LKC_URL="http://127.0.0.1:9")

    assert (code, "http://127.0.0.1:9 does not answer" in said) == (1, True), said


def test_neither_a_home_nor_the_usual_port_is_needed(suite: Callable[[str], Suite]) -> None:
    """Where the home directory cannot be written and others listen at the port it works all the same."""
    theirs = suite(NOTING)
    with socket.socket() as other:
        with contextlib.suppress(OSError):
            other.bind(("127.0.0.1", 8019))
            other.listen()

        code, said = theirs.run(HOME="/proc", XDG_CACHE_HOME="", LKC_PORT="8019", LKC_DATA_DIR="/proc/nowhere")

    assert code == 0, said


def test_a_crash_ends_the_server(suite: Callable[[str], Suite]) -> None:
    """Within a second or two after its owner it is gone, with its data."""
    theirs = suite(CRASHING)

    code, _ = theirs.run()

    assert code == 3
    assert theirs.leaves_nothing(theirs.wrote("worlds")[0].split()[0])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_signal_ends_the_server(suite: Callable[[str], Suite], number: signal.Signals) -> None:
    """Ctrl-C in the middle of a test, and a kill."""
    theirs = suite(WAITING)
    process = theirs.begin()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if (theirs.folder / "worlds").exists() and len(theirs.wrote("worlds")) == 2:
            break
        time.sleep(0.05)

    os.kill(process.pid, number)
    said, _ = process.communicate(timeout=30)

    assert process.returncode == (2 if number == signal.SIGINT else -signal.SIGKILL), said
    assert theirs.leaves_nothing(theirs.wrote("worlds")[0].split()[0])
