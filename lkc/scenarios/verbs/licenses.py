"""What a registered end user does with orders and licenses."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import Seen, Stage

API = "/lkc/api/v1"


def order_summary(stage: Stage, by: str) -> Seen:
    """Somebody looks at the Order Summary."""
    return stage.call("GET", f"{API}/orders", None, by)


def licenses_for(stage: Stage, order: str, by: str) -> Seen:
    """Somebody looks at Licenses for this Order."""
    return stage.call("GET", f"{API}/orders/{order}/licenses", None, by)


def show_license(stage: Stage, license_: str, by: str) -> Seen:
    """Somebody looks at one license."""
    return stage.call("GET", f"{API}/licenses/{license_}", None, by)


def generate(stage: Stage, license_: str, by: str, **values: Any) -> Seen:
    """Somebody selects a license and generates it: format, host_id."""
    body = {name.rstrip("_"): value for name, value in values.items()}
    return stage.call("POST", f"{API}/licenses/{license_}/generate", body, by)


def save(stage: Stage, license_: str, by: str, format_: str = "isslicense") -> Seen:
    """Somebody saves the license file; keep it with an empty path."""
    return stage.call("GET", f"{API}/licenses/{license_}/file?format={format_}", None, by)
