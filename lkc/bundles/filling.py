"""The values of a bundle's secrets while it is played: given, found in answers and mails, or made up."""

from __future__ import annotations

import hashlib
import html
import re
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterable

from lkc.bundles.model import Call, Fill, Secret
from lkc.bundles.refusals import SecretsMissing
from lkc.bundles.sending import Came

_FORM = re.compile(r"<input\b[^>]*\bname=\"csrf_token\"[^>]*\bvalue=\"([^\"]+)\"")
LONGEST = 10_000

# The hidden values of a mail, by its id.
OfMail = Callable[[str], list[str]]


class Values:
    """The values of secrets by name.

    Args:
        secrets: of the bundle.
        producer: password of the vendor's staff here.
        of_mail: looks into the mails of the world.

    Raises SecretsMissing where one that is needed was not given.
    """

    def __init__(self, secrets: Iterable[Secret], producer: str, of_mail: OfMail) -> None:
        self._secrets = {one.name: one for one in secrets}
        self._producer, self._of_mail = producer, of_mail
        self._answers: dict[int, list[str]] = {}
        self._forms: dict[str, str] = {}
        self._form = ""
        self._of_desk: str | None = None
        missing = [one.name for one in self._secrets.values() if one.fill is Fill.GIVEN and one.value is None]
        if missing:
            raise SecretsMissing(missing)

    def of(self, name: str) -> str:
        """The value of a secret."""
        secret = self._secrets[name]
        if secret.value is not None:
            return secret.value
        if secret.fill is Fill.PRODUCER:
            return self._producer
        if secret.fill is Fill.FORM:
            return self._form if self._of_desk is None else self._of_desk
        if secret.fill is Fill.ANSWER:
            found = self._answers.get(secret.request, [])
        else:
            found = self._of_mail(secret.message) if secret.fill is Fill.MAIL else []
        return found[secret.place - 1] if 0 < secret.place <= len(found) else made_up(secret)

    def prepare(self, call: Call, of_desk: str | None) -> None:
        """Has the mark of the form ready that a call sends: that of the page which was shown to the same session.

        Args:
            call: the call that is made next.
            of_desk: the mark of forms of the desk, for a call of its.
        """
        self._of_desk = of_desk
        if of_desk is None:
            self._form = self._forms.get(self._session(call), self._form)

    def take(self, number: int, call: Call, came: Came) -> None:
        """Takes in what the answer to a call shows."""
        self._answers[number] = came.hidden
        if self._of_desk is not None or not came.headers.get("content-type", "").startswith("text/html"):
            return
        found = _FORM.search(came.body.decode(errors="replace"))
        if found is not None:
            self._form = self._forms[came.headers.get("set-cookie") or self._session(call)] = html.unescape(found[1])

    def _session(self, call: Call) -> str:
        """The cookie of a call as it is sent."""
        cookie = call.headers.get("cookie", "")
        first = call.path[1:].partition("/")[0]
        of_system = [one.strip() for one in cookie.split(";") if one.strip().startswith(f"lkc-{first}=")]
        text = of_system[0] if of_system else cookie
        return re.sub(r"\{secret:([^{}\s]+)\}", lambda name: self.of(name[1]), text)


def made_up(secret: Secret) -> str:
    """A value for a secret that may be any: 43 characters that follow from its name, or as many as it had."""
    drawn = urlsafe_b64encode(hashlib.sha256(f"made up: {secret.name}".encode()).digest()).decode().rstrip("=")
    length = min(secret.length or len(drawn), LONGEST)
    return (drawn * (length // len(drawn) + 1))[:length]
