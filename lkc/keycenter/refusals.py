"""What the key center refuses."""

from __future__ import annotations

from typing import Any, ClassVar

from lkc.world.refusals import Refused


class NotVisible(Refused):
    """What was asked for does not exist, or is not the caller's: nobody can tell which (Q12)."""

    code = "not-visible"
    question = 12
    remedy = (
        "If the order was processed under another ICN or customer name, join that account with its Account ID "
        "and Sales Order Number, or have its administrator add you."
    )

    def __init__(self) -> None:
        super().__init__("There is nothing of this name among what you may see.")


class UnknownAccountOrOrder(Refused):
    """Account ID and Sales Order Number do not belong together."""

    code = "unknown-account-or-order"
    question = 11
    remedy = "Take Account ID and Sales Order Number from the e-delivery mail of the same order."
    keeps_work = True


class LastAdministrator(Refused):
    """An account keeps at least one administrator."""

    code = "last-administrator"
    question = 11
    remedy = "Make another member administrator first."
    keeps_work = True


class AdministratorsOnly(Refused):
    """Only administrators of the account may change its members."""

    code = "administrators-only"
    question = 11
    remedy = "Ask an administrator of the account; GET its members to see who that is."
    keeps_work = True


class MemberExists(Refused):
    """Whoever is to be added is a member already."""

    code = "member-exists"
    question = 11
    remedy = "Change the member with PATCH, or leave things as they are."


class PasswordLinkExpired(Refused):
    """The link has been used, is older than 24 hours, or never was one."""

    code = "password-link-expired"
    question = 10
    remedy = "Ask the Password Finder for another mail."


class TooManyAttempts(Refused):
    """Too many wrong passwords within 15 minutes of the world."""

    code = "too-many-attempts"
    question = 10
    remedy = "Wait, or set a new password with the Password Finder; `lkc clock advance --minutes 15` shortens the wait."


class NotGenerated(Refused):
    """There is no license file yet."""

    code = "license-not-generated"
    question = 8
    remedy = "Generate the license first."


class CannotGenerate(Refused):
    """A license that cannot be generated; `reasons` names every reason, the first stands on top.

    Args:
        reasons: mappings with `code`, `question`, `detail` and the values involved.

    Attributes:
        codes: the codes that it may have, with their questions.
    """

    remedy = "Have the order corrected and submitted again; Customer Support can arrange that."
    keeps_work = True
    codes: ClassVar[dict[str, int]] = {"quantity-zero": 13, "date-format": 13}

    def __init__(self, reasons: list[dict[str, Any]]) -> None:
        first = reasons[0]
        members = {name: value for name, value in first.items() if name not in {"code", "question", "detail"}}
        super().__init__(first["detail"], **members, reasons=reasons)
        self.code = first["code"]  # type: ignore[misc] # one refusal, whose code is that of its first reason
        self.question = first["question"]  # type: ignore[misc] # likewise


STATUSES = {
    "not-visible": 404,
    "unknown-account-or-order": 404,
    "last-administrator": 409,
    "administrators-only": 403,
    "member-exists": 409,
    "password-link-expired": 410,
    "license-not-generated": 409,
    "too-many-attempts": 429,
    "quantity-zero": 409,
    "date-format": 409,
    "license-file-invalid": 422,
}
