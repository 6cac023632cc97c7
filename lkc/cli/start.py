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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from lkc.cli.announcing import Announcement
from lkc.cli.greeting import address as address_of
from lkc.cli.greeting import for_others, greeting, relayed
from lkc.cli.listening import bindable, check_host
from lkc.cli.patterns import costly_ones_later
from lkc.cli.ports import SystemPort, SystemPortType, listen, serve_alone
from lkc.cli.refusal import Refusal
from lkc.cli.values import Whole, address, filled, folder, mail_server
from lkc.config import DEFAULT_HOST, DEFAULT_PORT, Settings, default_data_dir
from lkc.world.hosts import is_wildcard

if TYPE_CHECKING:
    from lkc.app import Landscape
    from lkc.cli.certificates import Tls
    from lkc.world.system import System

THREADS = 64
# Garbage is looked for after so many new objects, not after 700: a request makes thousands and leaves no circles.
GARBAGE = (20_000, 20, 50)
# Streams and waits may go on when it is told to stop; after so many seconds they are ended.
STOP_SECONDS = 3
USED = (
    "--from {0} changes nothing: the world `default` is there from an earlier start. "
    "Make one that begins so with `lkc world create NAME --from {0}`."
)


def _flag(name: str, *names: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """An option with an environment variable of its name: `--data-dir` is `LKC_DATA_DIR` too."""
    variable = f"LKC_{name.removeprefix('--').replace('-', '_').upper()}"
    return click.option(name, *names, envvar=variable, show_envvar=True, **options)


def _checked_names(_: click.Context, __: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Host names without scheme and port. Raises BadParameter."""
    for name in names:
        if re.fullmatch(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", name) is None:
            raise click.BadParameter(f"{name!r} is no host name (without scheme and port).")
    return names


@click.command()
@_flag(
    "--host", default=DEFAULT_HOST, metavar="ADDRESS", callback=filled, show_default=True, help="Address to listen on."
)
@_flag("--port", default=DEFAULT_PORT, type=Whole(0, 65535), show_default=True, help="Port; 0 takes a free one.")
@_flag(
    "--data-dir", metavar="DIRECTORY", callback=folder, help=f"Where worlds are kept.  [default: {default_data_dir()}]"
)
@_flag("--ephemeral", is_flag=True, help="Keep nothing after the end.")
@_flag("--workers", default=1, type=Whole(1, 64), show_default=True, help="Processes that serve.")
@_flag(
    "--from",
    "source",
    default="demo",
    show_default=True,
    type=click.Choice(["demo", "empty"]),
    help="What the world `default` begins as, where there is none yet.",
)
@_flag(
    "--admin-token",
    metavar="TOKEN",
    callback=filled,
    help="What control calls must send; needed where other machines can reach --host.",
)
@_flag(
    "--onetrust-url",
    metavar="URL",
    callback=address,
    help="Where products find the token service, without `/onetrust`. Default: the one that is served here.",
)
@_flag(
    "--smtp",
    metavar="HOST:PORT",
    callback=mail_server,
    help="Send mails to .example, .test and .localhost to this SMTP server as well, e.g. localhost:1025.",
)
@_flag(
    "--allow-host",
    "allowed_hosts",
    metavar="NAME",
    multiple=True,
    callback=_checked_names,
    help="A further name by which others reach this simulator; may be given several times. Listening on every address"
    " (0.0.0.0 or ::), it serves all of them and the machine's own name anyway.",
)
@_flag("--tls", is_flag=True, help="Serve https, with a certificate of a throw-away authority that is made now.")
@_flag(
    "--system-port",
    "system_ports",
    metavar="SYSTEM=PORT",
    multiple=True,
    type=SystemPortType(),
    help="Serve one system at the root of a port of its own as well, e.g. onetrust=8020; 0 takes a free one. May be"
    " given several times, in the variable with commas between.",
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
    onetrust_url: str | None,
    smtp: tuple[str, int] | None,
    allowed_hosts: tuple[str, ...],
    tls: bool,
    system_ports: tuple[tuple[str, int], ...],
) -> None:
    """Serve the simulator until Ctrl-C or SIGTERM."""
    if data_dir is not None and ephemeral:
        raise click.UsageError("--data-dir and --ephemeral exclude each other.")
    check_host(host, admin_token)
    port = bindable(host, port)
    alone = listen(host, port, system_ports)
    settings = Settings(
        data_dir=Path(tempfile.mkdtemp(prefix="lkc-")) if ephemeral else data_dir or default_data_dir(),
        ephemeral=ephemeral,
        host=host,
        allowed_hosts=allowed_hosts,
        admin_token=admin_token,
        onetrust_url=onetrust_url,
        smtp=smtp,
    )
    with _in_folder(settings):
        was_there = _prepare(settings, source)
        secured = _secured(settings, port) if tls else None
        told = _greeting(settings, port, alone, secured)
        if was_there and click.get_current_context().get_parameter_source("source") is not ParameterSource.DEFAULT:
            told += f"\n{USED.format(source)}"
        with Announcement.of(told, host, port) as announcement:
            _serve(settings, port, workers, partial(load, settings, port, alone, secured, announcement), secured)


@contextmanager
def _in_folder(settings: Settings) -> Iterator[None]:
    """A block that uses the data directory, which goes at the end where nothing is kept. Raises Refusal."""
    try:
        yield
    except OSError as error:
        detail = f"{settings.data_dir} cannot be used ({error.strerror or error})."
        remedy = "Choose a directory that can be written with --data-dir (LKC_DATA_DIR)."
        raise Refusal("data-directory", detail, remedy) from error
    finally:
        if settings.ephemeral:
            shutil.rmtree(settings.data_dir, ignore_errors=True)


def _systems() -> tuple[System, ...]:
    from lkc.app import SYSTEMS  # noqa: PLC0415 - loaded by then

    return SYSTEMS


def _greeting(settings: Settings, port: int, alone: tuple[SystemPort, ...], secured: Tls | None) -> str:
    tls = secured is not None
    places = {one.system: address_of(settings.host, one.port, tls=tls) for one in alone}
    kept = None if settings.ephemeral else settings.data_dir
    told = greeting(address_of(settings.host, port, tls=tls), _systems(), kept, places, secured)
    if is_wildcard(settings.host):
        told += f"\n{for_others(address_of(socket.gethostname(), port, tls=tls))}"
    return told if settings.smtp is None else f"{told}\n{relayed(*settings.smtp)}"


def _secured(settings: Settings, port: int) -> Tls:
    """Makes the certificate of this start, beside the worlds."""
    from lkc.cli.certificates import make, names_for  # noqa: PLC0415 - 30 ms that a start without need not pay
    from lkc.world.sqlite.store import SqliteStore  # noqa: PLC0415 - loaded by then

    store = SqliteStore(settings.data_dir, settings.synchronous)
    try:
        worlds = [world.name for world in store.list()]
    finally:
        store.close()
    return make(settings.data_dir / "tls" / str(port), names_for(settings.host, settings.allowed_hosts, worlds))


def load(
    settings: Settings,
    port: int = 0,
    alone: tuple[SystemPort, ...] = (),
    secured: Tls | None = None,
    announcement: Announcement | None = None,
) -> Landscape:
    """The application as a serving process sees it; `port` and what follows matter where systems have their own."""
    from lkc.app import Landscape  # noqa: PLC0415 - loaded by then, where processes are forked

    gc.enable()
    gc.set_threshold(*GARBAGE)
    threading.Thread(target=_leave_with, args=(os.getppid(),), daemon=True).start()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    landscape = Landscape(settings)
    if alone:
        serve_alone(landscape, port, alone, secured)
    if announcement is not None:
        announcement.begin()
    return landscape


def _leave_with(parent: int) -> None:
    """Ends this serving process once the one that started it is gone, however that went."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _prepare(settings: Settings, source: str) -> bool:
    """Makes the world `default`, before any process serves; whether it was there."""
    # What is loaded now stays: looking through it for garbage costs a tenth of the start.
    gc.disable()
    with costly_ones_later():
        import marshmallow  # noqa: F401, PLC0415 - the landscape needs it, and would load it without this care
    from lkc.app import ensure_default  # noqa: PLC0415 - `lkc --help` need not load the landscape
    from lkc.world.journal import ORIGIN, Journal  # noqa: PLC0415 - likewise
    from lkc.world.names import DEFAULT  # noqa: PLC0415 - likewise
    from lkc.world.sqlite.store import SqliteStore  # noqa: PLC0415 - likewise

    store = SqliteStore(settings.data_dir, settings.synchronous)
    store.files.sweep()
    try:
        was_there = store.exists(DEFAULT)
        ensure_default(store, source)
        if not was_there:
            # Its clock runs, and nothing else tells later when it began.
            journal = Journal(store.files.journals, store.exists, is_kept=settings.journal)
            journal.note(DEFAULT, ORIGIN)
            journal.close()
    finally:
        store.close()
    return was_there


def _serve(settings: Settings, port: int, workers: int, loader: Callable[[], Landscape], secured: Tls | None) -> None:
    from granian import Granian  # noqa: PLC0415 - the server is loaded last
    from granian.constants import Interfaces, SSLProtocols  # noqa: PLC0415 - likewise
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
        ssl_cert=None if secured is None else secured.chain,
        ssl_key=None if secured is None else secured.key,
        ssl_protocol_min=SSLProtocols.tls12,
    )
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    server.serve(target_loader=loader, wrap_loader=False)
