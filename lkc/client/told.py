"""What a world tells of itself when a test has failed: findings, timeline, journal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from lkc.client.client import Client
from lkc.client.connection import Refused, Unreachable
from lkc.client.findings import Finding
from lkc.client.records import Event, Exchange

LATEST, EXPLAINED, SHORT = 50, 5, 160


def sections(client: Client) -> list[tuple[str, str]]:
    """Title and text of each section; what cannot be had says why."""
    where = f"of the world {client.world}"
    try:
        exchanges = client.requests.list(limit=LATEST)
        events = client.events.list()
        findings = [line for found in _findings(client, events) for line in found]
    except (Refused, Unreachable) as error:
        return [(f"lkc: the journal {where}", f"cannot be had: {error}")]
    told = [
        (f"lkc: the journal {where}, the latest {LATEST} calls", [_exchange(found) for found in exchanges]),
        (f"lkc: the timeline {where}", [_event(found) for found in events[-LATEST:]]),
        (f"lkc: findings {where}", findings),
    ]
    return [(title, "\n".join(lines)) for title, lines in told if lines]


def _findings(client: Client, events: Sequence[Event]) -> list[list[str]]:
    """What explains the orders that the timeline names, the latest first."""
    named = dict.fromkeys(
        str(found["subject"]["order_number"]) for found in events if "order_number" in found["subject"]
    )
    return [
        [f"order {number}:", *[f"  {line}" for found in _explained(client, number) for line in _finding(found)]]
        for number in list(named)[: -EXPLAINED - 1 : -1]
    ]


def _explained(client: Client, order_number: str) -> Sequence[Finding]:
    try:
        return client.explain(order_number=order_number)
    except Refused:
        return []


def _exchange(found: Exchange) -> str:
    query = f"?{found['query']}" if found["query"] else ""
    faults = f"  faults: {', '.join(found['faults'])}" if found["faults"] else ""
    took = f"({found['micros'] / 1000:.1f} ms)"
    line = f"{found['status'] or '---'}  {found['method']} {found['path']}{query}  {took}{faults}"
    bodies = [("sent", found["request"].get("body")), ("answered", found["response"].get("body"))]
    return "\n".join([line, *(f"     {side}: {_short(body)}" for side, body in bodies if body is not None)])


def _short(body: Any) -> str:
    """A body in a line."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    line = " ".join(text.split())
    return line if len(line) <= SHORT else f"{line[:SHORT]} ..."


def _event(found: Event) -> str:
    return f"{found['at']}  {found['system']}  {found['kind']}: {found['text']}"


def _finding(found: Finding) -> list[str]:
    return [
        f"{found['code']} (question {found['question']}): {found['statement']}",
        f"  What helps: {found['remedy']['text']}",
    ]
