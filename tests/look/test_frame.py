"""The frame of all pages: banner, assets, protection."""

from __future__ import annotations

import gzip
import re

from lkc.app import Landscape
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

ACCOUNT = {"email": "ann@acme.example", "password": "a password", "icn": "0012345"}


def test_every_page_says_that_it_is_simulated_and_in_which_world_and_when(wire: Wire) -> None:
    """The banner names the world and the date of its clock."""
    page = Reader(wire.landscape, wire.world).open("/myiss/sign-in")
    assert f"Simulated world {wire.world} 03 Mar 2014, 09:00 UTC frozen" in page.text


def test_pages_load_nothing_from_elsewhere(wire: Wire) -> None:
    """Every address on a page is one of this service, and the policy allows no other."""
    page = Reader(wire.landscape, wire.world).open("/myiss/sign-in")
    policy = page.answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', page.html)


def test_assets_come_packed_and_are_kept_for_good(wire: Wire) -> None:
    """A style sheet is named by its content, packed for those who can unpack it, and plain for others."""
    page = Reader(wire.landscape, wire.world).open("/myiss/sign-in")
    found = re.findall(r'href="(/_sim/assets/[^"]+)"', page.html)
    assert len(found) == 2
    for path in found:
        packed, plain = wire.get(path, headers={"Accept-Encoding": "gzip"}), wire.get(path)
        assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert gzip.decompress(packed.data) == plain.data
    assert sum(len(wire.get(path, headers={"Accept-Encoding": "gzip"}).data) for path in found) < 16 * 1024


def test_there_are_no_other_assets(wire: Wire) -> None:
    """A wrong digest, an unknown name or a path that leads elsewhere is not found."""
    page = Reader(wire.landscape, wire.world).open("/myiss/sign-in")
    (path,) = re.findall(r'href="(/_sim/assets/[^"]+style.css)"', page.html)
    digest = path.split("/")[3]
    for wrong in ("000000000000/style.css", f"{digest}/icon.svg", f"{digest}/..%2Fpages.py", f"{digest}/pages.py"):
        assert wire.get(f"/_sim/assets/{wrong}").status_code == 404


def test_a_form_that_was_made_elsewhere_does_nothing(wire: Wire) -> None:
    """Without the mark of the own session a form is shown again, and nobody is signed in."""
    wire.post("/myiss/api/v1/accounts", ACCOUNT, PRODUCER)
    reader = Reader(wire.landscape, wire.world).open("/myiss/sign-in")
    mark = reader.parsed.forms[0].values["csrf_token"]
    other = Reader(wire.landscape, wire.world).open("/myiss/sign-in")
    other.submit("Sign in", {"email": ACCOUNT["email"], "password": ACCOUNT["password"], "csrf_token": mark})
    assert other.path.endswith("/sign-in")


def test_a_session_is_of_one_world_and_ends_by_its_clock(wire: Wire, landscape: Landscape) -> None:
    """A cookie of one world is nothing to its copy; after eight hours of the world nobody is signed in."""
    wire.post("/myiss/api/v1/accounts", ACCOUNT, PRODUCER)
    wire.post("/onetrust/api/v1/tokens", {"icn": ACCOUNT["icn"]}, PRODUCER)
    reader = Reader(landscape, wire.world).open("/myiss/")
    reader.submit("Sign in", {"email": ACCOUNT["email"], "password": ACCOUNT["password"]})
    assert "OneTrust token" in reader.text
    (cookie,) = [part for part in reader.answer.request.headers["Cookie"].split("; ") if part.startswith("lkc-myiss=")]

    copy = f"{wire.world}-copy"
    landscape.store.fork(wire.world, copy)
    there = Wire(landscape, copy).get("/myiss/", headers={"Cookie": cookie})
    landscape.store.delete(copy)
    wire.control("POST", "/clock/advance", {"hours": 8})

    assert there.status_code == 302
    assert reader.open("/myiss/").path.endswith("/sign-in")


def test_interfaces_set_no_cookies(wire: Wire) -> None:
    """A call of an interface neither reads nor sets a session."""
    answer = wire.get("/_sim/clock", headers={"Cookie": "lkc-_sim=x"})
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_cookie_that_is_not_ours_is_no_session(wire: Wire) -> None:
    """A made-up cookie signs nobody in."""
    assert wire.get("/myiss/", headers={"Cookie": "lkc-myiss=e30.x"}).status_code == 302
