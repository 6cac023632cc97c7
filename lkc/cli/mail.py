"""`lkc mail`: reading the mailboxes of a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, path_of, table, targeted
from lkc.cli.values import Number, Whole

API = "/mail/api/v1/messages"


mail = click.Group("mail", help="The mails of a world.")


@mail.command("list")
@click.option("--to", help="The recipient's address.")
@click.option("--from", "sender", help="The sender's address.")
@click.option("--subject", help="A part of the subject.")
@click.option("--status", type=click.Choice(["delivered", "bounced", "spam", "delayed"]), help="What became of it.")
@click.option("--limit", type=Whole(1, 500), default=100, show_default=True, help="So many at most.")
@targeted
def list_(target: Target, *, sender: str | None, **wanted: Any) -> None:
    """List mails, newest first."""
    params = {name: value for name, value in {**wanted, "from": sender}.items() if value is not None}
    mails = target.connection.call("GET", API, params=params).value()
    header = ["ID", "SENT", "STATUS", "TO", "SUBJECT"]
    target.show(mails, lambda: table([_row(found) for found in mails], header, none="No mails."))


@mail.command()
@click.argument("message_id", type=Whole())
@click.option("--raw", is_flag=True, help="In the form in which it travelled.")
@targeted
def show(target: Target, message_id: int, *, raw: bool) -> None:
    """Show one mail."""
    if raw:
        content = target.connection.call("GET", API + path_of(message_id, "raw")).content
        if target.as_json:
            target.show({"id": message_id, "raw": content.decode("utf-8", "backslashreplace")}, "")
        else:
            click.echo(content, nl=False)
        return
    found = target.connection.call("GET", API + path_of(message_id)).value()
    target.show(found, lambda: _text(found))


@mail.command()
@click.option("--to", help="The recipient's address.")
@click.option("--subject", help="A part of the subject.")
@click.option("--timeout", type=Number(0, 60), default=10.0, show_default=True, help="Seconds.")
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
        f"Genuine: {'yes' if found['genuine'] else 'no'}. {found['genuine_reason']}",
    ]
    return "\n".join([*head, "", found["text"].rstrip()])
