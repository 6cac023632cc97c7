"""Installations over REST: what somebody at the customer's site does with them. It takes no credential."""

from __future__ import annotations

from typing import Any

from flask import Response, current_app, request

from lkc.world.hold import current_hold, current_world
from lkc.world.paging import PageSchema, paged
from lkc.world.refusals import WorldReplaced
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.session import WorldSession
from onetrust.products import agents, installations, key_files
from onetrust.products.instructions import instructions_for
from onetrust.products.license_view import license_view
from onetrust.products.models import SYSTEM, Installation
from onetrust.products.refusals import (
    RETRIEVAL_FAILURES,
    AgentExists,
    AgentsNotTaken,
    LicenseFileInvalid,
    NoInternet,
    TokenNotTaken,
    UnknownAgent,
    UnknownInstallation,
    UnknownKeyFile,
    UnknownToken,
)
from onetrust.products.restarting import restart
from onetrust.products.retrieval import retrieve
from onetrust.products.schemas import (
    KEY_FILE_EXAMPLE,
    AgentChoiceSchema,
    AgentSchema,
    EnteredTokenSchema,
    InstallationSchema,
    InstructionsSchema,
    KeyFileSchema,
    LicenseViewSchema,
    NetworkSchema,
    NewInstallationSchema,
    NewUpdateSchema,
    RestartSchema,
    RetrievalSchema,
    UpdateSchema,
    agent_view,
    installation_view,
    key_file_view,
    restart_view,
    retrieval_view,
    update_view,
)
from onetrust.products.transport import TokenService
from onetrust.products.updates import apply_update

PREFIX = "/products/api/v1"
TOKEN_SERVICE_KEY = "LKC_TOKEN_SERVICE"  # noqa: S105 - the name of a setting
ONE = "/installations/<installation_id>"

blueprint = Blueprint(SYSTEM, __name__, url_prefix=PREFIX, description="Products at the customer's site")

NEW, NETWORK, TOKEN, PAGE = NewInstallationSchema(), NetworkSchema(), EnteredTokenSchema(), PageSchema()
AGENT, AGENT_CHOICE, UPDATE = AgentSchema(), AgentChoiceSchema(), NewUpdateSchema()


def _service() -> TokenService:
    found: TokenService = current_app.config[TOKEN_SERVICE_KEY]
    return found


def _named(installation_id: str) -> tuple[WorldSession, Installation]:
    world = current_world()
    return world, installations.get_installation(world, installation_id)


def _shown(world: WorldSession, installation: Installation) -> dict[str, Any]:
    return installation_view(installation, installations.entered_tokens(world, installation))


@blueprint.route("/installations", methods=["POST"])
@blueprint.arguments(NEW)
@blueprint.response(201, InstallationSchema)
def set_installation_up(body: dict[str, Any]) -> Response:
    """Installs a product."""
    world = current_world()
    return answer(_shown(world, installations.set_up(world, **body)), 201)


@blueprint.route("/installations", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, InstallationSchema, many=True)
def list_installations(page: dict[str, Any]) -> Response:
    """The installations, oldest first."""
    world = current_world()
    found = installations.list_installations(world, page.get("after"), page["limit"] + 1)
    return paged([_shown(world, installation) for installation in found], page["limit"], "id")


@blueprint.route(ONE, methods=["GET"])
@blueprint.response(200, InstallationSchema)
@blueprint.refuses(UnknownInstallation)
def show_installation(installation_id: str) -> Response:
    """One installation."""
    return answer(_shown(*_named(installation_id)))


@blueprint.route(f"{ONE}/instructions", methods=["GET"])
@blueprint.response(200, InstructionsSchema)
@blueprint.refuses(UnknownInstallation)
def show_instructions(installation_id: str) -> Response:
    """How licenses are applied to this kind of installation."""
    _, installation = _named(installation_id)
    ways = installation.ways
    return answer(
        {
            "kind": installation.kind,
            "version": installation.version,
            "takes_key_files": ways.key_files,
            "takes_tokens": ways.tokens,
            "uses_serial_number": ways.serial_number,
            "steps": instructions_for(installation),
        }
    )


@blueprint.route(f"{ONE}/license-view", methods=["GET"])
@blueprint.response(200, LicenseViewSchema)
@blueprint.refuses(UnknownInstallation)
def show_license_view(installation_id: str) -> Response:
    """What the product shows of its licenses; looking at it retrieves nothing."""
    return answer(license_view(*_named(installation_id)))


@blueprint.route(f"{ONE}/licenses", methods=["POST"])
@blueprint.body("application/octet-stream", "application/xml", "text/plain", examples=(KEY_FILE_EXAMPLE,) * 3)
@blueprint.response(201, KeyFileSchema)
@blueprint.alt_response(200, schema=KeyFileSchema)
@blueprint.refuses(UnknownInstallation, LicenseFileInvalid)
def apply_license_file(installation_id: str) -> Response:
    """Applies a license file (the body, as it was saved); 200 where the same file is there already."""
    world, installation = _named(installation_id)
    file, is_new = key_files.apply_file(world, installation, request.get_data(cache=False))
    return answer(key_file_view(file), 201 if is_new else 200)


