"""Key files at a product that are not read, hide each other, or carry fewer agents than there are (Q2)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from lkc.explain.case import Case
from lkc.explain.findings import Action, Evidence, Finding
from lkc.feed import ONETRUST
from onetrust.products.facts import InstallationFacts, KeyFileFacts


def nothing_there(case: Case) -> Iterator[Finding]:
    """A product to which nothing was applied has no license (documented: Q5).

    Appliances that ask with their serial number need nothing; of an order that brings a token, its own rule tells.
    """
    for installation in case.installations:
        if installation.uses_serial_number or installation.tokens or _has_files_that_count(installation):
            continue
        if installation.takes_tokens and any(order.has(ONETRUST) for order in case.orders):
            continue
        wanted = "no token was entered" if installation.takes_tokens else "no license file was applied"
        yield Finding(
            question=5,
            code="no-license",
            statement=f"{installation.name} ({installation.kind}) has no license: {wanted} there.",
            evidence=(Evidence("products", f"{installation.name} has no token, and no license file that counts"),),
            remedy="Enter the customer's token; MyISS shows it, or Customer Support knows it."
            if installation.takes_tokens
            else "Generate the license in the key center, apply its file, and restart the product.",
        )


def not_read(case: Case) -> Iterator[Finding]:
    """Key files are read when the product starts (documented: Q2)."""
    for installation in case.installations:
        waiting = [file for file in installation.key_files if not file.is_read]
        if waiting and installation.takes_key_files:
            yield Finding(
                question=2,
                code="file-not-read",
                statement=f"{installation.name} has not been restarted since a license file was applied, and reads "
                "license files only then.",
                evidence=tuple(Evidence("products", f"{_told(file)}; applied, but not read yet") for file in waiting),
                remedy="Restart the product.",
                action=Action("POST", f"{_path(installation)}/restart", None, "nobody"),
            )


def stale_file(case: Case) -> Iterator[Finding]:
    """Of several files for one product the lowest key rules, also when it is stale (documented: Q2).

    Where it hides no other, what has ended is told by itself (documented: Q15).
    """
    for installation in case.installations:
        if not installation.takes_key_files:
            continue
        for ruling in installation.key_files:
            hidden = [file for file in installation.key_files if _hides(ruling, file, case.today)]
            if not hidden:
                if ruling.is_read and ruling.rules and not _is_active(ruling, case.today):
                    yield _ended(installation, ruling, case.today)
                continue
            active = hidden[0]
            stale = [one for one in installation.key_files if _comes_before(one, active, case.today)]
            keys = ", ".join(str(one.key_id) for one in stale)
            them = "files of keys" if len(stale) > 1 else "file of key"
            yield Finding(
                question=2,
                code="stale-file-rules",
                statement=f"At {installation.name} the {them} {keys} for {ruling.product} ended and "
                f"hide{'' if len(stale) > 1 else 's'} the active one of key {active.key_id}.",
                evidence=tuple(Evidence("products", _told(file)) for file in (*stale, *hidden)),
                remedy="Remove the licenses, apply only the active ones, and restart the product.",
                action=Action("DELETE", f"{_path(installation)}/licenses/{ruling.key_id}", None, "nobody")
                if len(stale) == 1
                else None,
            )


def too_many_agents(case: Case) -> Iterator[Finding]:
    """More agents than seats: some of them get no updates, and stay on (documented: swg21620971)."""
    for installation in case.installations:
        if installation.seats and len(installation.agents) > installation.seats:
            surplus = installation.agents[installation.seats :]
            yield Finding(
                question=2,
                code="seats-exceeded",
                statement=f"{installation.name} has {len(installation.agents)} agents and {installation.seats} seats: "
                f"{', '.join(surplus)} cannot apply updates.",
                evidence=(
                    Evidence(
                        "products",
                        f"{installation.name} counts {len(installation.agents)} agents for {installation.seats} seats",
                    ),
                ),
                remedy="Remove agents that are not needed, or order more seats.",
                action=Action("DELETE", f"{_path(installation)}/agents/{quote(surplus[0], safe='')}", None, "nobody")
                if len(surplus) == 1
                else None,
            )


def _ended(installation: InstallationFacts, file: KeyFileFacts, today: str) -> Finding:
    is_over = file.license_end != "permanent" and file.license_end < today
    what, end = ("product", file.license_end) if is_over else ("service contract", file.service_end)
    renewal = "Order the product anew" if is_over else "Renew the service contract"
    return Finding(
        question=15,
        code="product-ended" if is_over else "service-lapsed",
        statement=f"At {installation.name} the {what} of key {file.key_id} for {file.product} ended on {end}: no more "
        "updates are applied.",
        evidence=(Evidence("products", _told(file)),),
        remedy=f"{renewal}, remove the file, apply that of the new license, and restart the product.",
    )


def _has_files_that_count(installation: InstallationFacts) -> bool:
    return installation.takes_key_files and bool(installation.key_files)


def _hides(stale: KeyFileFacts, file: KeyFileFacts, today: str) -> bool:
    if file is stale or file.product != stale.product or not (stale.is_read and file.is_read):
        return False
    return stale.rules and not _is_active(stale, today) and _is_active(file, today)


def _comes_before(file: KeyFileFacts, active: KeyFileFacts, today: str) -> bool:
    """Whether a file that was read has ended and would rule instead of an active one: its key is lower."""
    same = file.product == active.product and file.is_read
    return same and file.key_id < active.key_id and not _is_active(file, today)


def _is_active(file: KeyFileFacts, today: str) -> bool:
    return file.service_end >= today and (file.license_end == "permanent" or file.license_end >= today)


def _told(file: KeyFileFacts) -> str:
    end = "permanent" if file.license_end == "permanent" else f"until {file.license_end}"
    return f"key {file.key_id}, {file.product}: service contract until {file.service_end}, product {end}"


def _path(installation: InstallationFacts) -> str:
    return f"/products/api/v1/installations/{installation.id}"
