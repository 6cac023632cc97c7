"""Retrievals: only when prompted, over the wire, and without loss where they fail."""

from __future__ import annotations

import pytest

from tests.builders import ICN, create_customer, expect_problem, submitted
from tests.onetrust.products.site import at, install, onetrust, token_of
from tests.wire import Wire

PROMPTS = ("retrieve", "restart", "updates")
EAST = "7777777"


def test_nothing_is_retrieved_before_somebody_prompts_it(wire: Wire) -> None:
    """Q9: with the token entered, a later order shows at the next prompt without further steps."""
    submitted(wire, lines=[onetrust("30-JUN-2014")])
    site = install(wire)
    site.enter(token_of(wire))
    assert site.dates() == []

    done = site.prompt("retrieve")
    submitted(wire, lines=[onetrust("31-DEC-2014", place=1)])
    unprompted = site.dates()
    site.prompt("retrieve")

    assert done["outcomes"] == [{"token": token_of(wire), "entitlements": 1, "failure": None}]
    assert unprompted == ["2014-06-30"]
    assert sorted(site.dates()) == ["2014-06-30", "2014-12-31"]
    assert site.shown()["last_retrieval"] == "2014-03-03T09:00:00Z"


@pytest.mark.parametrize("prompt", PROMPTS)
def test_the_next_date_shows_when_the_first_has_passed_and_somebody_prompts(wire: Wire, prompt: str) -> None:
    """Q17: two conditions, and the clock alone is not enough."""
    submitted(wire, lines=[onetrust("30-JUN-2014"), onetrust("31-DEC-2014")])
    site = install(wire)
    site.enter(token_of(wire))
    site.prompt(prompt)

    seen = [site.dates()]
    for moment in ("2014-06-30T23:59:59Z", "2014-07-01"):
        at(wire, moment)
        seen.append(site.dates())
    state = site.states()
    site.prompt(prompt)

    assert seen == [["2014-06-30"]] * 3
    assert state == [("2014-06-30", "service-ended")]
    assert site.states() == [("2014-12-31", "running")]


def test_when_no_date_is_left_nothing_shows(wire: Wire) -> None:
    """Q17: no new entitlements means that no valid ones are left."""
    submitted(wire, lines=[onetrust("30-JUN-2014")])
    site = install(wire)
    site.enter(token_of(wire))
    site.prompt("retrieve")

    at(wire, "2014-07-01")
    done = site.prompt("updates")

    assert site.dates() == []
    assert (done["applied"], done["results"][0]["reason"]) == (False, "no-license")


@pytest.mark.parametrize(
    ("internet", "proxy"), [(False, None), (False, "proxy.acme.example:8080"), (True, "no.invalid")]
)
def test_without_internet_a_retrieval_loses_nothing(wire: Wire, internet: bool, proxy: str | None) -> None:  # noqa: FBT001
    """Q17, Q18: no way out, or none by this proxy; what was there stays, and comes up to date when it works again."""
    submitted(wire, lines=[onetrust("30-JUN-2014")])
    site = install(wire)
    site.enter(token_of(wire))
    site.prompt("retrieve")
    submitted(wire, lines=[onetrust("31-DEC-2014", place=1)])

    site.network(proxy, internet=internet)
    for prompt in ("retrieve", "updates"):
        problem = expect_problem(wire.post(f"{site.path}/{prompt}"), 502, "no-internet")
        assert (problem["question"], problem["internet"], problem["proxy"]) == (18, internet, proxy)
    restarted = site.prompt("restart")

    assert restarted["outcomes"][0]["failure"]["code"] == "no-internet"
    assert site.dates() == ["2014-06-30"]
    assert (site.shown()["last_failure"], site.shown()["internet"]) == ("no-internet", internet)
    site.network("proxy.acme.example:8080", internet=True)
    site.prompt("retrieve")
    assert len(site.dates()) == 2
    assert site.shown()["last_failure"] is None


