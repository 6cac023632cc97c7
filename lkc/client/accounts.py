"""Accounts of the key center, and who is on them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

from lkc.client.caller import Caller
from lkc.client.paths import path_of

API = "/lkc/api/v1"


class Account(TypedDict):
    """An account: an ICN and a customer name. `role` is the caller's: administrator, member, or None for staff."""

    account_id: str
    name: str
    icn: str
    role: str | None


class Member(TypedDict):
    """A registered end user on an account; `role` is `administrator` or `member`."""

    name: str
    email: str
    role: str


class Joined(Member):
    """A member, and of which account."""

    account_id: str


class MemberChange(TypedDict):
    """What is to be changed on a member."""

    name: NotRequired[str]
    role: NotRequired[str]


class Accounts:
    """The accounts of the caller; the vendor's staff see all."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def list(self) -> Sequence[Account]:
        """All of them, by id."""
        return self._caller.listed(f"{API}/accounts")

    def join(self, *, account_id: str, sales_order_number: str, email: str, name: str) -> Joined:
        """Puts somebody on an account at once. Raises Refused (`unknown-account-or-order`)."""
        body = {"account_id": account_id, "sales_order_number": sales_order_number, "email": email, "name": name}
        joined: Joined = self._caller.as_nobody().post(f"{API}/join", body)
        return joined


class Members:
    """The members of accounts; only administrators of an account and the vendor's staff change them."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def list(self, account_id: str) -> Sequence[Member]:
        """The members in the order in which they came. Raises Refused (`not-visible`)."""
        return self._caller.listed(_path(account_id))

    def add(self, account_id: str, *, name: str, email: str, role: str = "member") -> Member:
        """Adds somebody, from whatever company. Raises Refused."""
        added: Member = self._caller.post(_path(account_id), {"name": name, "email": email, "role": role})
        return added

    def change(self, account_id: str, email: str, **changes: Unpack[MemberChange]) -> Member:
        """Gives a member another name or role. Raises Refused (`last-administrator`)."""
        changed: Member = self._caller.patch(_path(account_id, email), changes)
        return changed

    def remove(self, account_id: str, email: str) -> None:
        """Removes a member. Raises Refused (`last-administrator`)."""
        self._caller.delete(_path(account_id, email))


def _path(account_id: str, *email: str) -> str:
    return f"{API}/accounts{path_of(account_id, 'members', *email)}"
