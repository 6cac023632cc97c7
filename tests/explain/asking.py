"""How tests ask for explanations, and make the calls that these offer."""

from __future__ import annotations

from typing import Any

from tests.wire import PRODUCER, Auth, Wire


def explained(wire: Wire, **subject: Any) -> dict[str, Any]:
    """The findings on a subject by code, in their order."""
    found = wire.value(wire.control("POST", "/explain", subject))["findings"]
    return {finding["code"]: finding for finding in found}


def cure(wire: Wire, finding: dict[str, Any], member: Auth = None) -> None:
    """Makes the call that cures a finding, as whom it says."""
    action = finding["remedy"]["action"]
    auth = {"producer": PRODUCER, "member": member}.get(action["as"])
    response = wire.call(action["method"], action["path"], action["body"], auth)
    assert response.status_code < 300, response.get_data(as_text=True)
