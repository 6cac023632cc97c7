"""Ports of their own at which single systems are served, and the certificate that all ports share."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lkc.cli.certificates import Tls

WAITING = 128


class SystemPortType(click.types.StringParamType):
    """`SYSTEM=PORT`: the id of a system, and a port or 0 for a free one."""

    name = "system=port"
    envvar_list_splitter = ","

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """System and port."""
        system, _, port = str(value).strip().partition("=")
        if not port.isascii() or not port.isdigit() or int(port) > 65535:
            self.fail(f"{value!r} is not SYSTEM=PORT with a port from 0 to 65535, such as onetrust=8020.", param, ctx)
        if system not in _prefixes():
            self.fail(f"{system!r} is no system; there are {', '.join(_prefixes())}.", param, ctx)
        return system, int(port)


@dataclass(frozen=True)
class SystemPort:
    """A system and the socket at which it is served alone."""

    system: str
    listening: socket.socket

    @property
    def port(self) -> int:
        """The port it has."""
        found: int = self.listening.getsockname()[1]
        return found


def listen(host: str, main: int, wanted: Sequence[tuple[str, int]]) -> tuple[SystemPort, ...]:
    """Listens at the ports of single systems.

    Raises UsageError for a system or port that is named twice, and for a port that is the simulator's own or taken.
    """
    found: list[SystemPort] = []
    taken = {main: "--port"}
    for system, port in wanted:
        given = f"--system-port {system}={port}"
        if any(one.system == system for one in found):
            raise click.UsageError(f"{given}: {system} has a port of its own already.")
        if port in taken:
            raise click.UsageError(f"{given}: port {port} is taken by {taken[port]} already.")
        found.append(SystemPort(system, _listening(host, port, given)))
        taken[found[-1].port] = f"--system-port {system}"
    return tuple(found)


def serve_alone(landscape: Any, main: int, ports: Iterable[SystemPort], tls: Tls | None) -> None:
    """Serves systems at their ports from threads of this process, which end with it."""
    from werkzeug.serving import make_server  # noqa: PLC0415 - only where there are such ports

    from lkc.cli.alone import Handler  # noqa: PLC0415 - likewise
    from lkc.world.front import Front  # noqa: PLC0415 - likewise

    for one in ports:
        server = make_server(
            one.listening.getsockname()[0],
            one.port,
            Front(landscape, _prefixes()[one.system], main),
            threaded=True,
            request_handler=Handler,
            ssl_context=None if tls is None else (str(tls.chain), str(tls.key)),
            fd=one.listening.fileno(),
        )
        threading.Thread(target=server.serve_forever, daemon=True, name=f"alone-{one.system}").start()


def _prefixes() -> dict[str, str]:
    from lkc.app import SYSTEMS  # noqa: PLC0415 - only where there are such ports

    return {system.id: system.prefix for system in SYSTEMS}


def _listening(host: str, port: int, given: str) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(WAITING)
    except OSError as error:
        listening.close()
        raise click.UsageError(f"{given}: port {port} cannot be listened on ({error.strerror}).") from error
    return listening
