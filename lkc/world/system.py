"""What a system declares of itself, so that the composition root can put the landscape together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any

import flask
from flask import current_app

from lkc.world.due import Action
from lkc.world.faults import FaultKind
from lkc.world.landscape import Counting, Route, nothing_counted
from lkc.world.session import WorldSession

if TYPE_CHECKING:
    from lkc.world.state.parts import Part

SYSTEMS_KEY = "LKC_SYSTEMS"


@dataclass(frozen=True, slots=True)
class Entrance:
    """An address of a system at which a browser may begin, and what is found there."""

    path: str
    label: str


@dataclass(frozen=True, kw_only=True)
class System:
    """One imitated system.

    Attributes:
        id: its id in faults, events and mails, e.g. `keycenter`.
        title: its name for people.
        summary: what it is, in a sentence.
        prefix: where it stands, e.g. `/lkc`.
        blueprints: its REST interface and pages.
        statuses: HTTP status of each of its refusals, by code.
        entrance: where a browser may begin.
        faults: what can go wrong in it on demand.
        actions: what it does when something comes due, by the action's name.
        neighbours: what its handlers are given of other systems, by the name under which they look for it.
        state: how its tables stand in documents, for who asks.
        next_expiry: the first date that ends something after a given one, or None.
        routes: what travels from it, or from people into it.
        counts: what it has, in a number or two.
    """

    id: str
    title: str
    summary: str
    prefix: str
    blueprints: tuple[flask.Blueprint, ...]
    entrance: Entrance
    faults: tuple[FaultKind, ...] = ()
    statuses: Mapping[str, int] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    neighbours: Mapping[str, Any] = field(default_factory=dict)
    state: Callable[[], tuple[Part, ...]] = tuple
    next_expiry: Callable[[WorldSession, date], date | None] | None = None
    routes: tuple[Route, ...] = ()
    counts: Counting = nothing_counted


def parts_in(module: str) -> Callable[[], tuple[Part, ...]]:
    """What a module declares as `PARTS`, loaded when somebody asks: the start needs no documents."""

    def parts() -> tuple[Part, ...]:
        declared: tuple[Part, ...] = import_module(module).PARTS
        return declared

    return parts


def current_systems() -> tuple[System, ...]:
    """The systems of the landscape that answers this request."""
    systems: tuple[System, ...] = current_app.config[SYSTEMS_KEY]
    return systems
