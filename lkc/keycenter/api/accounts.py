"""Accounts and their members."""

from __future__ import annotations

from typing import Any

from flask import Response

from lkc.feed import Person
from lkc.keycenter.membership import add_member, change_member, get_member, members_of, remove_member
from lkc.keycenter.refusals import AdministratorsOnly, LastAdministrator, MemberExists, NotVisible
from lkc.keycenter.schemas import AccountSchema, MemberChangeSchema, MemberSchema, account_view, member_view
from lkc.keycenter.sign_in import MEMBER as MEMBER_CALLER
from lkc.keycenter.sign_in import SESSION, current_caller
from lkc.keycenter.visibility import administrated_account, visible_account, visible_accounts
from lkc.world.credentials import PRODUCER
from lkc.world.hold import current_world
from lkc.world.paging import PageSchema, paged
from lkc.world.rest import Blueprint, answer, nothing

blueprint = Blueprint(
    "keycenter_accounts",
    __name__,
    url_prefix="/lkc/api/v1/accounts",
    description="License Key Center: accounts",
    callers=(MEMBER_CALLER, SESSION, PRODUCER),
)

MEMBER, CHANGE, PAGE = MemberSchema(), MemberChangeSchema(), PageSchema()


@blueprint.route("", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, AccountSchema, many=True)
def list_accounts(page: dict[str, Any]) -> Response:
    """The caller's accounts, and his role on each."""
    world = current_world()
    accounts = visible_accounts(world, current_caller(world), page.get("after"), page["limit"] + 1)
    return paged([account_view(seen) for seen in accounts], page["limit"], "account_id")


@blueprint.route("/<account_id>/members", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, MemberSchema, many=True)
@blueprint.refuses(NotVisible)
def list_members(page: dict[str, Any], account_id: str) -> Response:
    """The members of an account, in the order in which they came; `after` is an address on it."""
    world = current_world()
    visible_account(world, current_caller(world), account_id)
    members = members_of(world, account_id, page.get("after"), page["limit"] + 1)
    return paged([member_view(member) for member in members], page["limit"], "email")


@blueprint.route("/<account_id>/members", methods=["POST"])
@blueprint.arguments(MEMBER)
@blueprint.response(201, MEMBER)
@blueprint.refuses(NotVisible, AdministratorsOnly, MemberExists)
def create_member(body: dict[str, Any], account_id: str) -> Response:
    """Adds somebody, from whatever company; for administrators."""
    world = current_world()
    administrated_account(world, current_caller(world), account_id, "member-added", body["email"])
    member = add_member(world, account_id, Person(body["name"], body["email"]), body["role"])
    return answer(member_view(member), 201)


@blueprint.route("/<account_id>/members/<email>", methods=["PATCH"])
@blueprint.arguments(CHANGE)
@blueprint.response(200, MEMBER)
@blueprint.refuses(NotVisible, AdministratorsOnly, LastAdministrator)
def update_member(body: dict[str, Any], account_id: str, email: str) -> Response:
    """Gives a member another name or role; for administrators."""
    world = current_world()
    administrated_account(world, current_caller(world), account_id, "member-changed", email)
    member = get_member(world, account_id, email)
    change_member(world, member, body.get("name"), body.get("role"))
    return answer(member_view(member))


@blueprint.route("/<account_id>/members/<email>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(NotVisible, AdministratorsOnly, LastAdministrator)
def delete_member(account_id: str, email: str) -> Response:
    """Removes a member; for administrators."""
    world = current_world()
    administrated_account(world, current_caller(world), account_id, "member-removed", email)
    remove_member(world, get_member(world, account_id, email))
    return nothing()
