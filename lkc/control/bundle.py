"""Reproduction bundles: a moment of the world with the calls since, saved here and played elsewhere."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from lkc.control.bundle_schemas import ReplayedSchema, ReplaySchema, SinceSchema
from lkc.control.doors import CONTROL, TOML, NotToml, guard_documents
from lkc.control.health import version
from lkc.control.state import EXAMPLE as STATE
from lkc.control.state import pieces_of
from lkc.world.hold import current_hold
from lkc.world.names import fresh
from lkc.world.refusals import WorldExists
from lkc.world.rest import Blueprint, answer
from lkc.world.snapshots import UnknownMoment

EXAMPLE = STATE.replace(
    "format = 1\n",
    """\
format = 1

[bundle]
format = 1
version = "1.0"
world = "default"
since = "the origin"
calls = 1
left_out = 0

[[bundle.secret]]
name = "producer"
from = "producer"

[[bundle.call]]
method = "GET"
path = "/ordering/api/v1/customers/0012345"
headers = { "authorization" = "Basic producer:{secret:producer}" }
id = "8f1c2ab0-12"
request_id = "8f1c2ab04d5e6f70"
began = 1250
ended = 3100
status = 200
answer = '{"icn": "0012345", "name": "Acme Holding", "country": "DE"}'
""",
    1,
)

blueprint = Blueprint(
    "bundle", __name__, url_prefix="/_sim/bundle", description="Reproduction bundles", callers=CONTROL
)
blueprint.before_request(guard_documents)

SINCE, REPLAY = SinceSchema(), ReplaySchema()
_REFUSALS = "lkc.bundles.refusals"


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SINCE, location="query")
@blueprint.response(200, content_type=TOML, example=EXAMPLE)
@blueprint.refuses(UnknownMoment, f"{_REFUSALS}:JournalTooShort", f"{_REFUSALS}:CallsNotKept")
def save_bundle(wanted: dict[str, Any]) -> Response:
    """A moment of the world and the calls since, to be played elsewhere; secrets that were sent are not in it."""
    from lkc.bundles.here import save  # noqa: PLC0415 - the start needs no bundles

    spool = save(current_hold(), wanted.get("since"), version())
    length = spool.tell()
    spool.seek(0)
    return Response(pieces_of(spool), mimetype=TOML, headers={"Content-Length": str(length)}, direct_passthrough=True)


@blueprint.route("/replay", methods=["POST"])
@blueprint.arguments(REPLAY, location="query")
@blueprint.body(TOML, examples=(EXAMPLE,))
@blueprint.response(200, ReplayedSchema)
@blueprint.refuses(NotToml, WorldExists, f"{_REFUSALS}:SecretsMissing", f"{_REFUSALS}:AnswerDiffers")
def replay_bundle(wanted: dict[str, Any]) -> Response:
    """Makes a world as a bundle says, makes its calls in it, and compares the answers with those of then.

    The world stays. Secrets that the bundle does not hold are added to it, as `[[bundle.value]]` with `name` and
    `secret`; they are kept nowhere.
    """
    from lkc.bundles.here import Wanted, replay  # noqa: PLC0415 - the start needs no bundles
    from lkc.bundles.model import LARGEST_BUNDLE  # noqa: PLC0415 - likewise

    request.max_content_length = LARGEST_BUNDLE
    hold, world = current_hold(), wanted["world"] if "world" in wanted else fresh()
    url = f"{hold.exchange.base_url.rpartition('/w/')[0]}/w/{world}"
    return answer(replay(hold, request.get_data(cache=False), Wanted(world, url, wanted["asserting"])))
