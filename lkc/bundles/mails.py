"""Secrets that a mail brought, such as the link of the Password Finder or the first password of an order."""

from __future__ import annotations

from lkc.bundles.placeholders import marks_in
from lkc.bundles.sending import Seen
from lkc.mail.mailboxes import NoSuchMessage, Search, find_mails, get_mail
from lkc.world import redaction
from lkc.world.marks import Marks
from lkc.world.session import Access
from lkc.world.store import WorldStore

# So many of the latest mails are looked through for a secret.
MOST_MAILS = 1000


class Mails:
    """The mails of a world.

    Args:
        store: where the world is.
        world: name of the world.

    They are read past the face that others see: a look must not be counted by a fault, or stand in the journal.
    """

    def __init__(self, store: WorldStore, world: str) -> None:
        self._store, self._world = store, world
        self._places: dict[str, tuple[str, int]] | None = None

    def place_of(self, mark: str, marks: Marks) -> tuple[str, int] | None:
        """The mail in which the secret of a mark stands, and the so-manieth of its secrets that is."""
        if self._places is None:
            with self._store.session(self._world, Access.READ) as session:
                found = find_mails(session, Search(), MOST_MAILS)
            self._places = {
                one: (str(mail.id), place)
                for mail in found
                for place, one in enumerate(marks_in(_marked(mail.text, marks)), 1)
            }
        return self._places.get(mark)

    def secrets_of(self, message: str) -> list[str]:
        """The secrets in a mail, in their order; none where there is no such mail."""
        if not (message.isascii() and message.isdecimal() and len(message) < 19):
            return []
        try:
            with self._store.session(self._world, Access.READ) as session:
                text = get_mail(session, int(message)).text
        except NoSuchMessage:
            return []
        seen = Seen()
        return [seen.secrets[mark] for mark in marks_in(_marked(text, seen))]


def _marked(text: str, marks: Marks) -> str | None:
    return redaction.body(text.encode(), "text/plain", is_whole=True, hide=marks.hide)
