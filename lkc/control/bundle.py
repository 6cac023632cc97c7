"""Reproduction bundles: a moment of the world with the calls since, saved here and played elsewhere."""

from __future__ import annotations

import tempfile
from typing import Any

from flask import Response, current_app, request

from lkc.control.bundle_schemas import ReplayedSchema, ReplaySchema, SinceSchema
from lkc.control.doors import CONTROL, TOML, NotToml, guard_documents
from lkc.control.health import version
from lkc.control.state import EXAMPLE as STATE
from lkc.control.state import pieces_of
from lkc.scenarios.staging import APPLICATION_KEY
from lkc.world.credentials import ADMIN_TOKEN_KEY, PRODUCER_KEY
from lkc.world.hold import current_hold
from lkc.world.journal import current_journal
from lkc.world.names import fresh
from lkc.world.operations import current_operations
from lkc.world.refusals import WorldExists
from lkc.world.rest import Blueprint, answer
from lkc.world.snapshots import UnknownMoment

KEPT_IN_MEMORY = 1024 * 1024
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
_REFUSALS = "lkc.control.bundles.refusals"


@blueprint.route("", methods=["GET"])
@blueprint.arguments(SINCE, location="query")
@blueprint.response(200, content_type=TOML, example=EXAMPLE)
@blueprint.refuses(UnknownMoment, f"{_REFUSALS}:JournalTooShort", f"{_REFUSALS}:CallsNotKept")
def save_bundle(wanted: dict[str, Any]) -> Response:
    """A moment of the world and the calls since, to be played elsewhere; secrets that were sent are not in it."""
    from lkc.control.bundles.mails import Mails  # noqa: PLC0415 - the start needs no bundles
    from lkc.control.bundles.placeholders import Secrets  # noqa: PLC0415 - likewise
    from lkc.control.bundles.saving import Source, saved  # noqa: PLC0415 - likewise
    from lkc.control.bundles.writing import document  # noqa: PLC0415 - likewise
    from lkc.scenarios.state import current_layout  # noqa: PLC0415 - likewise

    hold, journal = current_hold(), current_journal()
    source = Source(
        store=hold.store, journal=journal, operations=current_operations(), world=hold.name, version=version()
    )
    mails, marks = Mails(hold.store, hold.name), journal.marks
    secrets = Secrets(marks.of(current_app.config[PRODUCER_KEY][1]), lambda mark: mails.place_of(mark, marks))
    bundle, begins = saved(source, wanted.get("since"), secrets)
    spool = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - it is closed when it has been sent
    with hold.store.snapshots.visited(hold.name, begins.number) as world:
        for piece in document(bundle, world, current_layout()):
            spool.write(piece.encode())
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
    from lkc.control.bundles.filling import Values  # noqa: PLC0415 - the start needs no bundles
    from lkc.control.bundles.mails import Mails  # noqa: PLC0415 - likewise
    from lkc.control.bundles.model import LARGEST_BUNDLE  # noqa: PLC0415 - likewise
    from lkc.control.bundles.playing import Place, played  # noqa: PLC0415 - likewise
    from lkc.control.bundles.reading import found_in  # noqa: PLC0415 - likewise
    from lkc.control.bundles.refusals import AnswerDiffers  # noqa: PLC0415 - likewise
    from lkc.scenarios.state import current_layout  # noqa: PLC0415 - likewise
    from lkc.world.state.loading import origin_of  # noqa: PLC0415 - likewise

    request.max_content_length = LARGEST_BUNDLE
    hold, config = current_hold(), current_app.config
    world = wanted["world"] if "world" in wanted else fresh()
    found = found_in(request.get_data(cache=False))
    origin = origin_of(found.state, current_layout())
    values = Values(found.bundle.secrets, config[PRODUCER_KEY][1], Mails(hold.store, world).secrets_of)
    place = Place(
        application=config[APPLICATION_KEY],
        store=hold.store,
        operations=current_operations(),
        token=config[ADMIN_TOKEN_KEY],
    )
    outcome = played(place, world, found.bundle, origin, values, stops_at_first=wanted["asserting"])
    url = f"{hold.exchange.base_url.rpartition('/w/')[0]}/w/{world}"
    if wanted["asserting"] and outcome.first is not None:
        raise AnswerDiffers(outcome.first, world, url)
    return answer(
        {
            "world": world,
            "url": url,
            "since": found.bundle.since,
            "calls": outcome.played,
            "different": outcome.different,
            "first": outcome.first,
            "left_out": found.bundle.left_out,
            "saved_by": found.bundle.version,
        }
    )
