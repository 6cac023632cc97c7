"""The composition root: the list of systems in the landscape becomes one WSGI application."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from flask import Flask, Request
from jinja2 import StrictUndefined
from werkzeug.routing import MapAdapter, Rule

from lkc.config import Settings
from lkc.console import documentation, guide
from lkc.console.pages import PAGES
from lkc.control import (
    bundle,
    clock,
    describing,
    explain,
    faults,
    health,
    journal,
    records,
    scenarios,
    snapshots,
    state,
    worlds,
)
from lkc.keycenter.system import RECEIVER as KEY_CENTER
from lkc.keycenter.system import SYSTEM as KEYCENTER
from lkc.look import assets, failing
from lkc.look.sessions import WorldSessions
from lkc.mail.system import SYSTEM as MAIL
from lkc.ordering.password_reset import reset_ocn_password
from lkc.ordering.system import system as ordering_system
from lkc.scenarios.beginnings import RECIPES_KEY, Beginning, begin
from lkc.scenarios.refusals import STATUSES as SCENARIO_STATUSES
from lkc.scenarios.stage import Stage
from lkc.scenarios.staging import APPLICATION_KEY
from lkc.seeds.recipes import recipes
from lkc.support.system import system as support_system
from lkc.world import refusals
from lkc.world.clock import Mode
from lkc.world.controls.faults import BOARD_KEY
from lkc.world.credentials import ADMIN_TOKEN_KEY, PRODUCER_KEY
from lkc.world.database import Base
from lkc.world.door import Door
from lkc.world.due import Action
from lkc.world.gate import Environ, Gate, StartResponse
from lkc.world.hosts import Hosts, is_wildcard
from lkc.world.journal import JOURNAL_KEY, Journal
from lkc.world.names import DEFAULT
from lkc.world.operations import OPERATIONS_KEY, Operations
from lkc.world.rest import register_problem_handlers
from lkc.world.snapshots import STATUSES as SNAPSHOT_STATUSES
from lkc.world.sqlite.store import SqliteStore
from lkc.world.store import WorldStore
from lkc.world.system import SYSTEMS_KEY, System
from lkc.world.wire_faults import FaultBoard
from onetrust.myiss.system import system as myiss_system
from onetrust.products.api import TOKEN_SERVICE_KEY
from onetrust.products.system import SYSTEM as PRODUCTS
from onetrust.products.transport import token_service_at
from onetrust.tokens.issuing import known_token
from onetrust.tokens.system import RECEIVER as ONETRUST_RECEIVER
from onetrust.tokens.system import SYSTEM as ONETRUST

if TYPE_CHECKING:
    from lkc.mail.relaying import Relay

RECEIVERS = (KEY_CENTER, ONETRUST_RECEIVER)
SYSTEMS: tuple[System, ...] = (
    ordering_system(RECEIVERS),
    KEYCENTER,
    ONETRUST,
    myiss_system(known_token),
    PRODUCTS,
    support_system(reset_ocn_password),
    MAIL,
)
CONTROLS = (
    health.blueprint,
    worlds.blueprint,
    clock.blueprint,
    snapshots.blueprint,
    faults.blueprint,
    records.blueprint,
    journal.blueprint,
    explain.blueprint,
    scenarios.blueprint,
    state.blueprint,
    bundle.blueprint,
)
CONTROL_STATUSES = {
    "unknown-fault": 404,
    "nothing-expires": 409,
    "default-world": 409,
    "own-world": 409,
    "finding-gone": 409,
    "nothing-known": 404,
    "not-connected": 422,
    "not-toml": 415,
    "verification-failed": 417,
    "journal-too-short": 409,
    "request-not-kept": 409,
    "secrets-missing": 422,
    "answer-differs": 417,
}
METADATA = Base.metadata


class Landscape:
    """The whole landscape as one WSGI application, with the store of its worlds.

    Args:
        settings: how it runs; its data directory is opened, or made.
    """

    def __init__(self, settings: Settings) -> None:
        self.store = SqliteStore(settings.data_dir, settings.synchronous)
        self.journal = Journal(self.store.files.journals, self.store.exists, is_kept=settings.journal)
        statuses = dict(refusals.STATUSES) | CONTROL_STATUSES | SCENARIO_STATUSES | SNAPSHOT_STATUSES
        actions: dict[str, Action] = {}
        for system in SYSTEMS:
            statuses |= system.statuses
            actions |= system.actions
        self.flask = _flask(settings, self.journal, statuses)
        self.flask.config[TOKEN_SERVICE_KEY] = token_service_at(settings.onetrust_url, self)
        self.flask.config[APPLICATION_KEY] = self
        self._relay = _relay(settings, self.store)
        self.store.outlet = self.flask.config[health.RELAY_KEY] = self._relay
        self.flask.config[BOARD_KEY] = self._board = FaultBoard(settings.data_dir / "faults")
        operations = Operations(self.flask.url_map, {system.id: system.prefix for system in SYSTEMS})
        self.flask.config[OPERATIONS_KEY] = operations
        self._gate = Gate(
            self.flask.wsgi_app,
            self.store,
            self.journal if settings.journal else None,
            actions=actions,
            statuses=statuses,
            hosts=_hosts(settings),
            board=self._board,
            operations=operations,
            shown=partial(failing.outside, self.flask),
        )

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answers one request."""
        return self._gate(environ, start_response)

    def close(self) -> None:
        """Lets go of every open file, and ends what works in the background."""
        if self._relay is not None:
            self._relay.close()
        self.journal.close()
        self._board.close()
        self.store.close()


