"""The README's walk through the main job works as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.served.conftest import LKC, Served, start, stop

ROOT = Path(__file__).resolve().parents[2]
WALK = re.compile(r"<!-- walk: .*? -->\n```sh\n(.*?)```", re.DOTALL)


WITH_CURL = pytest.mark.skipif(
    shutil.which("curl") is None and "CI" not in os.environ, reason="curl is not installed: the examples need it"
)


def pasted(shell: str, script: str, url: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A shell that reads lines, as one does into which they are pasted, and goes on after them."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    script = script.replace("/tmp/", f"{folder}/").replace(".venv/bin/lkc", str(LKC))  # noqa: S108 - the README's
    return subprocess.run(
        [shell, "-s"],
        input=f"{script}\necho and on",
        env={**os.environ, "LKC_URL": url},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def walk() -> str:
    """The block that leads from an order to a license file."""
    match = WALK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert match is not None
    return match[1]


@WITH_CURL
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_walk_from_an_order_to_a_license_file(served: Served, tmp_path: Path, shell: str) -> None:
    """Pasted into a shell it books, mails, refuses, corrects, generates and verifies."""
    done = pasted(shell, walk(), served.url, tmp_path)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "\n\n\n" not in done.stdout
    assert "Dear Bob Buyer" in done.stdout
    assert "Dear Ann Admin" in done.stdout
    assert '"code": "date-format"' in done.stdout
    assert "genuine, unchanged, and simulated" in done.stdout
    assert '"applied":true' in done.stdout
    assert done.stdout.endswith("and on\n")


@WITH_CURL
@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_the_walk_stops_where_nothing_listens(tmp_path: Path, shell: str) -> None:
    """One line says why, no step is tried, and the shell stays open."""
    done = pasted(shell, walk(), "http://127.0.0.1:9", tmp_path)

    assert done.stderr == "Nothing answers at http://127.0.0.1:9: start it, or set LKC_URL.\n"
    assert done.stdout == "and on\n"


@WITH_CURL
def test_what_there_is_to_try_in_the_demo_world(tmp_path: Path) -> None:
    """Each example shows what it promises, with the numbers that stand there."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## The demo world") : text.index("## A quarter full of orders")]
    running = start("--ephemeral")

    done = pasted("bash", "\n".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL)), running.url, tmp_path)
    stop(running)

    assert done.stderr == ""
    assert done.stdout.count(":problem:") == 2
    for told in (
        ":problem:date-format",
        ":problem:quantity-zero",
        "bounced  jakob.huber@nordlicht-energie-at.example",
        "delivered  jakob.huber@nordlicht.example",
        '"email":"vera.lindqvist@nordlicht.example","role":"member"',
        '"expiration_date":"31-JAN-2014","license_expiration_date":"permanent"',
        '"expiration_date":"2014-06-30"',
        '"expiration_date":"2014-12-31"',
        '"genuine":false',
    ):
        assert told in done.stdout, done.stdout


def test_no_block_for_a_shell_has_comments() -> None:
    """In an interactive zsh a comment is none: it would be run, and an apostrophe in it waits for the next one."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)

    assert len(blocks) > 5
    assert [line for block in blocks for line in block.splitlines() if re.search(r"(^|\s)#", line)] == []


def test_the_examples_of_worlds_and_faults_work(served: Served) -> None:
    """Pasted into a shell they make a world, order faults in it and reset it."""
    match = re.search(r"## Worlds.*?```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert match is not None
    commands = match[1].replace(".venv/bin/lkc ", "").splitlines()

    done = [served.lkc(*command.split()) for command in commands]
    served.lkc("world", "delete", "acme")

    assert [one.stderr for one in done] == [""] * 5
    assert "every 3. occasion, until 2014-04-01T00:00:00Z" in done[3].stdout


def test_every_command_in_the_readme_is_one(served: Served) -> None:
    """The verbs of the table exist."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"`lkc (\w+) ([\w|\\]+)", text)
    assert len(named) > 5
    for noun, verbs in named:
        for verb in verbs.replace("\\", "").split("|"):
            if verb.islower():
                done = served.lkc(noun, verb, "--help")
                assert done.returncode == 0, f"lkc {noun} {verb}"


@pytest.mark.parametrize("link", ["docs/fidelity.md", "docs/decisions", "CHANGELOG.md"])
def test_every_link_in_the_readme_leads_somewhere(link: str) -> None:
    """Files the README points at are there."""
    assert f"({link})" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert (ROOT / link).exists()
