"""What is done with the products at the customer's site."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import Seen, Stage

API = "/products/api/v1/installations"


def install(stage: Stage, **values: Any) -> Seen:
    """A product is installed: kind, name, version, serial_number."""
    return stage.call("POST", API, values)


def instructions(stage: Stage, at: str) -> Seen:
    """How licenses are applied to this kind of product."""
    return stage.call("GET", f"{API}/{at}/instructions")


def license_view(stage: Stage, at: str) -> Seen:
    """What the product shows of its licenses."""
    return stage.call("GET", f"{API}/{at}/license-view")


def apply_file(stage: Stage, at: str, file: bytes) -> Seen:
    """A license file is applied."""
    return stage.call("POST", f"{API}/{at}/licenses", file)


def remove_file(stage: Stage, at: str, key: int) -> Seen:
    """One license file is removed."""
    return stage.call("DELETE", f"{API}/{at}/licenses/{key}")


def remove_files(stage: Stage, at: str) -> Seen:
    """All license files are removed."""
    return stage.call("DELETE", f"{API}/{at}/licenses")


def enter_token(stage: Stage, at: str, token: str) -> Seen:
    """A token is entered."""
    return stage.call("POST", f"{API}/{at}/tokens", {"token": token})


def retrieve(stage: Stage, at: str) -> Seen:
    """The product is prompted to retrieve entitlements."""
    return stage.call("POST", f"{API}/{at}/retrieve")


def restart(stage: Stage, at: str) -> Seen:
    """The product is restarted."""
    return stage.call("POST", f"{API}/{at}/restart")


def network(stage: Stage, at: str, **values: Any) -> Seen:
    """The way out is changed: internet, proxy."""
    return stage.call("PUT", f"{API}/{at}/network", values)


def update(stage: Stage, at: str, **values: Any) -> Seen:
    """Security content (an XPU) is applied."""
    return stage.call("POST", f"{API}/{at}/updates", values)


def add_agent(stage: Stage, at: str, name: str) -> Seen:
    """An agent is installed, which takes a seat."""
    return stage.call("POST", f"{API}/{at}/agents", {"name": name})


def remove_agent(stage: Stage, at: str, name: str) -> Seen:
    """An agent is removed, which gives its seat back."""
    return stage.call("DELETE", f"{API}/{at}/agents/{name}")
