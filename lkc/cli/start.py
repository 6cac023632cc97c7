"""`lkc start`: serves the simulator until it is told to stop."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import signal
import socket
import tempfile
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lkc.cli.target import fail
from lkc.config import DEFAULT_HOST, DEFAULT_PORT, Settings, default_data_dir, is_loopback

if TYPE_CHECKING:
    from lkc.app import Landscape

THREADS = 64
# Streams and waits may go on when it is told to stop; after so many seconds they are ended.
STOP_SECONDS = 3


def _checked_names(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Host names without scheme and port. Raises BadParameter."""
    for name in names:
        if re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", name) is None:
            raise click.BadParameter(f"{name!r} is no host name (without scheme and port).")
    return names


@click.command()
@click.option("--host", envvar="LKC_HOST", default=DEFAULT_HOST, show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    envvar="LKC_PORT",
    default=DEFAULT_PORT,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--data-dir",
    envvar="LKC_DATA_DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where worlds are kept. Default: the user's data directory.",
)
@click.option("--ephemeral", envvar="LKC_EPHEMERAL", is_flag=True, help="Keep nothing after the end.")
@click.option(
    "--workers",
    envvar="LKC_WORKERS",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that serve.",
)
@click.option(
    "--from",
    "source",
    envvar="LKC_FROM",
    default="demo",
    show_default=True,
    type=click.Choice(["demo", "empty"]),
    help="What the world `default` begins as, where there is none yet.",
)
@click.option("--admin-token", envvar="LKC_ADMIN_TOKEN", help="Control calls must send it; needed beyond loopback.")
@click.option(
    "--allow-host",
    "allowed_hosts",
    envvar="LKC_ALLOW_HOST",
    metavar="NAME",
    multiple=True,
    callback=_checked_names,
    help="A further name by which others reach this simulator; may be given several times. Listening on every address"
    " (0.0.0.0 or ::), it serves all of them and the machine's own name anyway.",
)
def start(  # noqa: PLR0913 - one for each flag
    *,
    host: str,
    port: int,
    data_dir: Path | None,
    ephemeral: bool,
    workers: int,
    source: str,
    admin_token: str | None,
    allowed_hosts: tuple[str, ...],
) -> None:
    """Serve the simulator; SIGTERM or Ctrl-C stops it."""
    if data_dir is not None and ephemeral:
        raise click.UsageError("--data-dir and --ephemeral exclude each other.")
    if not is_loopback(host) and not admin_token:
        fail(f"admin-token-needed: {host} can be reached from other machines; give --admin-token as well.")
    port = port or _free_port(host)
    _check_free(host, port)
    folder = Path(tempfile.mkdtemp(prefix="lkc-")) if ephemeral else data_dir or default_data_dir()
    settings = Settings(
        data_dir=folder, ephemeral=ephemeral, host=host, allowed_hosts=allowed_hosts, admin_token=admin_token
    )
    try:
        _prepare(settings, source)
        click.echo(_greeting(host, port, folder, ephemeral=ephemeral))
        _serve(settings, port, workers)
    except OSError as error:
        fail(f"data-directory: {folder} cannot be used ({error.strerror or error}).")
    finally:
        if ephemeral:
            shutil.rmtree(folder, ignore_errors=True)


def load(settings: Settings) -> Landscape:
    """The application as a serving process sees it."""
    from lkc.app import Landscape  # noqa: PLC0415 - loaded by then, where processes are forked

    gc.enable()
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    return Landscape(settings)


def _leave_with(parent: int) -> None:
    """Ends this serving process once the one that started it is gone, however that went."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _prepare(settings: Settings, source: str) -> None:
    """Makes the world `default`, before any process serves."""
    # What is loaded now stays: looking through it for garbage costs a tenth of the start.
    gc.disable()
    from lkc.app import ensure_default  # noqa: PLC0415 - `lkc --help` need not load the landscape
    from lkc.world.sqlite.store import SqliteStore  # noqa: PLC0415 - likewise

    store = SqliteStore(settings.data_dir, settings.synchronous)
    try:
        ensure_default(store, source)
    finally:
        store.close()


def _serve(settings: Settings, port: int, workers: int) -> None:
    from granian import Granian  # noqa: PLC0415 - the server is loaded last
    from granian.constants import Interfaces  # noqa: PLC0415 - likewise
    from granian.log import LogLevels  # noqa: PLC0415 - likewise

    gc.freeze()
    server = Granian(
        "lkc",
        address=settings.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=THREADS * 4,
        log_level=LogLevels.error,
        websockets=False,
        workers_kill_timeout=STOP_SECONDS,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.serve(target_loader=partial(load, settings), wrap_loader=False)


def _free_port(host: str) -> int:
    with socket.socket(_family(host)) as probe:
        probe.bind((host, 0))
        port: int = probe.getsockname()[1]
        return port


def _check_free(host: str, port: int) -> None:
    """Ends the command where somebody else listens there: two servers would share the calls."""
    with socket.socket(_family(host)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            fail(f"port-in-use: {host}:{port} cannot be listened on ({error.strerror}); choose another with --port.")


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _greeting(host: str, port: int, folder: Path, *, ephemeral: bool) -> str:
    url = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    kept = "nothing is kept after the end" if ephemeral else f"worlds are kept in {folder}"
    return "\n".join(
        [
            f"LKC Simulator on {url}  ({kept})",
            "",
            f"  start page     {url}/",
            f"  order system   {url}/ordering/api/v1/orders",
            f"  key center     {url}/lkc/api/v1/orders",
            f"  token service  {url}/onetrust/api/v1/tokens",
            f"  mailboxes      {url}/mail/api/v1/messages",
            f"  controls       {url}/_sim/health",
            "",
            "The vendor's staff sign in as producer / producer. Stop with Ctrl-C.",
        ]
    )
