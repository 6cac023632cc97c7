"""The mailboxes in the browser: everybody's, for whoever trains or tests."""

from lkc.mail.pages.emptying import empty_page
from lkc.mail.pages.lists import all_page, inbox_page, inboxes_page
from lkc.mail.pages.message import (
    attachment_page,
    body_page,
    delete_page,
    message_page,
    not_spam_page,
)
from lkc.mail.pages.writing import write_page

__all__ = [
    "all_page",
    "attachment_page",
    "body_page",
    "delete_page",
    "empty_page",
    "inbox_page",
    "inboxes_page",
    "message_page",
    "not_spam_page",
    "write_page",
]
