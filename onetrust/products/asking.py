"""Asking the token service: one call for each source, and no answer is believed before its signature is right."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson
from marshmallow import EXCLUDE, Schema, ValidationError, fields, validate

from lkc.world.fields import MAX_ROW, Text
from lkc.world.nested import Reply
from onetrust.products.refusals import NotGenuine, RetrievalFailed, SerialNumberUnknown, ServiceFailed, TokenUnknown
from onetrust.products.seals import BuiltInKey
from onetrust.products.transport import Caller, TokenService, Unreachable

API = "/onetrust/api/v1"


@dataclass(frozen=True, slots=True)
class Source:
    """With what an installation retrieves.

    Attributes:
        member: `token` or `serial_number`: the member of the answer that must repeat the value.
        value: the token, or the serial number.
    """

    member: str
    value: str

    @property
    def path(self) -> str:
        """Where the token service answers for it."""
        collection = "tokens" if self.member == "token" else "appliances"
        return f"{API}/{collection}/{quote(self.value, safe='')}/entitlements"


@dataclass(frozen=True, slots=True)
class Entitled:
    """One entitlement of an answer; `expiration_day` is an ISO date."""

    product: str
    quantity: int
    expiration_day: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the token service said for a source."""

    token: str
    entitlements: tuple[Entitled, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of asking for one source: an answer, or the reason why there is none."""

    source: Source
    result: Answer | RetrievalFailed


class _EntitlementSchema(Schema):
    """An entitlement on the wire."""

    product = Text(required=True)
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_ROW))
    expiration_date = fields.Date(required=True)


class _AnswerSchema(Schema):
    """An answer on the wire."""

    token = Text(required=True)
    serial_number = Text()
    entitlements = fields.List(fields.Nested(_EntitlementSchema(unknown=EXCLUDE)), required=True)


_ANSWER = _AnswerSchema(unknown=EXCLUDE)


def ask(service: TokenService, source: Source, caller: Caller, key: BuiltInKey) -> Outcome:
    """Asks for one source. The caller may hold no transaction of the world meanwhile."""
    try:
        reply = service.get(source.path, caller)
        return Outcome(source, _answer_in(reply, source, key))
    except Unreachable as error:
        return Outcome(source, ServiceFailed(f"The token service does not answer ({error})."))
    except RetrievalFailed as failure:
        return Outcome(source, failure)


def _answer_in(reply: Reply, source: Source, key: BuiltInKey) -> Answer:
    if reply.status != 200:
        raise _failure_in(reply, source)
    said = _signed_part(reply.body, key)
    if said.get(source.member) != source.value:
        raise NotGenuine(f"The answer is not for {source.value!r}.", received=str(said.get(source.member)))
    try:
        read = _ANSWER.load(said)
    except ValidationError as error:
        raise ServiceFailed("The token service's answer is signed, but cannot be read.") from error
    entitled = tuple(
        Entitled(entry["product"], entry["quantity"], entry["expiration_date"].isoformat())
        for entry in read["entitlements"]
    )
    return Answer(read["token"], entitled)


def _failure_in(reply: Reply, source: Source) -> RetrievalFailed:
    """What a refusal of the token service means for an installation."""
    code = _code_in(reply.body)
    if code == TokenUnknown.code:
        return TokenUnknown(f"OneTrust does not know the token {source.value!r}.", token=source.value)
    if code == SerialNumberUnknown.code:
        detail = f"OneTrust does not know the serial number {source.value!r}."
        return SerialNumberUnknown(detail, serial_number=source.value)
    return ServiceFailed(f"The token service answered {reply.status} ({code or 'no reason'}).", answered=reply.status)


def _code_in(body: bytes) -> str | None:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
    code = document.get("code") if isinstance(document, dict) else None
    return code if isinstance(code, str) else None


def _signed_part(body: bytes, key: BuiltInKey) -> dict[str, Any]:
    """What the signature of an answer covers, which must be all the rest of it. Raises NotGenuine."""
    try:
        answer = orjson.loads(body)
        signature = answer.pop("signature")
        header, payload, seal = signature.split(".")
        named, said, digits = orjson.loads(_decoded(header)), orjson.loads(_decoded(payload)), _decoded(seal)
        named_right = (named["alg"], named["kid"]) == ("EdDSA", key.kid)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise NotGenuine("The answer carries no signature that can be read.") from error
    if not named_right or not key.fits(digits, f"{header}.{payload}".encode()):
        raise NotGenuine("The answer's signature is not that of the token service.")
    if said != answer:
        raise NotGenuine("The answer says something else than what was signed.")
    return answer if isinstance(answer, dict) else {}


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
