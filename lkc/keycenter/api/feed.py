"""The feed over HTTP, so that a real order system can be tested against the key center."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response

from lkc.feed import OrderDocument
from lkc.feed.schemas import DocumentSchema, ReceiptSchema
from lkc.keycenter.receiving import receive
from lkc.world.credentials import require_producer
from lkc.world.hold import current_world
from lkc.world.rest import Blueprint, answer

blueprint = Blueprint(
    "keycenter_feed", __name__, url_prefix="/lkc/api/v1", description="License Key Center: the feed of orders"
)

DOCUMENT = DocumentSchema()


@blueprint.route("/feed", methods=["POST"])
@blueprint.arguments(DOCUMENT)
@blueprint.response(200, ReceiptSchema)
def take_order_document(document: OrderDocument) -> Response:
    """Takes an order document in, as if the order system had handed it over."""
    require_producer()
    return answer(asdict(receive(current_world(), document)))
