"""Texts survive letter by letter, whatever is in them; the quick way of reading agrees with the long one."""

from __future__ import annotations

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from lkc.world.state.blocks import Block, blocks
from lkc.world.state.parts import PLAIN
from lkc.world.state.texts import line_of

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
NASTY = st.text(st.sampled_from("\"'\\\n\r\t\b\f\0\x1f\x7f\x85\u2028#[]= aé\U0001f600"), max_size=30)


@settings(max_examples=300, deadline=None)
@given(st.one_of(ANY_TEXT, NASTY))
def test_a_text_is_read_back_letter_by_letter(text: str) -> None:
    """Control characters, quotes of all kinds, line ends and what lies beyond 16 bits, in a document."""
    written = f"[[a.b]]\n{line_of('x', PLAIN, text)}\n[[a.c]]\ny = 1\n"

    _, first, second = blocks(written.encode())

    assert first.values() == {"x": text}
    assert (second.header, second.values()) == ("a.c", {"y": 1})
    assert tomllib.loads(written) == {"a": {"b": [{"x": text}], "c": [{"y": 1}]}}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40))
def test_bytes_are_read_back(content: bytes) -> None:
    """As text where they are UTF-8, else as Base64 under a name that says so."""
    read = tomllib.loads(line_of("raw", PLAIN, content))

    [(name, value)] = read.items()
    assert name in {"raw", "raw_base64"}
    assert name == "raw_base64" or value.encode() == content


LINES = st.sampled_from(
    [
        "a = 1\n",
        'a = "x"\n',
        "b = 'y\"'\n",
        "c = true\n",
        "d = 0x1F\n",
        "e = 01\n",
        'f = "\\n"\n',
        "# remark\n",
        "\n",
        'g = """\n[[x]]\n"""\n',
        "h = 1.5\n",
        "i = 2014-03-03T09:00:00Z\n",
        "j=1\n",
        'k = "a" # b\n',
        "l = -0\n",
        "m\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=6))
def test_the_quick_way_and_the_long_way_agree(lines: list[str]) -> None:
    """What the quick way reads is what any reader of TOML reads; what it does not understand it leaves alone."""
    text = "".join(lines)
    quick = Block("x", is_row=True, line=1, text=text)._quickly()

    if quick is not None:
        assert quick == tomllib.loads(text)
