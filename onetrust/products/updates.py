"""Applying updates (XPU): security content, for which a service contract (S&S) must be running."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lkc.world.session import WorldSession
from onetrust.products.agents import list_agents
from onetrust.products.installations import get_installation, record
from onetrust.products.licenses import HeldLicense, State, held_licenses, reason_of
from onetrust.products.models import Installation, feature_of
from onetrust.products.reasons import NO_LICENSE, SEATS_EXCEEDED
from onetrust.products.retrieval import Retrieval, Step, carry_out, plan_for
from onetrust.products.transport import TokenService


@dataclass(frozen=True, slots=True)
class Target:
    """An agent, or a product at an installation, and why the update was not applied there, or None where it was.

    Attributes:
        name: of the agent, or of the installation.
        product: for which the update is; None for an agent.
    """

    name: str
    product: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Update:
    """What became of an update, target by target."""

    xpu: str
    targets: tuple[Target, ...]
    retrieval: Retrieval

    @property
    def is_applied(self) -> bool:
        """Whether it was applied anywhere."""
        return any(target.reason is None for target in self.targets)


def apply_update(step: Step, service: TokenService, installation_id: str, xpu: str | None) -> Update:
    """Retrieves as far as there is something to retrieve with, then applies an update where licenses allow it.

    A retrieval that fails does not stop the update: what is there counts. `xpu` names the update; None stands
    for that of the world's day. See `retrieve` for the other arguments. Raises NoInternet.
    """
    with step() as world:
        installation = get_installation(world, installation_id)
        plan = plan_for(world, installation)
        if plan.obstacle is not None:
            text = f"{installation.name} could not get an update: it does not get out to the Internet."
            record(world, installation, "update-failed", text, code=plan.obstacle.code)
    retrieval = carry_out(step, service, plan)
    if plan.obstacle is not None:
        raise plan.obstacle
    with step() as world:
        installation = get_installation(world, installation_id)
        xpu = xpu or f"XPU {world.clock.today().isoformat()}"
        return Update(xpu, tuple(_apply(world, installation, xpu)), retrieval)


def _apply(world: WorldSession, installation: Installation, xpu: str) -> list[Target]:
    licenses = held_licenses(world, installation)
    targets = _to_agents(world, installation, licenses, xpu) or _to_products(installation, licenses)
    done = sum(target.reason is None for target in targets)
    if done:
        installation.content = xpu
    text = f"{xpu} was applied to {done} of {len(targets)} targets of {installation.name}."
    kind = "update-applied" if done else "update-refused"
    reasons = sorted({target.reason for target in targets if target.reason})
    record(world, installation, kind, text, xpu=xpu, reasons=reasons)
    return targets


def _to_agents(world: WorldSession, installation: Installation, licenses: list[HeldLicense], xpu: str) -> list[Target]:
    """Agents apply it in the order of their seats; those beyond the seats do not (documented: swg21620971)."""
    seats = sum(license_.quantity for license_ in licenses if license_.state is State.RUNNING)
    found = []
    for place, agent in enumerate(list_agents(world, installation, None, None)):
        reason = None if place < seats else _reason(licenses) if not seats else SEATS_EXCEEDED
        if reason is None:
            agent.content = xpu
        found.append(Target(agent.name, None, reason))
    return found


def _to_products(installation: Installation, licenses: list[HeldLicense]) -> list[Target]:
    """One target for each product that is licensed; the installation itself where none is."""
    found = []
    for product, of_product in _by_product(licenses).items():
        runs = any(license_.state is State.RUNNING for license_ in of_product)
        found.append(Target(installation.name, product, None if runs else _reason(of_product)))
    return found or [Target(installation.name, None, NO_LICENSE)]


def _by_product(licenses: Iterable[HeldLicense]) -> dict[str, list[HeldLicense]]:
    """Licenses by product, named as the first of them names it."""
    names: dict[str, str] = {}
    found: dict[str, list[HeldLicense]] = {}
    for license_ in licenses:
        name = names.setdefault(feature_of(license_.product), license_.product)
        found.setdefault(name, []).append(license_)
    return found


def _reason(licenses: list[HeldLicense]) -> str:
    state = reason_of(licenses)
    return NO_LICENSE if state is None else state.value
