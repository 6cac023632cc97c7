"""Retrieving entitlements, which happens only when somebody prompts it (Q17): look, ask over the wire, keep."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from sqlalchemy import delete

from lkc.world.session import WorldSession
from onetrust.products.asking import Answer, Outcome, Source, ask
from onetrust.products.installations import entered_tokens, get_installation, record
from onetrust.products.models import Installation, RetrievedEntitlement
from onetrust.products.refusals import NoInternet, OneTrustNotUsed, RetrievalFailed, TokenMissing
from onetrust.products.seals import TOKEN_SERVICE, built_in_key
from onetrust.products.transport import Caller, TokenService

Step = Callable[[], AbstractContextManager[WorldSession]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be asked, taken down before the first call, for none may be made within a transaction.

    Attributes:
        sources: with what it retrieves; empty where it has nothing to retrieve with.
        obstacle: why nothing gets out, or None.
        seed: of the world; the products' built-in keys follow from it.
    """

    installation: str
    sources: tuple[Source, ...]
    obstacle: NoInternet | None
    caller: Caller
    seed: int


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What became of a retrieval, source by source."""

    outcomes: tuple[Outcome, ...]

    @property
    def failure(self) -> RetrievalFailed | None:
        """The first thing that went wrong, or None."""
        failures = [outcome.result for outcome in self.outcomes if isinstance(outcome.result, RetrievalFailed)]
        return failures[0] if failures else None

    @property
    def has_brought(self) -> bool:
        """Whether any source was answered, be it with no entitlement."""
        return any(isinstance(outcome.result, Answer) for outcome in self.outcomes)


def retrieve(step: Step, service: TokenService, installation_id: str) -> Retrieval:
    """Retrieves with every token, or with the serial number.

    Args:
        step: opens a session that commits at the end of its block; the same world each time.
        service: the way to the token service.
        installation_id: of the installation.

    Raises the first failure where no source was answered; what is there already is kept then.
    """
    with step() as world:
        installation = get_installation(world, installation_id)
        if not installation.ways.retrieves:
            raise OneTrustNotUsed(
                f"{installation.name} is licensed by license files alone; there is nothing to retrieve.",
                kind=installation.kind,
            )
        plan = plan_for(world, installation)
        if not plan.sources:
            raise TokenMissing(f"No token was entered at {installation.name}.")
    done = carry_out(step, service, plan)
    if done.failure is not None and not done.has_brought:
        raise done.failure
    return done


def plan_for(world: WorldSession, installation: Installation) -> Plan:
    """What a retrieval of this installation would ask."""
    sources = [Source("token", token) for token in entered_tokens(world, installation)]
    if installation.ways.serial_number and installation.serial_number is not None:
        sources = [Source("serial_number", installation.serial_number)]
    return Plan(
        installation=installation.id,
        sources=tuple(sources),
        obstacle=None if installation.gets_out else _no_internet(installation),
        caller=Caller(world.name, world.exchange.request_id, world.exchange.door),
        seed=world.seed,
    )


def carry_out(step: Step, service: TokenService, plan: Plan) -> Retrieval:
    """Asks for every source of a plan, and keeps what was answered; what failed leaves what was there."""
    key = built_in_key(plan.seed, TOKEN_SERVICE)
    outcomes = tuple(
        Outcome(source, plan.obstacle) if plan.obstacle else ask(service, source, plan.caller, key)
        for source in plan.sources
    )
    done = Retrieval(outcomes)
    if outcomes:
        with step() as world:
            _keep(world, get_installation(world, plan.installation), done)
    return done


def _no_internet(installation: Installation) -> NoInternet:
    way = f" by proxy {installation.proxy}" if installation.proxy else ""
    detail = f"{installation.name} does not get out to the Internet{way}; what it had retrieved is kept."
    return NoInternet(detail, internet=installation.internet, proxy=installation.proxy)


def _keep(world: WorldSession, installation: Installation, done: Retrieval) -> None:
    """Keeps what was answered, but for tokens that were taken out meanwhile."""
    wanted = plan_for(world, installation).sources
    for source, result in ((outcome.source, outcome.result) for outcome in done.outcomes if outcome.source in wanted):
        subject = {source.member: source.value}
        if isinstance(result, Answer):
            _replace(world, installation, source, result)
            count = len(result.entitlements)
            what = "1 entitlement" if count == 1 else f"{count} entitlements"
            text = f"{installation.name} retrieved {what} with {source.value}."
            record(world, installation, "entitlements-retrieved", text, **subject)
        else:
            text = f"{installation.name} retrieved nothing with {source.value}: {result.code}."
            record(world, installation, "retrieval-failed", text, code=result.code, **subject)
    installation.last_failure = None if done.failure is None else done.failure.code
    if done.has_brought:
        installation.last_retrieval = world.clock.stamp()


def _replace(world: WorldSession, installation: Installation, source: Source, answer: Answer) -> None:
    """Puts what was answered for a source in the place of what was there from it."""
    row = RetrievedEntitlement
    world.orm.execute(delete(row).where(row.installation == installation.number, row.source == source.value))
    for place, entitled in enumerate(answer.entitlements):
        world.insert(
            row,
            installation=installation.number,
            source=source.value,
            place=place,
            token=answer.token,
            product=entitled.product,
            quantity=entitled.quantity,
            expiration_day=entitled.expiration_day,
        )
