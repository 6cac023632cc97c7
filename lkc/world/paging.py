"""Lists in pages: `?limit=&after=` and a `Link` to the next page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from marshmallow import Schema, fields, validate

from lkc.world.fields import Anything
from lkc.world.hold import current_hold
from lkc.world.rest import answer

MAX_PAGE = 500


class PageSchema(Schema):
    """Which page of a list."""

    limit = fields.Integer(load_default=100, validate=validate.Range(1, MAX_PAGE))
    after: fields.Field[Any] = Anything()


def paged(rows: list[dict[str, Any]], limit: int, key: str) -> Response:
    """One page of a list.

    Args:
        rows: the rows of the page and, where there are more, at least one row beyond it.
        limit: how many rows a page has.
        key: the member whose value in the last row leads to the next page.
    """
    headers = {}
    if len(rows) > limit:
        rows = rows[:limit]
        query = {**request.args.to_dict(), "limit": str(limit), "after": str(rows[-1][key])}
        headers["Link"] = f'<{current_hold().exchange.base_url}{request.path}?{urlencode(query)}>; rel="next"'
    return answer(rows, 200, headers)
