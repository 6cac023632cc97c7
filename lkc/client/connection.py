"""One connection to a simulator: calls in, values or refusals out."""

from __future__ import annotations

import os
import re
import ssl
from copy import copy
from typing import Any

import httpx

DEFAULT_URL, DEFAULT_WORLD = "http://127.0.0.1:8019", "default"
# What httpx takes: whether, or by which context, a certificate is checked.
Verify = ssl.SSLContext | bool
PROBLEM = "application/problem+json"

_WORLD = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")


class Refused(Exception):
    """The simulator said no.

    Attributes:
        code: stable name of the refusal.
        detail: what was wrong.
        question: number of the documented support question, or None.
        remedy: what helps.
        status: HTTP status.
        document: the whole problem document.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.code: str = document.get("code", "error")
        self.detail: str = document.get("detail", "")
        self.question: int | None = document.get("question")
        self.remedy: str = document.get("remedy", "")
        self.status: int = document.get("status", 0)
        self.document = document
        super().__init__(f"{self.code}: {self.detail}")


class Unreachable(Exception):
    """Nobody answers at the simulator's address."""


def trusting(ca: str | None) -> Verify:
    """What httpx is to trust: an authority by the file of its certificate, or what it trusts anyway for None.

    Raises Unreachable for a file that cannot be read.
    """
    if not ca:
        return True
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as error:
        raise Unreachable(f"{ca} (LKC_CA) is no certificate of an authority that can be read ({error})") from error


class Connection:
    """Calls one world of a simulator.

    Args:
        url: where the simulator is, without a path.
        world: name of the world that is called.
        token: the admin token, where the controls need one.
        transport: another way than the network, e.g. straight into a WSGI application.
        verify: what httpx takes: whether, or by which context, a certificate is checked. None: by the authority whose
            file is named by `LKC_CA`, if any.

    Raises Unreachable where that file cannot be read, and ValueError for a name that no world can have.
    """

    def __init__(
        self,
        url: str = DEFAULT_URL,
        world: str = DEFAULT_WORLD,
        token: str | None = None,
        transport: httpx.BaseTransport | None = None,
        verify: Verify | None = None,
    ) -> None:
        self.url = url.rstrip("/")
        self.world = _checked(world)
        self._token = token
        self._http = httpx.Client(
            transport=transport,
            timeout=httpx.Timeout(120, connect=5),
            trust_env=False,
            verify=trusting(os.environ.get("LKC_CA")) if verify is None else verify,
        )

    def in_world(self, world: str) -> Connection:
        """The same connection to another world; closing one closes both. Raises ValueError as well."""
        other = copy(self)
        other.world = _checked(world)
        return other

    def control(self, method: str, path: str, body: Any = None, /, **parameters: Any) -> Any:
        """Calls `/_sim/...`; raises Refused or Unreachable."""
        content = None if body is None else httpx.Request("POST", self.url, json=body).content
        headers = {"Content-Type": "application/json", **self._credential()}
        return self.call(method, f"/_sim{path}", headers=headers, content=content, params=parameters).value()

    def document(self, method: str, path: str, text: str | None = None) -> Answer:
        """Calls `/_sim/...` with a TOML document, or for one; raises Refused or Unreachable."""
        headers = {"Content-Type": "application/toml", **self._credential()}
        content = None if text is None else text.encode()
        return self.call(method, f"/_sim{path}", headers=headers, content=content)

    def call(self, method: str, path: str, **options: Any) -> Answer:
        """Calls any path of the world with the options of httpx; raises Refused or Unreachable."""
        try:
            response = self._http.request(method, f"{self.url}/w/{self.world}{path}", **options)
        except (httpx.TransportError, httpx.InvalidURL, ConnectionResetError) as error:
            raise Unreachable(f"{self.url} does not answer ({error})") from error
        if response.is_error:
            is_problem = response.headers.get("Content-Type", "").startswith(PROBLEM)
            raise Refused(response.json() if is_problem else _stranger(response))
        return Answer(response)

    def _credential(self) -> dict[str, str]:
        return {} if self._token is None else {"Authorization": f"Bearer {self._token}"}

    def close(self) -> None:
        """Ends the connection."""
        self._http.close()


class Answer:
    """What came back."""

    def __init__(self, response: httpx.Response) -> None:
        self.content = response.content
        self.headers = response.headers
        self._response = response

    def value(self) -> Any:
        """The JSON value of the answer; None for an empty one. Raises Refused where it is no JSON."""
        try:
            return self._response.json() if self.content else None
        except ValueError as error:
            raise Refused(_stranger(self._response)) from error


def _checked(world: str) -> str:
    if _WORLD.fullmatch(world) is None:
        raise ValueError(f"{world!r} cannot be the name of a world")
    return world


def _stranger(response: httpx.Response) -> dict[str, Any]:
    """What is told of an answer that cannot be the simulator's."""
    kind = response.headers.get("Content-Type", "no content type")
    return {
        "code": "no-simulator",
        "detail": f"{response.url} answers {response.status_code} with {kind}, as no simulator does.",
        "remedy": "Look whether the simulator listens at this address.",
        "status": response.status_code,
    }
