"""The token service, and the portal in which a customer finds his token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from lkc.client.caller import Caller, given
from lkc.client.paths import path_of

API, PORTAL = "/onetrust/api/v1", "/myiss/api/v1"


class Token(TypedDict):
    """The token of a customer number: digits."""

    token: str
    icn: str
    serial_number: str | None


class Entitlement(TypedDict):
    """What a product may retrieve; `expiration_date` is an ISO date, the end of the service contract (S&S)."""

    product: str
    quantity: int
    expiration_date: str


class Retrieval(TypedDict):
    """A signed answer: for each product the entitlements with the first upcoming date."""

    token: NotRequired[str]
    serial_number: NotRequired[str]
    retrieved_at: str
    entitlements: list[Entitlement]
    signature: str


class PortalAccount(TypedDict):
    """An account of MyISS; one that does not show its token never will."""

    email: str
    icn: str
    shows_token: bool


class Tokens:
    """The tokens, for the vendor's staff."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, *, icn: str, token: str | None = None, serial_number: str | None = None) -> Token:
        """Gives a customer number its token, by itself the next one; it has one at most. Raises Refused."""
        body = given({"icn": icn, "token": token, "serial_number": serial_number})
        made: Token = self._caller.post(f"{API}/tokens", body)
        return made

    def list(self) -> Sequence[Token]:
        """All tokens and whose they are."""
        return self._caller.listed(f"{API}/tokens")


class Entitlements:
    """What products retrieve; nobody signs in for that."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller.as_nobody()

    def by_token(self, token: str) -> Retrieval:
        """What a token retrieves now. Raises Refused (`token-unknown`)."""
        found: Retrieval = self._caller.get(f"{API}/tokens{path_of(token, 'entitlements')}")
        return found

    def by_serial_number(self, serial_number: str) -> Retrieval:
        """What an appliance retrieves now. Raises Refused."""
        found: Retrieval = self._caller.get(f"{API}/appliances{path_of(serial_number, 'entitlements')}")
        return found


class Portal:
    """MyISS: accounts are made by the vendor's staff, the token is shown to whoever has one."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create_account(self, *, email: str, password: str, icn: str, shows_token: bool = True) -> PortalAccount:
        """Gives a customer an account. Raises Refused."""
        body = {"email": email, "password": password, "icn": icn, "shows_token": shows_token}
        made: PortalAccount = self._caller.post(f"{PORTAL}/accounts", body)
        return made

    def token(self) -> str:
        """The token of the caller's customer number. Raises Refused (`token-not-in-myiss`)."""
        found: str = self._caller.get(f"{PORTAL}/token")["token"]
        return found
