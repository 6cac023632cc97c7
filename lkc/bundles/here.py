"""Saving and playing bundles in the landscape that answers this request."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from typing import IO, Any

from flask import current_app

from lkc.bundles.filling import Values
from lkc.bundles.mails import Mails
from lkc.bundles.placeholders import Secrets
from lkc.bundles.playing import Place, played
from lkc.bundles.reading import found_in
from lkc.bundles.refusals import AnswerDiffers
from lkc.bundles.saving import Source, saved
from lkc.bundles.writing import document
from lkc.scenarios.staging import APPLICATION_KEY
from lkc.scenarios.state import current_layout
from lkc.world.credentials import ADMIN_TOKEN_KEY, PRODUCER_KEY
from lkc.world.hold import Hold
from lkc.world.journal import current_journal
from lkc.world.operations import current_operations
from lkc.world.state.loading import origin_of

KEPT_IN_MEMORY = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a bundle is to be played.

    Attributes:
        world: name of the world that is made for it.
        url: address of that world.
        asserting: whether the first answer that differs is refused.
    """

    world: str
    url: str
    asserting: bool


def save(hold: Hold, since: str | None, version: str) -> IO[bytes]:
    """A bundle of the world as a file that is open at its end.

    Args:
        hold: of the request.
        since: the moment with which it begins; None is the last from which the journal can be played.
        version: of the simulator that saves it.

    Raises UnknownMoment, JournalTooShort or CallsNotKept.
    """
    journal = current_journal()
    source = Source(
        store=hold.store, journal=journal, operations=current_operations(), world=hold.name, version=version
    )
    mails, marks = Mails(hold.store, hold.name), journal.marks
    secrets = Secrets(marks.of(current_app.config[PRODUCER_KEY][1]), lambda mark: mails.place_of(mark, marks))
    bundle, begins = saved(source, since, secrets)
    spool = tempfile.SpooledTemporaryFile(KEPT_IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with hold.store.snapshots.visited(hold.name, begins.number) as world:
        for piece in document(bundle, world, current_layout()):
            spool.write(piece.encode())
    return spool


def replay(hold: Hold, content: bytes, wanted: Wanted) -> dict[str, Any]:
    """Plays a bundle into a world of its own, and tells what came of it.

    Raises Invalid for one with mistakes, SecretsMissing, WorldExists, or AnswerDiffers.
    """
    config = current_app.config
    found = found_in(content)
    origin = origin_of(found.state, current_layout())
    values = Values(found.bundle.secrets, config[PRODUCER_KEY][1], Mails(hold.store, wanted.world).secrets_of)
    place = Place(
        application=config[APPLICATION_KEY],
        store=hold.store,
        operations=current_operations(),
        token=config[ADMIN_TOKEN_KEY],
    )
    outcome = played(place, wanted.world, found.bundle, origin, values, stops_at_first=wanted.asserting)
    if wanted.asserting and outcome.first is not None:
        raise AnswerDiffers(outcome.first, wanted.world, wanted.url)
    return {
        "world": wanted.world,
        "url": wanted.url,
        "since": found.bundle.since,
        "calls": outcome.played,
        "different": outcome.different,
        "first": outcome.first,
        "left_out": found.bundle.left_out,
        "saved_by": found.bundle.version,
    }
