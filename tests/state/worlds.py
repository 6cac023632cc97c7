"""Worlds with something in every table, and their documents."""

from __future__ import annotations

import json
from typing import Any

from lkc.app import SYSTEMS
from lkc.scenarios.models import AnswerRow, StageRow, ToldRow
from lkc.scenarios.state import layout_with_cases
from lkc.world.session import Access
from lkc.world.state.layout import Layout
from tests.builders import ANN, BOB, ICN, create_customer, licenses, line, part, person, submitted, with_password
from tests.wire import PRODUCER, Wire

LAYOUT: Layout = layout_with_cases(SYSTEMS)
MAIL = (
    b"From: Zoe <zoe@fraud.example>\r\nTo: ann@acme.example\r\n"
    b"Subject: =?utf-8?q?L=C3=B6sung?=\r\n\r\nYou won\t'''\"\"\"\r\n"
)


def document(wire: Wire) -> str:
    """The world as a document."""
    response = wire.get("/_sim/state")
    assert response.status_code == 200, response.get_data(as_text=True)
    assert response.mimetype == "application/toml"
    return response.get_data(as_text=True)


def put(wire: Wire, text: str | bytes) -> Any:
    """Replaces the world by a document."""
    body = text.encode() if isinstance(text, str) else text
    return wire.call("PUT", "/_sim/state", body, content_type="application/toml")


def mistakes(wire: Wire, text: str | bytes) -> list[tuple[int, str, str]]:
    """Line, field and message of each mistake for which a document is refused."""
    response = put(wire, text)
    assert response.status_code == 422, response.get_data(as_text=True)
    found = response.get_json(force=True)
    assert found["code"] == "validation"
    return [(error["line"], error["field"], error["message"]) for error in found["errors"]]


def furnish(wire: Wire) -> dict[str, Any]:
    """Puts something into every table of a world, through its own calls."""
    create_customer(wire, name='Acme "Holding"\\ & Söhne')
    wire.control("POST", "/faults", {"kind": "mail-delay", "minutes": 30, "probability": 0.5, "until": "2015-01-01"})
    wire.control("POST", "/faults", {"kind": "feed-delay", "to": "onetrust", "minutes": 90, "times": 1})
    lines = [
        line(start_date="01-JAN-2014"),
        line(part_number=part("onetrust"), quantity=3, expiration_date="2014/12/31"),
    ]
    order = submitted(wire, registered_end_users=[person(), person(BOB)], lines=lines)
    later = submitted(
        wire, lines=[line(part_number=part("onetrust"), serial_number="AP-1")], purchase_order="PO-\u2603"
    )
    wire.control("DELETE", "/faults/1")
    ann = with_password(wire)
    wire.post("/lkc/api/v1/password-finder", {"email": BOB})
    wire.post("/lkc/api/v1/session", {"email": ann[0], "password": ann[1]})
    [license_] = licenses(wire, order["order_number"])
    made = wire.post(f"/lkc/api/v1/licenses/{license_['license_id']}/generate", {}, ann).get_json()
    wire.call("POST", "/mail/api/v1/messages", MAIL, content_type="message/rfc822")
    _at_the_site(wire, license_["license_id"], ann)
    with wire.landscape.store.session(wire.world, Access.WRITE) as world:
        kept = json.dumps({"order": order["order_number"]})
        world.insert(StageRow, id=1, case_id="13/date-format", phase="symptom", kept=kept)
        world.insert(ToldRow, phase="symptom", told=json.dumps({"steps": [], "findings": []}))
        world.insert(AnswerRow, id=1, case_id="13/date-format", kind="asked")
    wire.post("/myiss/api/v1/accounts", {"email": ANN, "password": "pass word", "icn": ICN}, PRODUCER)
    wire.post("/support/api/v1/ibm-ids", {"email": ANN, "password": "pass word"})
    wire.post("/support/api/v1/registrations", {"email": ANN, "icn": ICN, "level": "full"}, PRODUCER)
    request = {"summary": "licensing for IBM Security products", "description": "one\ntwo \ttabs", "icn": ICN}
    opened = wire.value(wire.post("/support/api/v1/service-requests", request, (ANN, "pass word")), 201)
    note = {"text": "Ann called: 0049-30-1234."}
    wire.post(f"/support/api/v1/service-requests/{opened['pmr_number']}/notes", note, (ANN, "pass word"))
    return {"order": order, "later": later, "ann": ann, "license": license_, "key": made, "request": opened}


def _at_the_site(wire: Wire, license_id: str, ann: tuple[str, str]) -> None:
    site = {"kind": "siteprotector", "name": "HQ"}
    installation = wire.value(wire.post("/products/api/v1/installations", site), 201)
    path = f"/products/api/v1/installations/{installation['id']}"
    file = wire.get(f"/lkc/api/v1/licenses/{license_id}/file?format=isslicense", ann)
    wire.call("POST", f"{path}/licenses", file.get_data(), content_type="application/octet-stream")
    wire.control("POST", "/clock/advance", {"minutes": 100})
    [token] = wire.value(wire.get("/onetrust/api/v1/tokens", PRODUCER))
    wire.post(f"{path}/tokens", {"token": token["token"]})
    wire.post(f"{path}/retrieve")
    wire.put(f"{path}/network", {"internet": True, "proxy": "proxy.acme.example:8080"})
    host = wire.value(wire.post("/products/api/v1/installations", {"kind": "host-protection", "name": "Kiosk"}), 201)
    wire.post(f"/products/api/v1/installations/{host['id']}/agents", {"name": "pc-1"})
    wire.control("POST", "/faults", {"kind": "mail-delay", "to": BOB, "minutes": 600})
    wire.post("/lkc/api/v1/password-finder", {"email": BOB})
    wire.post("/lkc/api/v1/session", {"email": BOB, "password": "wrong"})
    wire.get("/support/api/v1/registrations", (BOB, "wrong"))
    wire.get("/myiss/api/v1/token", (BOB, "wrong"))


def counts(wire: Wire) -> dict[str, int]:
    """How many rows each table of the layout has."""
    with wire.landscape.store.session(wire.world, Access.READ) as world:
        return {
            table: world.driver.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 - our names
            for table in (part_.table.name for part_ in LAYOUT.parts)
        }
