"""Builders of what stands at a customer's site, with defaults for everything that does not matter."""

from __future__ import annotations

from typing import Any

from tests.builders import line, submitted
from tests.onetrust.test_tokens import onetrust, token_of
from tests.wire import PRODUCER, Wire

API = "/products/api/v1/installations"
GX, HOST, OTHER_HOST = "D0G04LL", "D0HPWLL", "D0SVWLL"

__all__ = ["Site", "at", "install", "key_file", "onetrust", "token_of"]


class Site:
    """One installation and what can be done with it."""

    def __init__(self, wire: Wire, installation_id: str) -> None:
        self.wire = wire
        self.id = installation_id
        self.path = f"{API}/{installation_id}"

    def shown(self) -> dict[str, Any]:
        """The installation as it is answered."""
        found: dict[str, Any] = self.wire.value(self.wire.get(self.path))
        return found

    def view(self) -> dict[str, Any]:
        """Its license view."""
        found: dict[str, Any] = self.wire.value(self.wire.get(f"{self.path}/license-view"))
        return found

    def states(self) -> list[tuple[Any, str]]:
        """Key id, or date of an entitlement, and state of each license in the view."""
        return [(entry["key_id"] or entry["expiration_date"], entry["state"]) for entry in self.view()["licenses"]]

    def dates(self) -> list[str]:
        """The dates of the license view."""
        return [entry["expiration_date"] for entry in self.view()["licenses"]]

    def apply(self, content: bytes) -> int:
        """Applies a license file and gives its key id."""
        key_id: int = self.wire.value(self.wire.post(f"{self.path}/licenses", content), 201)["key_id"]
        return key_id

    def enter(self, token: str) -> None:
        """Enters a token."""
        self.wire.value(self.wire.post(f"{self.path}/tokens", {"token": token}), 201)

    def network(self, proxy: str | None = None, *, internet: bool) -> None:
        """Changes the way out."""
        self.wire.value(self.wire.put(f"{self.path}/network", {"internet": internet, "proxy": proxy}))

    def prompt(self, what: str, body: Any = None) -> dict[str, Any]:
        """Prompts it to retrieve, restart or update, and gives the answer."""
        done: dict[str, Any] = self.wire.value(self.wire.post(f"{self.path}/{what}", body))
        return done

    def reasons(self) -> list[str | None]:
        """Applies an update and gives the reason of each place where it was not applied; None where it was."""
        return [result["reason"] for result in self.prompt("updates")["results"]]


def install(wire: Wire, kind: str = "siteprotector", **values: Any) -> Site:
    """Sets an installation up."""
    body = {"kind": kind, "name": f"The {kind}", **values}
    return Site(wire, wire.value(wire.post(API, body), 201)["id"])


def key_file(wire: Wire, format_: str = "isslicense", **values: Any) -> bytes:
    """A license file, from a new order of one line to the saved bytes."""
    number = submitted(wire, lines=[line(**{"part_number": GX, **values})])["order_number"]
    license_ = wire.value(wire.get(f"/lkc/api/v1/orders/{number}/licenses", PRODUCER))[0]
    path = f"/lkc/api/v1/licenses/{license_['license_id']}"
    wire.value(wire.post(f"{path}/generate", {"format": format_}, PRODUCER), 201)
    return wire.get(f"{path}/file?format={format_}", PRODUCER).get_data()


def at(wire: Wire, moment: str) -> None:
    """Moves the world's clock on."""
    wire.value(wire.control("POST", "/clock/advance", {"to": moment}))
