"""What `lkc start` says when it serves: where everything is."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from lkc.cli.target import DEFAULT_URL

if TYPE_CHECKING:
    from lkc.cli.certificates import Tls
    from lkc.world.system import System

FOUND = "So that other commands find it:"
# At these addresses one listens; a browser asks for another.
REACHED_BY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - the address is read here, not bound


def address(host: str, port: int, *, tls: bool = False) -> str:
    """Where a browser on this machine finds what listens there."""
    reached = REACHED_BY.get(host, host)
    return f"{'https' if tls else 'http'}://{f'[{reached}]' if ':' in reached else reached}:{port}"


def greeting(
    url: str,
    systems: Iterable[System],
    folder: Path | None,
    alone: Mapping[str, str] = MappingProxyType({}),
    tls: Tls | None = None,
) -> str:
    """Every address at which a browser may begin.

    Args:
        url: where the simulator is.
        systems: what it serves.
        folder: where worlds are kept; None where nothing is kept.
        alone: addresses of systems that have a port of their own, by id.
        tls: its certificates, where it is served by https.
    """
    kept = "nothing is kept after the end" if folder is None else f"worlds are kept in {folder}"
    systems = tuple(systems)
    places = [
        ("Trainer's desk", f"{url}/"),
        *((system.title, f"{url}{system.entrance.path}") for system in systems),
        ("The 19 questions", f"{url}/desk/questions"),
        ("Controls", f"{url}/_sim/health"),
        *(
            (f"{system.title} alone", alone[system.id] + system.entrance.path.removeprefix(system.prefix))
            for system in systems
            if system.id in alone
        ),
    ]
    width = max(len(title) for title, _ in places)
    return "\n".join(
        [
            f"LKC Simulator on {url}  ({kept})",
            "",
            *(f"  {title:<{width}}  {place}" for title, place in places),
            "",
            f"{_exported(url, alone, tls)}The vendor's staff sign in as producer / producer. Stop with Ctrl-C.",
        ]
    )


def for_others(address: str) -> str:
    """Where other machines find it."""
    return f"Others reach it at {address}/, or by this machine's address on their network."


def relayed(host: str, port: int) -> str:
    """That mails go to an SMTP server as well."""
    server = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return f"Mails to .example, .test and .localhost go to {server} as well; GET /_sim/health counts them."


def _exported(url: str, alone: Mapping[str, str], tls: Tls | None) -> str:
    """The lines that lead other commands here, where they would not come by themselves."""
    found = {} if url == DEFAULT_URL else {"LKC_URL": url}
    found |= {f"LKC_URL_{name.upper()}": place for name, place in alone.items()}
    if tls is not None:
        found["LKC_CA"] = str(tls.ca)
    exports = "".join(f"  export {name}={shlex.quote(value)}\n" for name, value in found.items())
    return f"{FOUND}\n{exports}\n" if exports else ""
