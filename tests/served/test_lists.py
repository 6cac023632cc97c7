"""Lists of the command line: each says that there is more, and leads there; and the wait for the next mail."""

from __future__ import annotations

import json

import httpx
import pytest

from tests.served.conftest import Served


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={}).json()["name"]
    return name


def write(served: Served, world: str, *subjects: str) -> None:
    """Sends mails from the Internet to c@d.example."""
    for subject in subjects:
        content = f"From: a@b.example\nTo: c@d.example\nSubject: {subject}\n\nYo".encode()
        httpx.post(f"{served.url}/w/{world}/mail/api/v1/messages", content=content).raise_for_status()


def test_a_list_of_mails_says_that_there_are_more(served: Served, world: str) -> None:
    """A page ends with how to go on, on stderr; all of them are an option away."""
    write(served, world, "One", "Two", "Three")

    page = served.lkc("mail", "list", "--limit", "2", world=world)
    rest = served.lkc("mail", "list", "--limit", "2", "--after", "2", world=world)
    everything = served.lkc("mail", "list", "--limit", "1", "--all", "--json", world=world)

    assert page.stderr == "There are older ones: go on with --after 2, or list them with --all.\n"
    assert [line.split()[-1] for line in page.stdout.splitlines()[1:]] == ["Three", "Two"]
    assert (rest.stderr, [line.split()[-1] for line in rest.stdout.splitlines()[1:]]) == ("", ["One"])
    assert ([mail["id"] for mail in json.loads(everything.stdout)], everything.stderr) == ([3, 2, 1], "")


def test_a_wait_for_a_new_mail_passes_over_those_that_are_there(served: Served, world: str) -> None:
    """Without --new or --since the newest that is there counts."""
    none = served.lkc("mail", "wait", "--new", "--timeout", "0", world=world)
    write(served, world, "Old")

    old = served.lkc("mail", "wait", "--timeout", "0", world=world)
    new = served.lkc("mail", "wait", "--new", "--timeout", "0", world=world)
    write(served, world, "Next")
    since = served.lkc("mail", "wait", "--since", "1", "--timeout", "0", world=world)
    both = served.lkc("mail", "wait", "--since", "1", "--new", world=world)

    assert "Subject: Old" in old.stdout
    assert [done.stderr.partition(":")[0] for done in (none, new)] == ["no-mail", "no-mail"]
    assert "Subject: Next" in since.stdout
    assert both.returncode == 2


def test_the_timeline_shows_the_latest_and_says_that_there_is_more(served: Served, world: str) -> None:
    """A page from an id on, all, or the latest; the journal likewise tells that it goes further back."""
    for _ in range(4):
        served.lkc("clock", "advance", "--days", "1", world=world)
    options = (["--limit", "2"], ["--limit", "2", "--after", "0"], ["--limit", "2", "--after", "2"], ["--all"])

    done = [served.lkc("events", "list", *given, "--json", world=world) for given in options]
    called = served.lkc("requests", "list", "--limit", "1", "--system", "control", world=world)

    assert [[event["id"] for event in json.loads(one.stdout)] for one in done] == [[3, 4], [1, 2], [3, 4], [1, 2, 3, 4]]
    assert [one.stderr for one in done] == [
        "There is more before: list all with --all, or from the beginning on with --after 0.\n",
        "There is more: go on with --after 2, or list it with --all.\n",
        "",
        "",
    ]
    assert len(called.stdout.splitlines()) == 2
    assert called.stderr == "There is more before: list up to 1000 with --limit.\n"
