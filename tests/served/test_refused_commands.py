"""How the command line refuses: what was wrong, with what was given, and what helps."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.served.conftest import Served, start, stop

HEADER = "icn,customer_name,country,purchase_order,contact_name,contact_email,part_number,quantity,expiration_date"


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={}).json()["name"]
    return name


class _Stranger(http.server.BaseHTTPRequestHandler):
    """Answers everything with a page."""

    def do_GET(self) -> None:
        """A page, in good order or not."""
        self.send_response(404 if "mail" in self.path else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<h1>Hello</h1>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Keeps quiet."""


@pytest.fixture
def stranger() -> Iterator[str]:
    """The address of a server that is no simulator."""
    with http.server.HTTPServer(("127.0.0.1", 0), _Stranger) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_with_json_a_refusal_is_a_problem_document(served: Served, world: str) -> None:
    """It stands on stderr; stdout stays empty and the exit code is 1."""
    refused = served.lkc("clock", "set", "2013-01-01", "--json", world=world)
    nowhere = served.lkc("clock", "show", "--json", "--url", "http://127.0.0.1:9")

    document = json.loads(refused.stderr)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert (document["code"], document["status"], document["received"]) == (
        "clock-backwards",
        409,
        "2013-01-01T00:00:00Z",
    )
    assert json.loads(nowhere.stderr)["code"] == "unreachable"


def test_a_wrong_value_is_named_with_its_option(served: Served, world: str) -> None:
    """What the simulator calls by its field is called by option or argument here, each with what was given."""
    early = served.lkc("world", "create", "early", "--from", "demo", "--at", "2013-01-01")
    several = served.lkc("fault", "add", "feed-lost", "--minutes", "3", "--to", "moon", world=world)
    missing = served.lkc("fault", "add", "mail-delay", world=world)

    assert early.stderr == (
        "validation: --at 2013-01-01: must not be before 2014-02-24T13:40:00Z, when the past of demo ends. "
        "What helps: Correct what is named and run the command again.\n"
    )
    assert missing.stderr.startswith("validation: --minutes: mail-delay needs it. What helps: ")
    assert "--minutes 3.0: feed-lost knows no such setting" in several.stderr
    assert "--to moon: Must be one of: keycenter, onetrust" in several.stderr


def test_all_mistakes_are_shown_up_to_a_bound(served: Served, world: str, tmp_path: Path) -> None:
    """Ten stand in the line, which says how to see the others."""
    few, many = tmp_path / "few.csv", tmp_path / "many.csv"
    few.write_text("icn,part_number\n", encoding="utf-8")
    many.write_text(",".join(["icn", *(f"c{number}" for number in range(20))]) + "\n", encoding="utf-8")

    shown = served.lkc("orders", "import", str(few), world=world).stderr
    cut = served.lkc("orders", "import", str(many), world=world).stderr

    assert shown.count("column is missing") == 5
    assert "more" not in shown
    assert cut.count("there are: ") == 1
    assert "; and 16 more, which --json shows. What helps: " in cut


def test_each_credential_is_asked_for_by_its_option(tmp_path: Path) -> None:
    """The controls want the admin token, an import the staff's name and password."""
    running = start("--ephemeral", "--admin-token", "sesame")
    file = tmp_path / "orders.csv"
    file.write_text(f"{HEADER}\n", encoding="utf-8")

    control = running.lkc("world", "list")
    right = running.lkc("world", "list", "--admin-token", "sesame")
    staff = running.lkc("orders", "import", str(file), "--producer", "bob:builder")
    stop(running)

    assert control.stderr.startswith("invalid-credentials: ")
    assert "What helps: Give the token that the simulator was started with: --admin-token" in control.stderr
    assert right.returncode == 0
    assert "--producer NAME:PASSWORD" in staff.stderr


def test_a_deleted_world_does_not_block_making_it_anew(served: Served) -> None:
    """LKC_WORLD may name a world that is gone."""
    shown = served.lkc("clock", "show", world="gone")
    listed = served.lkc("world", "list", world="gone")
    made = served.lkc("world", "create", "gone", world="gone")
    served.lkc("world", "delete", "gone", world="gone")

    assert (shown.returncode, listed.returncode, made.returncode) == (1, 0, 0)


def test_what_is_no_simulator_is_told(served: Served, stranger: str) -> None:
    """Another server at the address is no reason for a traceback."""
    for command in (["clock", "show"], ["mail", "list"]):
        done = served.lkc(*command, "--url", stranger)

        assert done.returncode == 1
        assert done.stderr.startswith("no-simulator: ")
        assert "--url" in done.stderr


def test_a_file_of_which_nothing_goes_in_is_a_failure(served: Served, world: str, tmp_path: Path) -> None:
    """The rows are named all the same; one good order among them is enough for success."""
    good = "0012345,Acme,DE,P,Ann,ann@acme.example,D0G04LL,1,31-DEC-2014"
    bad = good.replace("D0G04LL", "NOPE")
    all_bad, mixed, again = tmp_path / "bad.csv", tmp_path / "mixed.csv", tmp_path / "no-extension"
    all_bad.write_text(f"{HEADER}\n{bad}\n", encoding="utf-8")
    for path in (mixed, again):
        path.write_text(f"{HEADER}\n{bad}\n{good}\n", encoding="utf-8")

    failed = served.lkc("orders", "import", str(all_bad), world=world)
    done = [served.lkc("orders", "import", str(path), world=world) for path in (mixed, mixed, again)]

    assert failed.returncode == 1
    assert "the catalogue has no such part number" in failed.stdout
    assert failed.stderr.startswith("nothing-imported: ")
    assert [(one.returncode, one.stdout[:17]) for one in done] == [
        (0, "1 order imported,"),
        (0, "0 orders imported"),
        (0, "1 order imported,"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [("a.csv", f"{HEADER}\n\n", "nothing stands below its header"), ("a.ndjson", "\n\n", "not one line of it has")],
)
def test_a_file_without_orders_is_a_failure(
    served: Served, world: str, tmp_path: Path, name: str, content: str, told: str
) -> None:
    """Somebody waits for orders that never come otherwise."""
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")

    done = served.lkc("orders", "import", str(path), world=world)

    assert done.returncode == 1
    assert done.stderr.startswith(f"no-orders: {path} has no orders: {told}")


def test_a_file_with_semicolons_is_told_so(served: Served, world: str, tmp_path: Path) -> None:
    """The hint is worth more than a list of unknown columns."""
    path = tmp_path / "orders.csv"
    path.write_text(HEADER.replace(",", ";") + "\n", encoding="utf-8")

    done = served.lkc("orders", "import", str(path), world=world)

    assert done.returncode == 1
    assert done.stderr.startswith("separator: ")
    assert "separated by semicolons. What helps: Save the file with commas" in done.stderr


def test_empty_lists_say_so(served: Served, world: str) -> None:
    """A sentence instead of a bare header."""
    commands = (["requests", "list"], ["mail", "list"], ["fault", "list"], ["events", "list", "--after", "99"])

    shown = [served.lkc(*command, world=world).stdout for command in commands]

    assert shown == ["Nothing was called.\n", "No mails.\n", "No faults.\n", "Nothing has happened.\n"]
