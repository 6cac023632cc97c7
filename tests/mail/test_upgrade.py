"""Mails of worlds that are older than the check of signatures."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from lkc.mail.verdicts import reason
from lkc.world import template

OLD = """
INSERT INTO mail_message (id, system, sender, recipient, mailbox, subject, text, html, sent_at, status, genuine)
VALUES (?, ?, 'a@b.example', 'c@d.example', 'c@d.example', '', '', '', '2014-03-03T09:00:00Z', 'delivered', ?)"""


def test_mails_from_outside_that_came_before_the_check_say_so(tmp_path: Path) -> None:
    """They were never looked at; mails of our systems are genuine as before."""
    path = tmp_path / "old.sqlite"
    path.touch()
    template.upgrade(path, "0005")
    connection = sqlite3.connect(path)
    connection.executemany(OLD, [(1, "keycenter", 1), (2, "internet", 0)])
    connection.commit()

    template.upgrade(path)

    verdicts = [verdict for (verdict,) in connection.execute("SELECT verdict FROM mail_message ORDER BY id")]
    connection.close()
    assert [reason(verdict, "a@b.example") for verdict in verdicts] == [
        "Signed by b.example, and unchanged since.",
        "Came before signatures were checked.",
    ]


def test_mails_that_came_before_are_found_by_the_address_in_from(tmp_path: Path) -> None:
    """The address is read from what the mail says, without the name and in lower case."""
    path = tmp_path / "old.sqlite"
    path.touch()
    template.upgrade(path, "0008")
    connection = sqlite3.connect(path)
    connection.executemany(OLD, [(1, "keycenter", 1), (2, "internet", 0), (3, "internet", 0)])
    connection.execute("UPDATE mail_message SET sender = 'A@B.example' WHERE id = 1")
    connection.execute("UPDATE mail_message SET sender = 'Bo <Bo@b.example>', raw = 'x' WHERE id = 2")
    connection.execute("UPDATE mail_message SET sender = 'Nobody', raw = 'x' WHERE id = 3")
    connection.commit()

    template.upgrade(path)

    found = [address for (address,) in connection.execute("SELECT sender_address FROM mail_message ORDER BY id")]
    connection.close()
    assert found == ["a@b.example", "bo@b.example", "nobody"]
