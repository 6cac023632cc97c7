"""What lies in mailboxes, and what somebody else writes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

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


def raw_mail(stage: Stage, message: int) -> Seen:
    """One mail as it travelled; keep it with an empty path."""
    return stage.call("GET", f"{API}/{message}/raw")


def post_mail(stage: Stage, file: str = "", raw: bytes | str = b"") -> Seen:
    """Somebody on the Internet sends a mail: one of `seed_data/mails`, or raw text."""
    text = raw.encode() if isinstance(raw, str) else raw
    content = (shipped("seed_data") / "mails" / Path(file).name).read_bytes() if file else text
    return stage.call("POST", API, content)


def not_spam(stage: Stage, message: int) -> Seen:
    """The recipient takes a mail out of the spam folder."""
    return stage.call("PATCH", f"{API}/{message}", {"status": "delivered"})


def delete_mail(stage: Stage, message: int) -> Seen:
    """The recipient deletes a mail."""
    return stage.call("DELETE", f"{API}/{message}")


def mailed_password(stage: Stage, to: str) -> Seen:
    """Somebody takes the password of an order's control number from the newest mail that tells one."""
    seen = mails(stage, to=to, from_="Passport_Advantage@ibm.com")
    found = [match[1] for mail in seen.body if (match := _PASSWORD.search(mail["text"]))]
    return Seen(seen.status, {"password": found[0]})
