"""The Password Finder, and setting a password with the link that it mails."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

from sqlalchemy import delete, exists, select

from lkc.keycenter.leftovers import remove_expired
from lkc.keycenter.membership import SYSTEM
from lkc.keycenter.models import Member, PasswordLink, SignInSession, User
from lkc.keycenter.receiving import SENDER
from lkc.keycenter.refusals import PasswordLinkExpired
from lkc.keycenter.throttling import THROTTLE
from lkc.mail.sending import HERE, Notice, send
from lkc.mail.templates import MailTemplate
from lkc.world.clock import to_micros
from lkc.world.credentials import hashed
from lkc.world.keys import derive
from lkc.world.session import WorldSession

LINK_HOLDS = timedelta(hours=24)

_TEMPLATE = MailTemplate("keycenter/password_finder", Path(__file__).parent / "mails" / "password_finder")


def digest_of(token: str) -> str:
    """What is kept of a token: enough to recognise it, not enough to use it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def find_password(world: WorldSession, email: str) -> None:
    """Mails a link to whoever is a registered end user on some account; to others nothing is sent (Q10).

    The work is the same for both, so that nobody can tell from the time which addresses are known.
    """
    email = email.lower()
    if world.orm.scalar(select(exists().where(Member.email == email))):
        _mail_link(world, email)
        return
    with world.rehearsal():
        _mail_link(world, email)
    world.record(
        SYSTEM,
        "password-finder-unknown",
        f"The Password Finder was asked for {email}, which is on no account: no mail is sent.",
        email=email,
    )


def _mail_link(world: WorldSession, email: str) -> None:
    remove_expired(world)
    token = world.ids.secret("password-link", email)
    link = f"{HERE}/lkc/password/{token}"
    expires_at = to_micros(world.clock.now() + LINK_HOLDS)
    world.insert(PasswordLink, digest=digest_of(token), email=email, expires_at=expires_at)
    notice = Notice(
        system=SYSTEM, sender=SENDER, recipient=email, template=_TEMPLATE, values={"email": email, "link": link}
    )
    message_id = send(world, notice)
    world.record(
        SYSTEM, "password-finder-mailed", f"The Password Finder wrote to {email}.", email=email, message_id=message_id
    )


def owner_of_link(world: WorldSession, token: str) -> str:
    """Whose password a link sets. Raises PasswordLinkExpired."""
    link = world.orm.get(PasswordLink, digest_of(token))
    if link is None or world.clock.micros() >= link.expires_at:
        raise PasswordLinkExpired("This link sets no password (any more).")
    return link.email


def set_password(world: WorldSession, token: str, password: str) -> str:
    """Sets the password of whoever holds a link, and returns the address. Raises PasswordLinkExpired.

    The link and all others of the address are used up, and whoever was signed in is signed out.
    """
    email = owner_of_link(world, token)
    world.orm.execute(delete(PasswordLink).where(PasswordLink.email == email))
    world.orm.execute(delete(SignInSession).where(SignInSession.email == email))
    keep_password(world, email, password)
    THROTTLE.forget(world, email)
    world.record(SYSTEM, "password-set", f"{email} set a password.", email=email)
    return email


def keep_password(world: WorldSession, email: str, password: str) -> None:
    """Gives an address that is on some account its password; the salt follows from the world's seed."""
    salt = derive(world.seed, "salt", email, str(world.ids.next("salt")))[:16]
    world.orm.get_one(User, email).password_hash = hashed(password, salt)
