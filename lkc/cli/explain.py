"""`lkc explain`: why something is as it is, and what helps."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.calls import as_curl
from lkc.cli.target import Target, controlling
from lkc.cli.values import Whole


@click.command()
@click.option("--email", metavar="ADDRESS", help="Somebody who wonders; goes well with --order.")
@click.option("--order", "order_number", metavar="NUMBER", help="An order.")
@click.option("--account", "account_id", metavar="NUMBER", help="An account of the key center.")
@click.option("--license", "license_id", metavar="ID", help="A license, e.g. L-17.")
@click.option("--token", metavar="DIGITS", help="A token.")
@click.option("--installation", metavar="ID", help="A product at the customer's site, e.g. I-1.")
@click.option("--mail", "message_id", type=Whole(), help="A mail.")
@controlling
def explain(target: Target, **subject: Any) -> None:
    """Tell why something is as it is, and what helps.

    Names every cause on record, or, where nothing is wrong, why things are as they are.
    """
    asked = {name: value for name, value in subject.items() if value is not None}
    if not asked:
        raise click.UsageError(
            "Name something: --email, --order, --account, --license, --token, --installation, --mail."
        )
    answer = target.connection.control("POST", "/explain", asked)
    target.show(
        answer,
        lambda: "\n\n".join(_told(target, one) for one in answer["findings"]) or "Nothing on record explains more.",
    )


def _told(target: Target, finding: dict[str, Any]) -> str:
    """A finding as a support engineer would write it down."""
    lines = [f"{finding['statement']}  [Q{finding['question']}, {finding['code']}]"]
    for one in finding["evidence"]:
        request = f"  (request {one['request_id']})" if "request_id" in one else ""
        lines.append(f"  seen    {one['system']}: {one['fact']}{request}")
    lines.append(f"  helps   {finding['remedy']['text']}")
    action = finding["remedy"]["action"]
    if action is not None:
        lines.append(f"  by      {as_curl(target.url, target.world, action, target.token)}")
    return "\n".join(lines)
