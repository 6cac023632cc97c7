"""Getting in: Password Finder, passwords, sessions, and joining an account."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response

from lkc.feed import Person
from lkc.keycenter import membership, passwords, sign_in
from lkc.keycenter.refusals import PasswordLinkExpired, TooManyAttempts, UnknownAccountOrOrder
from lkc.keycenter.schemas import (
    AddressSchema,
    FinderAnswerSchema,
    JoinedSchema,
    JoinSchema,
    NewPasswordSchema,
    SignedInSchema,
    SignInSchema,
    member_view,
)
from lkc.keycenter.sign_in import SESSION
from lkc.world.credentials import NOBODY
from lkc.world.hold import current_world
from lkc.world.refusals import Unauthenticated
from lkc.world.rest import Blueprint, answer, nothing

blueprint = Blueprint(
    "keycenter_access", __name__, url_prefix="/lkc/api/v1", description="License Key Center: getting in"
)

ADDRESS, NEW_PASSWORD, SIGN_IN, JOIN = AddressSchema(), NewPasswordSchema(), SignInSchema(), JoinSchema()


@blueprint.route("/password-finder", methods=["POST"])
@blueprint.arguments(ADDRESS)
@blueprint.response(202, FinderAnswerSchema)
def find_password(body: dict[str, Any]) -> Response:
    """Mails a link for a new password to a registered end user; the answer is the same for everybody."""
    passwords.find_password(current_world(), body["email"])
    return answer({"status": "If this address is a registered end user's, a mail is on its way."}, 202)


@blueprint.route("/password", methods=["POST"])
@blueprint.arguments(NEW_PASSWORD)
@blueprint.response(204)
@blueprint.refuses(PasswordLinkExpired)
def set_password(body: dict[str, Any]) -> Response:
    """Sets a password with the token of the mailed link: once, within 24 hours of the world."""
    passwords.set_password(current_world(), body["token"], body["password"])
    return nothing()


@blueprint.route("/session", methods=["POST"])
@blueprint.arguments(SIGN_IN)
@blueprint.response(201, SignedInSchema)
@blueprint.refuses(Unauthenticated, TooManyAttempts)
def create_session(body: dict[str, Any]) -> Response:
    """Signs a member in; the token holds for eight hours of the world."""
    world = current_world()
    return answer(asdict(sign_in.sign_in(world, body["email"], body["password"])), 201)


@blueprint.route("/session", methods=["DELETE"])
@blueprint.response(204)
@blueprint.called_by(SESSION, NOBODY)
def delete_session() -> Response:
    """Signs the holder of the bearer token out."""
    sign_in.sign_out(current_world())
    return nothing()


@blueprint.route("/join", methods=["POST"])
@blueprint.arguments(JOIN)
@blueprint.response(201, JoinedSchema)
@blueprint.alt_response(200, schema=JoinedSchema)
@blueprint.refuses(UnknownAccountOrOrder)
def join_account(body: dict[str, Any]) -> Response:
    """Puts somebody on an account at once, without a mail to anybody; 200 for somebody who is there already."""
    person = Person(body["name"], body["email"])
    joined = membership.join(current_world(), body["account_id"], body["sales_order_number"], person)
    view = {"account_id": joined.member.account_id, **member_view(joined.member)}
    return answer(view, 201 if joined.is_new else 200)
