"""How licenses are applied, for each kind of installation (Q5), in our own words."""

from __future__ import annotations

from onetrust.products.kinds import Kind
from onetrust.products.models import Installation

_KEY_FILES = (
    "Sign in to the License Key Center, choose the order, and generate and save each license file.",
    "Apply the saved files to this product as they are (POST licenses).",
    "Restart the product: files are read only then (POST restart).",
    "Keep active files only: a file with a lower key id hides the others of its product once they are read together.",
    "Where one is hidden: remove all, apply the active ones, restart; removing just the stale one does not help.",
)
_TOKENS = (
    "Find the customer's OneTrust token: MyISS shows it, or Customer Support knows it.",
    "Enter it here once (POST tokens); tokens of other customer numbers can be entered beside it.",
    "Prompt a retrieval (POST retrieve), for which this product must get out to the Internet.",
    "Later orders need nothing more than the next retrieval.",
)
_SERIAL_NUMBER = (
    "See that the order names the serial number of this appliance, or that its token was registered with it.",
    "Prompt a retrieval (POST retrieve); Licensing and Updates shows Automatic Mode while OneTrust is in reach.",
    "Where OneTrust is out of reach, the appliance shows Manual Mode and falls back to license files:",
)


def instructions_for(installation: Installation) -> list[str]:
    """The steps by which this installation is licensed, in order."""
    ways = installation.ways
    if ways.serial_number:
        return [*_SERIAL_NUMBER, *_KEY_FILES]
    if ways.tokens and ways.key_files:
        return ["This version takes OneTrust tokens and license files, one or both.", *_TOKENS, *_KEY_FILES]
    if ways.tokens:
        only = "License files may lie here, but from version 2.8 on the update server uses OneTrust only."
        return [*_TOKENS, only]
    seats = "Each agent takes one seat of the licensed count; removing an agent gives its seat back."
    return [*_KEY_FILES, *([seats] if installation.kind == Kind.HOST_PROTECTION else [])]
