"""What support desk, portal and passwords have on record (Q1, Q3, Q4, Q16, Q19)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from lkc.explain.case import Case
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.explain.rules.entitlements import is_within_reach
from lkc.explain.rules.serial_numbers import APPLIANCES, waits_for_numbers
from lkc.explain.standing import asks_of_himself
from lkc.feed import ONETRUST
from lkc.support.facts import RequestFact, level_of, refused_opening, requests_by
from lkc.support.models import LICENSING_PHRASE, Level
from lkc.world.models import Event
from onetrust.myiss.facts import shows_token
from onetrust.tokens.facts import TokenFacts

DESK = "/support/api/v1/service-requests"

_LICENSING = re.compile(r"\blicen[cs](e|ing)|\bonetrust\b|\btokens?\b|\bentitle", re.IGNORECASE)


def refused_at_the_desk(case: Case) -> Iterator[Finding]:
    """A request needs a customer number, and a registration for it (documented: Q1, Q4)."""
    if case.email is None or not asks_of_himself(case):
        return
    event = refused_opening(case.world, case.email)
    if event is None:
        return
    icn = json.loads(event.subject)["icn"]
    if icn is None:
        yield Finding(
            question=4,
            code="icn-missing",
            statement=f"The last service request of {case.email} was refused: it named no ICN, so nobody could know "
            "whose account to look into.",
            evidence=(told(event),),
            remedy="Open it again with the ICN; nothing else is required.",
        )
    elif level_of(case.world, case.email, icn) is None:
        yield Finding(
            question=1,
            code="not-registered-for-icn",
            statement=f"The last service request of {case.email} was refused: this IBM ID is not registered for "
            f"support of ICN {icn}.",
            evidence=(told(event),),
            remedy="Have the staff, or an administrator of this ICN, register the IBM ID; then open it again.",
            action=Action(
                "POST", "/support/api/v1/registrations", {"email": case.email, "icn": icn, "level": Level.BASIC.value}
            ),
        )


def in_the_general_queue(case: Case) -> Iterator[Finding]:
    """A request that does not name licensing goes to everybody's queue (documented: Q1, Q3)."""
    for request in _requests(case):
        if request.status == "open" and request.queue == "general" and _LICENSING.search(request.summary):
            yield Finding(
                question=3,
                code="request-in-general-queue",
                statement=f"Service request {request.pmr_number} lies in the general queue, because its summary does "
                f"not say that it is about {LICENSING_PHRASE}.",
                evidence=(
                    Evidence("support", f"{request.pmr_number}: {request.summary!r}, in the queue {request.queue}"),
                ),
                remedy=f"Have it handed to the licensing team. The next should say {LICENSING_PHRASE!r}.",
                action=Action("PATCH", f"{DESK}/{request.pmr_number}", {"queue": "licensing"}),
            )


def incomplete(case: Case) -> Iterator[Finding]:
    """A request is dealt with faster the more it names (documented: Q4)."""
    for request in _requests(case):
        if request.status == "open" and request.missing:
            yield Finding(
                question=4,
                code="request-incomplete",
                statement=f"Service request {request.pmr_number} would be dealt with faster if it also named "
                f"{_in_words(request.missing)}.",
                evidence=(Evidence("support", f"{request.pmr_number} names ICN {request.icn}, and not all the rest"),),
                remedy="Write what is known of it into a note of the request.",
            )


def token_not_shown(case: Case) -> Iterator[Finding]:
    """Many customers find their token in MyISS, some do not (documented: Q16)."""
    if case.installation is not None and not case.installation.takes_tokens:
        return
    bringing = [order for order in case.orders if order.has(ONETRUST)]
    standing = [one for one in bringing if not one.is_cancelled and not waits_for_numbers(case, one)]
    if bringing and all(is_within_reach(case, order) for order in standing):
        return
    icns = {order.booked.document.icn for order in standing if order.booked is not None}
    for token in case.tokens:
        if bringing and case.token is None and token.icn not in icns:
            continue
        if case.token is not None and _is_for_appliances(case, token):
            continue
        if not shows_token(case.world, token.icn) and not case.places_with(token.token):
            yield Finding(
                question=16,
                code="token-not-in-myiss",
                statement=f"MyISS does not show the token of ICN {token.icn} to anybody.",
                evidence=(Evidence("myiss", f"there is no account for ICN {token.icn} that shows a token"),),
                remedy="Open a service request and ask for the token.",
            )


def _is_for_appliances(case: Case, token: TokenFacts) -> bool:
    """Whether all that a token has is for appliances, which retrieve by serial number: nobody enters it."""
    held = case.entitlements_of(token.token)
    by_number = token.serial_number is not None
    return bool(held) and all(by_number or one.serial_number or APPLIANCES in one.product for one in held)


def wrong_ocn_password(case: Case) -> Iterator[Finding]:
    """Somebody signed in with an OCN and a wrong password; only support can reset it (documented: Q19)."""
    for order in case.orders:
        if order.booked is None:
            continue
        document = order.booked.document
        event = _latest(case, "ocn-sign-in-failed", document.ocn)
        if event is not None:
            yield Finding(
                question=19,
                code="ocn-password-wrong",
                statement=f"The last sign-in with OCN {document.ocn} of order {order.number} had a wrong password.",
                evidence=(told(event),),
                remedy="Have support reset the password; the new one goes to the contact of the order.",
                action=Action(
                    "POST", "/support/api/v1/ocn-password-resets", {"ocn": document.ocn, "icn": document.icn}
                ),
            )


def another_ocn_or_icn(case: Case) -> Iterator[Finding]:
    """A password is reset for an OCN and the ICN of the same order (Q19; that both are asked for is invented)."""
    for order in case.orders:
        event = None if order.booked is None else _latest(case, "ocn-reset-refused", order.booked.document.ocn)
        if order.booked is None or event is None:
            continue
        document = order.booked.document
        yield Finding(
            question=19,
            code="ocn-of-another-icn",
            statement=f"The reset for OCN {document.ocn} was refused: ICN {json.loads(event.subject)['icn']} was named "
            f"with it, and order {order.number} belongs to ICN {document.icn}.",
            evidence=(told(event),),
            remedy="Name OCN and ICN of one order; both stand in its mail.",
            action=Action("POST", "/support/api/v1/ocn-password-resets", {"ocn": document.ocn, "icn": document.icn}),
        )


def _latest(case: Case, kind: str, ocn: str) -> Event | None:
    """The event of this kind for an OCN, where nobody has signed in with it or reset its password since."""
    events = case.lookups.events((kind, "ocn-signed-in", "ocn-password-reset"), "ocn")
    event = events.get(ocn, (order.booked.document.ocn for order in case.orders if order.booked is not None))
    return event if event is not None and event.kind == kind else None


def _in_words(missing: tuple[str, ...]) -> str:
    """Names of fields as people say them."""
    words = [{"ocn": "the OCN"}.get(name, f"the {name.replace('_', ' ')}") for name in missing]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _requests(case: Case) -> tuple[RequestFact, ...]:
    """The requests of somebody who asks about himself; whoever names something else asks about that."""
    return requests_by(case.world, case.email) if case.email is not None and asks_of_himself(case) else ()
