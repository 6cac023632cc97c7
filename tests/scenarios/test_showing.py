"""Questions and played steps as they are answered."""

from __future__ import annotations

from tests.builders import expect_problem
from tests.wire import PRODUCER, Wire

CASE = "13/date-format"


def test_a_question_is_shown_with_its_page_and_its_cases(wire: Wire) -> None:
    """By its number, with or without a zero before it; another number is refused."""
    shown = wire.value(wire.get("/_sim/scenarios/13"))

    assert list(shown["page"]) == ["What the customer says", "What is seen", "Why", "What helps"]
    assert CASE in [case["id"] for case in shown["cases"]]
    assert wire.value(wire.get("/_sim/scenarios/3")) == wire.value(wire.get("/_sim/scenarios/03"))
    for number in ("0", "20", "013", "x"):
        assert expect_problem(wire.get(f"/_sim/scenarios/{number}"), 404, "unknown-question")["received"] == number


def test_an_unknown_case_of_a_question_names_those_that_there_are(wire: Wire) -> None:
    """They stand in the sentence and as a member."""
    problem = expect_problem(wire.get("/_sim/scenarios/13/none"), 404, "unknown-case")

    assert CASE in problem["known"]
    assert CASE in problem["detail"]


def test_a_played_step_holds_what_makes_its_calls_again(wire: Wire) -> None:
    """Method, path, body and who made it; a member with the password that he has here; files by name."""
    played = wire.value(wire.control("POST", "/scenarios/02/not-restarted/play"))

    made = [made for step in played["steps"] for made in step["requests"]]
    assert made[0]["caller"] == "producer"
    assert (made[0]["path"], made[0]["body"]["icn"]) == ("/ordering/api/v1/customers", "0117360")
    liis = next(one for one in made if one["path"].endswith("/generate"))
    assert (liis["caller"], liis["password"]) == ("liis.tamm@tallinn-sadam.example", "polarlicht")
    saved = next(one for one in made if one["path"].endswith("/file?format=isslicense"))
    applied = next(one for one in made if one["path"].endswith("/licenses") and one["method"] == "POST")
    assert saved["file"] == applied["file"]
    assert applied["body"] is None


def test_an_arranged_case_tells_where_it_is_seen(wire: Wire) -> None:
    """The page, who signs in there, and the password; nobody where nobody has to."""
    wire.value(wire.control("POST", f"/scenarios/{CASE}/arrange"))

    case = wire.value(wire.get("/_sim/scenarios/here"))["case"]

    (order,) = wire.value(wire.get("/ordering/api/v1/orders", PRODUCER))
    assert case["page"] == f"/lkc/orders/{order['order_number']}/licenses"
    assert (case["person"], case["password"]) == ("nora.petersen@birkenau.example", "polarlicht")


def test_where_nobody_signs_in_no_password_is_told(wire: Wire) -> None:
    """A page of a mailbox or of a product is open to all."""
    wire.value(wire.control("POST", "/scenarios/07/not-on-order/arrange"))

    case = wire.value(wire.get("/_sim/scenarios/here"))["case"]

    assert case["page"] == "/mail/inbox?of=awa.ndiaye@baobab.example"
    assert (case["person"], case["password"]) == (None, None)


def test_a_file_that_was_kept_tells_how_it_is_saved_again(wire: Wire) -> None:
    """Another call than the one that saved it sends it: the step names the call that does."""
    wire.value(wire.control("POST", "/scenarios/05/file-and-restart/play", {"until": "symptom"}))
    played = wire.value(wire.control("POST", "/scenarios/05/file-and-restart/play"))
    forged = wire.value(wire.control("POST", f"/worlds/{wire.world}/reset")) and wire.value(
        wire.control("POST", "/scenarios/06/forged-mail/play")
    )

    made = [made for step in played["steps"] for made in step["requests"]]
    sent = [one for one in made if one["method"] == "POST" and one["path"].endswith("/licenses")]
    saved = {one["file"] for one in made if one["method"] == "GET" and one["file"]}
    assert sent
    assert all(one["file"] in saved or one["saved_by"] for one in sent)
    mails = [made for step in forged["steps"] for made in step["requests"] if made["path"].endswith("/messages")]
    assert any(made["content"] and "Subject:" in made["content"] for made in mails if made["method"] == "POST")


def test_a_file_of_the_arrangement_is_saved_by_the_call_that_it_names(wire: Wire) -> None:
    """What was generated there is sent by the remedy; the file has the same bytes."""
    wire.value(wire.control("POST", "/scenarios/02/stale-file/play", {"until": "symptom"}))
    played = wire.value(wire.control("POST", "/scenarios/02/stale-file/play"))

    [sent] = [made for step in played["steps"] for made in step["requests"] if made["file"]]
    saving = sent["saved_by"]
    response = wire.get(saving["path"], (saving["caller"], saving["password"]))
    assert response.status_code == 200
    assert response.data.startswith(b"<")
