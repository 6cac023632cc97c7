"""Tokens: as the token service has them, and where a customer looks for his."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import PRODUCER, Seen, Stage


def tokens(stage: Stage) -> Seen:
    """All tokens, for the vendor's staff."""
    return stage.call("GET", "/onetrust/api/v1/tokens", None, PRODUCER)


def give_token(stage: Stage, **values: Any) -> Seen:
    """A customer number gets its token, or shows the one it has: icn, token, serial_number."""
    return stage.call("POST", "/onetrust/api/v1/tokens", values, PRODUCER)


def entitlements(stage: Stage, token: str) -> Seen:
    """What a token entitles to now."""
    return stage.call("GET", f"/onetrust/api/v1/tokens/{token}/entitlements")


def portal_account(stage: Stage, email: str, password: str, **values: Any) -> Seen:
    """Somebody has an account of MyISS: email, password, icn, shows_token."""
    stage.passwords[email] = password
    body = {"email": email, "password": password, **values}
    return stage.call("POST", "/myiss/api/v1/accounts", body, PRODUCER)


def portal_token(stage: Stage, by: str) -> Seen:
    """Somebody looks his token up in MyISS."""
    return stage.call("GET", "/myiss/api/v1/token", None, by)
