"""IBM IDs, registrations, and what only the staff can arrange: a new password for an OCN."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Response, current_app

from lkc.support import registrations
from lkc.support.refusals import AccessLevelTooLow, IbmIdExists, UnknownRegistration
from lkc.support.schemas import (
    IbmIdSchema,
    OcnPasswordResetAnswerSchema,
    OcnPasswordResetSchema,
    RegistrationPageSchema,
    RegistrationSchema,
    registration_view,
)
from lkc.support.sign_in import IBM_ID as IBM_ID_CALLER
from lkc.support.sign_in import create_ibm_id, current_caller
from lkc.world.credentials import PRODUCER, require_producer
from lkc.world.hold import current_world
from lkc.world.paging import paged
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.session import WorldSession

OCN_RESET_KEY = "LKC_OCN_RESET"
# Mails an order's contact a new password, by OCN and ICN, and gives the id of the mail.
OcnReset = Callable[[WorldSession, str, str], int]

blueprint = Blueprint(
    "support_access", __name__, url_prefix="/support/api/v1", description="Support desk: IBM IDs and registrations"
)

IBM_ID, REGISTRATION, PAGE, RESET = (
    IbmIdSchema(),
    RegistrationSchema(),
    RegistrationPageSchema(),
    OcnPasswordResetSchema(),
)


@blueprint.route("/ibm-ids", methods=["POST"])
@blueprint.arguments(IBM_ID)
@blueprint.response(201, IBM_ID)
@blueprint.refuses(IbmIdExists)
def open_ibm_id(body: dict[str, Any]) -> Response:
    """Makes an IBM ID; anybody may, and it opens no request before it is registered for an ICN."""
    made = create_ibm_id(current_world(), body["email"], body["password"])
    return answer({"email": made.email}, 201)


@blueprint.route("/registrations", methods=["POST"])
@blueprint.arguments(REGISTRATION)
@blueprint.response(201, REGISTRATION)
@blueprint.alt_response(200, schema=REGISTRATION)
@blueprint.called_by(IBM_ID_CALLER, PRODUCER)
@blueprint.refuses(AccessLevelTooLow)
def register(body: dict[str, Any]) -> Response:
    """Registers an address for an ICN; 200 where it was registered before and has this level now."""
    world = current_world()
    caller = current_caller(world)
    made, is_new = registrations.register(world, caller, body["email"], body["icn"], body["level"])
    return answer(registration_view(made), 201 if is_new else 200)


@blueprint.route("/registrations", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, RegistrationSchema, many=True)
@blueprint.called_by(IBM_ID_CALLER, PRODUCER)
def list_registrations(page: dict[str, Any]) -> Response:
    """The caller's own registrations, and those that he manages."""
    world = current_world()
    found = registrations.list_registrations(world, current_caller(world), page.get("after"), page["limit"] + 1)
    return paged([registration_view(entry) for entry in found], page["limit"], "registration_id")


@blueprint.route("/registrations/<int(max=9223372036854775807):registration_id>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.called_by(IBM_ID_CALLER, PRODUCER)
@blueprint.refuses(UnknownRegistration, AccessLevelTooLow)
def remove_registration(registration_id: int) -> Response:
    """Ends a registration; for the staff and the administrators of its ICN."""
    world = current_world()
    registrations.remove(world, current_caller(world), registration_id)
    return nothing()


@blueprint.route("/ocn-password-resets", methods=["POST"])
@blueprint.arguments(RESET)
@blueprint.response(201, OcnPasswordResetAnswerSchema)
@blueprint.called_by(PRODUCER)
@blueprint.refuses("lkc.ordering.refusals:UnknownOcn")
def reset_ocn_password(body: dict[str, Any]) -> Response:
    """Has the order system mail the order's contact a new password; there is no other way to one."""
    require_producer()
    reset: OcnReset = current_app.config[OCN_RESET_KEY]
    return answer({**body, "message_id": reset(current_world(), body["ocn"], body["icn"])}, 201)
