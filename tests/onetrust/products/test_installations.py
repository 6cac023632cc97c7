"""Installations: what can be installed, and what each kind takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.builders import expect_problem
from tests.onetrust.products.site import API, Site, install
from tests.wire import Wire


def test_an_installation_is_shown_as_it_was_set_up(wire: Wire) -> None:
    """It begins with a way to the Internet, without tokens, and with nothing retrieved."""
    site = install(wire, "network-ips", name="Gateway", version="4.6", serial_number="GX 7")

    assert site.shown() == {
        "id": "I-1",
        "kind": "network-ips",
        "name": "Gateway",
        "version": "4.6",
        "serial_number": "GX 7",
        "internet": True,
        "proxy": None,
        "tokens": [],
        "last_retrieval": None,
        "last_failure": None,
        "content": None,
    }


@pytest.mark.parametrize(
    ("kind", "version"), [("siteprotector", "2.8"), ("mx-appliance", "4.1"), ("network-ips", None)]
)
def test_a_version_that_is_not_told_is_a_current_one(wire: Wire, kind: str, version: str | None) -> None:
    """SiteProtector and appliances are then of a version that retrieves."""
    assert install(wire, kind, serial_number="S-1").shown()["version"] == version


def test_installations_come_in_pages(wire: Wire) -> None:
    """Oldest first, the tenth after the ninth."""
    for _ in range(11):
        install(wire)

    first = wire.get(f"{API}?limit=9")
    rest = wire.get(first.headers["Link"].partition(f"/w/{wire.world}")[2].partition(">")[0])

    assert [entry["id"] for entry in first.get_json()] == [f"I-{number}" for number in range(1, 10)]
    assert [entry["id"] for entry in rest.get_json()] == ["I-10", "I-11"]
    assert len(wire.value(wire.get(f"{API}?after=nonsense"))) == 11


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "mx-appliance", "name": "M"}, "serial_number"),
        ({"kind": "mx-appliance", "name": "M", "serial_number": "a/b"}, "serial_number"),
        ({"kind": "siteprotector", "name": "S", "version": "two"}, "version"),
        ({"kind": "toaster", "name": "T"}, "kind"),
        ({"kind": "network-ips"}, "name"),
    ],
)
def test_what_cannot_be_installed_is_named_by_its_field(wire: Wire, body: dict[str, Any], field: str) -> None:
    """An appliance needs its serial number; a version is numbers with dots."""
    problem = expect_problem(wire.post(API, body), 422, "validation")

    assert [mistake["field"] for mistake in problem["errors"]] == [field]
    assert wire.value(wire.get(API)) == []


@pytest.mark.parametrize("unknown", ["I-2", "1", "I-", "I-x", "I-٣", f"I-{'9' * 40}", "x" * 60])
def test_an_unknown_installation_is_refused_on_every_path(wire: Wire, unknown: str) -> None:
    """Whatever the id looks like."""
    install(wire)
    site = Site(wire, unknown)
    calls = [
        wire.get(site.path),
        wire.get(f"{site.path}/license-view"),
        wire.get(f"{site.path}/instructions"),
        wire.post(f"{site.path}/tokens", {"token": "123456"}),
        *(wire.post(f"{site.path}/{what}") for what in ("retrieve", "restart", "updates", "licenses")),
    ]

    for response in calls:
        expect_problem(response, 404, "unknown-installation")


def test_several_tokens_are_entered_once_each(wire: Wire) -> None:
    """Q18: also one of another customer number; a token has digits only."""
    site = install(wire)
    site.enter("222222")
    site.enter("111111")

    again = wire.post(f"{site.path}/tokens", {"token": "222222"})

    assert wire.value(again)["tokens"] == ["222222", "111111"]
    expect_problem(wire.post(f"{site.path}/tokens", {"token": "12a4"}), 422, "validation")
    assert wire.delete(f"{site.path}/tokens/222222").status_code == 204
    assert site.shown()["tokens"] == ["111111"]
    expect_problem(wire.delete(f"{site.path}/tokens/222222"), 404, "token-not-entered")


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [("network-ips", "license file"), ("host-protection", "license file"), ("mx-appliance", "serial")],
)
def test_other_kinds_take_no_tokens(wire: Wire, kind: str, remedy: str) -> None:
    """Network IPS and host products take files only, appliances go by serial number (inferred from swg21435290)."""
    site = install(wire, kind, serial_number="S-1")

    problem = expect_problem(wire.post(f"{site.path}/tokens", {"token": "123456"}), 409, "token-not-taken")

    assert (problem["question"], problem["kind"]) == (5, kind)
    assert remedy in problem["remedy"]
    assert site.shown()["tokens"] == []


@pytest.mark.parametrize(
    ("kind", "version", "takes", "words"),
    [
        ("siteprotector", "2.7", (True, True, False), ["token", "license file", "one or both"]),
        ("siteprotector", "2.8", (False, True, False), ["token", "OneTrust only"]),
        ("siteprotector", "2.10.1", (False, True, False), ["token", "OneTrust only"]),
        ("mx-appliance", "4.1", (True, False, True), ["serial number", "Manual Mode", "Restart"]),
        ("mx-appliance", "3.9", (True, False, False), ["License Key Center", "Restart"]),
        ("network-ips", "4.6", (True, False, False), ["License Key Center", "Restart"]),
        ("host-protection", "2.2.2", (True, False, False), ["License Key Center", "seat"]),
    ],
)
def test_instructions_say_how_licenses_are_applied(
    wire: Wire, kind: str, version: str, takes: tuple[bool, bool, bool], words: list[str]
) -> None:
    """Q5: each kind has its own way, from 2.8 on SiteProtector another one than before (swg21435290)."""
    site = install(wire, kind, version=version, serial_number="S-1")

    found = wire.value(wire.get(f"{site.path}/instructions"))

    assert (found["takes_key_files"], found["takes_tokens"], found["uses_serial_number"]) == takes
    assert (found["kind"], found["version"]) == (kind, version)
    for word in words:
        assert word in " ".join(found["steps"])
