"""The client: every noun of a world with its verbs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import TracebackType
from typing import Self, Unpack

import httpx

from lkc.client.accounts import Accounts, Members
from lkc.client.bundles import Bundles
from lkc.client.caller import Caller, Credentials
from lkc.client.clock import Clock
from lkc.client.connection import DEFAULT_URL, DEFAULT_WORLD, Connection, Verify
from lkc.client.customers import Customers
from lkc.client.faults import Faults
from lkc.client.findings import Finding, Subject
from lkc.client.installations import Installations
from lkc.client.licenses import Licenses
from lkc.client.mail import Mail
from lkc.client.orders import Orders
from lkc.client.passwords import Passwords
from lkc.client.records import Events, Requests
from lkc.client.scenarios import Scenarios
from lkc.client.snapshots import Snapshots, Undone
from lkc.client.state import State
from lkc.client.support import Desk, ServiceRequests
from lkc.client.tokens import Entitlements, Portal, Tokens
from lkc.client.worlds import Worlds

PRODUCER = ("producer", "producer")


class Client:
    """A client of one world of a simulator; by itself it signs in as the vendor's staff.

    Args:
        url: where the simulator is, without a path.
        world: name of the world; None is `default`.
        credentials: who signs in, by name and password; None is nobody.
        token: the admin token, where the controls need one.
        transport: another way than the network: `httpx.WSGITransport(app)` leads straight into the application.
        verify: whether, or by which context, a certificate is checked; None: by the authority that `LKC_CA` names.

    Every call raises Refused where the simulator says no, and Unreachable where nobody answers. Each noun is an
    attribute: `client.orders.list()`.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        world: str | None = None,
        *,
        credentials: Credentials = PRODUCER,
        token: str | None = None,
        transport: httpx.BaseTransport | None = None,
        verify: Verify | None = None,
    ) -> None:
        self._bind(Connection(url, world or DEFAULT_WORLD, token, transport, verify), credentials)

    @classmethod
    def from_environment(cls) -> Client:
        """The client of `LKC_URL` and `LKC_WORLD`, with `LKC_ADMIN_TOKEN` if any."""
        read = os.environ.get
        return cls(read("LKC_URL", DEFAULT_URL), read("LKC_WORLD"), token=read("LKC_ADMIN_TOKEN"))

    def as_member(self, email: str, password: str) -> Client:
        """The same world for somebody who signs in: a member, an IBM ID, an account of MyISS."""
        return self._other(self.connection, (email, password))

    def as_nobody(self) -> Client:
        """The same world for somebody who does not sign in."""
        return self._other(self.connection, None)

    def in_world(self, world: str) -> Client:
        """The same caller in another world, over the same connections. Raises ValueError for no name of a world."""
        return self._other(self.connection.in_world(world), self._credentials)

    def explain(self, **subject: Unpack[Subject]) -> Sequence[Finding]:
        """Every cause of what is seen of a person, order, account, license, token, installation or mail.

        Raises Refused (`nothing-known`).
        """
        found: list[Finding] = self.connection.control("POST", "/explain", subject)["findings"]
        return found

    def undo(self) -> Undone:
        """Leads the world back to before the last arrangement, play, change of the clock, import or loaded state.

        Raises Refused (`nothing-to-undo`).
        """
        undone: Undone = self.connection.control("POST", "/undo")
        return undone

    def close(self) -> None:
        """Ends the connections, those of the other clients made from this one too."""
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Client of {self.url}/w/{self.world}>"

    def _other(self, connection: Connection, credentials: Credentials) -> Client:
        other = object.__new__(Client)
        other._bind(connection, credentials)
        return other

    def _bind(self, connection: Connection, credentials: Credentials) -> None:
        self.connection = connection
        self.url, self.world = connection.url, connection.world
        self._credentials = credentials
        caller = Caller(connection, credentials)
        self.customers, self.orders, self.mail = Customers(caller), Orders(caller), Mail(caller)
        self.licenses, self.accounts, self.members = Licenses(caller), Accounts(caller), Members(caller)
        self.join, self.password = self.accounts.join, Passwords(caller)
        self.tokens, self.entitlements, self.portal = Tokens(caller), Entitlements(caller), Portal(caller)
        self.installations = Installations(caller)
        self.service_requests, self.support = ServiceRequests(caller), Desk(caller)
        self.clock, self.faults = Clock(connection), Faults(connection)
        self.snapshots = Snapshots(connection)
        self.requests, self.events = Requests(connection), Events(connection)
        self.state, self.bundles = State(connection), Bundles(connection)
        self.scenarios, self.worlds = Scenarios(connection), Worlds(connection)
