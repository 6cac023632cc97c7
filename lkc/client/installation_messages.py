"""What installations say on the wire."""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Installation(TypedDict):
    """An installation; `last_failure` is the code of a refusal, `content` the update (XPU) applied last."""

    id: str
    kind: str
    name: str
    version: str | None
    serial_number: str | None
    internet: bool
    proxy: str | None
    tokens: list[str]
    last_retrieval: str | None
    last_failure: str | None
    content: str | None


class Instructions(TypedDict):
    """How licenses are applied to an installation."""

    kind: str
    version: str | None
    takes_key_files: bool
    takes_tokens: bool
    uses_serial_number: bool
    steps: list[str]


class HeldLicense(TypedDict):
    """A license that an installation holds; `expiration_date` (S&S) is an ISO date."""

    origin: str
    product: str
    quantity: int
    expiration_date: str
    license_expiration_date: str | None
    token: str | None
    key_id: int | None
    state: str
    text: str | None


class Seats(TypedDict):
    """Seats of a product with agents."""

    licensed: int
    used: int
    exceeded: bool
    message: str | None


class LicenseView(TypedDict):
    """What a product shows of its licenses."""

    installation: str
    kind: str
    title: str
    mode: str | None
    licenses: list[HeldLicense]
    seats: Seats | None
    last_retrieval: str | None
    last_failure: str | None


class KeyFile(TypedDict):
    """A license file that was applied; `is_read` after a restart."""

    key_id: int
    format: str
    product: str
    quantity: int
    expiration_date: str
    license_expiration_date: str
    is_read: bool


class Failure(TypedDict):
    """Why a retrieval failed."""

    code: str
    question: int | None
    detail: str
    remedy: str


class Outcome(TypedDict):
    """What asking with one token or serial number brought: a number of entitlements, or a failure."""

    token: NotRequired[str]
    serial_number: NotRequired[str]
    entitlements: int | None
    failure: Failure | None


class Retrieved(TypedDict):
    """What a retrieval did."""

    outcomes: list[Outcome]


class Restart(Retrieved):
    """What a restart did; `read` are the keys that were read for the first time."""

    read: list[int]


class UpdatedPart(TypedDict):
    """What became of an update at one place."""

    target: str
    product: str | None
    applied: bool
    reason: str | None
    question: int | None
    text: str | None


class Update(Retrieved):
    """What became of an update."""

    xpu: str
    applied: bool
    results: list[UpdatedPart]


class Agent(TypedDict):
    """An agent of a host product."""

    name: str
    update_status: str
    content: str | None
