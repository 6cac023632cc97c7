"""The commands that show the documented questions: listing, showing, arranging and playing cases, and asking why."""

from __future__ import annotations

import json
import subprocess

import httpx
import pytest

from tests.served.conftest import Served

CASE = "13/date-format"
NORA = "nora.petersen@birkenau.example"


@pytest.fixture
def world(served: Served) -> str:
    """A fresh world."""
    name: str = httpx.post(f"{served.url}/_sim/worlds", json={}).json()["name"]
    return name


def test_cases_are_listed_with_their_questions(served: Served) -> None:
    """One line a case, in the order of the questions; in JSON by question."""
    lines = served.lkc("scenario", "list").stdout.splitlines()
    listed = json.loads(served.lkc("scenario", "list", "--json").stdout)

    assert lines[0].split()[0] == "CASE"
    assert [question["question"] for question in listed] == list(range(1, 20))
    cases = [case["id"] for question in listed for case in question["cases"]]
    assert [line.split()[0] for line in lines[1:]] == cases
    assert CASE in cases


def test_a_case_is_shown_with_what_the_customer_says(served: Served) -> None:
    """Title, the page of its question, words of the customer, and a sentence for each step with its phase."""
    shown = served.lkc("scenario", "show", CASE)

    lines = shown.stdout.splitlines()
    assert lines[0] == f"{CASE}: The end of the service contract is written the wrong way"
    assert lines[2] == "What the customer says"
    assert [line for line in lines if line in {"What is seen", "Why", "What helps", "The case"}] == [
        "What is seen",
        "Why",
        "What helps",
        "The case",
    ]
    assert any(line.startswith("  I want to generate our new license") for line in lines)
    assert any(line.startswith("  arrange   Customer ") for line in lines)
    assert "  symptom   Nora selects the license and chooses Generate." in lines
    assert json.loads(served.lkc("scenario", "show", CASE, "--json").stdout)["question"] == 13


def test_a_question_is_shown_with_its_cases(served: Served) -> None:
    """Its page, then id and title of each case."""
    lines = served.lkc("scenario", "show", "13").stdout.splitlines()

    assert lines[0] == "Question 13: There is an error when a license is generated"
    assert "What helps" in lines
    assert lines[-1].startswith("  13/")


def test_a_played_case_can_be_pasted(served: Served, world: str) -> None:
    """The calls are lines of curl with address, world and credentials; in another world of the same seed they work."""
    played = served.lkc("scenario", "play", CASE, "--until", "symptom", world=world)
    lines = [line.strip() for line in played.stdout.splitlines() if line.strip().startswith("curl ")]
    served.lkc("world", "create", f"{world}-again", "--at", "2014-03-03T09:00:00Z")
    script = "\n".join(lines).replace(f"/w/{world}/", f"/w/{world}-again/")

    pasted = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False, timeout=60)

    assert f"{served.url}/w/{world}/" in lines[0]
    assert '"code":"date-format"' in pasted.stdout
    assert '"findings"' in pasted.stdout


def test_an_unknown_case_leads_to_the_list(served: Served) -> None:
    """One line with code and remedy, in words of the command line."""
    refused = served.lkc("scenario", "show", "13/none")

    assert refused.returncode == 1
    assert refused.stderr.startswith("unknown-case: There is no case '13/none'.")
    assert "`lkc scenario list`" in refused.stderr