class _LateRule(Rule):
    """A route that compiles what builds its address only when an address is built: 20 ms less at every start."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: FBT001, FBT002 - werkzeug's form
        compiled: list[Callable[..., tuple[str, str]]] = []

        def build(rule: Rule, *arguments: Any, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(super(_LateRule, self)._compile_builder(append_unknown))
            return compiled[0](rule, *arguments, **values)

        return build


class _PlainFlask(Flask):
    """Flask without what costs time in every request and is of no use here.

    There are no coroutines, as each of several functions would be asked for (10 us). Which host a request may name
    the gate has checked, and no route depends on one (15 us).
    """

    url_rule_class = _LateRule
    jinja_options: ClassVar[dict[str, Any]] = {"undefined": StrictUndefined}  # type: ignore[misc]

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """The routes as they look from a request."""
        if request is None:
            return None
        return MapAdapter(
            self.url_map,
            server_name=request.environ.get("HTTP_HOST", "localhost"),
            script_name=request.root_path,
            subdomain="",
            url_scheme=request.scheme,
            path_info=request.path,
            default_method=request.method,
            query_args=request.environ["QUERY_STRING"],
        )


def _flask(settings: Settings, journal: Journal, statuses: dict[str, int]) -> Flask:
    app = _PlainFlask("lkc", static_folder=None, template_folder=None)
    app.url_map.merge_slashes = False
    app.config[PRODUCER_KEY] = settings.producer
    app.config[SYSTEMS_KEY] = SYSTEMS
    app.config[JOURNAL_KEY] = journal
    app.config[RECIPES_KEY] = recipes(RECEIVERS)
    app.config[ADMIN_TOKEN_KEY] = settings.admin_token
    app.session_interface = WorldSessions()
    register_problem_handlers(app, statuses, failing.page_of)
    for blueprint in CONTROLS:
        app.register_blueprint(blueprint)
    for system in SYSTEMS:
        app.config.update(system.neighbours)
        for part in system.blueprints:
            app.register_blueprint(part)
    app.register_blueprint(describing.described(SYSTEMS))
    for page in (assets.blueprint, PAGES, documentation.blueprint, guide.blueprint):
        app.register_blueprint(page)
    return app


def _hosts(settings: Settings) -> Hosts:
    """What a request may be for: loopback's names, what we listen on, and what was allowed by name.

    Who listens on every address of the machine, which takes an admin token, is reached by each of them, and by the
    machine's own name.
    """
    host = settings.host.lower()
    names = {"localhost", "127.0.0.1", "[::1]", host, f"[{host}]", *map(str.lower, settings.allowed_hosts)}
    everywhere = settings.admin_token is not None and is_wildcard(host)
    if everywhere:
        own = socket.gethostname().lower()
        short = own.partition(".")[0]
        names |= {own, short, f"{short}.local"}
    return Hosts(frozenset(names), any_address=everywhere)


def _relay(settings: Settings, store: WorldStore) -> Relay | None:
    """What sends mails to an SMTP server, where there is to be one."""
    if settings.smtp is None:
        return None
    from lkc.mail.outgoing import Server  # noqa: PLC0415 - who does not ask for it need not load it
    from lkc.mail.relaying import Relay  # noqa: PLC0415 - likewise
    from lkc.mail.tally import Tally  # noqa: PLC0415 - likewise

    server = Server(*settings.smtp)
    return Relay(server, store, Tally(settings.data_dir / "relay", str(server), store))


def ensure_default(store: WorldStore, source: str) -> None:
    """Makes the world `default` with a running clock from a seed, where there is none yet."""
    if not store.exists(DEFAULT):
        begin(store, DEFAULT, Beginning(source=source, mode=Mode.RUNNING), recipes(RECEIVERS), _no_stage)


def _no_stage(world: str, _: Door) -> Stage:
    """Cases are arranged by a landscape that serves; the world `default` is made before that."""
    raise RuntimeError(f"no case can be arranged in {world} yet")
