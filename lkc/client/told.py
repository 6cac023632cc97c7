"""What a world tells of itself when a test has failed: findings, timeline, journal."""

from __future__ import annotations

from collections.abc import Sequence

from lkc.client.client import Client
from lkc.client.connection import Refused, Unreachable
from lkc.client.findings import Finding
from lkc.client.records import Event, Exchange

LATEST, EXPLAINED = 50, 5


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
    return f"{found['status']}  {found['method']} {found['path']}{query}  ({found['micros'] / 1000:.1f} ms){faults}"


def _event(found: Event) -> str:
    return f"{found['at']}  {found['system']}  {found['kind']}: {found['text']}"


def _finding(found: Finding) -> list[str]:
    return [
        f"{found['code']} (question {found['question']}): {found['statement']}",
        f"  What helps: {found['remedy']['text']}",
    ]
