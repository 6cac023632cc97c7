"""Service requests, which are PMRs."""

from __future__ import annotations

from typing import Any

from flask import Response

from lkc.support import service_requests
from lkc.support.models import SYSTEM
from lkc.support.refusals import (
    ClosedTooLong,
    IcnMissing,
    NotRegistered,
    ServiceRequestClosed,
    StaffOnly,
    UnknownServiceRequest,
)
from lkc.support.schemas import (
    NewNoteSchema,
    NoteSchema,
    ServiceRequestAnswerSchema,
    ServiceRequestChangeSchema,
    ServiceRequestDetailSchema,
    ServiceRequestSchema,
    ServiceRequestSearchSchema,
    note_view,
    request_view,
    said_by,
)
from lkc.support.sign_in import IBM_ID, current_caller, current_ibm_id
from lkc.support.visibility import visible_request
from lkc.world.credentials import PRODUCER
from lkc.world.hold import current_world
from lkc.world.paging import paged
from lkc.world.rest import Blueprint, answer

blueprint = Blueprint(
    SYSTEM,
    __name__,
    url_prefix="/support/api/v1/service-requests",
    description="Support desk: service requests",
    callers=(IBM_ID, PRODUCER),
)

REQUEST, CHANGE, SEARCH, NOTE = (
    ServiceRequestSchema(),
    ServiceRequestChangeSchema(),
    ServiceRequestSearchSchema(),
    NewNoteSchema(),
)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(REQUEST)
@blueprint.response(201, ServiceRequestAnswerSchema)
@blueprint.called_by(IBM_ID)
@blueprint.refuses(IcnMissing, NotRegistered)
def open_request(body: dict[str, Any]) -> Response:
    """Opens a service request for the caller's IBM ID; `missing` says what would speed it up."""
    world = current_world()
    return answer(request_view(service_requests.open_request(world, current_ibm_id(world), said_by(body))), 201)


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SEARCH, location="query")
@blueprint.response(200, ServiceRequestAnswerSchema, many=True)
def list_requests(search: dict[str, Any]) -> Response:
    """The service requests that the caller sees, in the order in which they were opened."""
    world = current_world()
    limit, after = search.pop("limit"), search.pop("after", None)
    found = service_requests.list_requests(world, current_caller(world), search, after, limit + 1)
    return paged([request_view(request) for request in found], limit, "pmr_number")


@blueprint.route("/<pmr_number>", methods=["GET"])
@blueprint.response(200, ServiceRequestDetailSchema)
@blueprint.refuses(UnknownServiceRequest)
def show_request(pmr_number: str) -> Response:
    """One service request with its notes."""
    world = current_world()
    request = visible_request(world, current_caller(world), pmr_number)
    notes = [note_view(note) for note in service_requests.notes_of(world, request)]
    return answer({**request_view(request), "notes": notes})


@blueprint.route("/<pmr_number>", methods=["PATCH"])
@blueprint.arguments(CHANGE)
@blueprint.response(200, ServiceRequestAnswerSchema)
@blueprint.refuses(UnknownServiceRequest, StaffOnly, ClosedTooLong, ServiceRequestClosed)
def change_request(body: dict[str, Any], pmr_number: str) -> Response:
    """Adds what was missing, closes a request, or reopens one that was closed within the last 14 days."""
    world = current_world()
    return answer(request_view(service_requests.change(world, current_caller(world), pmr_number, body)))


@blueprint.route("/<pmr_number>/notes", methods=["POST"])
@blueprint.arguments(NOTE)
@blueprint.response(201, NoteSchema)
@blueprint.refuses(UnknownServiceRequest, ServiceRequestClosed)
def add_note(body: dict[str, Any], pmr_number: str) -> Response:
    """Writes a note on an open service request."""
    world = current_world()
    note = service_requests.add_note(world, current_caller(world), pmr_number, body["text"])
    return answer(note_view(note), 201)
