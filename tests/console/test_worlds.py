"""Worlds on the trainer's desk."""

from __future__ import annotations

import sys

from lkc.world.store import Origin
from tests.console.walking import at_desk
from tests.wire import Wire


def there(wire: Wire, name: str) -> bool:
    """Whether there is a world of this name."""
    return wire.landscape.store.exists(name)


def test_a_world_is_made_looked_at_copied_and_deleted(wire: Wire) -> None:
    """Each is told, and a deleted one is asked about first."""
    name = f"{wire.world}-new"
    reader = at_desk(wire, "/desk/worlds").follow("New world")

    reader.submit("Make this world", {"name": name, "from": "demo", "seed": "7", "clock": "running"})
    assert f"World {name} is made." in reader.text
    assert "Made from demo Seed 7" in reader.text
    assert "running" in reader.text

    reader.follow("Copy it").submit("Copy it", {"name": f"{name}-copy"})
    assert f"Made from copy of {name}" in reader.text

    reader.follow("Delete")
    assert "Nothing brings it back" in reader.text
    assert there(wire, f"{name}-copy")
    reader.submit("Delete this world")
    assert not there(wire, f"{name}-copy")
    wire.landscape.store.delete(name)


def test_a_world_begins_as_a_case(wire: Wire) -> None:
    """List and page say which, and how far it is."""
    name = f"{wire.world}-case"
    reader = at_desk(wire, "/desk/worlds/new")

    reader.submit("Make this world", {"name": name, "from": "scenario:13/date-format"})

    assert "Made from case 13/date-format" in reader.text
    assert "arranged" in reader.text
    assert "written the wrong way arranged" in at_desk(wire, f"/desk/worlds?q={name}").text
    wire.landscape.store.delete(name)


def test_mistakes_stand_at_their_fields(wire: Wire) -> None:
    """A name that is taken or none, a seed that is no number, a day that is none, and a copy with a seed of its own."""
    reader = at_desk(wire, "/desk/worlds/new")
    wrong = {"name": wire.world, "seed": "", "at": ""}
    assert "exists already" in reader.submit("Make this world", wrong, 422).text
    assert "Use 1 to 63 characters" in reader.submit("Make this world", {"name": "Ümläut / ../"}, 422).text
    assert "Not a valid integer" in reader.submit("Make this world", {"name": "x", "seed": "many"}, 422).text
    assert "Must be a moment" in reader.submit("Make this world", {"seed": "", "at": "soon"}, 422).text
    copy = {"from": f"world:{wire.world}", "seed": "3", "at": "", "name": "x"}
    assert "of its original" in reader.submit("Make this world", copy, 422).text
    assert "must be one of" in reader.submit("Make this world", {"from": "nowhere", "seed": ""}, 422).text
    reader = at_desk(wire, f"/desk/worlds/of/{wire.world}/copy")
    assert "exists already" in reader.submit("Copy it", {"name": wire.world}, 422).text
    assert "Use 1 to 63 characters" in reader.submit("Copy it", {"name": "-"}, 422).text
    assert not there(wire, "x")


def test_a_reset_is_asked_about_first(wire: Wire) -> None:
    """Also of the world at whose desk one is; the page says what it means."""
    wire.control("POST", "/clock/advance", {"days": 3})
    reader = at_desk(wire, f"/desk/worlds/of/{wire.world}").follow("Reset")
    assert "the clock goes back" in reader.text
    assert "06 Mar 2014" in reader.text

    reader.submit("Reset this world")

    assert f"World {wire.world} is as it was at its beginning." in reader.text
    assert "03 Mar 2014" in reader.text


def test_neither_the_default_world_nor_the_one_where_one_is_can_be_deleted(wire: Wire) -> None:
    """Their pages have no such button, and who sends the form is refused."""
    store = wire.landscape.store
    if not store.exists("default"):
        store.create("default", Origin())
    for name, why in ((wire.world, "You are at the desk"), ("default", "cannot be deleted")):
        reader = at_desk(wire, f"/desk/worlds/of/{name}")
        assert why in reader.text
        assert "Delete" not in reader.parsed.links
    assert "is the one whose desk" in at_desk(wire, f"/desk/worlds/of/{wire.world}/delete").text
    assert "cannot be deleted" in at_desk(wire, "/desk/worlds/of/default/delete").submit("Delete this world").text
    assert store.exists("default")
    store.delete("default")


def test_a_world_that_there_is_not_is_refused(wire: Wire) -> None:
    """Its page, and what would be done with it."""
    for path in ("", "/copy", "/reset", "/delete"):
        assert "no world named" in at_desk(wire, f"/desk/worlds/of/nobody{path}", 404).text


def test_a_thousand_worlds_are_found_by_a_part_of_their_name_and_shown_in_pages(wire: Wire) -> None:
    """Only those that are shown are opened, so the list comes at once."""
    names = [f"many-{number:04d}" for number in range(1000)]
    for name in names:
        wire.landscape.store.create(name, Origin())

    reader = at_desk(wire, "/desk/worlds?q=many-")
    assert "1 to 25 of 1,000" in reader.text
    assert "26 to 50 of 1,000" in reader.follow("Next page").text
    assert "1 to 25" in reader.follow("Previous page").text
    assert "many-0999" in at_desk(wire, "/desk/worlds?q=many-&page=99").text
    assert "1 world" in at_desk(wire, "/desk/worlds?q=many-0777").text
    assert "No world has" in at_desk(wire, "/desk/worlds?q=<b>nothing").text
    assert read_by(wire, "/desk/worlds?q=many-&page=7") < 40
    for name in names:
        wire.landscape.store.delete(name)


def read_by(wire: Wire, path: str) -> int:
    """How many files of worlds a page opens."""
    opened: set[str] = set()
    sys.addaudithook(lambda event, given: opened.add(str(given[0])) if event == "sqlite3.connect" else None)
    at_desk(wire, path)
    return len(opened)
