"""The forms of the portal; what their fields take is what the REST interface takes."""

from __future__ import annotations

from typing import Any

import marshmallow
import wtforms
from wtforms import EmailField, PasswordField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from lkc.keycenter.files.grant import Format
from lkc.keycenter.models import Role
from lkc.keycenter.schemas import LONGEST_PASSWORD, SHORTEST_PASSWORD
from lkc.look.forms import Form
from lkc.world.fields import Anything, EmailAddress, Text

ROLES = [SelectChoice(Role.MEMBER.value, "Ordinary member"), SelectChoice(Role.ADMINISTRATOR.value, "Administrator")]
FORMATS = [
    SelectChoice(Format.ISSLICENSE.value, "License key file (.isslicense)"),
    SelectChoice(Format.FLEXNET.value, "FlexNet license file (.lic)"),
]
YES, NO = "yes", "no"


class Read:
    """Reads a field's text as an interface would, and keeps what was read.

    Args:
        kind: the field of a message that takes the same.
        otherwise: what to say of a text that does not fit; without it, what the message's field says.
    """

    def __init__(self, kind: marshmallow.fields.Field[Any], otherwise: str = "") -> None:
        self._kind, self._otherwise = kind, otherwise

    def __call__(self, form: Form, field: Any) -> None:  # noqa: ARG002 - the form of validators
        """Checks a field. Raises wtforms' ValidationError."""
        try:
            field.data = self._kind.deserialize(field.data)
        except marshmallow.ValidationError as error:
            raise wtforms.ValidationError(self._otherwise or " ".join(map(str, error.messages))) from error


def _email(empty: str) -> EmailField:
    wrong = "This is not an e-mail address, such as ann@acme.example."
    return EmailField("E-mail address", [DataRequired(empty), Read(EmailAddress(), wrong)])


class LoginForm(Form):
    """Address and password."""

    email = EmailField("E-mail address", [DataRequired("Enter your e-mail address."), Read(Anything())])
    password = PasswordField("Password", [InputRequired("Enter your password."), Read(Anything())])


class FinderForm(Form):
    """To whom the Password Finder writes."""

    email = _email("Enter your e-mail address.")


class PasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        "New password",
        [
            InputRequired("Enter a new password."),
            Length(SHORTEST_PASSWORD, LONGEST_PASSWORD, f"Use {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."),
            Read(Anything()),
        ],
    )
    again = PasswordField(
        "New password, once more",
        [InputRequired("Enter it once more."), EqualTo("password", "The two passwords differ.")],
    )


class JoinForm(Form):
    """What one gives to join an account."""

    account_id = StringField("Account ID", [DataRequired("Enter the Account ID."), Read(Text())])
    sales_order_number = StringField(
        "Sales Order Number", [DataRequired("Enter the Sales Order Number."), Read(Text())]
    )
    email = _email("Enter your e-mail address.")
    name = StringField("Name", [DataRequired("Enter your name."), Read(Text())])


class GenerateForm(Form):
    """Which license of an order is to be generated, for which host, in which format."""

    license_id = RadioField("License", [InputRequired("Mark one license.")], choices=())
    host_id = StringField("Host ID (optional)", [Read(Anything())])
    format = SelectField("Format", choices=FORMATS)

    def offer(self, license_ids: list[str]) -> None:
        """Sets the licenses that can be marked."""
        self.license_id.choices = [SelectChoice(license_id) for license_id in license_ids]


class MemberForm(Form):
    """Somebody on an account."""

    name = StringField("Name", [DataRequired("Enter a name."), Read(Text())])
    role = SelectField("Role", choices=ROLES)


class NewMemberForm(MemberForm):
    """Somebody who is to be added."""

    email = _email("Enter an e-mail address.")


class DeleteForm(Form):
    """Whether a member is really to be deleted."""

    sure = RadioField("Delete this member?", choices=[SelectChoice(YES, "Yes"), SelectChoice(NO, "No")], default=NO)
