"""The README's walk through the main job works as it stands."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.served.conftest import LKC, Served

ROOT = Path(__file__).resolve().parents[2]
WALK = re.compile(r"<!-- walk: .*? -->\n```sh\n(.*?)```", re.DOTALL)


@pytest.mark.skipif(
    shutil.which("curl") is None and "CI" not in os.environ, reason="curl is not installed: the walk needs it"
)
def test_the_walk_from_an_order_to_a_license_file(served: Served, tmp_path: Path) -> None:
    """Pasted into a shell it books, mails, refuses, corrects, generates and verifies."""
    match = WALK.search((ROOT / "README.md").read_text(encoding="utf-8"))
    assert match is not None
    script = match[1].replace("/tmp/", f"{tmp_path}/").replace(".venv/bin/lkc", str(LKC))  # noqa: S108 - the README's

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        env={**os.environ, "LKC_URL": served.url},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )

    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert "\n\n\n" not in done.stdout
    assert '"code": "date-format"' in done.stdout
    assert "genuine, unchanged, and simulated" in done.stdout
    assert '"applied":true' in done.stdout


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
