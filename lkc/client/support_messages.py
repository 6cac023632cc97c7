"""What the support desk says on the wire."""

from __future__ import annotations

from typing import TypedDict


class _Details(TypedDict, total=False):
    """What helps an investigation; dates are text."""

    ocn: str | None
    purchase_order: str | None
    customer_name: str | None
    contact_name: str | None
    order_date: str | None
    expiration_date: str | None
    product: str | None
    quantity: int | None


class NewServiceRequest(_Details, total=False):
    """A service request as it is opened; `severity` runs from 1 (critical) to 4."""

    summary: str
    description: str
    severity: int
    icn: str


class ServiceRequestChange(_Details, total=False):
    """What is to be changed; `queue` (`licensing` or `general`) by the vendor's staff alone."""

    status: str
    queue: str
    severity: int
    description: str


class ServiceRequest(_Details):
    """A service request, which is the PMR of the same number; `missing` are fields that would speed it up."""

    pmr_number: str
    queue: str
    status: str
    severity: int
    missing: list[str]
    icn: str
    opened_by: str
    opened_at: str
    summary: str
    description: str


class Note(TypedDict):
    """A note on a service request."""

    author: str
    written_at: str
    text: str


class ServiceRequestWithNotes(ServiceRequest):
    """A service request with its notes, oldest first."""

    notes: list[Note]


class Registration(TypedDict):
    """Who may open requests for which customer number; `level` is basic, full or admin."""

    registration_id: int
    email: str
    icn: str
    level: str
