"""`lkc requests`: what was called in a world, and whether it was called as expected."""

from __future__ import annotations

import json
from typing import Any

import click

from lkc.cli.refusal import Refusal
from lkc.cli.target import Target, controlling, table
from lkc.cli.values import Moment, Whole, pairs

PAGE, MOST = 1000, 1_000_000

requests = click.Group("requests", help="The journal of a world: what was called.")


@requests.command("list")
@click.option("--system", help="Calls of one system; `control` for the simulator's own, which are left out else.")
@click.option("--method", help="Calls of one method, such as POST.")
@click.option("--path", help="What the path begins with; with *, ** or {name} in it, the whole path.")
@click.option("--status", type=Whole(100, 599), help="Calls that were answered so.")
@click.option("--since", type=Moment(), help="Calls since then, in real time.")
@click.option("--limit", type=Whole(1, PAGE), default=100, show_default=True, help="So many at most.")
@click.option("--bodies", is_flag=True, help="What was sent and answered as well.")
@controlling
def list_requests(target: Target, limit: int, *, bodies: bool, **search: Any) -> None:
    """List the latest exchanges, oldest first."""
    wanted = {name: value for name, value in search.items() if value is not None}
    found = target.connection.control("GET", "/requests", limit=min(limit + 1, PAGE), **wanted)
    if len(found) > limit:
        found = found[-limit:]
        target.note(f"There is more before: list up to {PAGE} with --limit.")
    if bodies:
        target.show(found, lambda: "\n".join(map(_whole, found)) or "Nothing was called.")
        return
    rows = [[call["at"], _status(call), call["method"], call["path"], ", ".join(call["faults"])] for call in found]
    target.show(found, lambda: table(rows, ["AT", "STATUS", "METHOD", "PATH", "FAULTS"], none="Nothing was called."))


@requests.command()
@controlling
def clear(target: Target) -> None:
    """Empty the journal."""
    target.connection.control("DELETE", "/requests")
    target.show({"cleared": True}, "the journal is empty")


def _json(_: click.Context, __: click.Parameter, value: str | None) -> Any:
    """A JSON value. Raises BadParameter."""
    try:
        return None if value is None else json.loads(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is not JSON ({error}).") from error


@requests.command()
@click.argument("method")
@click.argument("path")
@click.option("--system", help="The system that was called.")
@click.option("--status", type=Whole(100, 599), help="How it was answered.")
@click.option("--query", metavar="NAME=VALUE", multiple=True, callback=pairs, help="A parameter that it had.")
@click.option("--header", "headers", metavar="NAME=VALUE", multiple=True, callback=pairs, help="A header; * is any.")
@click.option("--body", metavar="JSON", callback=_json, help="What its body had among others.")
@click.option("--since", type=Moment(), help="Calls since then, in real time.")
@click.option("--times", type=Whole(0, MOST), help="Exactly so often.")
@click.option("--at-least", type=Whole(0, MOST), help="So often or more; without a number, once.")
@click.option("--at-most", type=Whole(0, MOST), help="So often or less.")
@controlling
def verify(target: Target, method: str, path: str, **expected: Any) -> None:
    """Check that something was called.

    Where METHOD PATH was not called as expected, the calls that come nearest are shown. In PATH, * and {name} stand for
    one step, ** for any number of them; METHOD may be *.
    """
    from lkc.client import Refused  # noqa: PLC0415 - httpx costs 80 ms, which `--help` need not pay
    from lkc.client.records import told  # noqa: PLC0415 - likewise

    body = {name: value for name, value in expected.items() if value is not None}
    try:
        found = target.connection.control("POST", "/requests/verify", {"method": method.upper(), "path": path, **body})
    except Refused as refused:
        if refused.code != "verification-failed" or target.as_json:
            raise
        click.echo("\n".join(told(refused.document)))
        raise Refusal(refused.code, refused.detail, refused.remedy) from refused
    target.show(found, lambda: f"called {found['count']} times")


def _status(call: dict[str, Any]) -> str:
    return "-" if call["status"] is None else str(call["status"])


def _whole(call: dict[str, Any]) -> str:
    """An exchange with its bodies."""
    query = f"?{call['query']}" if call["query"] else ""
    lines = [
        f"{call['at']}  {_status(call)}  {call['method']} {call['path']}{query}  {', '.join(call['faults'])}".rstrip()
    ]
    for side, body in (("sent", call["request"]["body"]), ("answered", call["response"]["body"])):
        if body is not None:
            lines.append(f"  {side}: {body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)}")
    return "\n".join(lines)
