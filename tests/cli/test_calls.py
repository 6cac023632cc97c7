"""Calls as lines for a shell."""

from __future__ import annotations

import shlex
from typing import Any

from lkc.cli.calls import MEMBER, as_curl

URL = "http://127.0.0.1:8019"


def action(**values: Any) -> dict[str, Any]:
    """The call of a finding."""
    return {"method": "POST", "path": "/x", "body": None, "as": "nobody", **values}


def test_a_line_names_world_and_credentials() -> None:
    """The vendor's staff by name and password, a member by a placeholder, and nobody by nothing."""
    lines = {who: as_curl(URL, "lesson", action(**{"as": who})) for who in ("producer", "member", "nobody")}

    assert lines["producer"] == f"curl -X POST -u producer:producer {URL}/w/lesson/x"
    assert lines["member"] == f"curl -X POST -u {MEMBER} {URL}/w/lesson/x"
    assert lines["nobody"] == f"curl -X POST {URL}/w/lesson/x"


def test_a_body_goes_as_json_whatever_stands_in_it() -> None:
    """Quotes, blanks and letters of other alphabets come through the shell as they are."""
    line = as_curl(URL, "lesson", action(method="PATCH", body={"name": "Seán O'Neill"}))

    words = shlex.split(line)
    assert words[3:7] == ["-H", "Content-Type: application/json", "-d", '{"name": "Seán O\'Neill"}']


def test_a_control_call_takes_the_token_of_the_simulator_from_the_environment() -> None:
    """The token itself is never printed; calls of imitated systems take none."""
    control = as_curl(URL, "lesson", action(path="/_sim/clock/advance", body={}), "secret")
    other = as_curl(URL, "lesson", action(), "secret")

    assert '-H "Authorization: Bearer $LKC_ADMIN_TOKEN"' in control
    assert "secret" not in control
    assert "Authorization" not in other
