"""Examples of messages: a field says its own, or has the one that its name has everywhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, missing, validate

SOMETIMES = "sometimes"

# One word means one thing everywhere; a field that is another thing says so: metadata={"example": ...}.
BY_NAME: Mapping[str, Any] = {
    "account_id": "25572379",
    "after": "0005283",
    "already_there": 0,
    "at": "2014-03-03T09:00:00Z",
    "body": None,
    "calls": "POST /ordering/api/v1/orders -> 201",
    "case": "date-format",
    "code": "date-format",
    "contact_name": "Bob Buyer",
    "content": "XPU 32.050",
    "country": "DE",
    "customer": "Generate fails for this license, and we do not know why.",
    "customer_name": "Acme Holding",
    "days": 1,
    "delivery": "key-file",
    "description": "The license cannot be generated.",
    "domain": "vendor.example",
    "email": "ann@acme.example",
    "entitlements": 1,
    "every": 3,
    "expiration_date": "31-DEC-2014",
    "expires_at": "2014-03-03T17:00:00Z",
    "fact": "Line 1 has the expiration date 31/12/2014.",
    "faults": "mail-bounce",
    "fault_id": 1,
    "field": "expiration_date",
    "file": "orders.csv",
    "file_name": "iss_41649_key.isslicense",
    "first_row": 1,
    "from": "ann@acme.example",
    "genuine_reason": "Signed by our own domain, and unchanged since.",
    "host_id": "0a1b2c3d4e5f",
    "hours": 8,
    "href": "http://127.0.0.1:8019/w/default/lkc/api/v1/licenses/L-1/file?format=isslicense&key_id=41649",
    "html": "",
    "icn": "0012345",
    "id": 1,
    "imported": 2,
    "injected": 1,
    "installation": "I-1",
    "installation_id": "I-1",
    "key_id": 41649,
    "last_failure": "no-internet",
    "last_retrieval": "2014-03-03T09:00:00Z",
    "license_expiration_date": "permanent",
    "license_id": "L-1",
    "licensed": 5,
    "limit": 100,
    "line_number": 1,
    "links": "http://127.0.0.1:8019/w/default/lkc/password/abc",
    "mail": 1,
    "message": "Seats: 2 of 5 are used.",
    "message_id": 1,
    "met": 3,
    "method": "POST",
    "micros": 1200,
    "minutes": 15,
    "missing": "ocn",
    "mode": "tokens",
    "name": "Ann Admin",
    "now": "2014-03-03T09:00:00Z",
    "ocn": "7012345",
    "opened_at": "2014-03-03T09:00:00Z",
    "opened_by": "ann@acme.example",
    "operation": None,
    "order_date": "03-MAR-2014",
    "order_number": "0005283",
    "other": "acme",
    "page": {"Why": "A date of the order has another form than the key center reads."},
    "part_number": "D0G04LL",
    "passed": "2014-12-31",
    "password": "correct horse battery",
    "path": "/ordering/api/v1/orders",
    "phase": "symptom",
    "pmr_number": "00001,999,000",
    "probability": 0.5,
    "product": "IBM Security SiteProtector",
    "proxy": "proxy.acme.example:3128",
    "purchase_order": "PO-4711",
    "quantity": 5,
    "query": "limit=100",
    "question": 13,
    "read": 41649,
    "reason": None,
    "record": "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    "refused": 0,
    "registration_id": 1,
    "rejected_left_out": 0,
    "rejected_rows": 0,
    "request_id": "5f0c92ab315f0c92",
    "retrieved_at": "2014-03-03T09:00:00Z",
    "row": 4,
    "sales_order_number": "0005283",
    "seconds": 30,
    "seed": 1,
    "seen": "200",
    "selector": "lkc",
    "sent_at": "2014-03-03T09:00:00Z",
    "serial_number": "EU21SX13-0007",
    "severity": 3,
    "sha256": "3ac4e6706a0d4d7abac14a574f75cc2d05c8197ceffaf85100d0d9a04a6aa04a",
    "signature": "eyJhbGciOiJFZERTQSJ9.eyJ0b2tlbiI6IjEyMzQ1Njc4In0.c2lnbmVk",
    "since": 0,
    "slug": "13_error_on_generate",
    "start_date": "01-JAN-2014",
    "statement": "A date of the license is not well formed.",
    "steps": "Save the file, and restart the product.",
    "subject": "Our licenses",
    "submitted": 0,
    "summary": "licensing for IBM Security products",
    "system": "ordering",
    "systems": "ordering",
    "target": "siteprotector",
    "text": "Order 0005283 was booked.",
    "timeout": 10,
    "times": 1,
    "title": "Error on Generate",
    "to": "ann@acme.example",
    "token": "12345678",
    "tokens": "12345678",
    "until": "2014-04-01T00:00:00Z",
    "update_status": "up to date",
    "url": "http://127.0.0.1:8019/w/acme",
    "used": 2,
    "verb": "book_order",
    "version": "2.8",
    "world": "default",
    "written_at": "2014-03-03T09:00:00Z",
    "xpu": "32.050",
}


def body_example(schema: Schema) -> Any:
    """A body that is taken: what it needs, and what has an example of its own."""
    own = getattr(schema, "example", None)
    if own is not None:
        return own
    shown = {
        name: field
        for name, field in _named(schema).items()
        if not field.dump_only and (field.required or "example" in field.metadata)
    }
    return _filled(shown, body_example)


def answer_example(schema: Schema) -> Any:
    """An answer, with everything that is always in it."""
    own = getattr(schema, "answer_example", None)
    if own is not None:
        return [own] if schema.many and not isinstance(own, list) else own
    shown = {
        name: field for name, field in _named(schema).items() if not (field.load_only or field.metadata.get(SOMETIMES))
    }
    found = _filled(shown, answer_example)
    return [found] if schema.many else found


def value_example(name: str, field: Any, nested: Any = body_example) -> Any:
    """An example of one field; `missing` where nobody has given one."""
    if "example" in field.metadata:
        return field.metadata["example"]
    if isinstance(field, fields.Nested):
        return [nested(field.schema)] if field.many else nested(field.schema)
    if isinstance(field, fields.List):
        found = value_example(name, field.inner, nested)
        return found if isinstance(found, list) or found is missing else [found]
    return _chosen(field, BY_NAME.get(name, missing))


def _chosen(field: Any, otherwise: Any) -> Any:
    """The first of the values that a field can have, where those are few."""
    if isinstance(field, fields.Enum):
        return next(iter(field.enum.__members__.values())).value
    if isinstance(field, fields.Boolean):
        return True
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            return next(iter(rule.choices))
        if isinstance(rule, validate.Equal):
            return rule.comparable
    return otherwise


def _filled(shown: Mapping[str, Any], nested: Any) -> dict[str, Any]:
    found = {name: value_example(name, field, nested) for name, field in shown.items()}
    return {name: value for name, value in found.items() if value is not missing}


def _named(schema: Schema) -> dict[str, Any]:
    return {field.data_key or name: field for name, field in schema.fields.items()}
