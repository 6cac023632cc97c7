"""The portal over REST."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app

from lkc.world.credentials import PRODUCER, require_producer
from lkc.world.hold import current_world
from lkc.world.paging import PageSchema, paged
from lkc.world.rest import Blueprint, answer
from onetrust.myiss import accounts
from onetrust.myiss.accounts import SYSTEM, NewAccount
from onetrust.myiss.refusals import AddressTaken, TokenNotInMyiss
from onetrust.myiss.schemas import AccountSchema, NewAccountSchema, ShownTokenSchema, account_view
from onetrust.myiss.token_view import TokenSource, shown_token

TOKEN_SOURCE_KEY = "LKC_TOKEN_SOURCE"  # noqa: S105 - the name of a setting

blueprint = Blueprint(SYSTEM, __name__, url_prefix="/myiss/api/v1", description="MyISS, the customers' portal")

NEW_ACCOUNT, PAGE = NewAccountSchema(), PageSchema()


@blueprint.route("/accounts", methods=["POST"])
@blueprint.arguments(NEW_ACCOUNT)
@blueprint.response(201, AccountSchema)
@blueprint.called_by(PRODUCER)
@blueprint.refuses(AddressTaken)
def create_account(body: dict[str, Any]) -> Response:
    """Gives a customer an account; with `shows_token: false` one that never shows a token."""
    require_producer()
    return answer(account_view(accounts.create_account(current_world(), NewAccount(**body))), 201)


@blueprint.route("/accounts", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, AccountSchema, many=True)
@blueprint.called_by(PRODUCER)
def list_accounts(page: dict[str, Any]) -> Response:
    """The accounts by address."""
    require_producer()
    found = accounts.list_accounts(current_world(), page.get("after"), page["limit"] + 1)
    return paged([account_view(account) for account in found], page["limit"], "email")


@blueprint.route("/token", methods=["GET"])
@blueprint.response(200, ShownTokenSchema)
@blueprint.called_by(accounts.CUSTOMER)
@blueprint.refuses(TokenNotInMyiss)
def show_token() -> Response:
    """The token of the caller's customer number; some customers have none here."""
    world = current_world()
    account = accounts.current_account(world)
    ask: TokenSource = current_app.config[TOKEN_SOURCE_KEY]
    return answer({"icn": account.icn, "token": shown_token(world, account, ask)})
