"""Bundles that are none: newer, garbled, or made to harm. Every mistake has its line; no world is made."""

from __future__ import annotations

import pytest

from lkc.world.store import Origin
from tests.builders import create_customer, expect_problem
from tests.bundles.cases import TOML, content, given, replay, save
from tests.wire import Wire

CUSTOMERS = 'path = "/ordering/api/v1/customers"'


@pytest.fixture
def text(wire: Wire) -> str:
    """A bundle of one call."""
    create_customer(wire)
    return save(wire)


def mistakes(elsewhere: Wire, text: str) -> list[tuple[int, str, str]]:
    """Line, field and message of each mistake; no world was made."""
    worlds = len(elsewhere.value(elsewhere.get("/_sim/worlds")))
    refused = expect_problem(replay(elsewhere, text), 422, "validation")
    assert len(elsewhere.value(elsewhere.get("/_sim/worlds"))) == worlds
    return [(one.get("line", 0), one["field"], one["message"]) for one in refused["errors"]]


@pytest.mark.parametrize(
    ("before", "after", "field", "message"),
    [
        (
            "\nformat = 1\nversion",
            "\nformat = 2\nversion",
            "bundle.format",
            "this version reads bundles",
        ),
        (
            "\nformat = 1\nversion",
            "\nversion",
            "bundle.format",
            "is missing; this version reads bundles",
        ),
        ("[bundle]", "[parcel]", "bundle.secret", "stands before [bundle]"),
        ("calls = 1", "calls = 2", "bundle.calls", "says 2, but 1 stand here"),
        ("calls = 1", "calls = -1", "bundle.calls", "must be a whole number from 0 on"),
        ("calls = 1", "calls = 1\nmore = 2", "bundle.more", "is nothing that stands here"),
        ('from = "producer"', 'from = "heaven"', "bundle.secret.from", "must be one of: given, made, answer, mail, "),
        ('name = "producer"', 'name = "a b"', "bundle.secret.name", "must be 1 to 200 characters, no space"),
        ('name = "producer"', 'name = "boss"', "bundle.call[1]", "the bundle has no secret of this name"),
        ('from = "producer"', 'from = "answer"\ncall = 1', "bundle.call[1]", "its secret comes from a later answer"),
        ('method = "POST"', 'method = "BREW"', "bundle.call.method", "must be one of: GET, HEAD, POST"),
        ('path = "/', 'path = "', "bundle.call.path", "must begin with /"),
        ('path = "/', 'path = "/_sim/worlds/', "bundle.call.path", "must be about this world alone"),
        ('path = "/', 'path = "/_sim/bundle/replay', "bundle.call.path", "must be about this world alone"),
        *(
            ('path = "/', f'path = "{path}', "bundle.call.path", "must be about this world alone")
            for path in (
                "/desk/worlds/of/a/delete#",
                "//desk//worlds/new#",
                "/desk/quiz/world#",
                "/desk/quiz/again#",
                "/desk/sign-in#",
            )
        ),
        *(
            (
                CUSTOMERS,
                f'path = "/desk/questions/13/date-format/{what}"',
                "bundle.call.path",
                "must be about this world",
            )
            for what in ("worlds", "again")
        ),
        ('path = "/', 'path = "/_sim/{secret:producer}/', "bundle.call.path", "may hold no secret"),
        ('path = "/', 'path = "/desk/{secret:producer}/', "bundle.call.path", "may hold no secret"),
        ("calls = 1", f"calls = 1\n{'a.' * 12_000}a = 1", "bundle", "is no TOML: a name may have at most 16 parts"),
        (
            "seed = 1",
            f"seed = 1\nnow = 1\n{'a . ' * 12_000}a = 1",
            "world",
            "is no TOML: a name may have at most 16 parts",
        ),
        ('\nworld = "', f'\nworld = "{"a" * 1_000_000}', "bundle.world", "must be a text of at most 200 characters"),
        ('method = "POST"', "method = 7", "bundle.call.method", "must be one of"),
        ("headers = {", 'headers = { "x" = 1,', "bundle.call.headers", "must be texts by name, each of one line"),
        ("headers = {", 'headers = { "x" = "a\\nb",', "bundle.call.headers", "must be texts by name, each of one line"),
        ("status = 201", "status = true", "bundle.call.status", "must be a whole number from 0 on"),
        ("status = 201", 'status = 201\nfaults = "all"', "bundle.call.faults", "must be a list of texts"),
        ("status = 201", "status = 201\nwhole = 1", "bundle.call.whole", "must be true or false"),
        ("status = 201", "status = ", "bundle.call", "is no TOML"),
        ("[[bundle.call]]", "[[bundle.cell]]", "bundle.cell", "is nothing that stands in a bundle"),
        ("[[bundle.call]]", "[[bundle.call", "", "no header that documents have"),
        ("seed = 1", "seed = 'one'", "world.seed", "must be a whole number"),
        ("[world]", "[welt]", "world.seed", "is missing"),
    ],
)
def test_each_mistake_is_told_with_its_line(
    text: str, elsewhere: Wire, before: str, after: str, field: str, message: str
) -> None:
    """Of the bundle as of the state of the world, whose lines are those of the file."""
    assert before in text
    spoilt = text.replace(before, after, 1)

    line, its_field, told = mistakes(elsewhere, spoilt)[0]

    assert (its_field, told[: len(message)]) == (field, message)
    assert 1 <= line <= spoilt.count("\n")
    if field.startswith("world.seed") and "one" in after:
        assert spoilt.splitlines()[line - 1] == after


