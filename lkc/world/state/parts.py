"""What a system declares of its tables, so that documents, comparisons and anonymous copies cover every column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cached_property
from typing import Any, Protocol

from sqlalchemy import Table

from lkc.world.database import Base
from lkc.world.models import WrongPasswords


class Holds(Enum):
    """What a column holds; an anonymous copy treats each kind in a way of its own.

    Attributes:
        PLAIN: nothing of anybody: quantities, dates, statuses, products, numbers of mails.
        MOMENT: a moment in microseconds since 1970; a document shows it as date and time.
        PERSON: the name of a person.
        EMAIL: an address of a person.
        COMPANY: the name of a company.
        NUMBER: a number or code that leads to somebody: of a customer, an order, a device.
        SENTENCE: a sentence of ours, in which any of these may stand.
        PROSE: what a person has written.
        JSON: a JSON object, in which any of these may stand.
        PASSWORD: a password's hash.
        DIGEST: the digest of something secret, or of content.
        CALLER: an address of a person or of a machine, with a name beside it or without.
        HOST: the name of a machine or of what is installed on it.
        FILE: a file that is made from the rest; its system makes it anew.
    """

    PLAIN = "plain"
    MOMENT = "moment"
    PERSON = "person"
    EMAIL = "email"
    COMPANY = "company"
    NUMBER = "number"
    SENTENCE = "sentence"
    PROSE = "prose"
    JSON = "json"
    PASSWORD = "password"  # noqa: S105 - a kind of column
    DIGEST = "digest"
    CALLER = "caller"
    HOST = "host"
    FILE = "file"


SECRET = frozenset({Holds.PASSWORD, Holds.DIGEST})


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it stands in a document.

    Attributes:
        holds: what it holds.
        one_of: the values that it can have, where they are a few.
        called: its name in documents, where that is not the column's.
    """

    holds: Holds = Holds.PLAIN
    one_of: tuple[str, ...] = ()
    called: str = ""


PLAIN, MOMENT = Column(), Column(Holds.MOMENT)
PERSON, EMAIL, COMPANY = Column(Holds.PERSON), Column(Holds.EMAIL), Column(Holds.COMPANY)
SENTENCE, PROSE, JSON, FILE = Column(Holds.SENTENCE), Column(Holds.PROSE), Column(Holds.JSON), Column(Holds.FILE)
PASSWORD, DIGEST, CALLER, HOST = (Column(holds) for holds in (Holds.PASSWORD, Holds.DIGEST, Holds.CALLER, Holds.HOST))
# Equal numbers stay equal wherever they stand, so they all are of one kind.
ICN = ORDER = OCN = PURCHASE = ACCOUNT = TOKEN = SERIAL = PMR = REFERENCE = Column(Holds.NUMBER)


def one_of(values: type[StrEnum]) -> Column:
    """A column that has one of a few values."""
    return Column(one_of=tuple(value.value for value in values))


def numbered(column: Column = PLAIN) -> Column:
    """The running number of a row, which documents call `number`."""
    return Column(column.holds, column.one_of, "number")


class Swap(Protocol):
    """What stands for something in an anonymous copy."""

    @property
    def seed(self) -> int:
        """The world's seed."""

    def instead(self, holds: Holds, value: str) -> str:
        """What stands there for a value of this kind; the same for the same value."""

    def digest(self, former: str, now: str) -> None:
        """Says that a digest which other rows may have as well is another one now."""


# Gets the rows that stand below one other (or one row that stands alone), as they are and as they are to be.
Remaking = Callable[[list[dict[str, Any]], list[dict[str, Any]], Swap], None]


@dataclass(frozen=True, kw_only=True, eq=False)
class Part:
    """One table in documents and comparisons.

    Attributes:
        system: id of the system whose table it is.
        model: its mapped class.
        name: what one row of it is called in documents.
        columns: every column by its name.
        key: the columns by which a row is known; those of the row above it come first.
        above: the class of the rows below which these stand; their key begins this one.
        title: what one row is called in sentences, with its columns in braces.
        appeared: what has become of a row that was not there before.
        gone: what has become of one that is not there any more.
        tells: the column whose value says in a word what has become of a row.
        by_length: whether keys are texts that end in a running number.
        counter: which of the world's counters the last column of the key follows, where it does.
        aside: columns that make no difference between two worlds.
        story: the column whose text says what a row is.
        remake: makes anew what follows from other columns of rows that belong together, once these are others.
    """

    system: str
    model: type[Base]
    name: str
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    title: str
    above: type[Base] | None = None
    appeared: str = "is there"
    gone: str = "is gone"
    tells: str = ""
    by_length: bool = False
    counter: str = ""
    aside: frozenset[str] = field(default_factory=frozenset)
    story: str = ""
    remake: Remaking | None = None

    @cached_property
    def table(self) -> Table:
        """Its table."""
        table: Table = self.model.__table__  # type: ignore[assignment]
        return table

    @cached_property
    def order_by(self) -> str:
        """The order of its rows, as SQL."""
        last = self.key[-1]
        steps = [*self.key[:-1], *([f"length({last})"] if self.by_length else []), last]
        return ", ".join(steps)

    def rank(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """The place of a row among its like, in the order of `order_by`."""
        found = tuple(values[name] for name in self.key)
        return (*found[:-1], len(found[-1]), found[-1]) if self.by_length else found

    def called(self, column: str) -> str:
        """The name of a column in documents."""
        return self.columns[column].called or column


Declared = Callable[[], tuple[Part, ...]]


def wrong_passwords(system: str, model: type[WrongPasswords]) -> Part:
    """What a system has counted against those who guess at passwords."""
    return Part(
        system=system,
        model=model,
        name="failed_sign_in",
        key=("who",),
        title="wrong passwords by {who}",
        appeared="counted",
        gone="forgotten",
        columns={"who": CALLER, "failures": PLAIN, "since": MOMENT},
    )
