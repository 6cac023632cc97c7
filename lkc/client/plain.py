"""Control calls over one plain connection: what a suite does before and after each test should take no time.

httpx takes a millisecond for a call (measured), which is as long as deleting a world takes.
"""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from lkc.client.connection import Refused, Unreachable

SECONDS = 120


class PlainControls:
    """Calls `/_sim/...` of the world `default`, for one thread.

    Args:
        url: where the simulator is.
        token: the admin token, where there is one.
    """

    def __init__(self, url: str, token: str | None = None) -> None:
        parts = urlsplit(url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._connection = kind(parts.netloc, timeout=SECONDS)
        self._headers = {"Content-Type": "application/json"}
        if token is not None:
            self._headers["Authorization"] = f"Bearer {token}"

    def control(self, method: str, path: str, body: Any = None) -> None:
        """One call, whose answer nobody needs. Raises Refused or Unreachable."""
        content = None if body is None else json.dumps(body)
        try:
            status, answer = self._asked(method, path, content)
        except (http.client.HTTPException, OSError) as error:
            raise Unreachable(f"{self._connection.host} does not answer ({error})") from error
        if status >= http.client.BAD_REQUEST:
            try:
                raise Refused(json.loads(answer))
            except ValueError as error:
                raise Unreachable(f"{self._connection.host} answers {status}, as no simulator does") from error

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def _asked(self, method: str, path: str, content: str | None) -> tuple[int, bytes]:
        try:
            return self._once(method, path, content)
        except (http.client.RemoteDisconnected, ConnectionError):
            # Nothing was called for a while, and the other side has hung up.
            self._connection.close()
            return self._once(method, path, content)

    def _once(self, method: str, path: str, content: str | None) -> tuple[int, bytes]:
        self._connection.request(method, f"/_sim{path}", content, self._headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()
