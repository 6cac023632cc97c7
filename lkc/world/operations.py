"""The operations of the systems by their names, for whoever speaks of one: faults, the journal."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

OPERATIONS_KEY = "LKC_OPERATIONS"
# Stands in the path of every operation; what has it not is a page.
INTERFACE = "/api/"

_PLACEHOLDER = re.compile(r"<(?:[^<>:]+:)?(\w+)>")
_IMPLIED = frozenset({"HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that can be called.

    Attributes:
        name: unique within its system, e.g. `list_orders`.
        path: with names in braces for what varies.
    """

    system: str
    name: str
    method: str
    path: str

    @property
    def call(self) -> str:
        """Method and path, by which it may be named too."""
        return f"{self.method} {self.path}"


class Operations:
    """What can be called in the landscape.

    Args:
        routes: the routes of the application.
        prefixes: the prefix of each system by its id.
    """

    def __init__(self, routes: Map, prefixes: Mapping[str, str]) -> None:
        self._routes = routes
        self._prefixes = tuple((f"{prefix}/", system) for system, prefix in prefixes.items())

    def system_of(self, path: str) -> str | None:
        """The id of the system to which a path belongs; None where it is the simulator's own."""
        return next((system for prefix, system in self._prefixes if path.startswith(prefix)), None)

    def names_of(self, method: str, path: str) -> frozenset[str]:
        """The names of what a request calls; none where nothing is served there."""
        try:
            rule, _ = self._routes.bind("localhost").match(path, method, return_rule=True)
        except (HTTPException, RequestRedirect):
            return frozenset()
        method = "GET" if method == "HEAD" else method
        return frozenset({_name(rule.endpoint), f"{method} {_template(rule.rule)}"})

    @cached_property
    def all(self) -> tuple[Operation, ...]:
        """All operations of the systems, by system, path and method; pages have none."""
        found = [
            Operation(system, _name(rule.endpoint), method, _template(rule.rule))
            for rule in self._routes.iter_rules()
            if (system := self.system_of(rule.rule)) is not None and INTERFACE in rule.rule
            for method in (rule.methods or set()) - _IMPLIED
        ]
        return tuple(sorted(found, key=lambda one: (one.system, one.path, one.method)))

    def known(self, system: str, name: str) -> bool:
        """Whether a system, or any for `*`, has an operation of this name, or with this method and path."""
        return any(name in {one.name, one.call} for one in self._of(system))

    def near(self, system: str, name: str) -> Sequence[str]:
        """Names that look like one that there is not."""
        names = {one.name for one in self._of(system)} | {one.call for one in self._of(system)}
        return get_close_matches(name, sorted(names), n=3, cutoff=0.4)

    def _of(self, system: str) -> list[Operation]:
        return [one for one in self.all if system in {"*", one.system}]


def current_operations() -> Operations:
    """The operations of the landscape that answers this request."""
    operations: Operations = current_app.config[OPERATIONS_KEY]
    return operations


def _name(endpoint: Any) -> str:
    return str(endpoint).rpartition(".")[2]


def _template(rule: str) -> str:
    return _PLACEHOLDER.sub(r"{\1}", rule)