def test_a_case_is_arranged_once_and_explained(served: Served, world: str) -> None:
    """What was called and what came back; then `lkc explain` tells the cause, its evidence and the call that cures."""
    arranged = served.lkc("scenario", "arrange", CASE, world=world)
    again = served.lkc("scenario", "arrange", CASE, world=world)
    explained = served.lkc("explain", "--email", NORA, world=world)

    lines = arranged.stdout.splitlines()
    assert (arranged.returncode, lines[0]) == (0, "ARRANGE")
    assert lines[1].startswith("  ok  Birkenau")
    assert lines[2].startswith('      curl -sS -u "${LKC_PRODUCER:-producer:producer}" ')
    assert lines[3] == "      ->  201"
    assert again.returncode == 1
    assert again.stderr.startswith("world-not-empty: ")
    assert "`lkc world create NAME`, which is empty" in again.stderr
    told = explained.stdout.splitlines()
    assert told[0].endswith("[Q13, date-format]")
    assert told[1].startswith("  seen    keycenter: license ")
    assert told[-1].startswith("  by      curl -X PATCH -u producer:producer -H 'Content-Type: application/json' -d ")
    assert f"{served.url}/w/{world}/ordering/api/v1/orders/" in told[-1]


def test_the_line_that_cures_can_be_pasted(served: Served, world: str) -> None:
    """A shell that is given the line as printed makes the call in the same world, and the cause is gone."""
    served.lkc("scenario", "arrange", CASE, world=world)
    told = served.lkc("explain", "--email", NORA, world=world).stdout.splitlines()

    line = told[-1].partition("by      ")[2]
    done = subprocess.run(["bash", "-c", f"{line} --silent --fail"], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert "date-format" not in served.lkc("explain", "--email", NORA, world=world).stdout


def test_a_case_is_played_to_its_end(served: Served, world: str) -> None:
    """Phase by phase, each step with its sentence; exit code 0 where all is as the case expects it."""
    played = served.lkc("scenario", "play", CASE, world=world)

    lines = played.stdout.splitlines()
    assert played.returncode == 0
    assert [line for line in lines if not line.startswith(" ")] == ["ARRANGE", "SYMPTOM", "REMEDY", "OUTCOME"]
    assert "  ok  Generate works." in lines
    assert "NOT" not in played.stdout


def test_a_case_is_played_up_to_its_symptom(served: Served, world: str) -> None:
    """`--until` stops there, so that somebody else finds the remedy."""
    played = json.loads(served.lkc("scenario", "play", CASE, "--until", "symptom", "--json", world=world).stdout)

    assert played["ok"]
    assert {step["phase"] for step in played["steps"]} == {"arrange", "symptom"}


def test_a_world_begins_with_a_case_and_goes_back_to_it(served: Served, world: str) -> None:
    """`lkc world create --from scenario:...` is ready to be explained, also after a reset."""
    name = f"{world}-case"
    made = served.lkc("world", "create", name, "--from", f"scenario:{CASE}")
    first = served.lkc("explain", "--email", NORA, world=name)
    served.lkc("clock", "advance", "--days", "9", world=name)
    reset = served.lkc("world", "reset", name)

    assert made.returncode == reset.returncode == 0
    assert f"scenario:{CASE}" in reset.stdout
    assert served.lkc("explain", "--email", NORA, world=name).stdout == first.stdout
    served.lkc("world", "delete", name)


def test_what_nobody_knows_is_refused_in_a_line(served: Served, world: str) -> None:
    """A subject that no system knows, in text and as a problem document."""
    refused = served.lkc("explain", "--token", "4711", world=world)
    document = served.lkc("explain", "--order", "4711", "--json", world=world)

    assert (refused.returncode, document.returncode) == (1, 1)
    assert refused.stderr.startswith("nothing-known: No system knows token '4711'.")
    assert json.loads(document.stderr)["field"] == "order_number"


def test_the_standing_of_a_case_names_the_page_on_which_it_is_seen(served: Served, world: str) -> None:
    """`here`: how far it is, then an address for the browser, and who signs in there."""
    served.lkc("scenario", "arrange", CASE, world=world)

    standing, seen = served.lkc("scenario", "here", world=world).stdout.splitlines()

    assert standing == f"{CASE}: done up to its arrange; ahead: symptom, remedy, outcome."
    address = seen.removeprefix("Seen at ").partition(",")[0]
    assert httpx.get(address, follow_redirects=True).url.path == f"/w/{world}/lkc/login"
    assert seen.endswith(f", signed in as {NORA} with the password polarlicht.")