def test_an_update_needs_the_internet_whatever_the_licenses(wire: Wire) -> None:
    """Security content is downloaded (Q2)."""
    site = install(wire, "network-ips")
    site.network(internet=False)

    expect_problem(wire.post(f"{site.path}/updates"), 502, "no-internet")

    events = wire.value(wire.get("/_sim/events"))
    assert (events[-1]["kind"], events[-1]["subject"]["code"]) == ("update-failed", "no-internet")


def test_a_token_of_the_other_account_brings_what_was_ordered_there(wire: Wire) -> None:
    """Q18: the right token shows nothing of it; added beside, the other one does, and both are shown."""
    create_customer(wire, EAST, "Acme East")
    submitted(wire, lines=[onetrust("30-JUN-2014")])
    submitted(wire, icn=EAST, lines=[onetrust("31-DEC-2015", place=1)])
    site = install(wire)
    site.enter(token_of(wire))
    site.prompt("retrieve")
    assert site.dates() == ["2014-06-30"]

    site.enter(token_of(wire, EAST))
    site.prompt("retrieve")

    shown = {entry["expiration_date"]: entry["token"] for entry in site.view()["licenses"]}
    assert shown == {"2014-06-30": token_of(wire, ICN), "2015-12-31": token_of(wire, EAST)}
    assert site.reasons() == [None, None]


def test_an_unknown_token_is_told_with_the_way_to_a_right_one(wire: Wire) -> None:
    """Q16: the token service's refusal reaches whoever prompted."""
    site = install(wire)
    site.enter("987654321")

    problem = expect_problem(wire.post(f"{site.path}/retrieve"), 404, "token-unknown")

    assert (problem["question"], problem["token"]) == (16, "987654321")
    assert site.shown()["last_failure"] == "token-unknown"
    assert site.shown()["last_retrieval"] is None


def test_an_unknown_token_does_not_stop_the_others(wire: Wire) -> None:
    """What one token brings is kept, and the other one's failure is told."""
    submitted(wire, lines=[onetrust()])
    site = install(wire)
    site.enter("987654321")
    site.enter(token_of(wire))

    outcomes = site.prompt("retrieve")["outcomes"]

    assert [outcome["entitlements"] for outcome in outcomes] == [None, 1]
    assert outcomes[0]["failure"]["code"] == "token-unknown"
    assert site.dates() == ["2014-12-31"]
    assert site.shown()["last_failure"] == "token-unknown"
    wire.delete(f"{site.path}/tokens/987654321")
    assert site.dates() == ["2014-12-31"]
    wire.delete(f"{site.path}/tokens/{token_of(wire)}")
    assert site.dates() == []


def test_without_a_token_there_is_nothing_to_retrieve_with(wire: Wire) -> None:
    """Q9: a missing token has to be obtained and added; a restart goes on without."""
    site = install(wire)

    problem = expect_problem(wire.post(f"{site.path}/retrieve"), 409, "token-missing")

    assert problem["question"] == 9
    assert site.prompt("restart") == {"read": [], "outcomes": []}


@pytest.mark.parametrize("kind", ["network-ips", "host-protection"])
def test_a_product_of_files_has_nothing_to_retrieve(wire: Wire, kind: str) -> None:
    """It never asks the token service (inferred from swg21435290)."""
    site = install(wire, kind)

    problem = expect_problem(wire.post(f"{site.path}/retrieve"), 409, "onetrust-not-used")

    assert problem["question"] == 5
    site.prompt("restart")
    site.prompt("updates")
    assert not [entry for entry in wire.value(wire.get("/_sim/requests")) if entry["system"] == "onetrust"]


def test_a_retrieval_goes_over_the_wire(wire: Wire) -> None:
    """The token service's journal has the call, under the id of the one that prompted it."""
    submitted(wire, lines=[onetrust()])
    site = install(wire)
    site.enter(token_of(wire))

    wire.value(wire.post(f"{site.path}/retrieve", headers={"X-Request-Id": "the-prompt"}))

    entries = [entry for entry in wire.value(wire.get("/_sim/requests")) if entry["request_id"] == "the-prompt"]
    assert sorted(entry["system"] for entry in entries) == ["onetrust", "products"]
    assert f"/tokens/{token_of(wire)}/entitlements" in "".join(entry["path"] for entry in entries)
