"""What registered end users and administrators do in the key center."""

from __future__ import annotations

from typing import Any

from lkc.scenarios.stage import NOBODY, Seen, Stage

API = "/lkc/api/v1"
PASSWORD = "polarlicht"  # noqa: S105 - simulated people have simulated passwords


def find_password(stage: Stage, email: str) -> Seen:
    """Somebody uses the Password Finder."""
    return stage.call("POST", f"{API}/password-finder", {"email": email})


def set_password(stage: Stage, email: str, password: str = PASSWORD) -> Seen:
    """Somebody follows the link of his newest Password Finder mail and chooses a password."""
    found = stage.call("GET", f"/mail/api/v1/messages?to={email}&subject=Password%20Finder&status=delivered").body
    link = next((link for mail in found for link in mail["links"]), "/none")
    token = link.rpartition("/")[2]
    seen = stage.call("POST", f"{API}/password", {"token": token, "password": password})
    if seen.status < 400:
        stage.passwords[email] = password
    return seen


def get_password(stage: Stage, email: str, password: str = PASSWORD) -> Seen:
    """Somebody gets a password by the Password Finder and its mail."""
    find_password(stage, email)
    return set_password(stage, email, password)


def sign_in(stage: Stage, email: str, password: str | None = None) -> Seen:
    """Somebody signs in, with his own password or another one."""
    tried = stage.passwords.get(email, "") if password is None else password
    return stage.call("POST", f"{API}/session", {"email": email, "password": tried})


def join(stage: Stage, **values: Any) -> Seen:
    """Somebody joins an account by himself: account_id, sales_order_number, email, name."""
    return stage.call("POST", f"{API}/join", values)


def accounts(stage: Stage, by: str = NOBODY) -> Seen:
    """Somebody looks at his accounts."""
    return stage.call("GET", f"{API}/accounts", None, by)


def members(stage: Stage, account: str, by: str) -> Seen:
    """Somebody looks at Account Members."""
    return stage.call("GET", f"{API}/accounts/{account}/members", None, by)


def add_member(stage: Stage, account: str, by: str, **values: Any) -> Seen:
    """An administrator adds somebody: email, name, role."""
    return stage.call("POST", f"{API}/accounts/{account}/members", values, by)


def change_member(stage: Stage, account: str, by: str, email: str, **values: Any) -> Seen:
    """An administrator gives a member another name or role."""
    return stage.call("PATCH", f"{API}/accounts/{account}/members/{email}", values, by)


def remove_member(stage: Stage, account: str, by: str, email: str) -> Seen:
    """An administrator removes a member."""
    return stage.call("DELETE", f"{API}/accounts/{account}/members/{email}", None, by)
