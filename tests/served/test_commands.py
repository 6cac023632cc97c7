"""The command line against a served simulator."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.bench.orders import write_orders
from tests.served.conftest import LKC, Served

ROOT = Path(__file__).resolve().parents[2]
HEADER = b"icn,purchase_order,contact_name,contact_email,part_number,quantity,expiration_date"
FIRST_QUARTER = ROOT / "seed_data" / "orders" / "2014-q1.csv"


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={}).json()["name"]
    return name


def test_worlds_are_made_copied_listed_reset_and_deleted(served: Served) -> None:
    """Each verb does what its control call does and says so in a line."""
    made = served.lkc("world", "create", "cli-a", "--seed", "3", "--at", "2014-05-01", "--clock", "frozen")
    copy = served.lkc("world", "fork", "cli-a", "cli-b")
    listed = served.lkc("world", "list", "--json")
    reset = served.lkc("world", "reset", "cli-b")
    gone = [served.lkc("world", "delete", name) for name in ("cli-a", "cli-b")]

    line = f"cli-a  {served.url}/w/cli-a  2014-05-01T00:00:00Z  frozen\n"
    assert (made.stdout, copy.stdout) == (line, line.replace("cli-a", "cli-b"))
    assert {"cli-a", "cli-b"} <= {entry["name"] for entry in json.loads(listed.stdout)}
    assert reset.stdout == "cli-b is as it was at its origin (world:cli-a).\n"
    assert [done.returncode for done in gone] == [0, 0]
    left = served.lkc("world", "list").stdout.splitlines()
    assert left[0].split() == ["WORLD", "FROM", "SEED", "CLOCK", "MODE", "URL"]
    assert "cli-a" not in [line.split()[0] for line in left]
    assert served.lkc("world", "create").stdout.startswith("w-")


def test_the_clock_is_shown_and_moved(served: Served, world: str) -> None:
    """show, set, advance, run and freeze answer with what the clock shows."""
    shown = [
        served.lkc("clock", *arguments, world=world).stdout
        for arguments in (
            ("show",),
            ("set", "2014-04-01"),
            ("advance", "--days", "1", "--hours", "2"),
            ("advance", "--to", "2014-05-01"),
        )
    ]
    running = served.lkc("clock", "run", "--json", world=world)
    frozen = served.lkc("clock", "freeze", "--json", world=world)
    nothing = served.lkc("clock", "advance", world=world)

    assert shown == [
        "2014-03-03T09:00:00Z  frozen\n",
        "2014-04-01T00:00:00Z  frozen\n",
        "2014-04-02T02:00:00Z  frozen\n",
        "2014-05-01T00:00:00Z  frozen\n",
    ]
    assert json.loads(running.stdout)["mode"] == "running"
    assert json.loads(frozen.stdout)["mode"] == "frozen"
    assert nothing.returncode == 2


def test_a_refusal_is_one_line_with_its_code(served: Served, world: str) -> None:
    """Exit code 1, the code first, and the way out."""
    back = served.lkc("clock", "set", "2013-01-01", world=world)
    unknown = served.lkc("clock", "show", world="nobody")
    nowhere = served.lkc("clock", "show", "--url", "http://127.0.0.1:9")

    assert (back.returncode, back.stderr.count("\n")) == (1, 1)
    assert back.stderr.startswith("clock-backwards: The world's clock shows 2014-03-03T09:00:00Z")
    assert " What helps: Reset the world" in back.stderr
    assert unknown.stderr.startswith("unknown-world: ")
    assert "`lkc world list`" in unknown.stderr
    assert nowhere.stderr.startswith("unreachable: ")
    assert nowhere.returncode == 1


def test_the_first_quarter_imports_with_every_bad_row_named(served: Served, world: str) -> None:
    """The shipped feed goes in; its bad rows are named; running it again books nothing twice."""
    first = served.lkc("orders", "import", str(FIRST_QUARTER), world=world)
    again = json.loads(served.lkc("orders", "import", str(FIRST_QUARTER), "--json", world=world).stdout)

    assert first.returncode == 0, first.stderr
    count = int(first.stdout.split()[0])
    assert 180 <= count <= 220
    assert f"{count} orders imported, {count} submitted" in first.stdout
    assert first.stdout.count("the catalogue has no such part number") == 3
    assert "is not a whole number" in first.stdout
    assert "Not a valid email address" in first.stdout
    assert (again["imported"], again["already_there"]) == (0, count)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("latin.csv", "icn\nM\u00fcller".encode("latin-1"), "is not UTF-8"),
        ("open.csv", HEADER + b'\n"never', "is not CSV"),
        ("wrong.csv", b"icn,colour\n1,red\n", "colour: no such column"),
        ("headless.csv", b"0012345,Acme,DE\n", "the first line is no header: it names none of the columns; there are"),
        ("empty.csv", b"", "column is missing"),
        ("latin.ndjson", "\u00fc".encode("latin-1"), "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    served: Served, world: str, tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    """The whole file is refused with a reason, and exit code 1."""
    (tmp_path / name).write_bytes(content)

    done = served.lkc("orders", "import", str(tmp_path / name), world=world)

    assert done.returncode == 1
    assert done.stderr.startswith("validation: ")
    assert message in done.stderr


def test_a_long_file_goes_in_by_parts_and_keeps_its_rows(served: Served, world: str, tmp_path: Path) -> None:
    """Orders are never cut in two, and rows are counted over the whole file."""
    with FIRST_QUARTER.open(encoding="utf-8") as lines:
        header, first = next(lines), next(lines)
    cells = first.split(",")
    cells[0] = "R-1"
    rows = [",".join(cells) for _ in range(599)]
    pair = [",".join(["R-2", *cells[1:]]).replace(",1,", ",,", 1) for _ in range(2)]
    bad = ",".join([*cells[:10], "NOPE", *cells[11:]]).replace("R-1", "R-3")
    single = [row.replace("R-1", f"S-{number}") for number, row in enumerate(rows)]
    path = tmp_path / "long.csv"
    path.write_text(header + "".join([*single, *pair, bad]), encoding="utf-8")

    report = json.loads(served.lkc("orders", "import", str(path), "--book-only", "--json", world=world).stdout)

    assert (report["imported"], report["submitted"]) == (600, 0)
    assert [entry["row"] for entry in report["rejected"]] == [603]


def test_orders_as_json_lines_go_in_too(served: Served, world: str, tmp_path: Path) -> None:
    """An NDJSON file is imported by the same command."""
    part = httpx.get(f"{served.url}/ordering/api/v1/catalogue", auth=("producer", "producer")).json()[0]
    order = {
        "icn": "0012345",
        "customer_name": "Acme",
        "country": "DE",
        "purchase_order": "P",
        "contact": {"name": "Ann", "email": "ann@acme.example"},
        "lines": [{"part_number": part["part_number"], "quantity": 1, "expiration_date": ""}],
    }
    path = tmp_path / "orders.ndjson"
    path.write_text("\n".join([json.dumps(order)] * 1001) + "\n", encoding="utf-8")

    done = served.lkc("orders", "import", str(path), world=world)

    assert done.stdout == "1001 orders imported, 1001 submitted\n"


def test_mails_are_listed_shown_and_waited_for(served: Served, world: str) -> None:
    """The mailboxes are a command away."""
    httpx.post(
        f"{served.url}/w/{world}/mail/api/v1/messages", content=b"From: a@b.example\nTo: c@d.example\nSubject: Hi\n\nYo"
    ).raise_for_status()

    listed = served.lkc("mail", "list", "--to", "c@d.example", world=world)
    shown = served.lkc("mail", "show", "1", world=world)
    raw = served.lkc("mail", "show", "1", "--raw", world=world)
    waited = served.lkc("mail", "wait", "--subject", "hi", "--timeout", "1", world=world)
    none = served.lkc("mail", "wait", "--subject", "never", "--timeout", "0", world=world)

    assert listed.stdout.splitlines()[1].split() == ["1", "2014-03-03T09:00:00Z", "delivered", "c@d.example", "Hi"]
    assert shown.stdout == waited.stdout
    assert shown.stdout.endswith("Subject: Hi\nGenuine: no. No signature: anybody can have written this.\n\nYo\n")
    assert raw.stdout.startswith("From: a@b.example")
    assert none.stderr.startswith("no-mail: ")


def test_faults_are_ordered_listed_and_taken_back(served: Served, world: str) -> None:
    """A fault and its counts are a command away."""
    added = served.lkc("fault", "add", "mail-bounce", "--to", "ann@acme.example", "--times", "1", world=world)
    options = ["--minutes", "1.5", "--every", "2", "--probability", "0.5", "--until", "2015-01-01"]
    served.lkc("fault", "add", "mail-delay", *options, world=world)
    listed = served.lkc("fault", "list", world=world)
    one = served.lkc("fault", "clear", "1", world=world)
    rest = served.lkc("fault", "clear", world=world)
    none = served.lkc("fault", "clear", world=world)
    wrong = served.lkc("fault", "add", "earthquake", world=world)
    unknown = served.lkc("fault", "clear", "9", world=world)

    assert added.stdout == "fault 1: mail-bounce\n"
    rows = [re.split(" {2,}", line) for line in listed.stdout.splitlines()[1:]]
    assert rows == [
        ["1", "mail-bounce", "mail", "-", "to ann@acme.example", "at most 1x", "0", "0"],
        [
            "2",
            "mail-delay",
            "mail",
            "-",
            "1.5 minutes",
            "every 2. occasion, chance 0.5, until 2015-01-01T00:00:00Z",
            "0",
            "0",
        ],
    ]
    assert (one.stdout, rest.stdout, none.stdout) == ("taken back: 1\n", "taken back: 2\n", "No faults.\n")
    assert wrong.stderr.startswith("validation: KIND earthquake: ")
    assert unknown.stderr == (
        "unknown-fault: There is no fault 9. What helps: List the faults with `lkc fault list`.\n"
    )


def test_timeline_and_journal_are_listed(served: Served, world: str) -> None:
    """What happened and what was called, in columns."""
    served.lkc("clock", "advance", "--days", "1", world=world)

    happened = served.lkc("events", "list", world=world)
    called = served.lkc("requests", "list", "--system", "control", world=world)
    cleared = served.lkc("requests", "clear", world=world)

    assert "The clock shows 2014-03-04T09:00:00Z" in happened.stdout
    assert "POST" in called.stdout.splitlines()[1]
    assert cleared.stdout == "the journal is empty\n"


def test_a_long_import_shows_how_far_it_has_come(served: Served, world: str, tmp_path: Path) -> None:
    """On a terminal a bar appears after a second, and it ends at 100 %."""
    path = tmp_path / "long.csv"
    write_orders(path, 6000)
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        importing = subprocess.Popen(
            [LKC, "orders", "import", path, "--url", served.url, "--world", world],
            stdout=subprocess.DEVNULL,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "100"},
        )
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):
            while part := terminal.read(4096):
                shown += part
        code = importing.wait(60)

    assert code == 0
    assert b"importing" in shown
    assert b"100%" in shown
