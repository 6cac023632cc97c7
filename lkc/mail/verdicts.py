"""What can be said of a mail's origin, in a word to keep and a sentence to show (the question is Q6)."""

from __future__ import annotations

from enum import StrEnum

from lkc.mail.senders import address_of, domain_of


class Verdict(StrEnum):
    """What the check of a mail that somebody else sent has found.

    Attributes:
        SIGNED: the sender's domain has signed it as it is; the only one that makes a mail genuine.
        UNSIGNED: nobody has signed it.
        BROKEN: it is signed in the name of the sender's domain, and the signature does not fit.
        STRANGER: only other domains have signed it.
        UNCHECKED: it came in a version of the simulator that did not check.
    """

    SIGNED = "signed"
    UNSIGNED = "unsigned"
    BROKEN = "broken"
    STRANGER = "stranger"
    UNCHECKED = "unchecked"


_SENTENCES = {
    Verdict.SIGNED: "Signed by {domain}, and unchanged since.",
    Verdict.UNSIGNED: "No signature: anybody can have written this.",
    Verdict.BROKEN: "The signature does not fit: the mail was changed, or somebody else made the signature.",
    Verdict.STRANGER: "Signed by another domain than the sender's.",
    Verdict.UNCHECKED: "Came before signatures were checked.",
}


def reason(verdict: str | None, sender: str) -> str:
    """Why a mail is genuine or not, as a sentence; None stands for a mail of our systems, as all of them are signed."""
    return _SENTENCES[Verdict(verdict or Verdict.SIGNED)].format(domain=domain_of(address_of(sender)))
