"""`lkc mail`: reading the mailboxes of a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, table, targeted

API = "/mail/api/v1/messages"


mail = click.Group("mail", help="The mails of a world.")


@mail.command("list")
@click.option("--to", help="The recipient's address.")
@click.option("--from", "sender", help="The sender's address.")
@click.option("--subject", help="A part of the subject.")
@click.option("--status", type=click.Choice(["delivered", "bounced", "spam", "delayed"]))
@click.option("--limit", type=click.IntRange(1, 500), default=100, show_default=True)
@targeted
def list_(target: Target, *, sender: str | None, **wanted: Any) -> None:
    """List mails, newest first."""
    params = {name: value for name, value in {**wanted, "from": sender}.items() if value is not None}
    mails = target.connection.call("GET", API, params=params).value()
    target.show(mails, lambda: table([_row(found) for found in mails], ["ID", "SENT", "STATUS", "TO", "SUBJECT"]))


@mail.command()
@click.argument("message_id", type=int)
@click.option("--raw", is_flag=True, help="In the form in which it travelled.")
@targeted
def show(target: Target, message_id: int, *, raw: bool) -> None:
    """Show one mail."""
    if raw:
        click.echo(target.connection.call("GET", f"{API}/{message_id}/raw").content, nl=False)
        return
    found = target.connection.call("GET", f"{API}/{message_id}").value()
    target.show(found, lambda: _text(found))


@mail.command()
@click.option("--to", help="The recipient's address.")
@click.option("--subject", help="A part of the subject.")
@click.option("--timeout", type=click.FloatRange(0, 60), default=10.0, show_default=True, help="Seconds.")
@targeted
def wait(target: Target, **wanted: Any) -> None:
    """Wait for a delivered mail and show it."""
    params = {name: value for name, value in wanted.items() if value is not None}
    found = target.connection.call("GET", f"{API}/wait", params=params).value()
    target.show(found, lambda: _text(found))


def _row(found: dict[str, Any]) -> list[str]:
    return [str(found["id"]), found["sent_at"], found["status"], found["to"], found["subject"]]


def _text(found: dict[str, Any]) -> str:
    head = [
        f"Mail {found['id']}, {found['status']} {found['sent_at']}",
        f"From: {found['from']}",
        f"To: {found['to']}",
        f"Subject: {found['subject']}",
    ]
    return "\n".join([*head, "", found["text"].rstrip()])