def test_what_is_no_bundle_at_all_is_told(elsewhere: Wire) -> None:
    """Nothing, no text, a document of a world, two bundles in one."""
    assert mistakes(elsewhere, "")[0][1:] == ("bundle", "is missing: this is no bundle")
    refused = elsewhere.call("POST", "/_sim/bundle/replay", b"\xff\xfe", headers=TOML)
    assert "no UTF-8" in expect_problem(refused, 422, "validation")["errors"][0]["message"]
    state = elsewhere.get("/_sim/state").get_data(as_text=True)
    assert mistakes(elsewhere, state)[0][1:] == ("bundle", "is missing: this is no bundle")


def test_two_bundles_in_one_are_none(text: str, elsewhere: Wire) -> None:
    """A second head and a second secret of a name are mistakes, and a value for a secret that there is not."""
    head = text[text.index("[bundle]") : text.index("# 1\n")]
    found = mistakes(elsewhere, text.replace(head, head + head, 1))
    assert ("bundle", "stands here twice") in [one[1:] for one in found]
    assert ("bundle.secret.name", "another secret has it") in [one[1:] for one in found]
    lost = mistakes(elsewhere, f'{text}\n[[bundle.value]]\nname = "boss"\nsecret = "x"\n')
    assert lost[0][1:] == ("bundle.value.name", "the bundle has no secret of this name")


def test_a_stream_is_not_waited_for(text: str, elsewhere: Wire) -> None:
    """It has no end; its status is all there is to it."""
    stream = text.replace('"content-type" = "application/json"', '"accept" = "text/event-stream"', 1)
    stream = stream.replace(
        'method = "POST"\npath = "/ordering/api/v1/customers"', 'method = "GET"\npath = "/_sim/events"', 1
    )

    found = elsewhere.value(replay(elsewhere, stream.replace("body = ", "location = ", 1)))

    assert found["first"]["what"] == "200 instead of 201"
    elsewhere.landscape.store.delete(found["world"])


VICTIM = "victim"


