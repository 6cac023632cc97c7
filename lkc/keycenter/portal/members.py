"""Pages of an account's members: the table, and what administrators do there (documented: swg21610380)."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from lkc.feed import Person
from lkc.keycenter.membership import add_member, change_member, get_member, members_of, remove_member
from lkc.keycenter.models import Role
from lkc.keycenter.portal.fields import YES, DeleteForm, MemberForm, NewMemberForm
from lkc.keycenter.portal.visitors import for_members, page
from lkc.keycenter.sign_in import Caller
from lkc.keycenter.visibility import (
    administrable_account,
    administrated_account,
    seen_account,
    visible_account,
    visible_accounts,
)
from lkc.look.pages import attempt, done
from lkc.world.hold import current_world
from lkc.world.refusals import Refused

PAGE, MOST_ACCOUNTS = 100, 500


@for_members
def accounts_page(caller: Caller) -> AnyResponse:
    """Leads to the members of the account that was chosen, or of the first one."""
    world, chosen = current_world(), request.args.get("account")
    if chosen is None:
        chosen = next((seen.account.account_id for seen in visible_accounts(world, caller, None, 1)), "")
    visible_account(world, caller, chosen)
    return redirect(url_for(".members_page", account_id=chosen))


@for_members
def members_page(caller: Caller, account_id: str) -> AnyResponse:
    """The members of an account; administrators find here how to change them."""
    world, after = current_world(), request.args.get("after")
    seen = seen_account(world, caller, account_id)
    members = members_of(world, account_id, after, PAGE + 1)
    last = members[PAGE - 1].email if len(members) > PAGE else None
    return page(
        "members",
        seen=seen,
        accounts=visible_accounts(world, caller, None, MOST_ACCOUNTS),
        members=members[:PAGE],
        first=url_for(".members_page", account_id=account_id) if after is not None else None,
        following=url_for(".members_page", account_id=account_id, after=last) if last is not None else None,
    )


@for_members
def new_member_page(caller: Caller, account_id: str) -> AnyResponse:
    """Adds somebody, from whatever company."""
    world, form, refused = current_world(), NewMemberForm(), list[Refused]()
    _let_administrate(caller, account_id, "member-added", form.email.data or "")
    if form.validate_on_submit():
        with attempt(refused):
            member = add_member(world, account_id, Person(form.name.data, form.email.data), Role(form.role.data))
            done(f"{member.email} is a member of this account now. No mail is sent about it.")
            return redirect(url_for(".members_page", account_id=account_id))
    return page("new_member", refused, form=form, **_account(caller, account_id))


@for_members
def edit_member_page(caller: Caller, account_id: str) -> AnyResponse:
    """Gives a member another name or role."""
    world, refused, email = current_world(), list[Refused](), request.args.get("email", "")
    _let_administrate(caller, account_id, "member-changed", email)
    member = get_member(world, account_id, email)
    form = MemberForm(name=member.name, role=member.role)
    if form.validate_on_submit():
        with attempt(refused):
            change_member(world, member, form.name.data, Role(form.role.data))
            done(f"{member.email} is kept as it was entered.")
            return redirect(url_for(".members_page", account_id=account_id))
    return page("edit_member", refused, form=form, member=member, **_account(caller, account_id))


@for_members
def delete_member_page(caller: Caller, account_id: str) -> AnyResponse:
    """Removes a member, once "Yes" is marked and submitted."""
    world, form, refused, email = current_world(), DeleteForm(), list[Refused](), request.args.get("email", "")
    _let_administrate(caller, account_id, "member-removed", email)
    member = get_member(world, account_id, email)
    if form.validate_on_submit() and form.sure.data != YES:
        done("Nothing was changed.")
        return redirect(url_for(".members_page", account_id=account_id))
    if form.is_submitted() and not form.errors:
        with attempt(refused):
            remove_member(world, member)
            done(f"{member.email} is no longer a member of account {account_id}.")
            is_self = member.email == caller.email
            return redirect(url_for(".accounts_page") if is_self else url_for(".members_page", account_id=account_id))
    return page("delete_member", refused, form=form, member=member, **_account(caller, account_id))


def _account(caller: Caller, account_id: str) -> dict[str, Any]:
    return {"seen": seen_account(current_world(), caller, account_id)}


def _let_administrate(caller: Caller, account_id: str, wanted: str, email: str) -> None:
    """Lets only administrators pass; who sends a form without being one is remembered. Raises as the two it asks."""
    if request.method == "POST":
        administrated_account(current_world(), caller, account_id, wanted, email)
    else:
        administrable_account(current_world(), caller, account_id)
