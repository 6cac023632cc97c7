"""An anonymous copy of a document: the same world, with nobody in it whom there is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from lkc.world.credentials import hashed
from lkc.world.state.layout import Layout
from lkc.world.state.parts import Column, Holds, Part
from lkc.world.state.pseudonyms import ADDRESS, MACHINE, SECRET, WORD, Pseudonyms
from lkc.world.state.reading import Document, Row
from lkc.world.state.replacing import Replacing
from lkc.world.state.writing import Head, Scribe, heading

# Everybody's password in an anonymous copy.
PASSWORD = "anonymised"  # noqa: S105 - told to everybody
# What JSON values hold, by their names; `name` is a person's where the object has an address, too.
NAMED = {
    "email": Holds.CALLER,
    "to": Holds.CALLER,
    "address": Holds.CALLER,
    "icn": Holds.NUMBER,
    "ocn": Holds.NUMBER,
    "order_number": Holds.NUMBER,
    "purchase_order": Holds.NUMBER,
    "account_id": Holds.NUMBER,
    "token": Holds.NUMBER,
    "source": Holds.NUMBER,
    "serial_number": Holds.NUMBER,
    "pmr_number": Holds.NUMBER,
    "host_id": Holds.NUMBER,
    "import_key": Holds.NUMBER,
    "customer_name": Holds.COMPANY,
    "company": Holds.COMPANY,
    "contact_name": Holds.PERSON,
    "password": Holds.PASSWORD,
    "digest": Holds.DIGEST,
}
_NAMES = (Holds.PERSON, Holds.COMPANY, Holds.HOST)


def anonymised(content: bytes, layout: Layout, salt: str, kept: Iterable[str] = ()) -> str:
    """A document with other people, companies, addresses and numbers in it, each always by the same.

    Dates, quantities, products and what the systems have to say about them stay. Raises Invalid for a document with
    mistakes.

    Args:
        content: the document.
        layout: what may stand in it.
        salt: the same salt gives the same copy; who does not know it cannot tell whether a value was a given one.
        kept: domains and names that are nobody's secret, such as those of the systems.
    """
    document = Document(content=content, layout=layout)
    head, rows = document.head(), list(document.rows())
    document.mistakes.refuse()
    copy = AnonymousCopy(head, rows, salt, kept)
    made = [Row(row.part, copy.row(row), row.block) for row in rows]
    copy.remake(rows, made)
    return _written(head, made, layout)


class AnonymousCopy:
    """What stands for what in one copy.

    Args:
        head: of the document.
        rows: of the document.
        salt: what is given follows from it.
        kept: what is nobody's secret.
    """

    def __init__(self, head: Head, rows: list[Row], salt: str, kept: Iterable[str]) -> None:
        self.seed = head.seed
        taken = {word for row in rows for _, value in _texts(row) for word in [value, *WORD.findall(value)]}
        self.pseudonyms = Pseudonyms(salt, taken, kept)
        self._texts = Replacing(self.pseudonyms)
        self._hosts: set[str] = set()
        self._digests: dict[str, str] = {}
        password = hashed(PASSWORD, hashlib.sha256(salt.encode()).digest()[:16])
        self._ways: dict[Holds, Callable[[str], str]] = {
            Holds.PERSON: self.pseudonyms.name,
            Holds.COMPANY: self.pseudonyms.name,
            Holds.HOST: self.pseudonyms.host,
            Holds.NUMBER: self.pseudonyms.number,
            Holds.EMAIL: self._caller,
            Holds.CALLER: self._caller,
            Holds.SENTENCE: self._texts.sentence,
            Holds.PROSE: self._texts.prose,
            Holds.JSON: lambda value: _dumped(self._inside(json.loads(value), ""), value),
            Holds.PASSWORD: lambda _: password,
            Holds.DIGEST: lambda value: self._digests.get(value) or self.pseudonyms.digest(value),
        }
        for row in rows:
            for column, value in _texts(row):
                self._learn(column.holds, value)

    def row(self, row: Row) -> dict[str, Any]:
        """A row as it stands in the copy, but for what is made from others."""
        made = dict(row.values)
        for name, column in row.part.columns.items():
            value = made[name]
            if isinstance(value, str) and value and column.holds is not Holds.PLAIN:
                made[name] = self.instead(column.holds, value)
        return made

    def remake(self, rows: list[Row], made: list[Row]) -> None:
        """Has made what is made from other columns; digests that have changed by this change wherever they stand."""
        groups: dict[tuple[Part, Any], tuple[list[dict[str, Any]], list[dict[str, Any]]]] = {}
        for row, other in zip(rows, made, strict=True):
            if row.part.remake is not None:
                key = (row.part, tuple(row.values[name] for name in row.part.key[: -1 if row.part.above else None]))
                old, new = groups.setdefault(key, ([], []))
                old.append(row.values)
                new.append(other.values)
        for (part, _), (old, new) in groups.items():
            if part.remake is not None:
                part.remake(old, new, self)
        for row, other in zip(rows, made, strict=True):
            for name, column in row.part.columns.items():
                if column.holds is Holds.DIGEST and row.values[name] in self._digests:
                    other.values[name] = self._digests[row.values[name]]

    def instead(self, holds: Holds, value: str) -> str:
        """What stands there for a value of this kind; the same for the same value."""
        return self._ways.get(holds, str)(value)

    def digest(self, former: str, now: str) -> None:
        """Says that a digest which other rows may have as well is another one now."""
        self._digests[former] = now

    def _caller(self, value: str) -> str:
        if MACHINE.fullmatch(value):
            return self.pseudonyms.machine(value)
        made, place = [], 0
        for found in ADDRESS.finditer(value):
            made += [self.pseudonyms.name(value[place : found.start()]), self.pseudonyms.address(found[0])]
            place = found.end()
        return "".join([*made, self.pseudonyms.name(value[place:])])

    def _inside(self, value: Any, name: str) -> Any:
        """What stands in a JSON value for what stands there; `name` is that of the value."""
        if isinstance(value, dict):
            person = "email" in value or name == "contact"
            held = {key: _held(key, is_person=person) for key in value}
            return {key: self._kept(held[key], inner, key) for key, inner in value.items()}
        if isinstance(value, list):
            return [self._kept(_held(name, is_person=False), inner, name) for inner in value]
        return self._texts.sentence(value) if isinstance(value, str) and " " in value else self._linked(value)

    def _kept(self, holds: Holds | None, value: Any, name: str) -> Any:
        if not isinstance(value, str) or not value or holds is None:
            return self._inside(value, name)
        return PASSWORD if holds is Holds.PASSWORD else self.instead(holds, value)

    def _linked(self, value: Any) -> Any:
        """A link with its secret replaced; other values of one word are names of things, and stay."""
        if not isinstance(value, str):
            return value
        if value in self._hosts:
            return self.pseudonyms.host(value)
        return self._texts.sentence(value) if "@" in value or SECRET.search(value) else value

    def _learn(self, holds: Holds, value: str) -> None:
        """Takes a value of a column up into what is replaced in texts."""
        for found in SECRET.findall(value):
            now = hashlib.sha256(self.pseudonyms.secret(found).encode()).hexdigest()
            self.digest(hashlib.sha256(found.encode()).hexdigest(), now)
        if holds is Holds.HOST:
            self._hosts.add(value)
        if holds in _NAMES:
            self._texts.learn(value, lambda text: self.instead(holds, text), by_words=True)
        elif holds is Holds.NUMBER:
            self._texts.learn(value, self.pseudonyms.number)
        elif holds in {Holds.EMAIL, Holds.CALLER}:
            for address in ADDRESS.findall(value):
                local, _, domain = address.rpartition("@")
                if not self.pseudonyms.is_kept(domain):
                    self._texts.learn(domain, self.pseudonyms.domain)
                    self._texts.learn(
                        local, lambda text: self.pseudonyms.address(f"{text}@x.example")[:-10], by_words=True
                    )
            if MACHINE.fullmatch(value):
                self._texts.learn(value, self.pseudonyms.machine)


def _held(name: str, *, is_person: bool) -> Holds | None:
    if name == "name":
        return Holds.PERSON if is_person else Holds.COMPANY
    return NAMED.get(name)


def _dumped(value: Any, former: str) -> str:
    """JSON in the form in which it was."""
    tight = ", " not in former and ": " not in former
    return json.dumps(value, ensure_ascii=former.isascii(), separators=(",", ":") if tight else None)


def _texts(row: Row) -> Iterable[tuple[Column, str]]:
    """The texts of a row that tell of somebody, with their columns."""
    for name, column in row.part.columns.items():
        value = row.values[name]
        if column.holds is not Holds.PLAIN and isinstance(value, str) and value:
            yield column, value


def _written(head: Head, rows: list[Row], layout: Layout) -> str:
    """Rows as a document, each in its place."""
    scribes = {part: Scribe(layout, part) for part in layout.parts}
    by_part: dict[Part, list[dict[str, Any]]] = {part: [] for part in layout.parts}
    for row in rows:
        by_part[row.part].append(row.values)
    texts: dict[Part, dict[tuple[Any, ...], list[str]]] = {}
    for part, values in by_part.items():
        values.sort(key=part.rank)
        texts[part] = {}
        for one in values:
            text = scribes[part].row(tuple(one[name] for name in scribes[part].columns))
            above = tuple(one[name] for name in part.key[: layout.inherited(part)])
            texts[part].setdefault(above, []).append(text)
    made = [head.text()]
    for section in layout.sections:
        made.append(heading(section))
        for part in section.parts:
            if part.above is None:
                for one, text in zip(by_part[part], texts[part].get((), []), strict=True):
                    key = tuple(one[name] for name in part.key)
                    made += [text, *(lower for other in layout.below(part) for lower in texts[other].get(key, []))]
    return "".join(made)
