"""The portal's views, by the names under which the system declares its pages."""

from __future__ import annotations

from lkc.keycenter.portal.getting_in import finder_page, join_page, login_page, logout_page, password_page
from lkc.keycenter.portal.members import (
    accounts_page,
    delete_member_page,
    edit_member_page,
    members_page,
    new_member_page,
)
from lkc.keycenter.portal.orders import licenses_page, order_page, save_page, summary_page

__all__ = [
    "accounts_page",
    "delete_member_page",
    "edit_member_page",
    "finder_page",
    "join_page",
    "licenses_page",
    "login_page",
    "logout_page",
    "members_page",
    "new_member_page",
    "order_page",
    "password_page",
    "save_page",
    "summary_page",
]
