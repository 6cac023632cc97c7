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

    The active one stays hidden when the stale one is gone, until all are removed and the active one is applied anew.
    Where it hides no other, what has ended is told by itself (documented: Q15).
    """
    for installation in case.installations:
        if not installation.takes_key_files:
            continue
        for files in _by_feature(installation):
            ruling = next((file for file in files if file.rules), None)
            if ruling is not None and _is_active(ruling, case.today):
                continue
            hidden = [file for file in files if not file.rules and _is_active(file, case.today)]
            if hidden:
                yield _hidden(installation, files, hidden, case.today)
            else:
                yield _ended(installation, ruling or files[0], case.today)


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


def _hidden(
    installation: InstallationFacts, files: list[KeyFileFacts], hidden: list[KeyFileFacts], today: str
) -> Finding:
    active = hidden[0]
    stale = [file for file in files if file.key_id < active.key_id and not _is_active(file, today)]
    keys = ", ".join(str(file.key_id) for file in stale)
    them = f"files of keys {keys}" if len(stale) > 1 else f"file of key {keys}"
    statement = (
        f"At {installation.name} the {them} for {stale[0].product} ended and hide{'' if len(stale) > 1 else 's'} the "
        f"active one of key {active.key_id}."
        if stale
        else f"At {installation.name} the active file of key {active.key_id} for {active.product} is still hidden by "
        "one that was read beside it, although that one was removed: removing only the other file does not help."
    )
    return Finding(
        question=2,
        code="stale-file-rules" if stale else "file-stays-hidden",
        statement=statement,
        evidence=tuple(Evidence("products", _told(file)) for file in (*stale, *hidden)),
        remedy="Remove all license files, apply only the active ones, and restart the product.",
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


def _by_feature(installation: InstallationFacts) -> list[list[KeyFileFacts]]:
    """The files that were read, product by product, by key."""
    found: dict[str, list[KeyFileFacts]] = {}
    for file in installation.key_files:
        if file.is_read:
            found.setdefault(file.feature, []).append(file)
    return list(found.values())


def _is_active(file: KeyFileFacts, today: str) -> bool:
    return file.service_end >= today and (file.license_end == "permanent" or file.license_end >= today)


def _told(file: KeyFileFacts) -> str:
    end = "permanent" if file.license_end == "permanent" else f"until {file.license_end}"
    return f"key {file.key_id}, {file.product}: service contract until {file.service_end}, product {end}"


def _path(installation: InstallationFacts) -> str:
    return f"/products/api/v1/installations/{installation.id}"
