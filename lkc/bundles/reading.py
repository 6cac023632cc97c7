"""Reading a bundle: its calls and secrets, every mistake with its line, and what is left as the state of a world."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from lkc.bundles.model import FORMAT, PLACE, Answered, Bundle, Call, Fill, Secret
from lkc.bundles.paths import secrets_of, wrong_when_filled, wrong_with
from lkc.world.state.blocks import Block, Unreadable, blocks
from lkc.world.state.mistakes import Mistakes

HEAD, SECRET, CALL, VALUE = "bundle", "bundle.secret", "bundle.call", "bundle.value"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
LARGEST = 2**62
LONGEST_OF_HEAD = 200
_MISSING = object()
_UNKNOWN = "the bundle has no secret of this name"


@dataclass(frozen=True, slots=True)
class Found:
    """What a document holds: a bundle, and the state of the world before it as a document of its own."""

    bundle: Bundle
    state: bytes


def found_in(content: bytes) -> Found:
    """What stands in a document. Raises Invalid, naming every mistake of the bundle; those of the state show later.

    The lines of the state keep their numbers: where the bundle stands, they are empty.
    """
    reading = _Reading()
    state = []
    try:
        for block in blocks(content):
            is_ours = block.header.partition(".")[0] == HEAD
            if is_ours:
                reading.take(block)
            state.append(_emptied(block) if is_ours else _as_it_was(block))
    except Unreadable as error:
        reading.mistakes.add(error.line, "", error.message)
    return Found(reading.bundle(), "".join(state).encode())


def _emptied(block: Block) -> str:
    return "\n" * (1 + block.text.count("\n"))


def _as_it_was(block: Block) -> str:
    if not block.header:
        return block.text
    return f"[[{block.header}]]\n{block.text}" if block.is_row else f"[{block.header}]\n{block.text}"


@dataclass
class _Reading:
    """What has been read so far."""

    mistakes: Mistakes = field(default_factory=Mistakes)
    head: Bundle | None = None
    secrets: dict[str, Secret] = field(default_factory=dict)
    calls: list[tuple[Block, Call]] = field(default_factory=list)
    values: list[tuple[Block, str, str]] = field(default_factory=list)
    announced: int = 0

    def take(self, block: Block) -> None:
        """Takes a block of the bundle."""
        read = {(HEAD, False): self._head, (SECRET, True): self._secret, (CALL, True): self._call}
        read[VALUE, True] = self._value
        reader = read.get((block.header, block.is_row))
        if reader is None:
            self.mistakes.add(block.line, block.header, "is nothing that stands in a bundle")
            return
        try:
            values = block.values()
        except Unreadable as error:
            self.mistakes.add(error.line, block.header, f"is no TOML: {error.message}")
            return
        if self.head is None and block.header != HEAD:
            self.mistakes.add(block.line, block.header, "stands before [bundle]")
            self.mistakes.refuse()
        entries = _Entries(self.mistakes, block, values)
        reader(entries, block)
        entries.end()

    def bundle(self) -> Bundle:
        """The whole of it. Raises Invalid."""
        if self.head is None and not self.mistakes.found:
            self.mistakes.add(1, HEAD, "is missing: this is no bundle")
        if not self.mistakes.found:
            self._check()
        self.mistakes.refuse()
        given = {name: value for _, name, value in self.values}
        secrets = [replace(one, value=given.get(one.name)) for one in self.secrets.values()]
        return replace(self.head or Bundle(version="", world="", since=""), secrets=secrets, calls=self._calls())

    def _calls(self) -> list[Call]:
        return [call for _, call in self.calls]

    def _check(self) -> None:
        """Notes what does not fit together."""
        note = self.mistakes.add
        if self.announced != len(self.calls):
            note(1, "bundle.calls", f"says {self.announced}, but {len(self.calls)} stand here", self.announced)
        for block, name, _ in self.values:
            if name not in self.secrets:
                note(block.line_of("name"), "bundle.value.name", _UNKNOWN, name)
        given = {name: value for _, name, value in self.values}
        for number, (block, call) in enumerate(self.calls, 1):
            for name in _names_in(call):
                secret = self.secrets.get(name)
                if secret is None:
                    note(block.line, f"bundle.call[{number}]", _UNKNOWN, name)
                elif secret.fill is Fill.ANSWER and secret.request >= number:
                    note(block.line, f"bundle.call[{number}]", "its secret comes from a later answer", name)
            known = {name: given[name] for name in secrets_of(call.path) if name in given}
            wrong = wrong_when_filled(call.path, known) if len(known) == len(set(secrets_of(call.path))) else ""
            if wrong:
                note(block.line_of("path"), "bundle.call.path", wrong, call.path)

    def _head(self, entries: _Entries, block: Block) -> None:
        known = f"this version reads bundles up to format {FORMAT}"
        number = entries.integer("format", hint=known)
        if self.mistakes.found or not 1 <= number <= FORMAT:
            if not self.mistakes.found:
                self.mistakes.add(block.line_of("format"), "bundle.format", known, number)
            self.mistakes.refuse()
        if self.head is not None:
            self.mistakes.add(block.line, HEAD, "stands here twice")
        self.announced = entries.integer("calls")
        self.head = Bundle(
            version=entries.short_text("version"),
            world=entries.short_text("world"),
            since=entries.short_text("since"),
            left_out=entries.integer("left_out", 0),
        )

    def _secret(self, entries: _Entries, block: Block) -> None:
        name, fill = entries.text("name"), entries.one_of("from", [fill.value for fill in Fill])
        if name in self.secrets:
            self.mistakes.add(block.line_of("name"), "bundle.secret.name", "another secret has it", name)
        if not PLACE.fullmatch(f"{{secret:{name}}}"):
            self.mistakes.add(
                block.line_of("name"), "bundle.secret.name", "must be 1 to 200 characters, no space", name
            )
        self.secrets[name] = Secret(
            name=name,
            fill=Fill(fill) if fill in set(Fill) else Fill.GIVEN,
            request=entries.integer("call", 0),
            message=entries.text("mail", ""),
            place=entries.integer("place", 0),
            length=entries.integer("length", 0),
        )

    def _value(self, entries: _Entries, block: Block) -> None:
        self.values.append((block, entries.text("name"), entries.text("secret")))

    def _call(self, entries: _Entries, block: Block) -> None:
        status = entries.integer("status")
        answer = Answered(
            status=status or None,
            location=entries.text("location", ""),
            body=entries.text("answer", None),
            is_whole=entries.truth("whole", default=True),
            faults=tuple(entries.texts("faults")),
        )
        path = entries.text("path")
        wrong = wrong_with(path)
        if wrong:
            self.mistakes.add(block.line_of("path"), "bundle.call.path", wrong, path)
        call = Call(
            id=entries.text("id", ""),
            began=entries.integer("began"),
            ended=entries.integer("ended"),
            method=entries.one_of("method", METHODS),
            path=path,
            query=entries.text("query", ""),
            request_id=entries.text("request_id", ""),
            headers=entries.texts_by_name("headers"),
            body=entries.text("body", None),
            answer=answer,
        )
        self.calls.append((block, call))


def _names_in(call: Call) -> Iterator[str]:
    """The secrets to which a call refers."""
    for text in (call.path, call.query, call.body or "", *call.headers.values()):
        for found in PLACE.finditer(text):
            yield found[1]


class _Entries:
    """The entries of a block, taken one by one."""

    def __init__(self, mistakes: Mistakes, block: Block, values: dict[str, Any]) -> None:
        self._mistakes, self._block, self._values = mistakes, block, dict(values)

    def text(self, name: str, default: Any = _MISSING) -> Any:
        """A text."""
        return self._taken(name, default, lambda value: isinstance(value, str), "must be a text", "")

    def short_text(self, name: str) -> str:
        """A text of the head, which no word of the calls needs to be compared with for long."""
        wanted = f"must be a text of at most {LONGEST_OF_HEAD} characters"
        fits: Callable[[Any], bool] = lambda value: isinstance(value, str) and len(value) <= LONGEST_OF_HEAD  # noqa: E731
        found: str = self._taken(name, _MISSING, fits, wanted, "")
        return found

    def integer(self, name: str, default: Any = _MISSING, hint: str = "") -> int:
        """A whole number from 0 on."""
        wanted = hint or "must be a whole number from 0 on"
        found: int = self._taken(name, default, lambda value: type(value) is int and 0 <= value < LARGEST, wanted, 0)
        return found

    def truth(self, name: str, *, default: bool) -> bool:
        """True or false."""
        found: bool = self._taken(
            name, default, lambda value: isinstance(value, bool), "must be true or false", default
        )
        return found

    def one_of(self, name: str, choices: Any) -> str:
        """One of a few texts."""
        wanted = f"must be one of: {', '.join(choices)}"
        found: str = self._taken(name, _MISSING, lambda value: value in choices, wanted, "")
        return found

    def texts(self, name: str) -> list[str]:
        """A list of texts; empty where it is not there."""
        found: list[str] = self._taken(name, [], _is_texts, "must be a list of texts", [])
        return found

    def texts_by_name(self, name: str) -> dict[str, str]:
        """Texts by name; empty where there are none."""
        wanted = "must be texts by name, each of one line"
        found: dict[str, str] = self._taken(name, {}, _is_headers, wanted, {})
        return found

    def end(self) -> None:
        """Notes what nobody has taken."""
        for name, value in self._values.items():
            self._wrong(name, "is nothing that stands here", value)

    def _taken(self, name: str, default: Any, fits: Callable[[Any], bool], wanted: str, instead: Any) -> Any:
        if name not in self._values:
            if default is not _MISSING:
                return default
            self._mistakes.add(self._block.line, f"{self._block.header}.{name}", f"is missing; {wanted}")
            return instead
        value = self._values.pop(name)
        if fits(value):
            return value
        self._wrong(name, wanted, value)
        return instead

    def _wrong(self, name: str, message: str, value: Any) -> None:
        self._mistakes.add(self._block.line_of(name), f"{self._block.header}.{name[:LONGEST_OF_HEAD]}", message, value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_headers(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(text, str) and text.isprintable() and name.isascii() for name, text in value.items()
    )
