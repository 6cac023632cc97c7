"""Restarting a product: it reads its license files and, where it uses OneTrust, is prompted to retrieve (Q2)."""

from __future__ import annotations

from dataclasses import dataclass

from onetrust.products.installations import get_installation, record
from onetrust.products.key_files import read_files
from onetrust.products.retrieval import Retrieval, Step, carry_out, plan_for
from onetrust.products.transport import TokenService


@dataclass(frozen=True, slots=True)
class Restart:
    """What a restart did.

    Attributes:
        read: key ids of the files that were read for the first time.
        retrieval: what became of it; without outcomes where there is nothing to retrieve with.
    """

    read: list[int]
    retrieval: Retrieval


def restart(step: Step, service: TokenService, installation_id: str) -> Restart:
    """Restarts an installation; one that does not get out restarts all the same. See `retrieve` for the arguments."""
    with step() as world:
        installation = get_installation(world, installation_id)
        read = read_files(world, installation)
        text = f"{installation.name} was restarted and read {len(read)} new license files."
        record(world, installation, "installation-restarted", text, key_ids=read)
        plan = plan_for(world, installation)
    return Restart(read, carry_out(step, service, plan))
