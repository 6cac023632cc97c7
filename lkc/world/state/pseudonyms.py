"""Names, addresses and numbers of nobody, of the form of those that they stand for; the same one for the same value."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable, Iterable

ADDRESS = re.compile(r"[A-Za-z0-9_%+'&=~!#$*/?^`{|}.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
# A secret of a world, as in links: 43 characters that are safe in a URL.
SECRET = re.compile(r"(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])")
WORD = re.compile(r"[^\W_]+")
MACHINE = re.compile(r"(?:\d{1,3}\.){3}\d{1,3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+")

# Ends of names that lead nowhere, by which nobody is known and on which much depends (RFC 2606).
NOWHERE = frozenset({"example", "test", "invalid", "localhost"})
# Words of names that are no names: forms of companies, particles, and what mails of desks are called.
COMMON = frozenset(
    "ag bv co corp company der die das gmbh group holding inc kg limited llc ltd mbh nv plc sa sarl se spa srl the und "  # noqa: SIM905 - a text
    "and von van den des for fur of licensing support service security team desk sales info admin office mail www "
    "http https unknown nobody internet".split()
)
SHORT = 2
CONSONANTS, VOWELS, LETTERS, DIGITS = "bdfgklmnprstvz", "aeiou", "abcdefghijklmnopqrstuvwxyz", "0123456789"


Form = Callable[[bytes, int], str]


def is_common(word: str) -> bool:
    """Whether a word of a name tells of nobody."""
    return len(word) <= SHORT or word.lower() in COMMON


def in_case_of(text: str, made: str) -> str:
    """A word in the letter case of another one: small, capital, or capital at first."""
    if text.isupper():
        return made.upper()
    return made.capitalize() if text[:1].isupper() else made


class Pseudonyms:
    """Gives something for everything, always the same for the same salt.

    Args:
        salt: what is given follows from it; who does not know it cannot try values out.
        taken: texts that are never given, as they stand for somebody already.
        kept: domains and names that are nobody's secret.
    """

    def __init__(self, salt: str, taken: Iterable[str], kept: Iterable[str]) -> None:
        self._salt = salt.encode()
        self._kept = {text.lower() for text in kept}
        self._given = {text.lower() for text in taken}
        self._words: dict[str, str] = {}
        self._numbers: dict[str, str] = {}

    def is_kept(self, text: str) -> bool:
        """Whether a domain or a name is nobody's secret."""
        return text.lower() in self._kept

    def name(self, text: str) -> str:
        """For the name of a person, a company or a machine; common words of it stay."""
        if self.is_kept(text):
            return text
        words = WORD.findall(text)
        tells = [word for word in words if not is_common(word)]
        return WORD.sub(lambda found: self.word(found[0]) if not tells or found[0] in tells else found[0], text)

    def word(self, text: str) -> str:
        """For one word, in its letter case."""
        if text.isdecimal():
            return self.number(text)
        key = text.lower()
        if key not in self._words:
            self._words[key] = self._fresh(key, lambda draw, extra: _spoken(draw, max(len(key), SHORT + 1) + extra))
        return in_case_of(text, self._words[key])

    def address(self, text: str) -> str:
        """For an e-mail address: word by word, so that names and addresses go on fitting each other."""
        local, _, domain = text.rpartition("@")
        return text if self.is_kept(domain) else f"{self._all_words(local)}@{self.domain(domain)}"

    def domain(self, text: str) -> str:
        """For a domain or the name of a host; a real one becomes one below `.example`."""
        if self.is_kept(text):
            return text
        labels = text.split(".")
        end = labels[-1] if labels[-1].lower() in NOWHERE else "example"
        return ".".join([*(self._all_words(label) for label in labels[:-1] or labels), *([end] if labels[1:] else [])])

    def host(self, text: str) -> str:
        """For the name of a machine, or for a host with its port."""
        name, colon, port = text.partition(":")
        return f"{self.domain(name)}{colon}{port}" if "." in name and " " not in name else self.name(text)

    def machine(self, text: str) -> str:
        """For a network address: one of those that lead nowhere (RFC 2544)."""
        if text not in self._numbers:
            self._numbers[text] = self._fresh(text, lambda draw, extra: f"198.{18 + extra % 2}.{draw[0]}.{draw[1]}")
        return self._numbers[text]

    def number(self, text: str) -> str:
        """For a number or a code: digits for digits, letters for letters, leading zeros as they are."""
        key, _, value = text.rpartition("=")
        head = f"{key}=" if key else ""
        if value.lower() not in self._numbers:
            form = value.lower()
            self._numbers[form] = self._fresh(form, lambda draw, extra: _formed(form, draw, extra))
        made = self._numbers[value.lower()]
        return head + "".join(
            new.upper() if old.isupper() else new for old, new in zip(value.ljust(len(made)), made, strict=True)
        )

    def secret(self, text: str) -> str:
        """For a secret of a link: another one."""
        draw = self._draw("secret", text) + self._draw("secret more", text)
        return "".join((LETTERS + DIGITS)[byte % 36] for byte in draw)[:43]

    def digest(self, text: str) -> str:
        """For a digest, which has no meaning: hexadecimal digits, as many."""
        return (self._draw("digest", text).hex() * 4)[: len(text)]

    def _all_words(self, text: str) -> str:
        return WORD.sub(lambda found: self.word(found[0]) if not is_common(found[0]) else found[0], text)

    def _fresh(self, key: str, form: Form) -> str:
        """The first of a row of proposals that nobody has yet; a longer one where all of that length are taken."""
        attempt = 0
        while True:
            made = form(self._draw("value", f"{key}\x1f{attempt}"), attempt // 200)
            if made not in self._given:
                self._given.add(made)
                return made
            attempt += 1

    def _draw(self, purpose: str, text: str) -> bytes:
        return hmac.new(self._salt, f"{purpose}\x1f{text}".encode(), hashlib.sha256).digest()


def _spoken(draw: bytes, length: int) -> str:
    """A word that can be spoken."""
    drawn = hashlib.shake_128(draw).digest(length)
    return "".join(
        (VOWELS if place % 2 else CONSONANTS)[byte % (5 if place % 2 else 14)] for place, byte in enumerate(drawn)
    )


def _formed(form: str, draw: bytes, extra: int) -> str:
    """A text with digits, letters and other characters where another one has them; leading zeros stay."""
    drawn = hashlib.shake_128(draw).digest(len(form) + extra)
    zeros = len(form) - len(form.lstrip("0"))
    made = [
        _like(character, byte, place) for place, (character, byte) in enumerate(zip(form[zeros:], drawn, strict=False))
    ]
    return form[:zeros] + "".join(made) + "".join(DIGITS[byte % 10] for byte in drawn[len(form) :])


def _like(character: str, byte: int, place: int) -> str:
    if character.isdecimal():
        return DIGITS[1 + byte % 9] if place == 0 else DIGITS[byte % 10]
    return LETTERS[byte % 26] if character.isalpha() else character
