"""Who may open the trainer's desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from werkzeug.test import Client

from lkc.app import Landscape
from lkc.config import Settings
from lkc.world.credentials import ADMIN_TOKEN_KEY
from lkc.world.store import Origin
from tests.reader import Reader
from tests.wire import Wire

TOKEN = "s3cret"


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Landscape]:
    """A landscape that was started with an admin token."""
    landscape = Landscape(Settings(data_dir=tmp_path, ephemeral=True, admin_token=TOKEN))
    landscape.store.create("default", Origin())
    yield landscape
    landscape.close()


def test_the_desk_is_open_where_there_is_no_admin_token(wire: Wire) -> None:
    """On loopback nobody needs a credential; the page to sign in leads to the desk."""
    assert "The landscape" in Reader(wire.landscape, wire.world).open("/").text
    assert Reader(wire.landscape, wire.world).open("/desk/sign-in").path.endswith(f"/w/{wire.world}/")


def test_with_an_admin_token_the_desk_asks_for_it(guarded: Landscape) -> None:
    """A wrong one is refused; the right one opens the desk for this browser, and never stands in its cookie."""
    reader = Reader(guarded, "default").open("/")
    assert reader.path.endswith("/desk/sign-in")

    reader.submit("Sign in", {"admin_token": "wrong"}, 401)
    assert "not the token" in reader.text

    reader.submit("Sign in", {"admin_token": TOKEN})
    assert reader.path.endswith("/")
    assert "The landscape" in reader.text
    assert Reader(guarded, "default").open("/").path.endswith("/desk/sign-in")
    assert TOKEN not in str(reader.answer.headers)


def test_no_admin_token_is_in_the_journal_or_a_bundle(guarded: Landscape) -> None:
    """Neither the right one nor a wrong guess; a bundle has no sign-in, and what was done at the desk can be played."""
    reader = Reader(guarded, "default").open("/").submit("Sign in", {"admin_token": "gu3ss"}, 401)
    reader.submit("Sign in", {"admin_token": TOKEN}).submit("+1 day")
    wire = Wire(guarded, "default")

    kept = (guarded.store.files.journals / "default.ndjson").read_text(encoding="utf-8")
    bundles = [wire.get(f"/_sim/bundle{since}", TOKEN).get_data(as_text=True) for since in ("", "?since=origin")]
    headers = {"Content-Type": "application/toml", "Authorization": f"Bearer {TOKEN}"}
    played = [wire.value(wire.call("POST", "/_sim/bundle/replay", text.encode(), headers=headers)) for text in bundles]

    assert "/desk/sign-in" in kept
    for text in (kept, *bundles):
        assert TOKEN not in text
        assert "gu3ss" not in text
    for text in bundles:
        assert 'path = "/desk/sign-in"' not in text
        assert 'path = "/desk/clock"' in text
    assert [one["different"] for one in played] == [0, 0]


def test_one_sign_in_opens_the_desks_of_all_worlds(guarded: Landscape) -> None:
    """And leads on to the page that was asked for; another token ends it."""
    guarded.store.create("other", Origin())
    reader = Reader(guarded, "default").open("/desk/timeline?q=mail").submit("Sign in", {"admin_token": TOKEN})

    assert reader.path.endswith("/w/default/desk/timeline")
    reader.world = "other"
    assert reader.open("/desk/faults").path.endswith("/w/other/desk/faults")
    guarded.flask.config[ADMIN_TOKEN_KEY] = "an0ther"
    assert reader.open("/desk/faults").path.endswith("/desk/sign-in")


@pytest.mark.parametrize("to", ["//evil.example/", "https://evil.example/", "/\\evil.example/", "evil", "/a\nb", ""])
def test_who_signs_in_is_led_nowhere_else(guarded: Landscape, to: str) -> None:
    """An address that leads away from this world leads to its first page."""
    reader = Reader(guarded, "default").open(f"/desk/sign-in?to={quote(to)}")
    [form] = [one for one in reader.parsed.forms if "Sign in" in one.buttons]

    answer = reader._client.post(f"/w/default/desk/sign-in?to={quote(to)}", data={**form.values, "admin_token": TOKEN})

    assert answer.headers["Location"] == "/w/default/"


@pytest.mark.parametrize("path", ["/desk/timeline", "/desk/timeline/news", "/desk/exchanges", "/desk/exchanges/any"])
def test_every_page_of_the_desk_asks_for_it(guarded: Landscape, path: str) -> None:
    """The news of open pages too; nothing that is pressed elsewhere works without it."""
    reader = Reader(guarded, "default").open(path)
    assert reader.path.endswith("/desk/sign-in")

    answer = Client(guarded).post("/desk/clock", data={"do": "day"})
    assert answer.headers["Location"].endswith("/desk/sign-in")