@blueprint.route(f"{ONE}/licenses", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(UnknownInstallation)
def remove_license_files(installation_id: str) -> Response:
    """Removes all license files."""
    key_files.remove_all_files(*_named(installation_id))
    return nothing()


@blueprint.route(f"{ONE}/licenses/<int(max=9223372036854775807):key_id>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(UnknownInstallation, UnknownKeyFile)
def remove_license_file(installation_id: str, key_id: int) -> Response:
    """Removes one license file."""
    key_files.remove_file(*_named(installation_id), key_id)
    return nothing()


@blueprint.route(f"{ONE}/tokens", methods=["POST"])
@blueprint.arguments(TOKEN)
@blueprint.response(201, InstallationSchema)
@blueprint.alt_response(200, schema=InstallationSchema)
@blueprint.refuses(UnknownInstallation, TokenNotTaken)
def enter_token(body: dict[str, Any], installation_id: str) -> Response:
    """Enters a token beside those that are there; 200 where it is there already. Nothing is retrieved by that."""
    world, installation = _named(installation_id)
    is_new = installations.enter_token(world, installation, body["token"])
    return answer(_shown(world, installation), 201 if is_new else 200)


@blueprint.route(f"{ONE}/tokens/<token>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(UnknownInstallation, UnknownToken)
def remove_token(installation_id: str, token: str) -> Response:
    """Takes a token out, with what was retrieved with it."""
    installations.remove_token(*_named(installation_id), token)
    return nothing()


@blueprint.route(f"{ONE}/network", methods=["PUT"])
@blueprint.arguments(NETWORK)
@blueprint.response(200, InstallationSchema)
@blueprint.refuses(UnknownInstallation)
def change_network(body: dict[str, Any], installation_id: str) -> Response:
    """Says whether and how the installation gets out to the Internet."""
    world, installation = _named(installation_id)
    installations.change_network(world, installation, body["proxy"], internet=body["internet"])
    return answer(_shown(world, installation))


@blueprint.route(f"{ONE}/retrieve", methods=["POST"])
@blueprint.response(200, RetrievalSchema)
@blueprint.refuses(UnknownInstallation, *RETRIEVAL_FAILURES, WorldReplaced)
def prompt_retrieval(installation_id: str) -> Response:
    """Prompts the installation to retrieve; what fails leaves what was there."""
    return answer(retrieval_view(retrieve(current_hold().step, _service(), installation_id)))


@blueprint.route(f"{ONE}/restart", methods=["POST"])
@blueprint.response(200, RestartSchema)
@blueprint.refuses(UnknownInstallation, WorldReplaced)
def restart_installation(installation_id: str) -> Response:
    """Restarts the installation: it reads its license files and retrieves."""
    return answer(restart_view(restart(current_hold().step, _service(), installation_id)))


@blueprint.route(f"{ONE}/updates", methods=["POST"])
@blueprint.arguments(UPDATE, required=False)
@blueprint.response(200, UpdateSchema)
@blueprint.refuses(UnknownInstallation, NoInternet, WorldReplaced)
def update_installation(body: dict[str, Any], installation_id: str) -> Response:
    """Applies an update (XPU), and tells where it was applied and where not, and why."""
    return answer(update_view(apply_update(current_hold().step, _service(), installation_id, body["xpu"])))


@blueprint.route(f"{ONE}/agents", methods=["POST"])
@blueprint.arguments(AGENT)
@blueprint.response(201, AGENT)
@blueprint.refuses(UnknownInstallation, AgentsNotTaken, AgentExists)
def add_agent(body: dict[str, Any], installation_id: str) -> Response:
    """Adds an agent, be there a seat for it or not."""
    world, installation = _named(installation_id)
    return answer(agent_view(installation, agents.add_agent(world, installation, body["name"])), 201)


@blueprint.route(f"{ONE}/agents", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, AgentSchema, many=True)
@blueprint.refuses(UnknownInstallation, UnknownAgent)
def list_agents(page: dict[str, Any], installation_id: str) -> Response:
    """The agents in the order of their seats."""
    world, installation = _named(installation_id)
    found = agents.list_agents(world, installation, page.get("after"), page["limit"] + 1)
    return paged([agent_view(installation, agent) for agent in found], page["limit"], "name")


@blueprint.route(f"{ONE}/agents", methods=["DELETE"])
@blueprint.arguments(AGENT_CHOICE, required=False)
@blueprint.response(204)
@blueprint.refuses(UnknownInstallation, UnknownAgent)
def remove_agents(body: dict[str, Any], installation_id: str) -> Response:
    """Removes the named agent, or all of them."""
    world, installation = _named(installation_id)
    if body["name"] is None:
        agents.remove_all_agents(world, installation)
    else:
        agents.remove_agent(world, installation, body["name"])
    return nothing()


@blueprint.route(f"{ONE}/agents/<name>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(UnknownInstallation, UnknownAgent)
def remove_agent(installation_id: str, name: str) -> Response:
    """Removes an agent; its seat is free again."""
    agents.remove_agent(*_named(installation_id), name)
    return nothing()
