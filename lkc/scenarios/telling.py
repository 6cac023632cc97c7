"""What a step of a case does, as a sentence made of its verb and arguments, where the case has no own words for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

Values = Mapping[str, Any]

# A name in braces stands for what an earlier step has kept.
_KEPT = re.compile(r"\{([a-z_0-9]+)\}")

_SENTENCES: dict[str, str] = {
    "explain": "Somebody asks why ({all}).",
    "cure": "The call that the finding {code} names is made.",
    "ibm-id": "{email} gets an IBM ID.",
    "register": "The support desk lets {email} open service requests for customer {icn}, level {level}.",
    "open-request": "{by} opens a service request: {summary}.",
    "show-request": "{by} looks at {pmr}.",
    "list-requests": "{by} looks through the service requests.",
    "change-request": "{by} changes {pmr}.",
    "note": "{by} writes a note on {pmr}.",
    "reset-ocn-password": "The support desk resets the password of {ocn}.",
    "order-summary": "{by} looks at the Order Summary.",
    "licenses-for": "{by} opens {order} and looks at Licenses for this Order.",
    "show-license": "{by} looks at {license_}.",
    "generate": "{by} selects {license_} and generates it.",
    "save": "{by} saves the file of {license_}.",
    "read-mail": "Somebody reads {message}.",
    "mail-links": "Somebody looks where the links of {message} lead.",
    "mail-changed": "Somebody on the way changes {message} and sends it on.",
    "post-mail": "Somebody on the Internet sends a mail.",
    "mailed-password": "{to} takes the password from the mail.",
    "find-password": "{email} uses the Password Finder.",
    "set-password": "{email} follows the link of the mail and chooses a password.",
    "get-password": "{email} gets a password by the Password Finder and its mail.",
    "sign-in": "{email} signs in to the key center.",
    "join": "{email} joins the account {account_id} with the order number {sales_order_number}.",
    "accounts": "{by} looks at the own accounts.",
    "members": "{by} looks at Account Members.",
    "add-member": "{by} adds {email} to {account}.",
    "change-member": "{by} changes the member {email}.",
    "remove-member": "{by} removes the member {email}.",
    "customer": "{name} ({country}) becomes a customer of the vendor, with the customer number {icn}.",
    "change": "{order} is changed in the order system alone: {changed}.",
    "correct": "{order} is changed and submitted again: {changed}.",
    "submit": "{order} is submitted.",
    "notice": "The order system sends its mail on {order} again.",
    "cancel": "{order} is cancelled and refunded.",
    "show-order": "The vendor's staff look at {order}.",
    "ocn-sign-in": "Somebody signs in with the control number {ocn}.",
    "orders-of": "The vendor's staff look at the orders of customer {icn}.",
    "instructions": "Somebody reads how licenses are applied at {at}.",
    "license-view": "Somebody looks at the license view of {at}.",
    "apply-file": "{file} is applied at {at}.",
    "remove-file": "{key} is removed from {at}.",
    "remove-files": "All license files are removed from {at}.",
    "enter-token": "{token} is entered at {at}.",
    "retrieve": "{at} is prompted to retrieve entitlements.",
    "restart": "{at} is restarted.",
    "update": "The latest update is applied at {at}.",
    "add-agent": "The agent {name} is installed at {at}, and takes a seat.",
    "remove-agent": "The agent {name} is removed from {at}, and its seat is free.",
    "tokens": "The vendor's staff look at the OneTrust tokens.",
    "give-token": "The vendor's staff give customer {icn} a OneTrust token.",
    "entitlements": "Somebody looks at what {token} entitles to.",
    "portal-token": "{by} looks for the token in MyISS.",
}


def sentence(verb: str, values: Values, people: Mapping[str, str]) -> str:
    """The sentence; a name in braces in it stands for what is kept, and may be left out with the blank before it.

    Args:
        verb: of the step.
        values: its arguments.
        people: names by address.
    """
    told = _Words({name: _words(value, people) for name, value in values.items()})
    told["all"] = ", ".join(str(value) for value in told.values())
    told["changed"] = ", ".join(name.replace("_", " ") for name in values if name != "order")
    made = _SPECIAL[verb](values, told) if verb in _SPECIAL else _SENTENCES[verb].format_map(told)
    return made[:1].upper() + made[1:]


def people_of(values: Iterable[Any]) -> dict[str, str]:
    """The names that arguments of steps give people, by address."""
    found: dict[str, str] = {}
    for value in values:
        if isinstance(value, dict):
            if isinstance(value.get("email"), str) and isinstance(value.get("name"), str):
                found.setdefault(value["email"], value["name"])
            found = {**people_of(value.values()), **found}
        elif isinstance(value, list):
            found = {**people_of(value), **found}
    return found


def without_places(text: str) -> str:
    """A sentence for whom nothing is kept yet: `the order {order}` is `the order`."""
    return re.sub(rf" ?{_KEPT.pattern}", "", text)


def with_kept(text: str, kept: Mapping[str, Any]) -> str:
    """A sentence with what was kept put in, as far as it can be read: an id, not a file."""
    readable = {name: value for name, value in kept.items() if isinstance(value, str | int)}
    return without_places(_KEPT.sub(lambda match: str(readable.get(match[1], match[0])), text))


class _Words(dict[str, str]):
    """What stands in the places of a sentence; somebody, where nothing is given."""

    def __missing__(self, name: str) -> str:
        return "the vendor's staff" if name == "by" else "somebody" if name in {"email", "to"} else "something"


def _words(value: Any, people: Mapping[str, str]) -> str:
    if not isinstance(value, str):
        return str(value)
    kept = _KEPT.fullmatch(value)
    if kept:
        return f"the {kept[1].replace('_', ' ')} {value}"
    return people.get(value, value.rstrip("."))


def _order(values: Values, told: _Words) -> str:
    lines = values.get("lines", ())
    ordered = ", ".join(f"{line.get('quantity')} of {line.get('part_number')}{_until(line)}" for line in lines)
    return f"customer {told['icn']} orders {ordered} ({told['purchase_order']}): the order is booked"


def _until(line: Values) -> str:
    end = line.get("expiration_date")
    return f" with service until {end}" if end else ""


def _fault(values: Values, told: _Words) -> str:
    to = f" for {values['to']}" if "to" in values else ""
    times = f", {told['times']} times" if values.get("times", 1) != 1 else ", once" if "times" in values else ""
    after = f", by {told['minutes']} minutes" if "minutes" in values else ""
    return f"something is to go wrong: {told['kind']}{to}{after}{times}."


def _advance(values: Values, told: _Words) -> str:
    if "to_next" in values:
        return f"time passes until the next {told['to_next']}."
    if "to" in values:
        return f"time passes until {told['to']}."
    return f"time passes: {', '.join(f'{amount} {unit}' for unit, amount in values.items())}."


def _install(values: Values, told: _Words) -> str:
    version = f" {values['version']}" if "version" in values else ""
    serial = f", serial number {values['serial_number']}" if "serial_number" in values else ""
    return f"{told['name']} ({told['kind']}{version}{serial}) is installed at the customer's site."


def _network(values: Values, told: _Words) -> str:
    if not values.get("internet", True):
        return f"{told['at']} loses its way to the Internet."
    way = f"by the proxy {values['proxy']}" if values.get("proxy") else "without a proxy"
    return f"{told['at']} goes to the Internet {way}."


def _mails(values: Values, told: _Words) -> str:
    sender = f", from {told['from_']}" if "from_" in values else ""
    return f"{told['to']} looks at the mails that came{sender}."


def _portal_account(values: Values, told: _Words) -> str:
    shows = " It shows no token." if values.get("shows_token") is False else ""
    return f"{told['email']} gets an account of MyISS for customer {told['icn']}.{shows}"


_SPECIAL: dict[str, Callable[[Values, _Words], str]] = {
    "order": lambda values, told: f"{_order(values, told)} and submitted.",
    "book": lambda values, told: f"{_order(values, told)}, and not submitted yet.",
    "fault": _fault,
    "advance": _advance,
    "install": _install,
    "network": _network,
    "mails": _mails,
    "portal-account": _portal_account,
}

TOLD = frozenset(_SENTENCES) | frozenset(_SPECIAL)
