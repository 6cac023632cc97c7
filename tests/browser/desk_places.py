"""How one gets to the states of the trainer's desk: worlds, classes, snapshots, faults, explanations."""

from __future__ import annotations

from urllib.parse import quote

from lkc.client import Refused
from tests.browser.visit import Visit

LONG = "a-name-as-long-as-one-may-be-for-whatever-reason-somebody-has-it"[:63]
HOSTILE = '<img src=x onerror="alert(1)">'


def case_world(visit: Visit) -> str:
    """A world in which a case is arranged, under the longest name that there is; its page."""
    _made(visit, LONG, "scenario:13/date-format")
    return f"/desk/worlds/of/{LONG}"


def many_worlds(visit: Visit) -> str:
    """So many that the list has pages; one has the longest name."""
    for number in range(40):
        _made(visit, f"exercise-{number:02d}", "demo")
    _made(visit, LONG, "scenario:07/mail-bounced")
    return "/desk/worlds?page=2"


def different(visit: Visit) -> str:
    """Two worlds of which one has gone on."""
    here = visit.client.world
    if "before" not in {one["name"] for one in visit.client.worlds.list()}:
        visit.client.worlds.fork(here, "before")
    visit.client.faults.add("mail-spam", system="mail", to="vera.lindqvist@nordlicht.example")
    visit.client.password.find("vera.lindqvist@nordlicht.example")
    visit.client.clock.advance(days=3)
    return f"/desk/worlds/diff?one=before&other={here}"


def a_class(visit: Visit) -> str:
    """Six learners at a case, each at another point."""
    names = ["Ann", "Bartholomäus Featherstonehaugh-Cholmondeley", "Ben", "Cara", "Dilek", "Zoë Müller"]
    try:
        visit.client.worlds.get("class-monday-ann")
    except Refused:
        visit.open("/desk/class/new")
        page = visit.page
        page.get_by_label("Class").fill("monday")
        page.get_by_label("Learners").fill("\n".join(names[:1] + names[2:]))
        page.get_by_label("Begins as").select_option("scenario:13/date-format")
        page.get_by_label("Clock", exact=True).select_option("frozen")
        page.get_by_role("button", name="Make the worlds").click()
        page.wait_for_url("**/desk/class/links*")
        for name, until in (("ann", "outcome"), ("ben", "symptom"), ("cara", "remedy")):
            visit.client.in_world(f"class-monday-{name}").scenarios.play("13/date-format", until=until)
    return "/desk/class?of=monday"


def class_links(visit: Visit) -> str:
    """What is handed out to them."""
    a_class(visit)
    return "/desk/class/links?of=monday&learner=Ann&learner=Zo%C3%AB%20M%C3%BCller&learner=Ben&learner=Cara"


def class_deed(visit: Visit) -> str:
    """A case for all of them, before it is confirmed."""
    a_class(visit)
    return "/desk/class/all/case?of=monday"


def class_deleted(visit: Visit) -> str:
    """All of them, before that is confirmed."""
    a_class(visit)
    return "/desk/class/all/delete?of=monday"


def snapshots(visit: Visit) -> None:
    """Three, one with the longest name."""
    for name in ("before-the-renewal", "morning", LONG):
        visit.client.snapshots.save(name)


def faults(visit: Visit) -> None:
    """One of each sort, of which one is done."""
    add = visit.client.faults.add
    add("mail-spam", to="vera.lindqvist@nordlicht.example", times=2)
    add("feed-delay", to="keycenter", minutes=1440, times=1)
    add("latency", system="keycenter", ms=3000, every=3)
    add("status", system="onetrust", status=503, retry_after=30, until="2014-03-04T09:00:00Z")
    add("after-commit", system="ordering", operation="POST /ordering/api/v1/orders", close=True, probability=0.25)


def faults_on_the_way(visit: Visit) -> None:
    """Some that let every page be opened."""
    visit.client.faults.add("mail-spam", to="vera.lindqvist@nordlicht.example", times=2)
    for minutes in (30, 1440):
        visit.client.faults.add("feed-delay", to="keycenter", minutes=minutes, times=1)


def explained(visit: Visit) -> str:
    """An order with findings, of which some have a call behind them."""
    visit.client.faults.add("mail-spam", to="vera.lindqvist@nordlicht.example")
    visit.client.password.find("vera.lindqvist@nordlicht.example")
    return f"/desk/explain?email={quote('vera.lindqvist@nordlicht.example')}"


def nothing_known(visit: Visit) -> str:  # noqa: ARG001 - as all of them
    """What nobody has."""
    return f"/desk/explain?order_number={quote(HOSTILE * 4)}"


def _made(visit: Visit, name: str, source: str) -> None:
    if name not in {one["name"] for one in visit.client.worlds.list()}:
        visit.client.worlds.create(name=name, from_=source)
