"""Which hosts are served, by what the simulator listens on."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from werkzeug.test import Client

from lkc.app import Landscape
from lkc.cli.start import start
from lkc.config import Settings
from lkc.world.store import Origin

OWN = socket.gethostname().lower()
ALWAYS = ("localhost:8019", "127.0.0.1", "[::1]:8019", "acme.localhost", "")
NEVER = ("evil.example", "192.168.1.5.evil.example", "1.2.3", "localhost.evil.example", "[::1]evil", "192.168.1.5@evil")
ADDRESSES = ("192.168.1.5:8019", "10.0.0.1", "[fe80::1]:8019")

Serves = Callable[..., Callable[[str], bool]]


@pytest.fixture
def serves(tmp_path: Path) -> Iterator[Serves]:
    """Makes a landscape with these settings, and gives what tells whether it serves a host."""
    made: list[Landscape] = []

    def make(**settings: object) -> Callable[[str], bool]:
        landscape = Landscape(Settings(data_dir=tmp_path, ephemeral=True, **settings))  # type: ignore[arg-type] # any
        made.append(landscape)
        for name in {"default", "acme"} - {info.name for info in landscape.store.list()}:
            landscape.store.create(name, Origin())
        client = Client(landscape)
        return lambda host: client.get("/_sim/health", headers={"Host": host}).status_code == 200

    yield make
    for landscape in made:
        landscape.close()


def test_on_loopback_only_loopback_is_served(serves: Serves) -> None:
    """No address from outside, no name of the machine: a web page could use them against whoever sits here."""
    is_served = serves()

    assert [host for host in ALWAYS if not is_served(host)] == []
    assert [host for host in (*NEVER, *ADDRESSES, f"{OWN}.local") if is_served(host)] == []


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])  # noqa: S104 - that is the point
def test_on_every_address_all_of_them_are_served(serves: Serves, host: str) -> None:
    """And the machine's own name, but no other one."""
    is_served = serves(host=host, admin_token="t")

    assert [name for name in (*ALWAYS, *ADDRESSES, OWN, f"{OWN}.local:8019") if not is_served(name)] == []
    assert [name for name in NEVER if is_served(name)] == []


def test_without_a_token_no_other_address_is_served(serves: Serves) -> None:
    """However it came to listen there."""
    is_served = serves(host="0.0.0.0")  # noqa: S104 - that is the point

    assert [name for name in ADDRESSES if is_served(name)] == []


def test_a_name_can_be_allowed(serves: Serves) -> None:
    """In any case of its letters, and only itself."""
    is_served = serves(allowed_hosts=("Training.Example",))

    assert is_served("training.example:8019")
    assert not is_served("a.training.example")


@pytest.mark.parametrize("name", ["http://training.example", "training.example:8019", "*", ""])
def test_what_is_no_name_is_not_allowed(name: str) -> None:
    """Wrong usage, before anything starts."""
    done = CliRunner().invoke(start, ["--allow-host", name])

    assert done.exit_code == 2
    assert "is no host name" in done.output
