"""The messages of the installations' interface."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from marshmallow import Schema, fields, validate

from lkc.world.fields import CONTROLS, Anything, Flag, Text
from onetrust.products.agents import update_status
from onetrust.products.asking import Answer, Outcome
from onetrust.products.kinds import VERSION_FORM, Kind
from onetrust.products.licenses import Origin, State
from onetrust.products.models import NEVER, Agent, Installation, KeyFile
from onetrust.products.reasons import REASONS
from onetrust.products.restarting import Restart
from onetrust.products.retrieval import Retrieval
from onetrust.products.updates import Target, Update

LONGEST_SERIAL_NUMBER = 60
# What is a step of a path: agents and appliances are asked for by name.
NO_STEP = (rf"(?!\.\.?$)(?=.*\S)[^/{CONTROLS}]+", "must not hold a slash")
# Abridged: what a product takes is longer, and sealed to the last byte.
KEY_FILE_EXAMPLE = """\
<?xml version="1.0" encoding="UTF-8"?>
<isslicense format="1" simulated="true">
  <key-id>41649</key-id>
  <product>IBM Security SiteProtector</product>
  <quantity>5</quantity>
  <service-end>2014-12-31</service-end>
  <license-end>permanent</license-end>
  <signature kid="0f42f53005398797" algorithm="Ed25519">b356f386...</signature>
