"""Snapshots on the trainer's desk."""

from __future__ import annotations

from tests.console.walking import at_desk
from tests.wire import Wire

SAVE = "Save the world as it is"


def test_a_snapshot_is_saved_and_loaded(wire: Wire) -> None:
    """Loading is asked about first, and tells what the clock will show."""
    reader = at_desk(wire, "/desk/snapshots")
    assert "No snapshot yet" in reader.text
    assert "Snapshot morning is saved." in reader.submit(SAVE, {"name": "morning"}).text
    wire.control("POST", "/clock/advance", {"days": 1})
    assert "04 Mar 2014" in reader.open("/desk/snapshots").text

    reader.follow("Load morning")
    assert "its clock shows 03 Mar 2014, 09:00 again" in reader.text
    reader.submit("Load this snapshot")

    assert "as it was when snapshot morning was saved" in reader.text
    assert "03 Mar 2014, 09:00 UTC" in reader.text


def test_a_snapshot_of_the_same_name_is_replaced_and_a_wrong_name_refused(wire: Wire) -> None:
    """Both are said, the mistake at its field."""
    reader = at_desk(wire, "/desk/snapshots").submit(SAVE, {"name": "noon"})
    assert "is replaced" in reader.submit(SAVE, {"name": "noon"}).text
    assert "must be 1 to 63 characters" in reader.submit(SAVE, {"name": "No on"}, 422).text
    assert "must be 1 to 63 characters" in reader.submit(SAVE, {"name": ""}, 422).text


def test_a_snapshot_is_deleted(wire: Wire) -> None:
    """After a confirmation; one that there is not is refused."""
    reader = at_desk(wire, "/desk/snapshots").submit(SAVE, {"name": "noon"})
    reader.follow("Delete noon").submit("Delete this snapshot")
    assert "Snapshot noon is deleted." in reader.text
    assert "No snapshot yet" in reader.text
    assert "no snapshot named" in at_desk(wire, "/desk/snapshots/noon/load", 404).text


def test_a_new_world_begins_as_a_snapshot(wire: Wire) -> None:
    """The form comes with the snapshot chosen."""
    name = f"{wire.world}-noon"
    reader = at_desk(wire, "/desk/snapshots").submit(SAVE, {"name": "noon"})

    reader.follow("New world from noon").submit("Make this world", {"name": name})

    assert "Made from snapshot noon" in reader.text
    wire.landscape.store.delete(name)


def test_what_was_saved_at_the_desk_can_be_the_beginning_of_a_bundle(wire: Wire) -> None:
    """The journal knows when it was saved, as if that had been called."""
    at_desk(wire, "/desk/snapshots").submit(SAVE, {"name": "morning"})
    wire.control("POST", "/clock/advance", {"days": 1})

    found = wire.get("/_sim/bundle?since=snapshot:morning")

    assert found.status_code == 200, found.get_data(as_text=True)
    assert "/_sim/clock/advance" in found.get_data(as_text=True)


def test_a_running_world_that_was_made_at_the_desk_can_be_the_beginning_of_a_bundle(wire: Wire) -> None:
    """The journal knows when its clock began to run."""
    name = f"{wire.world}-running"
    at_desk(wire, "/desk/worlds/new").submit("Make this world", {"name": name, "from": "demo", "clock": "running"})

    found = Wire(wire.landscape, name).get("/_sim/bundle")

    wire.landscape.store.delete(name)
    assert found.status_code == 200
