"""Agents of a host product: each takes a seat, and gives it back when it is removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select

from lkc.world.session import WorldSession
from onetrust.products.installations import record
from onetrust.products.kinds import Kind
from onetrust.products.licenses import HeldLicense, State
from onetrust.products.models import Agent, Installation
from onetrust.products.refusals import AgentExists, AgentsNotTaken, UnknownAgent

OUT_OF_DATE, UP_TO_DATE = "Out Of Date", "Up To Date"
# Also where the service contract has ended: a lapsed contract stops updates, not the product.
SEATED = frozenset({State.RUNNING, State.SERVICE_ENDED})


@dataclass(frozen=True, slots=True)
class Seats:
    """How many agents may be, and how many are."""

    licensed: int
    used: int

    @property
    def missing(self) -> int:
        """By how many the count is exceeded; 0 where it is not."""
        return max(0, self.used - self.licensed)


def has_agents(installation: Installation) -> bool:
    """Whether this is a product with agents."""
    return installation.kind == Kind.HOST_PROTECTION


def seats_of(world: WorldSession, installation: Installation, licenses: Sequence[HeldLicense]) -> Seats:
    """The seats of an installation; an agent beyond them stays on (inferred from swg21620971)."""
    query = select(func.count()).select_from(Agent).where(Agent.installation == installation.number)
    used = world.orm.scalar(query) or 0
    return Seats(sum(license_.quantity for license_ in licenses if license_.state in SEATED), used)


def update_status(installation: Installation, agent: Agent) -> str:
    """What the agent view shows as Update Status (documented: swg21620971 for Out Of Date)."""
    return UP_TO_DATE if agent.content is not None and agent.content == installation.content else OUT_OF_DATE


def list_agents(world: WorldSession, installation: Installation, after: str | None, limit: int | None) -> list[Agent]:
    """Agents in the order in which they took their seats, those after one of this name, at most so many."""
    query = select(Agent).where(Agent.installation == installation.number).order_by(Agent.position).limit(limit)
    if after is not None:
        query = query.where(Agent.position > _get(world, installation, after).position)
    return list(world.orm.scalars(query))


def add_agent(world: WorldSession, installation: Installation, name: str) -> Agent:
    """Adds an agent, be there a seat for it or not. Raises AgentsNotTaken or AgentExists."""
    if not has_agents(installation):
        raise AgentsNotTaken(f"An installation of kind {installation.kind} has no agents.", kind=installation.kind)
    if world.orm.get(Agent, (installation.number, name)) is not None:
        raise AgentExists(f"{installation.name} has an agent {name!r} already.", name=name)
    query = select(func.max(Agent.position)).where(Agent.installation == installation.number)
    position = (world.orm.scalar(query) or 0) + 1
    world.insert(Agent, installation=installation.number, name=name, position=position)
    record(world, installation, "agent-added", f"Agent {name} of {installation.name} takes a seat.", agent=name)
    return world.orm.get_one(Agent, (installation.number, name))


def remove_agent(world: WorldSession, installation: Installation, name: str) -> None:
    """Removes an agent; its seat is free again (documented: swg21620971). Raises UnknownAgent."""
    world.orm.delete(_get(world, installation, name))
    record(world, installation, "agent-removed", f"Agent {name} of {installation.name} gave its seat back.", agent=name)


def remove_all_agents(world: WorldSession, installation: Installation) -> None:
    """Removes all agents; their seats are free again."""
    world.orm.execute(delete(Agent).where(Agent.installation == installation.number))
    record(world, installation, "agent-removed", f"All agents of {installation.name} gave their seats back.")


def _get(world: WorldSession, installation: Installation, name: str) -> Agent:
    agent = world.orm.get(Agent, (installation.number, name))
    if agent is None:
        raise UnknownAgent(f"{installation.name} has no agent {name[:80]!r}.", name=name[:80])
    return agent
