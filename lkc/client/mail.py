"""The mailboxes of a world: the simulator's own view, for which nobody signs in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NotRequired, TypedDict, Unpack

from lkc.client.caller import Caller
from lkc.client.paths import path_of

API = "/mail/api/v1/messages"

Message = TypedDict(
    "Message",
    {
        "id": int,
        "system": str,
        "from": str,
        "to": str,
        "subject": str,
        "text": str,
        "html": str,
        "sent_at": str,
        "status": str,
        "genuine": bool,
        "genuine_reason": str,
        "links": list[str],
    },
)
Message.__doc__ = "A mail; `status` is delivered, bounced, spam or delayed."


class MailSearch(TypedDict):
    """Which mails are meant: by address of recipient and sender, and by a part of the subject."""

    to: NotRequired[str]
    from_: NotRequired[str]
    subject: NotRequired[str]


class MailListing(MailSearch):
    """Which mails to list."""

    status: NotRequired[str]


class Mail:
    """Every mailbox of the world."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller.as_nobody()

    def list(self, **search: Unpack[MailListing]) -> Sequence[Message]:
        """The mails that fit, newest first."""
        return self._caller.listed(API, **_wire(search))

    def get(self, message_id: int) -> Message:
        """One mail. Raises Refused (`unknown-message`)."""
        found: Message = self._caller.get(f"{API}{path_of(message_id)}")
        return found

    def raw(self, message_id: int) -> bytes:
        """One mail as it travelled (RFC 5322)."""
        return self._caller.send("GET", f"{API}{path_of(message_id, 'raw')}").content

    def wait(self, *, timeout: float = 10, since: int | None = None, **search: Unpack[MailSearch]) -> Message:
        """The newest delivered mail that fits, as soon as there is one.

        Args:
            timeout: real seconds, 60 at most.
            since: only a mail with a higher id than this one counts.

        Raises Refused (`no-mail`, 408) where none came.
        """
        found: Message = self._caller.get(f"{API}/wait", timeout=timeout, since=since, **_wire(search))
        return found

    def post(self, raw: bytes) -> Sequence[int]:
        """Sends a mail from the Internet (RFC 5322), as anybody may; gives an id for each recipient."""
        options: dict[str, Any] = {"content": raw, "headers": {"Content-Type": "message/rfc822"}}
        ids: list[int] = self._caller.send("POST", API, **options).value()["ids"]
        return ids

    def take_out_of_spam(self, message_id: int) -> Message:
        """Makes a mail in the spam folder a delivered one. Raises Refused (`not-spam`)."""
        changed: Message = self._caller.patch(f"{API}{path_of(message_id)}", {"status": "delivered"})
        return changed

    def delete(self, message_id: int) -> None:
        """Removes one mail."""
        self._caller.delete(f"{API}{path_of(message_id)}")

    def clear(self) -> None:
        """Empties every mailbox."""
        self._caller.delete(API)


def _wire(search: MailListing | MailSearch) -> dict[str, Any]:
    return {name.rstrip("_"): value for name, value in search.items()}
