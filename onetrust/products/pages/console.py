"""The console of one installation: its license view, and all that can be done at it."""

from __future__ import annotations

from werkzeug.wrappers import Response

from lkc.look.pages import show
from lkc.look.words import plainly
from lkc.world.hold import current_world
from onetrust.products.agents import has_agents, list_agents, update_status
from onetrust.products.installations import entered_tokens, get_installation
from onetrust.products.instructions import instructions_for
from onetrust.products.license_view import license_view
from onetrust.products.licenses import State, key_files_of
from onetrust.products.pages.words import KINDS, STATES
from onetrust.products.reasons import REASONS

MOST_AGENTS = 200


def console_page(installation_id: str) -> Response:
    """Everything of one installation; looking at it retrieves nothing."""
    world = current_world()
    installation = get_installation(world, installation_id)
    agents = list_agents(world, installation, None, MOST_AGENTS + 1) if has_agents(installation) else None
    return show(
        "products/console.html",
        installation=installation,
        ways=installation.ways,
        view=license_view(world, installation),
        tokens=entered_tokens(world, installation),
        files=key_files_of(world, installation),
        agents=agents and [(agent, update_status(installation, agent)) for agent in agents[:MOST_AGENTS]],
        takes_agents=agents is not None,
        has_more_agents=agents is not None and len(agents) > MOST_AGENTS,
        kinds=KINDS,
        states={state.value: words for state, words in STATES.items()},
        reasons={state.value: REASONS[state.value][1] for state in State if state.value in REASONS},
    )


def instructions_page(installation_id: str) -> Response:
    """How licenses are applied to this installation."""
    installation = get_installation(current_world(), installation_id)
    steps = [plainly(step) for step in instructions_for(installation)]
    return show("products/instructions.html", installation=installation, steps=steps, kinds=KINDS)
