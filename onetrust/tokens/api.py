"""The token service over REST."""

from __future__ import annotations

from typing import Any

from flask import Response

from lkc.feed.over_http import open_feed
from lkc.world.credentials import PRODUCER, require_producer
from lkc.world.hold import current_world
from lkc.world.key_set import KeySetSchema
from lkc.world.keys import signer
from lkc.world.paging import PageSchema, paged
from lkc.world.rest import Blueprint, answer
from onetrust.tokens.issuing import SYSTEM, list_tokens, register
from onetrust.tokens.receiving import receive
from onetrust.tokens.refusals import SerialNumberUnknown, TokenTaken, TokenUnknown
from onetrust.tokens.retrieval import by_serial_number, by_token
from onetrust.tokens.schemas import RetrievalSchema, TokenSchema, token_view

blueprint = Blueprint("onetrust", __name__, url_prefix="/onetrust/api/v1", description="The token service")

TOKEN, PAGE = TokenSchema(), PageSchema()


@blueprint.route("/tokens", methods=["POST"])
@blueprint.arguments(TOKEN)
@blueprint.response(201, TOKEN)
@blueprint.alt_response(200, schema=TOKEN)
@blueprint.called_by(PRODUCER)
@blueprint.refuses(TokenTaken)
def create_token(body: dict[str, Any]) -> Response:
    """Gives a customer number its token; 200 where it has one already."""
    require_producer()
    token, is_new = register(current_world(), body["icn"], body["token"], body["serial_number"])
    return answer(token_view(token), 201 if is_new else 200)


@blueprint.route("/tokens", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, TokenSchema, many=True)
@blueprint.called_by(PRODUCER)
def show_tokens(page: dict[str, Any]) -> Response:
    """All tokens and whose they are."""
    require_producer()
    found = list_tokens(current_world(), page.get("after"), page["limit"] + 1)
    return paged([token_view(token) for token in found], page["limit"], "token")


@blueprint.route("/tokens/<token>/entitlements", methods=["GET"])
@blueprint.response(200, RetrievalSchema)
@blueprint.refuses(TokenUnknown)
def retrieve_by_token(token: str) -> Response:
    """What a product retrieves with a token; it needs no other credential."""
    return answer(by_token(current_world(), token))


@blueprint.route("/appliances/<serial_number>/entitlements", methods=["GET"])
@blueprint.response(200, RetrievalSchema)
@blueprint.refuses(SerialNumberUnknown)
def retrieve_by_serial_number(serial_number: str) -> Response:
    """What an appliance retrieves with its serial number."""
    return answer(by_serial_number(current_world(), serial_number))


open_feed(blueprint, receive)


@blueprint.route("/keys", methods=["GET"])
@blueprint.response(200, KeySetSchema)
def list_keys() -> Response:
    """The public key with which answers verify, as a JSON Web Key Set."""
    return answer({"keys": [signer(current_world().seed, SYSTEM).jwk()]})