@pytest.mark.parametrize(
    ("path", "secret"),
    [
        ("/{secret:way}", f"_sim/worlds/{VICTIM}"),
        ("/{secret:way}/worlds/victim", "_sim"),
        ("/lkc/{secret:way}", ".."),
        ("/lkc/{secret:way}", "a?b"),
    ],
)
def test_a_secret_leads_nowhere_else(text: str, elsewhere: Wire, path: str, secret: str) -> None:
    """Given along or found in the world itself, it is refused where it makes another path; no world is left."""
    elsewhere.landscape.store.create(VICTIM, Origin())
    spoilt = text.replace('path = "/ordering/api/v1/customers"', f'path = "{path}"', 1)
    spoilt = spoilt.replace('method = "POST"', 'method = "DELETE"', 1)
    way = '[[bundle.secret]]\nname = "way"\nfrom = "given"\n\n[[bundle.call]]'
    spoilt = given(spoilt.replace("[[bundle.call]]", way, 1), "way", secret)

    [(line, field, _)] = mistakes(elsewhere, spoilt)

    assert (spoilt.splitlines()[line - 1], field) == (f'path = "{path}"', "bundle.call.path")
    elsewhere.landscape.store.delete(VICTIM)


def test_a_secret_that_comes_up_late_leads_nowhere_else(text: str, elsewhere: Wire) -> None:
    """What is not given along is looked at before the call is made; a bundle that was made to harm leaves no world."""
    way = '[[bundle.secret]]\nname = "way"\nfrom = "made"\nlength = 300\n\n[[bundle.call]]'
    spoilt = text.replace("[[bundle.call]]", way, 1).replace(CUSTOMERS, 'path = "/lkc/{secret:way}"', 1)

    [(_, field, message)] = mistakes(elsewhere, spoilt)

    assert (field, message[:13]) == ("bundle.call.path", "is no path on")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("query = ", "location = "),
        ('path = "/ordering/api/v1/customers"', 'path = "/ordering/api/v1/customers"\nquery = "q=\u20ac\u00e9"'),
        ("headers = {", 'headers = { "host" = "x.lkc.localhost", "HOST" = "evil.example", "X-LKC-World" = "default",'),
        ("headers = {", 'headers = { "X_Request_Id" = "x", "x-lkc-world" = "default", "cookie" = "a=\u20ac",'),
    ],
)
def test_strange_letters_and_headers_of_ours_change_nothing(
    text: str, elsewhere: Wire, before: str, after: str
) -> None:
    """A query of any letters is a query; the host and the world are those of the one who plays."""
    found = elsewhere.value(replay(elsewhere, text.replace(before, after, 1)))

    assert found["first"] is None or found["first"]["got"]["status"] in {400, 422}
    elsewhere.landscape.store.delete(found["world"])


def test_a_bundle_comes_as_toml(elsewhere: Wire) -> None:
    """A web page elsewhere cannot send such a thing."""
    refused = elsewhere.call("POST", "/_sim/bundle/replay", b"x", headers={"Content-Type": "text/plain"})
    expect_problem(refused, 415, "not-toml")


def test_calls_that_nobody_can_have_made_harm_nobody(text: str, elsewhere: Wire) -> None:
    """Paths and queries of strange letters, headers of the inside, lengths beyond all bounds: answered as any call."""
    for before, after in (
        ('path = "/', 'path = "/\\u20ac/../w/default/_sim/worlds/'),
        ('path = "/', 'path = "//\\u0000'),
        ("headers = {", 'headers = { "lkc.door" = "x", "transfer-encoding" = "chunked", "content-length" = "-1",'),
        ('from = "producer"', 'from = "made"\nlength = 4000000000000000000'),
        ("headers = {", 'headers = { "cookie" = "lkc-ordering=\\"", "authorization" = "Basic \\u00e9:x",'),
    ):
        spoilt = text.replace(before, after, 1)
        if before == "headers = {":
            spoilt = spoilt.replace('"authorization" = "Basic producer:{secret:producer}", ', "", 1)
        found = elsewhere.value(replay(elsewhere, spoilt))
        assert found["calls"] == content(text)["calls"]
        elsewhere.landscape.store.delete(found["world"])
