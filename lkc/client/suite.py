"""Worlds for the tests of a suite: each test gets one of its own."""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from typing import Unpack

from lkc.client.client import Client
from lkc.client.connection import Refused, Unreachable
from lkc.client.paths import path_of
from lkc.client.plain import PlainControls
from lkc.client.worlds import NewWorld


class Suite:
    """Makes and deletes worlds of one simulator.

    Args:
        client: of that simulator.
        name: what the names of all these worlds begin with; unique among whoever uses the simulator.
        token: the admin token, where the controls need one.
    """

    def __init__(self, client: Client, name: str, token: str | None = None) -> None:
        self._client = client
        self._controls = PlainControls(client.url, token)
        self._name = name
        self._numbers = count(1)
        self._originals: dict[tuple[tuple[str, object], ...], str] = {}

    def begin(self, **wanted: Unpack[NewWorld]) -> Client:
        """A client of a new world. Raises Refused where it cannot begin so.

        Arranging a case takes tens of milliseconds: each is arranged once and copied for every test that wants it so.
        With a running clock it is arranged each time, for the clock of the first one would have gone on.
        """
        name = self._fresh()
        if wanted.get("from_", "").startswith("scenario:") and wanted.get("clock") != "running":
            self._controls.control("POST", path_of("worlds", self._original(wanted), "fork"), {"name": name})
        else:
            self._create(name, wanted)
        return self._client.in_world(name)

    def end(self, client: Client) -> None:
        """Deletes the world of a client; it may be gone, and so may the simulator."""
        with suppress(Refused, Unreachable):
            self._controls.control("DELETE", path_of("worlds", client.world))

    def close(self) -> None:
        """Deletes every world that is left of this suite."""
        with suppress(Refused, Unreachable):
            sweep(self._client, self._name)
        self._controls.close()

    def _original(self, wanted: NewWorld) -> str:
        key = tuple(sorted(wanted.items()))
        if key not in self._originals:
            name = self._fresh()
            self._create(name, wanted)
            self._originals[key] = name
        return self._originals[key]

    def _create(self, name: str, wanted: NewWorld) -> None:
        body = {setting.rstrip("_"): value for setting, value in wanted.items()}
        self._controls.control("POST", "/worlds", {**body, "name": name})

    def _fresh(self) -> str:
        return f"{self._name}-{next(self._numbers)}"


def sweep(client: Client, name: str) -> None:
    """Deletes all worlds of a suite, e.g. of one that has crashed. Raises Refused or Unreachable."""
    for world in client.worlds.list():
        if world["name"].startswith(f"{name}-"):
            client.worlds.delete(world["name"])
