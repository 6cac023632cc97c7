"""What lies in mailboxes, and what somebody else writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from lkc.scenarios.stage import Seen, Stage
from lkc.world.template import shipped

_PASSWORD = re.compile(r"password {2,}(\S{12})$", re.IGNORECASE | re.MULTILINE)

API = "/mail/api/v1/messages"


def mails(stage: Stage, **search: Any) -> Seen:
    """The mails that fit, newest first: to, from_, subject, status."""
    asked = {name.rstrip("_"): value for name, value in search.items()}
    return stage.call("GET", f"{API}?{urlencode(asked)}")


def read_mail(stage: Stage, message: int) -> Seen:
    """One mail."""
    return stage.call("GET", f"{API}/{message}")


def mail_links(stage: Stage, message: int) -> Seen:
    """Where the links of a mail lead: `here`, with a path of this world, or to another `host`."""
    seen = read_mail(stage, message)
    if seen.status >= 400:
        return seen
    home = f"/w/{stage.world}/"
    found = []
    for parts in map(urlsplit, seen.body["links"]):
        is_here = parts.hostname == "localhost" and parts.path.startswith(home)
        path = parts.path.removeprefix(home[:-1]) if is_here else parts.path
        found.append({"here": is_here, "host": parts.hostname, "path": path})
    return Seen(seen.status, found)


def mail_changed(stage: Stage, message: int, text: str, into: str) -> Seen:
    """Somebody on the way keeps a mail back and sends it on with other text in it; its signature stays as it was."""
    from email import message_from_bytes  # noqa: PLC0415 - the standard library's mail modules cost 12 ms
    from email.policy import SMTP  # noqa: PLC0415 - likewise

    letter = message_from_bytes(stage.call("GET", f"{API}/{message}/raw").body, policy=SMTP)
    for part in letter.walk():
        if part.get_content_maintype() == "text":
            part.set_content(part.get_content().replace(text, into), subtype=part.get_content_subtype())
    stage.call("DELETE", f"{API}/{message}")
    return stage.call("POST", API, letter.as_bytes())


def post_mail(stage: Stage, file: str = "", raw: bytes | str = b"") -> Seen:
    """Somebody on the Internet sends a mail: one of `seed_data/mails`, or raw text."""
    text = raw.encode() if isinstance(raw, str) else raw
    content = (shipped("seed_data") / "mails" / Path(file).name).read_bytes() if file else text
    return stage.call("POST", API, content)


def mailed_password(stage: Stage, to: str) -> Seen:
    """Somebody takes the password of an order's control number from the newest mail that tells one."""
    seen = mails(stage, to=to, from_="Passport_Advantage@ibm.com")
    found = [match[1] for mail in seen.body if (match := _PASSWORD.search(mail["text"]))]
    return Seen(seen.status, {"password": found[0]})
