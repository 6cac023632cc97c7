"""The whole world as one document, and the differences between two worlds."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO

from flask import Response, request

from lkc.control.doors import CONTROL, TOML, NotToml, guard_documents
from lkc.control.schemas import WorldSchema
from lkc.control.worlds import world_view
from lkc.world.hold import current_hold, current_world
from lkc.world.journal import ORIGIN, current_journal
from lkc.world.rest import Blueprint, answer
from lkc.world.snapshots import checkpoint

LARGEST_DOCUMENT = 128 * 1024 * 1024
KEPT_IN_MEMORY = 1024 * 1024
PIECE = 64 * 1024

EXAMPLE = """\
format = 1

[world]
seed = 1
now = 2014-03-03T09:00:00Z
clock = "frozen"

[world.numbers]

[[ordering.customer]]
icn = "0012345"
name = "Acme Holding"
country = "DE"
"""

blueprint = Blueprint("state", __name__, url_prefix="/_sim/state", description="World as a document", callers=CONTROL)
blueprint.before_request(guard_documents)


@blueprint.route("", methods=["GET"])
@blueprint.response(200, content_type=TOML, example=EXAMPLE)
def show_state() -> Response:
    """The whole world as one TOML document, for people and git; the journal is no part of it."""
    from lkc.scenarios.state import current_layout  # noqa: PLC0415 - the start needs no documents
    from lkc.world.state.writing import written  # noqa: PLC0415 - likewise

    spool = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - it is closed when it has been sent
    for piece in written(current_world(), current_layout()):
        spool.write(piece.encode())
    length = spool.tell()
    spool.seek(0)
    return Response(pieces_of(spool), mimetype=TOML, headers={"Content-Length": str(length)}, direct_passthrough=True)


@blueprint.route("", methods=["PUT"])
@blueprint.body(TOML, examples=(EXAMPLE,))
@blueprint.response(200, WorldSchema)
@blueprint.refuses(NotToml)
def replace_state() -> Response:
    """Replaces the world by a document, all or nothing; a reset leads back to what the document says."""
    from lkc.scenarios.state import current_layout  # noqa: PLC0415 - the start needs no documents
    from lkc.world.state.loading import origin_of  # noqa: PLC0415 - likewise

    request.max_content_length = LARGEST_DOCUMENT
    hold = current_hold()
    origin = origin_of(request.get_data(cache=False), current_layout())
    info = hold.store.replace(hold.name, origin, lambda world: checkpoint(world, "state import"))
    current_journal().note(hold.name, ORIGIN, request_id=hold.exchange.request_id)
    return answer(world_view(info))


def pieces_of(spool: IO[bytes]) -> Iterator[bytes]:
    """What stands in a file, piece by piece; it is closed at the end."""
    with spool:
        while piece := spool.read(PIECE):
            yield piece
