"""The way from a product to the token service: over the wire, be it in this process or to another one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from lkc.world.nested import Application, Call, Reply, call

SECONDS = 10


class Unreachable(Exception):
    """Nobody answers there."""


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf a call is made.

    Attributes:
        world: name of the world.
        request_id: of the call from outside that prompted this one, so that both are found together.
    """

    world: str
    request_id: str


class TokenService(Protocol):
    """Whatever leads to a token service."""

    def get(self, path: str, caller: Caller) -> Reply:
        """The answer to a GET of a path (percent-encoded) of the world. Raises Unreachable."""


class InProcess:
    """The token service of the landscape in this very process, called through its whole HTTP face.

    The nested call opens and ends a transaction of its own, so the caller may hold none.

    Args:
        application: the landscape.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def get(self, path: str, caller: Caller) -> Reply:
        """See TokenService."""
        headers = {"X-Request-Id": caller.request_id}
        try:
            return call(self._application, Call(world=caller.world, method="GET", path=path, headers=headers))
        except ConnectionResetError as error:
            raise Unreachable(str(error)) from error


class OverHttp:
    """A token service elsewhere; the world's name goes along as a header.

    Args:
        url: where it is, up to the part before `/onetrust`.
    """

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")

    def get(self, path: str, caller: Caller) -> Reply:
        """See TokenService."""
        import httpx  # noqa: PLC0415 - only who retrieves from elsewhere needs it

        headers = {"X-LKC-World": caller.world, "X-Request-Id": caller.request_id}
        try:
            response = httpx.get(f"{self._url}{path}", headers=headers, timeout=SECONDS, trust_env=False)
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise Unreachable(str(error)) from error
        return Reply(response.status_code, response.content)


def token_service_at(url: str | None, application: Application) -> TokenService:
    """The way to the token service at a URL; None stands for the landscape in this process."""
    return InProcess(application) if url is None else OverHttp(url)
