"""The support desk: service requests (PMRs), and who may open them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict, Unpack

from lkc.client.caller import Caller
from lkc.client.paths import path_of
from lkc.client.support_messages import (
    NewServiceRequest,
    Note,
    Registration,
    ServiceRequest,
    ServiceRequestChange,
    ServiceRequestWithNotes,
)

API = "/support/api/v1"


class ServiceRequestSearch(TypedDict, total=False):
    """Which service requests to list."""

    icn: str
    queue: str
    status: str


class ServiceRequests:
    """The service requests that the caller sees; he signs in with his IBM ID, or as the vendor's staff."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, **request: Unpack[NewServiceRequest]) -> ServiceRequest:
        """Opens one; `missing` says what would speed it up. Raises Refused (`icn-missing`, 422)."""
        opened: ServiceRequest = self._caller.post(_path(), request)
        return opened

    def list(self, **search: Unpack[ServiceRequestSearch]) -> Sequence[ServiceRequest]:
        """Those that fit, in the order in which they were opened."""
        return self._caller.listed(_path(), **search)

    def get(self, pmr_number: str) -> ServiceRequestWithNotes:
        """One of them with its notes. Raises Refused."""
        found: ServiceRequestWithNotes = self._caller.get(_path(pmr_number))
        return found

    def change(self, pmr_number: str, **changes: Unpack[ServiceRequestChange]) -> ServiceRequest:
        """Adds what was missing, closes one, or reopens it. Raises Refused."""
        changed: ServiceRequest = self._caller.patch(_path(pmr_number), changes)
        return changed

    def add_note(self, pmr_number: str, text: str) -> Note:
        """Writes a note on an open one. Raises Refused."""
        written: Note = self._caller.post(_path(pmr_number, "notes"), {"text": text})
        return written


class Desk:
    """What is arranged before somebody can open service requests, and new passwords for OCNs."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create_ibm_id(self, email: str, password: str) -> tuple[str, str]:
        """Makes an IBM ID; gives both for signing in. Raises Refused where there is one."""
        self._caller.as_nobody().post(f"{API}/ibm-ids", {"email": email, "password": password})
        return email, password

    def register(self, *, email: str, icn: str, level: str = "full") -> Registration:
        """Lets an IBM ID open requests for an ICN; `level` is basic, full or admin. Raises Refused."""
        made: Registration = self._caller.post(f"{API}/registrations", {"email": email, "icn": icn, "level": level})
        return made

    def registrations(self) -> Sequence[Registration]:
        """The caller's registrations, and those that he manages."""
        return self._caller.listed(f"{API}/registrations")

    def end_registration(self, registration_id: int) -> None:
        """Ends a registration. Raises Refused."""
        self._caller.delete(f"{API}/registrations{path_of(registration_id)}")

    def reset_ocn_password(self, *, ocn: str, icn: str) -> int:
        """Mails an order's contact a new password, for the vendor's staff; gives the mail's id. Raises Refused."""
        sent: int = self._caller.post(f"{API}/ocn-password-resets", {"ocn": ocn, "icn": icn})["message_id"]
        return sent


def _path(*parts: str) -> str:
    return f"{API}/service-requests{path_of(*parts)}"
