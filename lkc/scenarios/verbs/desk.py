"""What happens at the support desk."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import PRODUCER, Seen, Stage

API = "/support/api/v1"


def ibm_id(stage: Stage, email: str, password: str) -> Seen:
    """Somebody has an IBM ID."""
    stage.passwords[email] = password
    return stage.call("POST", f"{API}/ibm-ids", {"email": email, "password": password})


def register(stage: Stage, **values: Any) -> Seen:
    """Somebody may open service requests for a customer number: email, icn, level."""
    return stage.call("POST", f"{API}/registrations", values, PRODUCER)


def open_request(stage: Stage, by: str, **values: Any) -> Seen:
    """Somebody opens a service request."""
    return stage.call("POST", f"{API}/service-requests", values, by)


def show_request(stage: Stage, pmr: str, by: str = PRODUCER) -> Seen:
    """Somebody looks at a service request."""
    return stage.call("GET", f"{API}/service-requests/{pmr}", None, by)


def list_requests(stage: Stage, by: str = PRODUCER, query: str = "") -> Seen:
    """Somebody looks through service requests."""
    return stage.call("GET", f"{API}/service-requests{query}", None, by)


def change_request(stage: Stage, pmr: str, by: str = PRODUCER, **values: Any) -> Seen:
    """Somebody completes, closes or reopens a service request, or staff moves it to another queue."""
    return stage.call("PATCH", f"{API}/service-requests/{pmr}", values, by)


def note(stage: Stage, pmr: str, by: str, text: str) -> Seen:
    """Somebody writes a note on a service request."""
    return stage.call("POST", f"{API}/service-requests/{pmr}/notes", {"text": text}, by)


def reset_ocn_password(stage: Stage, ocn: str, icn: str) -> Seen:
    """Support resets the password of an order's control number."""
    return stage.call("POST", f"{API}/ocn-password-resets", {"ocn": ocn, "icn": icn}, PRODUCER)
