"""The commands that lead back to other moments: snapshots and undo."""

from __future__ import annotations

import json

import httpx
import pytest

from lkc.client import Client
from lkc.client import Refused as ClientRefused
from tests.served.conftest import Served


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={}).json()["name"]
    return name


def test_a_snapshot_is_saved_listed_loaded_and_deleted(served: Served, world: str) -> None:
    """Each in a line of text, or in JSON."""
    none = served.lkc("snapshot", "list", world=world)
    saved = served.lkc("snapshot", "save", "one", world=world)
    served.lkc("clock", "advance", "--days", "3", world=world)
    listed = served.lkc("snapshot", "list", world=world)
    loaded = served.lkc("snapshot", "load", "one", world=world)
    deleted = served.lkc("snapshot", "delete", "one", "--json", world=world)

    assert none.stdout == "No snapshots.\n"
    assert saved.stdout.startswith("one is saved: 2014-03-03T09:00:00Z, ")
    assert listed.stdout.splitlines()[1].split()[:2] == ["one", "2014-03-03T09:00:00Z"]
    assert loaded.stdout == (
        "The world is as it was saved in one. The clock shows 2014-03-03T09:00:00Z and is frozen.\n"
    )
    assert json.loads(deleted.stdout) == {"deleted": "one"}


def test_undo_tells_what_was_undone(served: Served, world: str) -> None:
    """And how much more there is, until there is nothing."""
    for _ in range(2):
        served.lkc("clock", "advance", "--days", "3", world=world)

    first = served.lkc("undo", world=world)
    second = served.lkc("undo", "--json", world=world)
    third = served.lkc("undo", world=world)

    assert first.stdout == (
        "Undone: clock advance. The clock shows 2014-03-06T09:00:00Z and is frozen. 1 more can be undone.\n"
    )
    assert json.loads(second.stdout)["left"] == []
    assert third.returncode == 1
    assert third.stderr.startswith("nothing-to-undo: ")
    assert "`lkc snapshot load NAME`" in third.stderr


def test_a_world_is_made_from_a_snapshot_of_the_named_world(served: Served, world: str) -> None:
    """`--of` says whose it is; where it is none of the world's, the list helps."""
    served.lkc("snapshot", "save", "one", world=world)

    made = served.lkc("world", "create", f"{world}-copy", "--from", "snapshot:one", "--of", world)
    unknown = served.lkc("world", "create", f"{world}-x", "--from", "snapshot:two", "--of", world)
    plain = served.lkc("world", "create", f"{world}-y", world="not-there")

    assert (made.returncode, plain.returncode) == (0, 0)
    assert unknown.stderr.startswith("unknown-snapshot: ")
    assert "`lkc snapshot list`" in unknown.stderr


def test_no_name_of_a_snapshot_is_wrong_usage(served: Served) -> None:
    """Nothing is sent."""
    refused = served.lkc("snapshot", "save", "One")

    assert refused.returncode == 2
    assert "'One' cannot be the name of a snapshot." in refused.stderr


def test_how_far_a_case_is_is_told(served: Served, world: str) -> None:
    """None, arranged, and at its end, in the first line."""
    told = served.lkc("scenario", "here", world=world).stdout.splitlines()
    for verb in ("arrange", "play"):
        served.lkc("scenario", verb, "13/date-format", world=world)
        told.append(served.lkc("scenario", "here", world=world).stdout.splitlines()[0])
    again = served.lkc("scenario", "play", "13/date-format", world=world)

    assert told == [
        "No case.",
        "13/date-format: done up to its arrange; ahead: symptom, remedy, outcome.",
        "13/date-format: done up to its outcome.",
    ]
    assert again.stderr.startswith("already-played: ")
    assert "`lkc scenario here`" in again.stderr


def test_the_client_leads_back_as_well(served: Served, world: str) -> None:
    """`snapshots` with its verbs, `undo()`, `scenarios.here()`, and worlds from a snapshot of its own world."""
    with Client(served.url, world) as client:
        saved = client.snapshots.save("one")
        client.clock.advance(days=1)
        assert client.undo()["undone"]["reason"] == "clock advance"
        assert client.snapshots.list() == [saved]
        assert client.snapshots.load("one")["loaded"] == "one"
        made = client.worlds.create(from_="snapshot:one")
        client.snapshots.delete("one")
        with pytest.raises(ClientRefused, match="nothing-to-undo"):
            client.undo()
        assert client.scenarios.here()["case"] is None

    assert made["from"] == "snapshot:one"
