"""What is done at an installation by pressing a button; afterwards its console is shown again."""

from __future__ import annotations

from collections.abc import Callable

from flask import current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from lkc.look.forms import Form
from lkc.look.pages import attempt, done, warned
from lkc.world.hold import current_hold, current_world
from lkc.world.session import WorldSession
from onetrust.products import agents, installations, key_files
from onetrust.products.api import TOKEN_SERVICE_KEY
from onetrust.products.asking import Answer
from onetrust.products.models import Installation
from onetrust.products.pages.reading import read_field
from onetrust.products.reasons import REASONS
from onetrust.products.restarting import restart
from onetrust.products.retrieval import Retrieval, retrieve
from onetrust.products.schemas import AgentSchema, EnteredTokenSchema, NetworkSchema, NewUpdateSchema
from onetrust.products.transport import TokenService
from onetrust.products.updates import apply_update

LISTED = 10
Deed = Callable[[WorldSession, Installation], None]


def retrieve_page(installation_id: str) -> Response:
    """Prompts a retrieval."""
    return _prompted(installation_id, lambda: _tell(retrieve(current_hold().step, _service(), installation_id)))


def restart_page(installation_id: str) -> Response:
    """Restarts the product."""

    def work() -> None:
        what = restart(current_hold().step, _service(), installation_id)
        keys = ", ".join(str(key) for key in what.read)
        done(
            f"Restarted. License files read for the first time: {keys}." if keys else "Restarted. No new license file."
        )
        _tell(what.retrieval)

    return _prompted(installation_id, work)


def update_page(installation_id: str) -> Response:
    """Applies an update (XPU)."""

    def work() -> None:
        xpu = read_field(NewUpdateSchema(), "xpu", request.form.get("xpu", "").strip() or None)
        what = apply_update(current_hold().step, _service(), installation_id, xpu)
        applied = [target for target in what.targets if target.reason is None]
        if applied:
            done(f"{what.xpu} was applied to {len(applied)} of {len(what.targets)}.")
        left_out = [target for target in what.targets if target.reason is not None]
        for target in left_out[:LISTED]:
            where = target.name if target.product is None else target.product
            warned(f"{what.xpu} was not applied: {where}.", REASONS[target.reason or ""][1])
        if len(left_out) > LISTED:
            warned(f"Nor was it to {len(left_out) - LISTED} others.", "")

    return _prompted(installation_id, work)


def network_page(installation_id: str) -> Response:
    """Says whether and how the installation gets out to the Internet."""

    def work(world: WorldSession, installation: Installation) -> None:
        proxy = read_field(NetworkSchema(), "proxy", request.form.get("proxy", "").strip() or None)
        installations.change_network(world, installation, proxy, internet="internet" in request.form)
        done("The network settings are kept.")

    return _done(installation_id, work)


def enter_token_page(installation_id: str) -> Response:
    """Enters a token."""

    def work(world: WorldSession, installation: Installation) -> None:
        token = read_field(EnteredTokenSchema(), "token", request.form.get("token", "").strip())
        is_new = installations.enter_token(world, installation, token)
        told = "is entered. Nothing is retrieved before somebody prompts it" if is_new else "is there already"
        done(f"Token {token} {told}.")

    return _done(installation_id, work)


def remove_token_page(installation_id: str, token: str) -> Response:
    """Takes a token out."""

    def work(world: WorldSession, installation: Installation) -> None:
        installations.remove_token(world, installation, token)
        done(f"Token {token} is gone, with what was retrieved with it.")

    return _done(installation_id, work)


def apply_file_page(installation_id: str) -> Response:
    """Applies a license file."""

    def work(world: WorldSession, installation: Installation) -> None:
        upload = request.files.get("file")
        if upload is None or not upload.filename:
            warned("No file was chosen.", "Choose the license file that was saved from the License Key Center.")
            return
        file, is_new = key_files.apply_file(world, installation, upload.read())
        told = "is applied. It is read at the next restart" if is_new else "was there already"
        done(f"License file {file.key_id} {told}.")

    return _done(installation_id, work)


def remove_file_page(installation_id: str, key_id: int) -> Response:
    """Removes a license file."""

    def work(world: WorldSession, installation: Installation) -> None:
        key_files.remove_file(world, installation, key_id)
        done(f"License file {key_id} is gone.")

    return _done(installation_id, work)


def remove_files_page(installation_id: str) -> Response:
    """Removes all license files."""

    def work(world: WorldSession, installation: Installation) -> None:
        key_files.remove_all_files(world, installation)
        done("All license files are gone.")

    return _done(installation_id, work)


def add_agent_page(installation_id: str) -> Response:
    """Adds an agent."""

    def work(world: WorldSession, installation: Installation) -> None:
        name = read_field(AgentSchema(), "name", request.form.get("name", ""))
        agents.add_agent(world, installation, name)
        done(f"Agent {name} takes a seat.")

    return _done(installation_id, work)


def remove_agent_page(installation_id: str) -> Response:
    """Removes an agent, or all of them."""

    def work(world: WorldSession, installation: Installation) -> None:
        name = request.form.get("name")
        if name is None:
            agents.remove_all_agents(world, installation)
            done("All agents gave their seats back.")
        else:
            agents.remove_agent(world, installation, name)
            done(f"Agent {name} gave its seat back.")

    return _done(installation_id, work)


def _done(installation_id: str, work: Deed) -> Response:
    """Does something within this call's own transaction."""
    if Form().validate_on_submit():
        with attempt():
            world = current_world()
            work(world, installations.get_installation(world, installation_id))
    return redirect(url_for(".console_page", installation_id=installation_id))


def _prompted(installation_id: str, work: Callable[[], None]) -> Response:
    """Does something that asks the token service, for which no transaction may be open."""
    if Form().validate_on_submit():
        current_hold().finish()
        with attempt():
            work()
    return redirect(url_for(".console_page", installation_id=installation_id))


def _tell(what: Retrieval) -> None:
    """Tells what was retrieved with each token, or with the serial number, and what was not."""
    for outcome in what.outcomes:
        if isinstance(outcome.result, Answer):
            count = len(outcome.result.entitlements)
            done(f"{count} entitlement{'' if count == 1 else 's'} retrieved with {outcome.source.value}.")
        else:
            warned(outcome.result.detail, outcome.result.remedy)


def _service() -> TokenService:
    found: TokenService = current_app.config[TOKEN_SERVICE_KEY]
    return found
