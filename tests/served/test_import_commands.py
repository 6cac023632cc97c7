"""The command that imports files: correcting them, booking first and submitting later, and files that are all bad."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.served.conftest import Served

HEADER = "icn,customer_name,country,purchase_order,contact_name,contact_email,part_number,quantity,expiration_date"
GOOD = "0012345,Acme,DE,P,Ann,ann@acme.example,D0G04LL,1,31-DEC-2014"


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={}).json()["name"]
    return name


def write(path: Path, *rows: str) -> Path:
    """A CSV file of these rows."""
    path.write_text("\n".join([HEADER, *rows, ""]), encoding="utf-8")
    return path


def test_a_file_is_corrected_in_place_and_imported_again(served: Served, world: str, tmp_path: Path) -> None:
    """The file's name is what counts, not the folder; only the corrected row is booked."""
    (tmp_path / "later").mkdir()
    first = write(tmp_path / "a b&c=ü.csv", GOOD, GOOD.replace("D0G04LL", "NOPE"), GOOD)
    second = write(tmp_path / "later" / first.name, GOOD, GOOD, GOOD)

    done = [served.lkc("orders", "import", str(path), world=world) for path in (first, second)]

    assert done[0].stdout.startswith("2 orders imported, 2 submitted\n\n1 row, of 1 order, was not taken in:\n")
    assert done[1].stdout == "1 order imported, 1 submitted\n2 were there already, from an earlier run\n"


def test_what_was_only_booked_is_submitted_by_the_next_import(served: Served, world: str, tmp_path: Path) -> None:
    """`--book-only` is no dead end."""
    path = write(tmp_path / "orders.csv", GOOD, GOOD)

    served.lkc("orders", "import", str(path), "--book-only", world=world)
    report = json.loads(served.lkc("orders", "import", str(path), "--json", world=world).stdout)

    assert (report["imported"], report["submitted"], report["already_there"]) == (0, 2, 2)


def test_a_file_that_is_all_bad_is_not_sent_to_its_end(served: Served, world: str, tmp_path: Path) -> None:
    """What went in before is told, then the bound, and the exit code is 1."""
    path = write(tmp_path / "orders.csv", GOOD, *[f"{GOOD},more"] * 30_000)

    done = served.lkc("orders", "import", str(path), world=world)

    assert done.returncode == 1
    assert done.stdout.startswith("1 order imported, 1 submitted\n\n10")
    assert done.stderr.startswith("too-many-bad-rows: 10")
    assert "reading stopped at row 10" in done.stderr


def test_one_order_that_is_all_bad_is_told_in_numbers(served: Served, world: str, tmp_path: Path) -> None:
    """Where the simulator itself stops, the command tells what came of the parts before it too."""
    path = tmp_path / "orders.csv"
    rows = [f"S-{number},{GOOD}" for number in range(700)] + [f"A,{GOOD}"] * 20_000
    path.write_text("\n".join([f"reference,{HEADER}", *rows, ""]), encoding="utf-8")

    done = served.lkc("orders", "import", str(path), world=world)

    assert done.returncode == 1
    assert done.stdout.startswith("700 orders imported, 700 submitted\n\n20000 rows, of 1 order, were not taken in:")
    assert done.stdout.endswith("... and 19900 more mistakes, for which the list has no room\n")
    assert "20000 rows of" in done.stderr
    assert "reading stopped at row 20701" in done.stderr
