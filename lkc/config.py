"""The settings of one run of the simulator, read once and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import platformdirs

DEFAULT_HOST, DEFAULT_PORT = "127.0.0.1", 8019


def default_data_dir() -> Path:
    """Where worlds are kept when nothing else is said."""
    return Path(platformdirs.user_data_dir("lkc-simulator", appauthor=False))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How one simulator runs.

    Attributes:
        data_dir: where its worlds are kept.
        ephemeral: the data need not survive the process.
        host: the address it listens on; a request must name it, or a loopback name.
        allowed_hosts: further names that a request may come with.
        admin_token: what control calls must send; None lets everybody on loopback.
        producer: name and password of the vendor's staff.
        smtp: host and port of a server to which mails for nobody real are sent as well; None keeps all in the worlds.
        journal: whether exchanges are written down.
        onetrust_url: where products find the token service, up to the part before `/onetrust`; None is this process.
    """

    data_dir: Path
    ephemeral: bool = False
    host: str = DEFAULT_HOST
    allowed_hosts: tuple[str, ...] = ()
    admin_token: str | None = None
    producer: tuple[str, str] = ("producer", "producer")
    onetrust_url: str | None = None
    smtp: tuple[str, int] | None = None
    journal: bool = True

    @property
    def synchronous(self) -> str:
        """SQLite's setting of that name."""
        return "OFF" if self.ephemeral else "NORMAL"
