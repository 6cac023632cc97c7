"""What a customer reads where the key center says no: sentences of the portal, by the refusal's code."""

from __future__ import annotations

from lkc.look.pages import Told
from lkc.world.refusals import Refused

FIELDS = {
    "start_date": "Start Date",
    "expiration_date": "Expiration Date",
    "license_expiration_date": "License Expiration Date",
}

_NOT_GENERATED = (
    "Not generated",
    "The license could not be generated.",
    "Please check the order, and ask Customer Support to have it put right.",
)

# Code: heading, what is wrong, what helps. Values in braces are the refusal's members.
WORDS = {
    "invalid-credentials": (
        "Not logged in",
        "E-mail address and password do not fit together.",
        "If this is your first login, or you have forgotten your password, use the Password Finder.",
    ),
    "too-many-attempts": (
        "Too many wrong passwords",
        "Too many wrong passwords were given.",
        "Try again in {minutes} min, or set a new password with the Password Finder.",
    ),
    "password-link-expired": (
        "This link sets no password any more",
        "Such a link works once, for 24 hours.",
        "Ask the Password Finder for another mail.",
    ),
    "unknown-account-or-order": (
        "Not joined",
        "There is no account with this Account ID and this Sales Order Number.",
        "Take both numbers from one and the same e-delivery mail.",
    ),
    "not-visible": (
        "Nothing to see here",
        "There is nothing of this kind on your accounts.",
        "An order under another customer number or name is on another account; you can join that account.",
    ),
    "administrators-only": (
        "For administrators only",
        "Only administrators of an account change its members.",
        "The table of Account Members marks them with a yellow flag; ask one of them.",
    ),
    "last-administrator": (
        "Not changed",
        "{email} is the only administrator of this account.",
        "Make another member administrator first.",
    ),
    "member-exists": (
        "Member already",
        "{email} is a member of this account already.",
        "You find the member in the table of Account Members.",
    ),
    "quantity-zero": _NOT_GENERATED,
    "date-format": _NOT_GENERATED,
    "license-not-generated": (
        "No license file",
        "There is no license file for what this license says now.",
        'Go to "Licenses for this Order", mark the license and press "Generate".',
    ),
}

# Why a license cannot be generated, by code and documented question.
REASONS = {
    ("quantity-zero", 13): "Its quantity is 0.",
    ("quantity-zero", 14): "The order for it was cancelled and refunded.",
    ("date-format", 13): "{label} reads {shown}; a date such as 31-DEC-2014 is wanted.",
}


def told(refusal: Refused) -> Told:
    """A refusal as a customer reads it; in its own words where there are none here."""
    if refusal.code not in WORDS:
        return Told(refusal.detail, refusal.remedy, "Not done")
    title, detail, remedy = WORDS[refusal.code]
    minutes = -(-int(refusal.members.get("retry_after", 0)) // 60)
    values = {**refusal.members, "minutes": minutes}
    return Told(detail.format(**values), remedy.format(**values), title)


def reasons_of(refusal: Refused) -> list[str]:
    """Each reason why a license could not be generated (Q13, Q14); none of any other refusal."""
    return [
        REASONS[reason["code"], reason["question"]].format(
            label=FIELDS.get(reason.get("field", "")), shown=isolated(reason.get("received", ""))
        )
        for reason in refusal.members.get("reasons", ())
    ]


def isolated(text: str) -> str:
    """A text of whatever script, quoted, so that its direction does not run on into the sentence around it."""
    return f'"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"' if text else "nothing"
