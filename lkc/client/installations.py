"""Products at the customer's site; nobody signs in for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

from lkc.client.caller import Caller, given
from lkc.client.installation_messages import (
    Agent,
    Installation,
    Instructions,
    KeyFile,
    LicenseView,
    Restart,
    Retrieved,
    Update,
)
from lkc.client.paths import path_of

API = "/products/api/v1/installations"


class NewInstallation(TypedDict):
    """What is installed: `kind` is siteprotector, mx-appliance, network-ips or host-protection."""

    kind: str
    name: str
    version: NotRequired[str]
    serial_number: NotRequired[str]


class Installations:
    """The installations of the world. Every method raises Refused where its id is unknown."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller.as_nobody()

    def create(self, **wanted: Unpack[NewInstallation]) -> Installation:
        """Installs a product."""
        made: Installation = self._caller.post(API, wanted)
        return made

    def list(self) -> Sequence[Installation]:
        """All of them, oldest first."""
        return self._caller.listed(API)

    def get(self, installation: str) -> Installation:
        """One of them."""
        found: Installation = self._caller.get(_path(installation))
        return found

    def instructions(self, installation: str) -> Instructions:
        """How licenses are applied to it."""
        found: Instructions = self._caller.get(_path(installation, "instructions"))
        return found

    def license_view(self, installation: str) -> LicenseView:
        """What it shows of its licenses; looking retrieves nothing."""
        found: LicenseView = self._caller.get(_path(installation, "license-view"))
        return found

    def apply(self, installation: str, file: bytes) -> KeyFile:
        """Applies a license file, which is read at the next restart. Raises Refused (`license-file-invalid`)."""
        applied: KeyFile = self._caller.send("POST", _path(installation, "licenses"), content=file).value()
        return applied

    def remove_files(self, installation: str, key_id: int | None = None) -> None:
        """Removes the license file of a key, or all."""
        self._caller.delete(_path(installation, "licenses", *([] if key_id is None else [key_id])))

    def enter_token(self, installation: str, token: str) -> Installation:
        """Enters a token beside those that are there; nothing is retrieved by that."""
        entered: Installation = self._caller.post(_path(installation, "tokens"), {"token": token})
        return entered

    def remove_token(self, installation: str, token: str) -> None:
        """Takes a token out, with what was retrieved with it."""
        self._caller.delete(_path(installation, "tokens", token))

    def network(self, installation: str, *, internet: bool, proxy: str | None = None) -> Installation:
        """Says whether and by which proxy (`host:port`) it gets out to the Internet."""
        body = given({"internet": internet, "proxy": proxy})
        changed: Installation = self._caller.put(_path(installation, "network"), body)
        return changed

    def retrieve(self, installation: str) -> Retrieved:
        """Prompts it to retrieve; what fails leaves what was there. Raises Refused (`no-internet`)."""
        done: Retrieved = self._caller.post(_path(installation, "retrieve"))
        return done

    def restart(self, installation: str) -> Restart:
        """Restarts it: it reads its license files and retrieves."""
        done: Restart = self._caller.post(_path(installation, "restart"))
        return done

    def update(self, installation: str, xpu: str | None = None) -> Update:
        """Applies an update (XPU); tells where it was applied and where not, and why. Raises Refused."""
        done: Update = self._caller.post(_path(installation, "updates"), given({"xpu": xpu}))
        return done

    def agents(self, installation: str) -> Sequence[Agent]:
        """Its agents in the order of their seats."""
        return self._caller.listed(_path(installation, "agents"))

    def add_agent(self, installation: str, name: str) -> Agent:
        """Adds an agent, be there a seat for it or not."""
        added: Agent = self._caller.post(_path(installation, "agents"), {"name": name})
        return added

    def remove_agent(self, installation: str, name: str) -> None:
        """Removes an agent; its seat is free again."""
        self._caller.delete(_path(installation, "agents", name))


def _path(*parts: str | int) -> str:
    return f"{API}{path_of(*parts)}"
