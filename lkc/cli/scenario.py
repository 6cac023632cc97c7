"""`lkc scenario`: the documented questions, to be seen happening."""

from __future__ import annotations

from typing import Any

import click

from lkc.cli.pasteable import curl
from lkc.cli.target import Target, controlling, table
from lkc.cli.values import case_name, case_or_question

scenario = click.Group("scenario", help="Cases of the documented questions.")

PHASES = ("symptom", "remedy", "outcome")


@scenario.command("list")
@controlling
def list_(target: Target) -> None:
    """List the questions with their cases."""
    found = target.connection.control("GET", "/scenarios")
    rows = [[case["id"], case["title"], question["title"]] for question in found for case in question["cases"]]
    target.show(found, lambda: table(rows, ["CASE", "WHAT IT SHOWS", "QUESTION"], none="No cases."))


@scenario.command()
@click.argument("name", metavar="NN[/CASE]", callback=case_or_question)
@controlling
def show(target: Target, name: str) -> None:
    """Show a question with its cases, or a case with its steps.

    Before the case stands the page of its question.
    """
    found = target.connection.control("GET", f"/scenarios/{name}")
    target.show(found, lambda: _case(found) if "/" in name else _question(found))


@scenario.command()
@controlling
def here(target: Target) -> None:
    """Tell which case the world has, and how far it is."""
    found = target.connection.control("GET", "/scenarios/here")
    target.show(found, lambda: _standing(target, found))


@scenario.command()
@click.argument("case", metavar="NN/CASE", callback=case_name)
@controlling
def arrange(target: Target, case: str) -> None:
    """Arrange a case in an untouched world."""
    done = target.connection.control("POST", f"/scenarios/{case}/arrange", {})
    target.show(done, lambda: _told(target, done))


@scenario.command()
@click.argument("case", metavar="NN/CASE", callback=case_name)
@click.option("--until", type=click.Choice(PHASES), default=PHASES[-1], show_default=True, help="Play up to there.")
@controlling
def play(target: Target, case: str, until: str) -> None:
    """Play a case from where it stands.

    Symptom first, then the remedy, then how it ends. An untouched world is arranged before.

    Ends with exit code 1 where something is not as the case expects it.
    """
    done = target.connection.control("POST", f"/scenarios/{case}/play", {"until": until})
    target.show(done, lambda: _told(target, done))
    if not done["ok"]:
        raise click.exceptions.Exit(1)


def _standing(target: Target, found: dict[str, Any]) -> str:
    if found["case"] is None:
        return "No case."
    how = f"done up to its {found['phase']}" if found["phase"] else "not arranged yet"
    if found["doing"]:
        how += f"; {found['doing']} {'was interrupted' if found['interrupted'] else 'is in work'}"
    elif found["ahead"]:
        how += f"; ahead: {', '.join(found['ahead'])}"
    if found["failed"]:
        steps = "1 step was" if found["failed"] == 1 else f"{found['failed']} steps were"
        how += f"; {steps} not as the case expects"
    return f"{found['case']['id']}: {how}.{_where(target, found['case'])}"


def _where(target: Target, case: dict[str, Any]) -> str:
    if case.get("page") is None:
        return ""
    who = f", signed in as {case['person']} with the password {case['password']}" if case["person"] else ""
    return f"\nSeen at {target.url}/w/{target.world}{case['page']}{who}."


def _question(found: dict[str, Any]) -> str:
    cases = [f"  {case['id']}  {case['title']}" for case in found["cases"]]
    return "\n".join([f"Question {found['question']}: {found['title']}", *_page(found), "", "Cases", *cases])


def _case(found: dict[str, Any]) -> str:
    head = [f"{found['id']}: {found['title']}", *_page(found), "", "The case", f"  {found['customer']}", ""]
    return "\n".join([*head, *(f"  {step['phase']:<8}  {step['text']}" for step in found["steps"])])


def _page(found: dict[str, Any]) -> list[str]:
    return [
        line
        for heading, text in found["page"].items()
        for line in ("", heading, *(f"  {part}".rstrip() for part in text.splitlines()))
    ]


def _told(target: Target, done: dict[str, Any]) -> str:
    lines, phase = [], ""
    for step in done["steps"]:
        if step["phase"] != phase:
            phase = step["phase"]
            lines.append(phase.upper())
        mark = "ok " if step["ok"] else "NOT"
        lines.append(f"  {mark} {step['text']}")
        has_token = target.token is not None
        lines += [f"      {curl(target.url, target.world, made, has_token=has_token)}" for made in step["requests"]]
        lines.append(f"      ->  {step['seen']}")
    return "\n".join(lines)
