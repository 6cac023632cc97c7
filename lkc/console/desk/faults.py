"""Faults of this world: what is on order, ordering another, taking back."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response
from wtforms import BooleanField, SelectField, StringField
from wtforms.fields import SelectChoice

from lkc.console.examples import addresses
from lkc.console.places import confirm
from lkc.console.presets import KINDS, PRESETS, SETTINGS
from lkc.console.secrecy import closed, is_quiz_open
from lkc.look.forms import Form, read_form
from lkc.look.pages import attempt, done, show, warned
from lkc.world.clock import to_micros
from lkc.world.controls.faults import FaultSchema, order_fault, take_fault_back, take_faults_back
from lkc.world.faults import FaultKind, described, listed
from lkc.world.hold import current_hold, current_world
from lkc.world.operations import current_operations
from lkc.world.refusals import Invalid
from lkc.world.rest import flattened
from lkc.world.system import current_systems
from lkc.world.wire_faults import ANY_SYSTEM
from lkc.world.wire_faults import KINDS as WIRE

FAULT = FaultSchema()
NUMBERS = frozenset({"ms", "status", "retry_after", "times", "every"})


class FaultForm(Form):
    """When a fault acts; what is particular to its kind is added for each."""

    times = StringField("At most so many times")
    every = StringField("Only one in so many times")
    probability = StringField("Chance")
    until = StringField("Until")


def faults_page() -> Response:
    """The faults on order, presets, and the kinds; while a quiz goes on, its case may have ordered some."""
    if is_quiz_open():
        return closed("faults", "Faults are listed")
    world = current_world()
    now = to_micros(world.clock.now())
    found = [(described(one), _state(one, now)) for one in listed(world)]
    return show(
        "console/faults.html",
        found=found,
        presets=PRESETS,
        kinds=_kinds(),
        titles=KINDS,
        settings=SETTINGS,
        systems=_titles(),
        addresses=addresses(world),
        to=request.args.get("to", ""),
        mistake="",
    )


def order_fault_page(kind: str) -> Response:
    """Orders a fault of a kind, by a form of its own."""
    declared = _kinds().get(kind)
    if declared is None:
        warned(f"There is no kind of fault named {kind[:80]}.", "Choose one of these.")
        return redirect(url_for(".faults_page"))
    form = _form_for(declared)
    if form.validate_on_submit():
        body = _read(form, kind)
        if body is not None:
            hold = current_hold()
            hold.finish()
            try:
                order_fault(hold, body)
            except Invalid as refusal:
                mistake = refusal.members["errors"][0]
                form[mistake["field"]].errors = [mistake["message"].capitalize() + "."]
            else:
                done(f"On order: {KINDS.get(kind, kind).lower()}.")
                return redirect(url_for(".faults_page"))
    return show(
        "console/fault_new.html",
        status=422 if form.errors else 200,
        form=form,
        kind=kind,
        title=KINDS.get(kind, kind),
        settings=[name for name in SETTINGS if name in form],
        targets=declared.targets,
        operations=current_operations().all if kind in WIRE else (),
        addresses=addresses(current_world()),
    )


def preset_page(preset: str) -> Response:
    """Orders what stands ready."""
    wanted, to = PRESETS.get(preset), request.form.get("to", "").strip()
    if wanted is not None and Form().validate_on_submit():
        hold = current_hold()
        hold.finish()
        try:
            order_fault(hold, FAULT.load({**wanted.values, **({"to": to} if wanted.takes_address else {})}))
        except ValidationError as error:
            mistake = flattened(error.messages)[0]["message"]
            warned(f"{to or 'An address is needed'}: {mistake}", "Enter the address of somebody in this world.")
        else:
            done(f"On order: {wanted.title.lower()}{f', for {to}' if wanted.takes_address else ''}.")
    return redirect(url_for(".faults_page"))


def take_back_page(number: int) -> Response:
    """Takes a fault back."""
    if Form().validate_on_submit():
        hold = current_hold()
        hold.finish()
        with attempt():
            take_fault_back(hold, number)
            done(f"Fault {number} is taken back.")
    return redirect(url_for(".faults_page"))


def take_all_back_page() -> Response:
    """Takes all faults back, once somebody has confirmed that."""
    back = url_for(".faults_page")
    if Form().validate_on_submit():
        hold = current_hold()
        hold.finish()
        take_faults_back(hold)
        done("All faults are taken back.")
        return redirect(back)
    text = "Nothing goes wrong on demand any more. What has gone wrong stays as it is."
    return confirm("Take all faults back", text, "Take all back", back=back, at="faults", kind="primary")


def _kinds() -> dict[str, FaultKind]:
    """Every kind, those of mails and orders first."""
    return {kind.name: kind for system in current_systems() for kind in system.faults} | WIRE


def _titles() -> dict[str, str]:
    return {ANY_SYSTEM: "all systems"} | {system.id: system.title for system in current_systems()}


def _form_for(kind: FaultKind) -> FaultForm:
    """A form with the settings of a kind."""
    members: dict[str, Any] = {}
    for name in sorted(kind.needed | kind.allowed, key=list(SETTINGS).index):
        optional = "" if name in kind.needed else " (optional)"
        if name == "to" and kind.targets:
            members[name] = SelectField(
                "To", choices=[SelectChoice(one, _titles().get(one, one)) for one in kind.targets]
            )
        elif name == "close":
            members[name] = BooleanField(SETTINGS[name])
        else:
            label = "Mails to" if name == "to" else SETTINGS[name]
            members[name] = StringField(f"{label}{optional}")
    if kind.name in WIRE:
        members["system"] = SelectField("System", choices=[SelectChoice(*one) for one in _titles().items()])
        members["operation"] = StringField("Operation (optional)")
    made: FaultForm = type("KindForm", (FaultForm,), members)()
    return made


def _read(form: FaultForm, kind: str) -> dict[str, Any] | None:
    """What the form orders; None where something is wrong, which stands at its fields then."""
    return read_form(form, _OfKind(kind), NUMBERS)


class _OfKind(FaultSchema):
    """The message of the interface, with a kind that the address says."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def load(self, data: Any, **options: Any) -> Any:
        """As the message would be read with its kind."""
        return super().load({**data, "kind": self._kind}, **options)


def _state(fault: Any, now: int) -> str:
    """Whether a fault still acts, in a word."""
    if fault.times is not None and fault.injected >= fault.times:
        return "done"
    return "over" if fault.until is not None and now > fault.until else "acts"
