"""How requests are read at the port of a single system, which werkzeug's server serves."""

from __future__ import annotations

from werkzeug.serving import WSGIRequestHandler
from werkzeug.wsgi import LimitedStream

from lkc.world.front import Environ


class Handler(WSGIRequestHandler):
    """Reads requests. They are in the world's journal, and need not stand on stderr."""

    def log_request(self, *_: object) -> None:
        """Says nothing."""

    def version_string(self) -> str:
        """What answers call their server."""
        return "lkc"

    def make_environ(self) -> Environ:
        """The environment without what only development needs, and with a body that has an end."""
        environ = super().make_environ()
        environ.pop("werkzeug.socket", None)
        length = environ.get("CONTENT_LENGTH", "")
        if length.isdecimal() and "HTTP_TRANSFER_ENCODING" not in environ:
            environ["wsgi.input"] = _Ending(environ["wsgi.input"], int(length))
        return environ


class _Ending(LimitedStream):
    """A body that ends where it says, or where it breaks off, which is found out by whoever reads it."""

    def on_disconnect(self, error: Exception | None = None) -> None:
        """Nothing more comes."""
