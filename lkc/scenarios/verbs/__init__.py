"""What happens in a case: each verb is a call, or a few, of the public HTTP face."""

from __future__ import annotations

from collections.abc import Callable

from lkc.scenarios.stage import Seen
from lkc.scenarios.verbs import controls, desk, licenses, mails, members, orders, products, tokens

Verb = Callable[..., Seen]

VERBS: dict[str, Verb] = {
    name.replace("_", "-"): verb
    for module in (controls, desk, licenses, mails, members, orders, products, tokens)
    for name, verb in vars(module).items()
    if callable(verb) and getattr(verb, "__module__", "") == module.__name__ and not name.startswith("_")
}
