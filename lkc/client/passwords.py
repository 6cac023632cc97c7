"""Passwords of the key center: the Password Finder and its links."""

from __future__ import annotations

from typing import TypedDict

from lkc.client.caller import Caller
from lkc.client.mail import Mail

API = "/lkc/api/v1"
FINDER = "Password Finder"


class Session(TypedDict):
    """A session of a member; `token` is a bearer token, `expires_at` by the world's clock."""

    token: str
    email: str
    expires_at: str


class Passwords:
    """What somebody does who has no password, or has forgotten it; nobody is signed in for that."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller.as_nobody()

    def find(self, email: str) -> None:
        """Asks for a mail with a link; the answer tells nobody whether one was sent."""
        self._caller.post(f"{API}/password-finder", {"email": email})

    def set(self, token: str, password: str) -> None:
        """Sets a password with the last part of the mailed link. Raises Refused (`password-link-expired`)."""
        self._caller.post(f"{API}/password", {"token": token, "password": password})

    def set_by_mail(self, email: str, password: str) -> tuple[str, str]:
        """Asks for a link, reads the mailbox and sets a password; gives both for signing in.

        Raises Refused (`no-mail`) where no link arrives: the address is on no account, or its mail bounced.
        """
        box = Mail(self._caller)
        before = box.list(to=email, subject=FINDER)
        self.find(email)
        mail = box.wait(to=email, subject=FINDER, since=before[0]["id"] if before else None, timeout=0)
        self.set(mail["links"][0].rpartition("/")[2], password)
        return email, password

    def sign_in(self, email: str, password: str) -> Session:
        """Opens a session of eight hours of the world. Raises Refused (`invalid-credentials`, `too-many-attempts`)."""
        session: Session = self._caller.post(f"{API}/session", {"email": email, "password": password})
        return session
