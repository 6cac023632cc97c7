"""`lkc exec` and `lkc env` lead other programs to a simulator."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.served.conftest import LKC, Served

SHOW = "import os; print(*[os.environ.get('LKC_' + name) for name in ('URL', 'WORLD', 'WORLD_URL')])"
ASK = """
import os, httpx
world = os.environ["LKC_WORLD_URL"]
found = httpx.get(f"{world}/ordering/api/v1/customers", auth=("producer", "producer"))
print(len(found.json()), os.environ["LKC_URL"])
"""
CATCH = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
print("ready", flush=True)
time.sleep(60)
"""


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A call of the command line."""
    return subprocess.run(
        [LKC, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        stdin=subprocess.DEVNULL,
    )


@pytest.mark.parametrize(("arguments", "customers"), [((), True), (("--from", "empty"), False)])
def test_a_command_gets_a_simulator_of_its_own(tmp_path: Path, arguments: tuple[str, ...], customers: bool) -> None:  # noqa: FBT001 - a table
    """It finds it in its environment, whatever stood there; afterwards it is gone with its data."""
    done = run(*("exec", *arguments, "--", sys.executable, "-c", ASK), LKC_URL="http://nowhere", TMPDIR=str(tmp_path))

    assert (done.returncode, done.stderr) == (0, "")
    count, url = done.stdout.split()
    assert (int(count) > 0) is customers
    assert list(tmp_path.glob("lkc-*")) == []
    with pytest.raises(httpx.TransportError):
        httpx.get(url)


def test_the_exit_code_is_the_commands() -> None:
    """Also that of one that a signal ended, as a shell tells it."""
    assert run("exec", "--from", "empty", sys.executable, "-c", "raise SystemExit(5)").returncode == 5
    assert run("exec", "--from", "empty", "--", "sh", "-c", "kill -9 $$").returncode == 128 + 9


def test_a_command_that_is_none_is_named() -> None:
    """With the exit codes of a shell; without a command the usage is wrong."""
    unknown, folder = run("exec", "--", "no-such-command"), run("exec", "--", "/")

    assert (unknown.returncode, folder.returncode) == (127, 126)
    assert unknown.stderr.startswith("no-command: no-such-command cannot be run")
    assert run("exec").returncode == 2


def test_a_signal_is_passed_on_to_the_command() -> None:
    """The command decides what it does with it, and its exit code is the answer."""
    process = subprocess.Popen(
        [LKC, "exec", "--from", "empty", "--", sys.executable, "-c", CATCH],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(0.2)

    process.send_signal(signal.SIGTERM)

    assert process.wait(30) == 7
    process.stdout.close()


def test_a_simulator_that_does_not_start_is_told(tmp_path: Path) -> None:
    """In one line, with what it said itself."""
    done = run(
        "exec", "--", "true", TMPDIR=str(tmp_path), PYTHONWARNINGS="", SQLITE_TMPDIR="", PYTHONPATH=_broken(tmp_path)
    )

    assert (done.returncode, done.stderr.startswith("not-started: ")) == (1, True), done.stderr
    assert "granian is broken" in done.stderr


def _broken(folder: Path) -> str:
    (folder / "granian.py").write_text("raise ImportError('granian is broken')\n", encoding="utf-8")
    return str(folder)


def test_a_running_simulator_is_led_to(served: Served) -> None:
    """Lines for a shell, or JSON; evaluated they lead a program there."""
    shown, as_json = served.lkc("env"), served.lkc("env", "--json")

    values = json.loads(as_json.stdout)
    evaluated = subprocess.run(
        ["sh", "-c", f'{shown.stdout}\nexec {sys.executable} -c "{SHOW}"'],
        capture_output=True,
        text=True,
        check=True,
    )
    assert values == {"LKC_URL": served.url, "LKC_WORLD": "default", "LKC_WORLD_URL": f"{served.url}/w/default"}
    assert evaluated.stdout.split() == list(values.values())


def test_what_does_not_run_is_not_led_to(served: Served) -> None:
    """An unknown world, or an address where nobody answers."""
    unknown = served.lkc("env", world="nowhere")
    nobody = run("env", "--url", "http://127.0.0.1:9")

    assert (unknown.returncode, unknown.stdout, nobody.returncode, nobody.stdout) == (1, "", 1, "")
    assert unknown.stderr.startswith("unknown-world: ")
    assert nobody.stderr.startswith("unreachable: ")
