"""`lkc mail`: reading the mailboxes of a world."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.target import Target, path_of, table, targeted
from lkc.cli.values import Number, Whole

API = "/mail/api/v1/messages"
PAGE = 500


mail = click.Group("mail", help="The mails of a world.")


@mail.command("list")
@click.option("--to", help="The recipient's address.")
@click.option("--from", "sender", help="The sender's address.")
@click.option("--subject", help="A part of the subject.")
@click.option("--status", type=click.Choice(["delivered", "bounced", "spam", "delayed"]), help="What became of it.")
@click.option("--after", type=Whole(), help="Those that come after the one with this id: older ones.")
@click.option("--limit", type=Whole(1, PAGE), default=100, show_default=True, help="So many at most.")
@click.option("--all", "everything", is_flag=True, help="All of them, whatever --limit is.")
@targeted
def list_(target: Target, *, sender: str | None, everything: bool, **wanted: Any) -> None:
    """List mails, newest first."""
    params = {name: value for name, value in {**wanted, "from": sender}.items() if value is not None}
    if everything:
        params["limit"] = PAGE
    mails: list[dict[str, Any]] = []
    more = True
    while more and (everything or not mails):
        page = target.connection.call("GET", API, params=params)
        mails += page.value()
        more = "Link" in page.headers
        params["after"] = mails[-1]["id"] if mails else 0
    if more:
        target.note(f"There are older ones: go on with --after {params['after']}, or list them with --all.")
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
@click.option("--since", type=Whole(), help="Only a mail with a higher id than this one.")
@click.option("--new", is_flag=True, help="Only a mail that is not there yet.")
@click.option("--timeout", type=Number(0, 60), default=10.0, show_default=True, help="Seconds.")
@targeted
def wait(target: Target, *, new: bool, **wanted: Any) -> None:
    """Show a delivered mail, or wait until there is one.

    It is the newest one that fits, and one that is there already counts. To wait for the next one say --new, or
    --since with the id of the last one you know.
    """
    params = {name: value for name, value in wanted.items() if value is not None}
    if new:
        if "since" in params:
            raise click.UsageError("--new and --since exclude each other.")
        newest = target.connection.call("GET", API, params={"limit": 1}).value()
        params["since"] = newest[0]["id"] if newest else 0
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
