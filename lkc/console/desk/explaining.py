"""Why something is as it is: asking, findings with their evidence, and applying a remedy."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import redirect, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response

from lkc.console.cures import MEMBER, apply_remedy, can_be_applied, mark_of
from lkc.console.examples import addresses, examples
from lkc.console.secrecy import closed, is_quiz_open
from lkc.explain.asked import SubjectSchema
from lkc.explain.case import Subject
from lkc.explain.explaining import Explanation, explanation_of
from lkc.explain.findings import Finding
from lkc.explain.refusals import NothingKnown
from lkc.look.forms import Form
from lkc.look.pages import done, show, warned
from lkc.scenarios.cases import questions
from lkc.world.hold import current_hold, current_world
from lkc.world.journal import current_journal
from lkc.world.refusals import Invalid, Refused
from lkc.world.rest import flattened
from lkc.world.system import current_systems

SUBJECT = SubjectSchema()
LABELS = {
    "email": "E-mail address",
    "order_number": "Order number",
    "account_id": "Account ID",
    "license_id": "License ID",
    "token": "Token",
    "installation": "Installation",
    "message_id": "Mail number",
}
FIRST = ("email", "order_number")


def explain_page() -> Response:
    """What is found of what the address names; nothing while a quiz asks for it."""
    if is_quiz_open():
        return closed("explain", "Causes are explained")
    said = _said(request.args)
    world, wrong = current_world(), dict[str, str]()
    found: Explanation | None = None
    if said:
        try:
            found = explanation_of(world, Subject(**_read(said)))
        except (ValidationError, Invalid, NothingKnown) as error:
            wrong = _mistakes(error)
    on_record = _on_record(found.findings if found is not None else [])
    return show(
        "console/explain.html",
        said=said,
        wrong=wrong,
        found=found,
        labels=LABELS,
        first=FIRST,
        examples={} if said else examples(world),
        addresses=addresses(world),
        titles={question.number: question.title for question in questions()},
        systems={system.id: system.title for system in current_systems()},
        on_record=on_record,
        mark_of=mark_of,
        is_ours=lambda finding: can_be_applied(world, finding, said.get("email")),
        member=MEMBER,
    )


def remedy_page() -> Response:
    """Makes the call that a finding names, after asking once more; then what is found stands there again."""
    said = _said(request.form)
    if is_quiz_open():
        return redirect(url_for(".explain_page"))
    if Form().validate_on_submit():
        hold = current_hold()
        hold.finish()
        try:
            finding, seen = apply_remedy(hold, Subject(**_read(said)), request.form.get("finding", ""))
        except ValidationError as error:
            warned(flattened(error.messages)[0]["message"], "")
        except Refused as refusal:
            warned(refusal.detail, refusal.remedy)
        else:
            if seen.status < 400:
                done(f"Applied: {finding.remedy}")
            else:
                body = seen.body if isinstance(seen.body, dict) else {}
                warned(f"The remedy was refused. {body.get('detail', '')}", str(body.get("remedy", "")))
    return redirect(f"{url_for('.explain_page')}?{urlencode(said)}")


def _said(values: Any) -> dict[str, str]:
    return {name: text for name in LABELS if (text := values.get(name, "").strip())}


def _read(said: dict[str, str]) -> dict[str, Any]:
    """The message that the values make. Raises ValidationError."""
    number = said.get("message_id", "")
    digits = number.removeprefix("#")
    read: dict[str, Any] = SUBJECT.load(said | ({"message_id": digits} if number else {}))
    return read


def _mistakes(error: ValidationError | Invalid | NothingKnown) -> dict[str, str]:
    """What is wrong, by field."""
    if isinstance(error, ValidationError):
        return {one["field"]: one["message"] for one in flattened(error.messages)}
    if isinstance(error, NothingKnown):
        return {str(error.members["field"]): f"Nothing in this world has it. {error.remedy}"}
    return {one["field"]: one["message"] for one in error.members["errors"]}


def _on_record(findings: list[Finding]) -> frozenset[str]:
    """Which of the exchanges behind the evidence are in the journal."""
    named = {one.request_id for finding in findings for one in finding.evidence if one.request_id}
    if not named:
        return frozenset()
    return frozenset(named & {entry["request_id"] for entry in current_journal().entries(current_hold().name)})
