"""Licenses that cannot be generated, and license files that no longer bring what they did."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Any

from lkc.explain.case import Case, OrderCase
from lkc.explain.findings import Action, Evidence, Finding, told
from lkc.feed import ONETRUST, PERMANENT, DocumentLine, format_date, parse_date, wrong_dates
from lkc.keycenter.facts import LicenseFacts
from lkc.ordering.models import Status
from lkc.world.models import Event

_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})\Z")
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2}|[A-Za-z]{3,9})[-/. ](?P<year>\d{4}|\d{2})\Z")
_DATES = ("start_date", "expiration_date", "license_expiration_date")
_WORDS = {
    "start_date": "start date",
    "expiration_date": "Expiration Date",
    "license_expiration_date": "License Expiration Date",
}
_MONTHS = (
    "JANUARY",
    "FEBRUARY",
    "MARCH",
    "APRIL",
    "MAY",
    "JUNE",
    "JULY",
    "AUGUST",
    "SEPTEMBER",
    "OCTOBER",
    "NOVEMBER",
    "DECEMBER",
)


def wrong_date(case: Case) -> Iterator[Finding]:
    """A date that is not well formed makes Generate fail (documented: Q13)."""
    for license_ in case.licenses:
        for reason in license_.reasons:
            if reason["code"] == "date-format":
                yield _wrong_date(case, license_, reason)


def quantity_zero(case: Case) -> Iterator[Finding]:
    """Quantity 0 makes Generate fail (documented: Q13); where the order was cancelled, that is told of it (Q14)."""
    cancelled = {order.number for order in case.orders if order.is_cancelled}
    for license_ in case.licenses:
        if license_.quantity != 0 or license_.order_number in cancelled:
            continue
        yield Finding(
            question=13,
            code="quantity-zero",
            statement=f"License {license_.license_id} ({license_.product}) has quantity 0, and its order was not "
            "cancelled.",
            evidence=(
                Evidence("keycenter", f"license {license_.license_id} has quantity 0"),
                *_refusal(case, license_),
            ),
            remedy="Have the quantity that was meant put into the order, and the order submitted again.",
        )


def service_lapsed(case: Case) -> Iterator[Finding]:
    """The service contract has ended while the product runs on: no more updates (documented: Q15)."""
    for license_ in case.licenses:
        end = license_.service_end
        if license_.reasons or end is None or end >= case.today or _has_ended(license_, case.today):
            continue
        product_end = "never ends" if license_.is_permanent else f"ends on {license_.product_end}"
        yield Finding(
            question=15,
            code="service-lapsed",
            statement=f"The service contract of license {license_.license_id} ({license_.product}) ended on {end}, so "
            f"there is no more security content. The product itself {product_end}, and the license can still be "
            "generated.",
            evidence=_dates(license_),
            remedy="Renew the service contract; until then what is installed goes on working, without updates.",
        )


def product_ended(case: Case) -> Iterator[Finding]:
    """The product has ended, whatever its service contract says (documented: Q15)."""
    for license_ in case.licenses:
        if license_.reasons or not _has_ended(license_, case.today):
            continue
        running = (license_.service_end or "") >= case.today
        yield Finding(
            question=15,
            code="product-ended",
            statement=f"License {license_.license_id} ({license_.product}) ended on {license_.product_end}"
            + (f", although its service contract runs until {license_.service_end}." if running else "."),
            evidence=_dates(license_),
            remedy="Order the product anew; a service contract alone does not prolong it.",
        )


def rejected_line(case: Case) -> Iterator[Finding]:
    """A line for the token service with a wrong date was rejected: it entitles to nothing (Q18)."""
    orders = (*case.orders, *case.orders_behind_tokens)
    events = {order.number: case.latest_about(order, "entitlement-rejected") for order in orders}
    rejections = {number: event for number, event in events.items() if event is not None}
    for order in orders:
        event = rejections.get(order.number)
        rejected = _rejected(case, order, rejections)
        if not rejected:
            continue
        yield Finding(
            question=18,
            code="entitlement-rejected",
            statement=f"The token service rejected a line of order {order.number}: {'; '.join(rejected)}",
            evidence=(
                Evidence("onetrust", f"order {order.number} has arrived, and the line entitles to nothing"),
                *((told(event),) if event else ()),
            ),
            remedy="Have the date put right in the order and the order submitted again.",
            action=_correction(order),
        )


def _rejected(case: Case, order: OrderCase, rejections: dict[str, Event]) -> list[str]:
    """What stands in the way of the lines that the token service has rejected, as sentences.

    What the order says counts as long as it is what was submitted; after that, or where it is not known, what
    was remembered of the last rejection, unless a line came after it.
    """
    received = case.lookups.submissions.get(order.number)
    if received is None or order.is_cancelled:
        return []
    booked = order.booked
    if booked is not None and booked.status is Status.SUBMITTED and received == booked.document.submission:
        return [
            f"the {_WORDS[field]} of line {line.line_number} {_no_date(text)}."
            for line in booked.document.lines
            if line.delivery == ONETRUST and line.quantity
            for field, text in wrong_dates(line.start_date, line.expiration_date, line.license_expiration_date)[:1]
        ]
    event = rejections.get(order.number)
    if event is None:
        return []
    first = min(one.id for one in rejections.values())
    taken = case.lookups.events(("entitlement-received",), "order_number", after=first)
    last = taken.get(order.number, rejections)
    return [] if last is not None and last.id > event.id else [event.text]


def meant(text: str) -> date | None:
    """The one day that a badly written date can mean, or None where it may be several or none.

    A day that its month does not have becomes the last one of that month.
    """
    match = _ISO.match(text.strip()) or _DAY_FIRST.match(text.strip())
    if match is None:
        return None
    day, month, year = int(match["day"]), _month(match["month"]), int(match["year"])
    if match.re is _DAY_FIRST and match["month"].isdigit():
        if month is not None and month > 12 >= day > 0:
            day, month = month, day
        elif day <= 12 and day != month:
            return None
    if month is None or not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    year += 2000 if year < 100 else 0
    return date(year, month, min(day, monthrange(year, month)[1]))


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    named = (number for number, name in enumerate(_MONTHS, 1) if text.upper() in {name, name[:3]})
    return next(named, None)


def _wrong_date(case: Case, license_: LicenseFacts, reason: dict[str, Any]) -> Finding:
    field, received = reason["field"], reason["received"]
    order = next((one for one in case.orders if one.number == license_.order_number), None)
    return Finding(
        question=13,
        code="date-format",
        statement=f"License {license_.license_id} ({license_.product}) cannot be generated: its {_WORDS[field]} "
        f"{_no_date(received)}.",
        evidence=(
            Evidence("keycenter", f"license {license_.license_id}: its {_WORDS[field]} reads {received!r}"),
            *_refusal(case, license_, field),
        ),
        remedy="Have the date put right in the order, and the order submitted again; in the key center nobody can "
        "change it.",
        action=None if order is None else _correction(order),
    )


def _correction(order: OrderCase) -> Action | None:
    """One call that puts all wrong dates of an order right and submits it; None where a date may mean several days."""
    if order.booked is None or order.is_cancelled:
        return None
    lines = [_corrected(line) for line in order.booked.document.lines]
    if None in lines:
        return None
    return Action("PATCH", f"/ordering/api/v1/orders/{order.number}?submit=true", {"lines": lines})


def as_patched(line: DocumentLine) -> dict[str, Any]:
    """A line as PATCH takes it, with its dates put right as far as one can tell which day is meant."""
    return _corrected(line) or _body(line)


def _corrected(line: DocumentLine) -> dict[str, Any] | None:
    """A line as PATCH takes it, with well-formed dates; None where one cannot be told."""
    body = _body(line)
    for field in _DATES:
        text = body.get(field)
        if text is None:
            continue
        if parse_date(text) is None and not (field == "license_expiration_date" and text.lower() == PERMANENT):
            day = meant(text)
            if day is None:
                return None
            body[field] = format_date(day)
    return body


def _body(line: DocumentLine) -> dict[str, Any]:
    """A line as PATCH takes it."""
    body = {"line_number": line.line_number, "part_number": line.part_number, "quantity": line.quantity}
    texts = {field: getattr(line, field) for field in ("serial_number", *_DATES)}
    return body | {field: text for field, text in texts.items() if text is not None}


def _no_date(text: str) -> str:
    """What is wrong with a date, to follow its name."""
    if not text.strip():
        return "is empty, where a date of the form DD-MMM-YYYY must stand"
    if re.fullmatch(r"\d{2}-[A-Za-z]{3}-\d{4}", text):
        return f"is {text!r}, a day that no calendar has"
    return f"is {text!r}, which is not of the form DD-MMM-YYYY"


def _refusal(case: Case, license_: LicenseFacts, field: str = "") -> tuple[Evidence, ...]:
    """The last refusal to generate a license, if it was about this field of it."""
    refused = case.lookups.events(("generate-refused",), "license_id")
    event = refused.get(license_.license_id, (one.license_id for one in case.licenses if one.reasons))
    return () if event is None or (field and f" {field} " not in event.text) else (told(event),)


def _has_ended(license_: LicenseFacts, today: str) -> bool:
    return license_.product_end is not None and license_.product_end < today


def _dates(license_: LicenseFacts) -> tuple[Evidence, ...]:
    return (
        Evidence("keycenter", f"Expiration Date (service contract): {license_.expiration_date}"),
        Evidence("keycenter", f"License Expiration Date (product): {license_.license_expiration_date}"),
    )
