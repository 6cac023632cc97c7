"""The feed over HTTP, so that a real order system can be tested against a delivery system."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from flask import Response

from lkc.feed.documents import OrderDocument, Receipt
from lkc.feed.schemas import DocumentSchema, ReceiptSchema
from lkc.world.credentials import PRODUCER, require_producer
from lkc.world.hold import current_world
from lkc.world.rest import Blueprint, answer
from lkc.world.session import WorldSession

DOCUMENT = DocumentSchema()


def open_feed(blueprint: Blueprint, receive: Callable[[WorldSession, OrderDocument], Receipt]) -> None:
    """Gives a delivery system's interface a `POST /feed`, for the vendor's staff."""

    @blueprint.route("/feed", methods=["POST"])
    @blueprint.arguments(DOCUMENT)
    @blueprint.response(200, ReceiptSchema)
    @blueprint.called_by(PRODUCER)
    def take_order_document(document: OrderDocument) -> Response:
        """Takes an order document in, as if the order system had handed it over."""
        require_producer()
        return answer(asdict(receive(current_world(), document)))
