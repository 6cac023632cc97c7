"""A bundle as a document: TOML for people and git, with the state of the world at its end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lkc.bundles.model import FORMAT, Answered, Bundle, Call, Fill, Secret
from lkc.world.session import WorldSession
from lkc.world.state.layout import Layout
from lkc.world.state.texts import text_of
from lkc.world.state.writing import HEADING, written

INTRODUCTION = """\
# A reproduction bundle of the LKC Simulator: the state of a world, and the calls that were made since.
# `lkc bundle replay FILE` makes them in a world of its own and compares the answers.
# Secrets that were sent are not in it: `{secret:NAME}` stands in their place.
"""
OF_FILL = {
    Fill.GIVEN: "whoever plays it must give it: --secret NAME=VALUE",
    Fill.MADE: "any will do: it was set by the calls, or wrong",
    Fill.ANSWER: "from the answer to a call before",
    Fill.MAIL: "from a mail of the world",
    Fill.PRODUCER: "the password of the vendor's staff where it is played",
    Fill.FORM: "what binds a form to its page",
}
_LITERAL = re.compile(r"[^\x00-\x08\x0b-\x1f\x7f]*")


def document(bundle: Bundle, world: WorldSession, layout: Layout) -> Iterator[str]:
    """A bundle as text, in pieces; to be read to its end within the session of the moment at which it begins."""
    pieces = written(world, layout)
    first = next(pieces)
    yield INTRODUCTION
    # What stands above all headers comes first in TOML.
    yield first[len(HEADING) - len(_format_line()) : len(HEADING)]
    yield _head(bundle)
    for secret in bundle.secrets:
        yield _secret(secret)
    for number, call in enumerate(bundle.calls, 1):
        yield _call(number, call)
    yield "\n\n# The state of the world before these calls\n# -------------------------------------------\n"
    yield first[len(HEADING) :]
    yield from pieces


def _format_line() -> str:
    return HEADING.splitlines(keepends=True)[-1]


def _head(bundle: Bundle) -> str:
    return (
        f"\n[bundle]\nformat = {FORMAT}\nversion = {text_of(bundle.version)}\nworld = {text_of(bundle.world)}\n"
        f"since = {text_of(bundle.since)}\ncalls = {len(bundle.calls)}\nleft_out = {bundle.left_out}\n"
    )


def _secret(secret: Secret) -> str:
    lines = [
        f"\n# {OF_FILL[secret.fill]}\n[[bundle.secret]]\n",
        f"name = {text_of(secret.name)}\nfrom = {text_of(secret.fill.value)}\n",
    ]
    if secret.request:
        lines.append(f"call = {secret.request}\n")
    if secret.message:
        lines.append(f"mail = {text_of(secret.message)}\n")
    if secret.place:
        lines.append(f"place = {secret.place}\n")
    if secret.length:
        lines.append(f"length = {secret.length}\n")
    return "".join(lines)


def _text(text: str) -> str:
    """A text; one of several lines without escapes where that is possible, as JSON is full of what they are for."""
    is_literal = _LITERAL.fullmatch(text) and "'''" not in text and not text.endswith("'")
    return f"'''\n{text}'''" if is_literal and "\n" in text else text_of(text)


def _call(number: int, call: Call) -> str:
    query = f"query = {text_of(call.query)}\n" if call.query else ""
    body = "" if call.body is None else f"body = {_text(call.body)}\n"
    headers = ", ".join(f"{text_of(name)} = {text_of(value)}" for name, value in sorted(call.headers.items()))
    return (
        f"\n# {number}\n[[bundle.call]]\nmethod = {text_of(call.method)}\npath = {text_of(call.path)}\n{query}"
        f"headers = {{ {headers} }}\n{body}"
        f"id = {text_of(call.id)}\nrequest_id = {text_of(call.request_id)}\n"
        f"began = {call.began}\nended = {call.ended}\n{_answer(call.answer)}"
    )


def _answer(answer: Answered) -> str:
    lines = [f"status = {answer.status or 0}\n"]
    if answer.location:
        lines.append(f"location = {text_of(answer.location)}\n")
    if answer.faults:
        lines.append(f"faults = [{', '.join(map(text_of, answer.faults))}]\n")
    if answer.body is not None:
        lines.append(f"answer = {_text(answer.body)}\n")
    if not answer.is_whole:
        lines.append("whole = false\n")
    return "".join(lines)
