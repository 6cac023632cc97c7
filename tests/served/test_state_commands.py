"""`lkc state` as somebody uses it: out to a file, back from it, in pipes; mistakes with their lines."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.served.conftest import LKC, Served


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world with a past."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={"from": "demo"}).json()["name"]
    return name


def test_a_world_goes_out_to_a_file_and_back(served: Served, world: str, tmp_path: Path) -> None:
    """What the file says is what the other world is afterwards, to the byte."""
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    other: str = httpx.post(f"{served.url}/_sim/worlds", json={"seed": 5}).json()["name"]

    out = served.lkc("state", "export", str(first), world=world)
    back = served.lkc("state", "import", str(first), world=other)
    told = json.loads(served.lkc("state", "export", str(second), "--json", world=other).stdout)

    assert out.stdout == f"World {world} is in {first}.\n"
    assert back.stdout == f"World {other} is what {first} says: 2014-03-03T09:00:00Z, frozen.\n"
    assert second.read_bytes() == first.read_bytes()
    assert told == {"file": str(second), "bytes": first.stat().st_size}


def test_a_document_goes_through_pipes(served: Served, world: str) -> None:
    """`-` is standard output and standard input."""
    out = served.lkc("state", "export", "-", world=world)
    back = subprocess.run(
        [LKC, "state", "import", "-", "--url", served.url, "--world", world, "--json"],
        input=out.stdout,
        capture_output=True,
        text=True,
        check=True,
    )

    assert out.stdout.startswith("# A world of the LKC Simulator")
    assert json.loads(back.stdout)["from"] == "state"


def test_mistakes_are_told_with_their_lines(served: Served, world: str, tmp_path: Path) -> None:
    """One line on stderr, exit code 1; in JSON the whole problem document."""
    file = tmp_path / "spoiled.toml"
    file.write_text(served.lkc("state", "export", "-", world=world).stdout.replace("seed = 1", "seed = 'x'"))

    refused = served.lkc("state", "import", str(file), world=world)
    in_full = json.loads(served.lkc("state", "import", str(file), "--json", world=world).stderr)

    assert refused.returncode == 1
    assert refused.stderr.startswith("validation: line 6: world.seed 'x': must be a whole number")
    assert in_full["errors"][0]["line"] == 6


def test_files_that_are_none_are_refused(served: Served, world: str, tmp_path: Path) -> None:
    """A file that is not there, one that is no text, a folder that cannot be written."""
    binary = tmp_path / "binary"
    binary.write_bytes(b"format = 1\n\xff")

    missing = served.lkc("state", "import", str(tmp_path / "none.toml"), world=world)
    no_text = served.lkc("state", "import", str(binary), world=world)
    nowhere = served.lkc("state", "export", str(tmp_path / "none" / "out.toml"), world=world)

    assert missing.stderr.startswith("no-file: ")
    assert no_text.stderr.startswith(f"no-document: {binary} is no text in UTF-8 (line 2).")
    assert nowhere.stderr.startswith("no-file: ")
    assert {missing.returncode, no_text.returncode, nowhere.returncode} == {1}


def test_differences_are_told_line_by_line(served: Served, world: str) -> None:
    """The system and what has become of what; a sentence for equal worlds."""
    served.lkc("world", "fork", world, f"{world}-copy")
    equal = served.lkc("world", "diff", world, f"{world}-copy")
    served.lkc("clock", "advance", "--days", "1", world=f"{world}-copy")

    different = served.lkc("world", "diff", world, f"{world}-copy")
    backwards = json.loads(served.lkc("world", "diff", f"{world}-copy", world, "--json").stdout)

    assert equal.stdout == f"{world} and {world}-copy are equal.\n"
    assert re.match(r"world      clock \+1 day\nworld      event \d+: The clock shows 2014-03-04", different.stdout)
    assert backwards["changes"][0]["text"] == "clock -1 day"


def test_an_anonymous_copy_needs_no_simulator(served: Served, world: str, tmp_path: Path) -> None:
    """The same salt gives the same copy, which can be imported; without one nobody can make it again."""
    original, copy = tmp_path / "original.toml", tmp_path / "copy.toml"
    served.lkc("state", "export", str(original), world=world)

    made = subprocess.run(
        [LKC, "state", "anonymise", original, "-o", copy, "--salt", "s", "--keep", "nordlicht.example", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    told = served.lkc("state", "anonymise", str(original), "-o", str(tmp_path / "other.toml"))
    printed = served.lkc("state", "anonymise", str(original), "--salt", "s", "--keep", "nordlicht.example")

    assert json.loads(made.stdout) == {"file": str(copy), "bytes": copy.stat().st_size}
    assert (
        told.stdout == f"{tmp_path / 'other.toml'} is {original} without anybody in it. Read it before you share it.\n"
    )
    assert printed.stdout == copy.read_text()
    assert "Lindqvist" in original.read_text()
    assert "Lindqvist" not in copy.read_text()
    assert "vera.lindqvist@nordlicht.example" in copy.read_text()
    assert served.lkc("state", "import", str(copy), world=world).returncode == 0


def test_a_document_with_mistakes_has_no_copy(served: Served, tmp_path: Path) -> None:
    """One line on stderr, as at an import."""
    file = tmp_path / "none.toml"
    file.write_text("format = 99\n")

    refused = served.lkc("state", "anonymise", str(file))

    assert refused.returncode == 1
    assert refused.stderr.startswith("validation: line 1: format 99: this version reads formats up to 1.")
