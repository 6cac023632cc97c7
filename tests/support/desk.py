"""What tests of the support desk need: IBM IDs, registrations, service requests."""

from __future__ import annotations

from typing import Any

from tests.builders import ANN, ICN
from tests.wire import PRODUCER, Wire

API = "/support/api/v1"
REQUESTS = f"{API}/service-requests"
LICENSING = "Problem with licensing for IBM Security products"
SECRET = "my ibm id"


def ibm_id(wire: Wire, email: str = ANN, level: str | None = None, icn: str = ICN) -> tuple[str, str]:
    """Gives an address an IBM ID, registers it where a level is given, and returns its credential."""
    wire.value(wire.post(f"{API}/ibm-ids", {"email": email, "password": SECRET}), 201)
    if level is not None:
        register(wire, email, level, icn)
    return email, SECRET


def register(wire: Wire, email: str, level: str, icn: str = ICN) -> dict[str, Any]:
    """Registers an address for a customer number as the staff do."""
    body = {"email": email, "icn": icn, "level": level}
    response = wire.post(f"{API}/registrations", body, PRODUCER)
    assert response.status_code in {200, 201}
    registration: dict[str, Any] = response.get_json()
    return registration


def opened(wire: Wire, auth: tuple[str, str], **values: Any) -> dict[str, Any]:
    """Opens a service request and returns the answer."""
    body = {"summary": LICENSING, "icn": ICN, **values}
    request: dict[str, Any] = wire.value(wire.post(REQUESTS, body, auth), 201)
    return request


def seen(wire: Wire, auth: tuple[str, str], **search: str) -> list[str]:
    """The numbers of the requests that a caller's list shows."""
    found = wire.value(wire.get(REQUESTS, auth, query_string=search))
    return [request["pmr_number"] for request in found]
