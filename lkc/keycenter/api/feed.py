"""The key center's feed of orders over HTTP."""

from __future__ import annotations

from lkc.feed.over_http import open_feed
from lkc.keycenter.receiving import receive
from lkc.world.rest import Blueprint

blueprint = Blueprint(
    "keycenter_feed", __name__, url_prefix="/lkc/api/v1", description="License Key Center: the feed of orders"
)
open_feed(blueprint, receive)
