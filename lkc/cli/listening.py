"""Where `lkc start` may listen: hosts that are known, ports that are free."""

from __future__ import annotations

import errno
import socket

from lkc.cli.refusal import Refusal
from lkc.config import DEFAULT_HOST
from lkc.world.hosts import is_loopback


def check_host(host: str, admin_token: str | None) -> None:
    """Raises Refusal where other machines would reach the controls unasked, or nobody knows the host."""
    _check_known(host)
    if not is_loopback(host) and not admin_token:
        detail = f"--host {host} can be reached from other machines, which may not control worlds unasked."
        raise Refusal("admin-token-needed", detail, "Give --admin-token (LKC_ADMIN_TOKEN) as well.")


def bindable(host: str, port: int) -> int:
    """The port, or a free one for 0.

    Raises Refusal where somebody else listens there: two servers would share the calls.
    """
    with socket.socket(_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            detail = f"--host {host} --port {port} cannot be listened on ({error.strerror})."
            if error.errno == errno.EADDRNOTAVAIL:
                raise Refusal("host-elsewhere", detail, "Give an address of this machine with --host.") from error
            code = "port-in-use" if error.errno == errno.EADDRINUSE else "port-refused"
            raise Refusal(code, detail, "Choose another port with --port (LKC_PORT); 0 takes a free one.") from error
        found: int = probe.getsockname()[1]
        return found


def _check_known(host: str) -> None:
    try:
        socket.getaddrinfo(host, None)
    except OSError as error:
        detail = f"--host {host} is the name of no machine ({error.strerror})."
        raise Refusal("host-unknown", detail, f"Use {DEFAULT_HOST}, or an address of this machine.") from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
