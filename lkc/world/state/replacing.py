"""Texts in which what stands for somebody is replaced, wherever it stands and however it is written."""

from __future__ import annotations

import re
from collections.abc import Callable

from lkc.world.state.pseudonyms import ADDRESS, SECRET, WORD, Pseudonyms, in_case_of, is_common

# A number as short as this may be anything in a sentence.
SHORTEST_NUMBER = 5
_TOKEN = re.compile(f"(?P<address>{ADDRESS.pattern})|(?P<secret>{SECRET.pattern})|(?P<word>{WORD.pattern})")

# Words of which what people write is made. What is not among them may be somebody, and becomes another word.
VOCABULARY = frozenset(
    "a about account active after again all also an and any are as at be been before best but by can cancelled code "  # noqa: SIM905 - a text
    "command contact contract customer date dear do does entitlement error expiration expired expires file find first "
    "for from generate get had has have he hello help her him his how i ibm if in installation internet is it key "
    "last license licenses licensing mail may me my new no not of old on one onetrust open or order our password "
    "please portal problem product products quantity question re received regards renewal request retrieve s security "
    "see sent service she siteprotector support thank thanks that the their them then there they this to token two "
    "update upgrade us was we what when where which who will with wrong you your fwd".split()
)


def low(text: str) -> str:
    """A text in small letters, each where it was."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


class Replacing:
    """Replaces in texts what was found in a document.

    Args:
        pseudonyms: what is given instead.
    """

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms
        self._phrases: dict[str, list[tuple[str, Callable[[str], str]]]] = {}
        self._names: set[str] = set()

    def learn(self, phrase: str, instead: Callable[[str], str], *, by_words: bool = False) -> None:
        """Replaces a phrase from now on; with `by_words` each word of it that is no common one, too."""
        words = WORD.findall(phrase)
        if not words or (phrase.isdecimal() and len(phrase) < SHORTEST_NUMBER):
            return
        if by_words:
            self._names |= {low(word) for word in words if not is_common(word) and not word.isdecimal()}
        known = self._phrases.setdefault(low(words[0]), [])
        begin = phrase.index(words[0])
        text = low(phrase[begin:])
        if all(text != other for other, _ in known):
            known.append((text, instead))
            known.sort(key=lambda one: -len(one[0]))

    def sentence(self, text: str) -> str:
        """A text of ours: what was found is replaced, everything else stays."""
        return self._replaced(text, low(text), lambda word: word)

    def prose(self, text: str) -> str:
        """A text of somebody's: what was found is replaced, and so is every word that may tell something."""
        return self._replaced(text, low(text), self._filler)

    def _filler(self, word: str) -> str:
        if low(word) in VOCABULARY or len(word) == 1 or self._pseudonyms.is_kept(word):
            return word
        return self._pseudonyms.word(word)

    def _replaced(self, text: str, small: str, other: Callable[[str], str]) -> str:
        made, place = list[str](), 0
        while (found := _TOKEN.search(text, place)) is not None:
            made.append(text[place : found.start()])
            place, instead = self._instead(text, small, found, other)
            made.append(instead)
        return "".join([*made, text[place:]])

    def _instead(self, text: str, small: str, found: re.Match[str], other: Callable[[str], str]) -> tuple[int, str]:
        """Where the next place to look is, and what stands instead of what was found."""
        if found.lastgroup == "address":
            return found.end(), self._pseudonyms.address(found[0])
        if found.lastgroup == "secret":
            return found.end(), self._pseudonyms.secret(found[0])
        begin = found.start()
        for phrase, instead in self._phrases.get(small[begin : found.end()], []):
            end = begin + len(phrase)
            if small.startswith(phrase, begin) and not text[end : end + 1].isalnum():
                return end, instead(text[begin:end])
        word = found[0]
        if low(word) in self._names and word[0].isupper():
            return found.end(), in_case_of(word, self._pseudonyms.word(word))
        return found.end(), other(word)
