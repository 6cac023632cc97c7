"""How what stands at the customer's site stands in documents."""

from __future__ import annotations

from lkc.world.state.parts import DIGEST, HOST, PLAIN, SERIAL, TOKEN, Part, numbered, one_of
from onetrust.products.kinds import Kind
from onetrust.products.models import SYSTEM, Agent, EnteredToken, Installation, KeyFile, RetrievedEntitlement

PARTS = (
    Part(
        system=SYSTEM,
        model=Installation,
        name="installation",
        key=("number",),
        title="installation I-{number}",
        appeared="installed",
        counter="installation",
        columns={
            "number": numbered(),
            "name": HOST,
            "kind": one_of(Kind),
            "version": PLAIN,
            "serial_number": SERIAL,
            "internet": PLAIN,
            "proxy": HOST,
            "last_retrieval": PLAIN,
            "last_failure": PLAIN,
            "content": PLAIN,
        },
    ),
    Part(
        system=SYSTEM,
        model=EnteredToken,
        name="token",
        above=Installation,
        key=("installation", "token"),
        title="token {token} at installation I-{installation}",
        appeared="entered",
        columns={"installation": PLAIN, "token": TOKEN, "position": PLAIN},
    ),
    Part(
        system=SYSTEM,
        model=RetrievedEntitlement,
        name="entitlement",
        above=Installation,
        key=("installation", "source", "place"),
        title="entitlement {place} by {source} at installation I-{installation}",
        appeared="retrieved",
        columns={
            "installation": PLAIN,
            "source": TOKEN,
            "place": PLAIN,
            "token": TOKEN,
            "product": PLAIN,
            "quantity": PLAIN,
            "expiration_day": PLAIN,
        },
    ),
    Part(
        system=SYSTEM,
        model=KeyFile,
        name="key_file",
        above=Installation,
        key=("installation", "key_id"),
        title="license file {key_id} at installation I-{installation}",
        appeared="applied",
        gone="removed",
        columns={
            "installation": PLAIN,
            "key_id": PLAIN,
            "format": PLAIN,
            "product": PLAIN,
            "feature": PLAIN,
            "quantity": PLAIN,
            "service_end": PLAIN,
            "license_end": PLAIN,
            "sha256": DIGEST,
            "is_read": PLAIN,
            "is_hidden": PLAIN,
        },
    ),
    Part(
        system=SYSTEM,
        model=Agent,
        name="agent",
        above=Installation,
        key=("installation", "name"),
        title="agent {name} of installation I-{installation}",
        appeared="added",
        gone="removed",
        columns={"installation": PLAIN, "name": HOST, "position": PLAIN, "content": PLAIN},
    ),
)
