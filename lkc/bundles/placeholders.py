"""Secrets of calls by their marks: what each is called, and where its value comes from when the calls are played."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, unquote

import orjson

from lkc.bundles.model import Fill, Secret
from lkc.world.marks import MARKED, PAIR, PAIRS

FORM = "application/x-www-form-urlencoded"
CSRF = "csrf_token"
# Browsers send it to all pages, and only those of the desk read it.
DESK_COOKIE = "lkc-desk"
# Beside a password stands whose it is.
_OWNERS = ("email", "ocn", "name", "icn")
# Calls that set a password: whatever it was, any other will do as well.
_SETTING = re.compile(
    r"/lkc/api/v1/password|/lkc/password/.*|/support/api/v1/ibm-ids|/support/ibm-ids?(/.*)?|/myiss/api/v1/accounts"
)
# How a call is answered whose secret was wrong: of somebody who signs in, and of a link or a form.
_WRONG_SIGN_IN, _WRONG = frozenset({401, 429}), frozenset({401, 404, 409, 410, 429})
_NAMELESS = re.compile(r"[{}\s]")

# Where a mark is found in the mails of the world: the mail, and the so-manieth hidden value in it.
InMails = Callable[[str], tuple[str, int] | None]


def marks_in(*texts: str | None) -> list[str]:
    """The marks in texts, in their order."""
    return [
        pair.partition(PAIR)[0]
        for text in texts
        if text is not None
        for found in MARKED.finditer(text)
        for pair in found[1].split(PAIRS)
    ]


def marks_of_answer(response: Mapping[str, Any]) -> list[str]:
    """The marks in an answer: of its cookies, of where it leads, of its body."""
    headers = response.get("headers", {})
    return marks_in(headers.get("set-cookie"), headers.get("location"), response.get("body"))


class Secrets:
    """The secrets of a bundle as they come up, call by call.

    Args:
        producer: mark of the password of the vendor's staff.
        in_mails: looks for what no answer has shown.
    """

    def __init__(self, producer: str, in_mails: InMails) -> None:
        self._producer = producer
        self._in_mails = in_mails
        self._known: dict[str, Secret] = {}
        self._answered: dict[str, tuple[int, int]] = {}
        self._names: set[str] = set()
        self._set: set[str] = set()

    @property
    def all(self) -> list[Secret]:
        """All of them, in the order in which they came up."""
        return list(self._known.values())

    def answered(self, number: int, response: Mapping[str, Any]) -> None:
        """Notes what the answer of a call shows to those that come after it."""
        for place, mark in enumerate(marks_of_answer(response), 1):
            self._answered.setdefault(mark, (number, place))

    def is_known(self, mark: str) -> bool:
        """Whether a mark came up before, in a call or an answer."""
        return mark in self._known or mark in self._answered

    def placed(self, text: str, owners: Mapping[str, str], entry: dict[str, Any]) -> str:
        """A text with names in the place of its secrets."""

        def written(found: re.Match[str]) -> str:
            mark, _, length = found[1].partition(PAIR)
            secret = self.secret(mark, owners.get(mark, ""), entry)
            if length.isdecimal() and secret.length != int(length):
                self._known[mark] = replace(secret, length=int(length))
            return secret.written()

        return MARKED.sub(written, text)

    def credential(self, value: str, entry: dict[str, Any]) -> str:
        """The header by which somebody signs in; that of HTTP Basic with name and password, not encoded."""
        found = MARKED.search(value)
        if found is None:
            return value
        mark, _, name = found[1].partition(PAIR)
        who = unquote(name)
        secret = self.secret(mark, who, entry)
        if secret.fill is Fill.MADE and mark not in self._set and entry["status"] not in _WRONG_SIGN_IN:
            # It opened a door, so it must be the right one.
            self._known[mark] = replace(secret, fill=Fill.GIVEN)
        written = secret.written()
        return value.replace(found[0], f"{who}:{written}" if PAIR in found[1] else written)

    def cookies(self, value: str, entry: dict[str, Any]) -> tuple[str, list[str]]:
        """The cookies of which the value is known, and the names of all others."""
        found = MARKED.search(value)
        pairs = [pair.partition(PAIR) for pair in found[1].split(PAIRS)] if found else []
        pairs = [pair for pair in pairs if unquote(pair[2]) != DESK_COOKIE]
        known = [(unquote(name), mark) for mark, _, name in pairs if self.is_known(mark)]
        others = [unquote(name) for mark, _, name in pairs if not self.is_known(mark)]
        return "; ".join(f"{name}={self.secret(mark, '', entry).written()}" for name, mark in known), others

    def secret(self, mark: str, owner: str, entry: dict[str, Any]) -> Secret:
        """The secret of a mark, a new one where it comes up for the first time."""
        if owner == CSRF:
            return self._known.setdefault(CSRF, Secret(name="form", fill=Fill.FORM))
        if mark not in self._known:
            self._known[mark] = self._made(mark, owner, entry)
        found = self._known[mark]
        if _SETTING.fullmatch(entry["path"]):
            self._set.add(mark)
        elif found.fill is Fill.MADE and mark not in self._set and entry["status"] not in _WRONG:
            found = self._known[mark] = replace(found, fill=Fill.GIVEN)
        return found

    def _made(self, mark: str, owner: str, entry: dict[str, Any]) -> Secret:
        if mark in self._answered:
            number, place = self._answered[mark]
            return Secret(name=self._name(f"answer-{number}"), fill=Fill.ANSWER, request=number, place=place)
        name = self._name(owner or "secret")
        if mark == self._producer:
            return Secret(name=name, fill=Fill.PRODUCER)
        found = self._in_mails(mark)
        if found is not None:
            return Secret(name=name, fill=Fill.MAIL, message=found[0], place=found[1])
        is_free = entry["status"] in _WRONG or _SETTING.fullmatch(entry["path"]) is not None
        return Secret(name=name, fill=Fill.MADE if is_free else Fill.GIVEN)

    def _name(self, wanted: str) -> str:
        """A name that no other secret has."""
        plain = _NAMELESS.sub("_", wanted)[:100]
        name, number = plain, 1
        while name in self._names:
            number += 1
            name = f"{plain}/{number}"
        self._names.add(name)
        return name


def owners_in(body: str | None, media_type: str) -> dict[str, str]:
    """Whose the secrets in a body are, by their marks; what binds a form to its page is its own owner."""
    if not body or "***~" not in body:
        return {}
    if media_type == FORM:
        fields = dict(parse_qsl(body, keep_blank_values=True))
        found = _owners(fields)
        return found | dict.fromkeys(marks_in(fields.get(CSRF)), CSRF)
    try:
        return _owners_within(orjson.loads(body))
    except orjson.JSONDecodeError:
        return {}


def _owners_within(value: Any) -> dict[str, str]:
    if isinstance(value, list):
        return {mark: owner for inner in value for mark, owner in _owners_within(inner).items()}
    if not isinstance(value, dict):
        return {}
    deeper = {mark: owner for inner in value.values() for mark, owner in _owners_within(inner).items()}
    return deeper | _owners(value)


def _owners(fields: Mapping[str, Any]) -> dict[str, str]:
    named = [fields[name] for name in _OWNERS if isinstance(fields.get(name), str)]
    owner = next((name for name in named if "***" not in name), "")
    return {mark: owner or name for name, value in fields.items() if isinstance(value, str) for mark in marks_in(value)}