</isslicense>
"""


class NewInstallationSchema(Schema):
    """What is installed."""

    kind = fields.Enum(Kind, by_value=True, required=True)
    name = Text(required=True)
    version = Text(
        allow_none=True,
        load_default=None,
        form=VERSION_FORM,
        metadata={"description": "without it 2.8 for SiteProtector and 4.1 for MX appliances"},
    )
    serial_number = Text(
        allow_none=True,
        load_default=None,
        longest=LONGEST_SERIAL_NUMBER,
        form=NO_STEP,
        metadata={"description": "needed for MX appliances, which retrieve with it"},
    )


class NetworkSchema(Schema):
    """The way out of an installation."""

    internet = Flag(required=True)
    proxy = Text(
        allow_none=True,
        load_default=None,
        form=(r"[A-Za-z0-9.-]+(:[0-9]{1,5})?", "must be a host name, with or without a port"),
        metadata={"description": "with a name below `.invalid` nothing gets out"},
    )


class InstallationSchema(Schema):
    """An installation."""

    id = fields.String(metadata={"example": "I-1"})
    kind = fields.Enum(Kind, by_value=True)
    name = fields.String()
    version = fields.String(allow_none=True)
    serial_number = fields.String(allow_none=True)
    internet = fields.Boolean()
    proxy = fields.String(allow_none=True)
    tokens = fields.List(fields.String())
    last_retrieval = fields.String(allow_none=True)
    last_failure = fields.String(allow_none=True, metadata={"description": "code of a refusal"})
    content = fields.String(allow_none=True, metadata={"description": "the update (XPU) that was applied last"})


class InstructionsSchema(Schema):
    """How licenses are applied."""

    kind = fields.Enum(Kind, by_value=True)
    version = fields.String(allow_none=True)
    takes_key_files = fields.Boolean()
    takes_tokens = fields.Boolean()
    uses_serial_number = fields.Boolean()
    steps = fields.List(fields.String())


class HeldLicenseSchema(Schema):
    """A license that an installation holds."""

    origin = fields.Enum(Origin, by_value=True)
    product = fields.String()
    quantity = fields.Integer()
    expiration_date = fields.String(metadata={"description": "ISO date: the end of the service contract (S&S)"})
    license_expiration_date = fields.String(allow_none=True)
    token = fields.String(allow_none=True)
    key_id = fields.Integer(allow_none=True)
    state = fields.Enum(State, by_value=True)
    text = fields.String(allow_none=True, metadata={"description": "why it does not count, and what helps"})


class SeatsSchema(Schema):
    """Seats of a product with agents."""

    licensed = fields.Integer()
    used = fields.Integer()
    exceeded = fields.Boolean()
    message = fields.String(allow_none=True)


class LicenseViewSchema(Schema):
    """What a product shows of its licenses."""

    installation = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    title = fields.String()
    mode = fields.String(allow_none=True)
    licenses = fields.List(fields.Nested(HeldLicenseSchema))
    seats = fields.Nested(SeatsSchema, allow_none=True)
    last_retrieval = fields.String(allow_none=True)
    last_failure = fields.String(allow_none=True)


class KeyFileSchema(Schema):
    """A license file that was applied."""

    key_id = fields.Integer()
    format = fields.String(metadata={"example": "isslicense"})
    product = fields.String()
    quantity = fields.Integer()
    expiration_date = fields.String()
    license_expiration_date = fields.String()
    is_read = fields.Boolean()


class EnteredTokenSchema(Schema):
    """A token that is entered."""

    token = Text(required=True, form=(r"[0-9]{1,20}", "must be digits, 20 at most"))


class AgentSchema(Schema):
    """An agent of a host product."""

    name = Text(required=True, form=NO_STEP)
    update_status = fields.String(dump_only=True)
    content = fields.String(dump_only=True, allow_none=True)


class AgentChoiceSchema(Schema):
    """Which agent is meant; without a name all are."""

    name = Anything(load_default=None, metadata={"example": "agent-1"})


class OutcomeSchema(Schema):
    """What became of asking with one token or serial number."""

    token = fields.String(metadata={"description": "where it was asked with one", "sometimes": True})
    serial_number = fields.String(metadata={"description": "where it was asked with one", "sometimes": True})
    entitlements = fields.Integer(allow_none=True)
    failure = fields.Dict(allow_none=True, metadata={"example": None})


class RetrievalSchema(Schema):
    """What a retrieval did."""

    outcomes = fields.List(fields.Nested(OutcomeSchema))


class RestartSchema(RetrievalSchema):
    """What a restart did."""

    read = fields.List(fields.Integer(), metadata={"description": "keys that were read for the first time"})


class NewUpdateSchema(Schema):
    """Which update."""

    xpu = Text(load_default=None, allow_none=True, longest=80, metadata={"example": "32.050"})


class TargetSchema(Schema):
    """What became of an update at one place."""

    target = fields.String()
    product = fields.String(allow_none=True)
    applied = fields.Boolean()
    reason = fields.String(allow_none=True, validate=validate.OneOf(list(REASONS)))
    question = fields.Integer(allow_none=True)
    text = fields.String(allow_none=True)


class UpdateSchema(RetrievalSchema):
    """What became of an update."""

    xpu = fields.String()
    applied = fields.Boolean()
    results = fields.List(fields.Nested(TargetSchema))


def installation_view(installation: Installation, tokens: Sequence[str]) -> dict[str, Any]:
    """An installation as it is answered."""
    return {
        "id": installation.id,
        "kind": installation.kind,
        "name": installation.name,
        "version": installation.version,
        "serial_number": installation.serial_number,
        "internet": installation.internet,
        "proxy": installation.proxy,
        "tokens": list(tokens),
        "last_retrieval": installation.last_retrieval,
        "last_failure": installation.last_failure,
        "content": installation.content,
    }


def key_file_view(file: KeyFile) -> dict[str, Any]:
    """A license file as it is answered."""
    return {
        "key_id": file.key_id,
        "format": file.format,
        "product": file.product,
        "quantity": file.quantity,
        "expiration_date": file.service_end,
        "license_expiration_date": file.license_end or NEVER,
        "is_read": file.is_read,
    }


def agent_view(installation: Installation, agent: Agent) -> dict[str, Any]:
    """An agent as it is answered."""
    return {"name": agent.name, "update_status": update_status(installation, agent), "content": agent.content}


def retrieval_view(done: Retrieval) -> dict[str, Any]:
    """A retrieval as it is answered."""
    return {"outcomes": [_outcome_view(outcome) for outcome in done.outcomes]}


def restart_view(done: Restart) -> dict[str, Any]:
    """A restart as it is answered."""
    return {"read": done.read, **retrieval_view(done.retrieval)}


def update_view(done: Update) -> dict[str, Any]:
    """An update as it is answered."""
    results = [_target_view(target) for target in done.targets]
    return {"xpu": done.xpu, "applied": done.is_applied, "results": results, **retrieval_view(done.retrieval)}


def _outcome_view(outcome: Outcome) -> dict[str, Any]:
    result, source = outcome.result, {outcome.source.member: outcome.source.value}
    if isinstance(result, Answer):
        return {**source, "entitlements": len(result.entitlements), "failure": None}
    failure = {"code": result.code, "question": result.question, "detail": result.detail, "remedy": result.remedy}
    return {**source, "entitlements": None, "failure": failure}


def _target_view(target: Target) -> dict[str, Any]:
    question, text = (None, None) if target.reason is None else REASONS[target.reason]
    return {
        "target": target.name,
        "product": target.product,
        "applied": target.reason is None,
        "reason": target.reason,
        "question": question,
        "text": text,
    }
