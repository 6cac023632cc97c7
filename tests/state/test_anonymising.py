"""An anonymous copy tells the same story of people, companies and numbers that there are not."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from lkc.app import Landscape
from lkc.mail.senders import domains
from lkc.scenarios.cases import questions
from lkc.world.refusals import Invalid
from lkc.world.state.anonymising import PASSWORD, AnonymousCopy, anonymised
from lkc.world.state.parts import Holds
from lkc.world.state.pseudonyms import WORD, is_common
from lkc.world.state.reading import Document, Row
from lkc.world.store import Origin
from tests.builders import ANN, BOB, book, create_customer
from tests.state.worlds import LAYOUT, document, furnish, put
from tests.wire import PRODUCER, Wire

KEPT = (*domains(), "producer")
CASES = [case for question in questions() for case in question.cases]
ASKED = {
    "order_number": ("ordering.order", "keycenter.order"),
    "account_id": ("keycenter.account",),
    "email": ("keycenter.user", "ordering.order.end_user"),
    "token": ("onetrust.token",),
}


def rows_of(text: str) -> list[Row]:
    """The rows of a document."""
    read = Document(content=text.encode(), layout=LAYOUT)
    read.head()
    return list(read.rows())


def anonymous(text: str, salt: str = "salt") -> str:
    """An anonymous copy of a document."""
    return anonymised(text.encode(), LAYOUT, salt, KEPT)


def personal(text: str) -> Iterator[str]:
    """What a document holds of anybody: whole values, and the words of names that are nobody else's."""
    rows = rows_of(text)
    plain = " ".join(
        str(row.values[name])
        for row in rows
        for name, column in row.part.columns.items()
        if column.holds is Holds.PLAIN
    )
    kinds = (Holds.PERSON, Holds.COMPANY, Holds.EMAIL, Holds.NUMBER, Holds.CALLER, Holds.HOST, Holds.PASSWORD)
    for row in rows:
        for name, column in row.part.columns.items():
            value = row.values[name]
            if column.holds not in kinds or not value or any(kept in str(value).lower() for kept in KEPT):
                continue
            words = WORD.findall(value) if column.holds in {Holds.PERSON, Holds.COMPANY, Holds.EMAIL} else []
            for one in {value, *(word for word in words if not is_common(word) and word != "example")}:
                if len(one) > 3 and one.lower() not in plain.lower():
                    yield one


def found_in(text: str, value: str) -> bool:
    """Whether a value stands in a text as a word of its own, in any letter case."""
    return re.search(rf"(?<![^\W_]){re.escape(value)}(?![^\W_])", text, re.IGNORECASE) is not None


def codes(wire: Wire, subject: dict[str, Any]) -> list[tuple[int, str]]:
    """Question and code of each finding about something, sorted."""
    answered = wire.control("POST", "/explain", subject).get_json(force=True)
    return sorted((found["question"], found["code"]) for found in answered.get("findings", []))


def subjects(rows: list[Row]) -> Iterator[dict[str, Any]]:
    """What can be asked about in a world."""
    for row in rows:
        header = row.block.header
        for name, headers in ASKED.items():
            if header in headers:
                yield {name: row.values[name]}
        if header == "keycenter.license":
            yield {"license_id": row.values["license_id"]}
        if header == "products.installation":
            yield {"installation": f"I-{row.values['number']}"}
        if header == "mail.message":
            yield {"message_id": row.values["id"]}


def swapped(copy: AnonymousCopy, subject: dict[str, Any]) -> dict[str, Any]:
    """The same question about the copy."""
    [(name, value)] = subject.items()
    if name in {"license_id", "installation", "message_id"}:
        return subject
    return {name: copy.instead(Holds.EMAIL if name == "email" else Holds.NUMBER, value)}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_a_case_is_explained_alike_without_anybody_in_it(landscape: Landscape, wire: Wire, case: Any) -> None:
    """Of every case: the copy loads, nothing of anybody is left, and each thing in it has the findings it had."""
    made = wire.control("POST", "/worlds", {"from": f"scenario:{case.id}"}).get_json()
    wire = Wire(landscape, made["name"])
    text = document(wire)
    copied = anonymous(text)
    other = Wire(landscape, f"{wire.world}-anonymous")
    landscape.store.create(other.world, Origin())
    assert put(other, copied).status_code == 200

    assert sorted({value for value in personal(text) if found_in(copied, value)}) == []
    rows = rows_of(text)
    copy = AnonymousCopy(Document(content=text.encode(), layout=LAYOUT).head(), rows, "salt", KEPT)
    for subject in subjects(rows):
        assert codes(other, swapped(copy, subject)) == codes(wire, subject), subject
    for one in (wire, other):
        landscape.store.delete(one.world)


def test_a_world_with_everything_in_it_keeps_nobody(wire: Wire) -> None:
    """Notes, mails of strangers, license files, links and what is due, too."""
    furnish(wire)
    text = document(wire)

    copied = anonymous(text)

    assert sorted({value for value in personal(text) if found_in(copied, value)}) == []
    for secret in ("Zoe", "fraud", "0049", "1234", "called", "Lösung", "Söhne"):
        assert not found_in(copied, secret), secret
    links = re.findall(r"password/([A-Za-z0-9_-]{43})", text)
    assert links
    assert not any(link in copied for link in links)


def test_the_copy_loads_and_works(wire: Wire) -> None:
    """One signs in with the password that everybody has, links work, files verify, and dates are as wrong as before."""
    made = furnish(wire)
    text = document(wire)
    rows = rows_of(text)
    copy = AnonymousCopy(Document(content=text.encode(), layout=LAYOUT).head(), rows, "salt", KEPT)
    ann, bob = copy.instead(Holds.EMAIL, ANN), copy.instead(Holds.EMAIL, BOB)

    assert put(wire, anonymous(text)).status_code == 200

    assert wire.get("/lkc/api/v1/accounts", (ann, PASSWORD)).status_code == 200
    again = wire.post(f"/lkc/api/v1/licenses/{made['license']['license_id']}/generate", {}, (ann, PASSWORD))
    assert (again.status_code, again.get_json()["key_id"]) == (200, made["key"]["key_id"])
    installation = wire.post("/products/api/v1/installations", {"kind": "siteprotector", "name": "New"}, PRODUCER)
    file = wire.get(f"/lkc/api/v1/licenses/{made['license']['license_id']}/file", (ann, PASSWORD)).get_data()
    path = f"/products/api/v1/installations/{installation.get_json()['id']}/licenses"
    assert wire.call("POST", path, file, content_type="application/octet-stream").status_code == 201
    mail = wire.get(f"/mail/api/v1/messages?to={bob}&subject=Password+Finder&status=delivered").get_json()[0]
    link = {"token": mail["links"][0].rpartition("/")[2], "password": "correct horse"}
    assert wire.post("/lkc/api/v1/password", link).status_code in {204, 410}
    assert '"2014/12/31"' in document(wire)


def test_the_same_salt_gives_the_same_copy(wire: Wire) -> None:
    """Another one gives other people."""
    furnish(wire)
    text = document(wire)

    assert anonymous(text) == anonymous(text)
    assert anonymous(text) != anonymous(text, "another")


def test_equal_values_stay_equal_and_forms_stay(wire: Wire) -> None:
    """Digits stay digits, leading zeros stay, addresses follow the names, letter case makes no difference."""
    create_customer(wire, "0012345", "Nordlicht Energie AG")
    vera = {"name": "Vera Lindqvist", "email": "Vera.Lindqvist@nordlicht.example"}
    low = {**vera, "email": "vera.lindqvist@Nordlicht.example"}
    for number, contact in (("PO-0815", vera), ("PO-0816", low)):
        book(wire, customer_name="Nordlicht Energie AG", contact=contact, purchase_order=number)

    copied = tomllib.loads(anonymous(document(wire)))

    orders = copied["ordering"]["order"]
    [customer] = copied["ordering"]["customer"]
    assert re.fullmatch(r"00[1-9]\d{4}", customer["icn"])
    assert {(order["icn"], order["customer_name"]) for order in orders} == {(customer["icn"], customer["name"])}
    assert customer["name"].endswith(" AG")
    assert all(re.fullmatch(r"[A-Z]{2}-\d{4}", order["purchase_order"]) for order in orders)
    [name] = {order["contact_name"] for order in orders}
    [address] = {order["contact_email"].lower() for order in orders}
    company = customer["name"].split()[0].lower()
    assert address == f"{name.lower().replace(' ', '.')}@{company}.example"


def test_a_real_domain_leads_nowhere_afterwards(wire: Wire) -> None:
    """What ends in a real top-level domain ends in `.example`; the systems' own domains stay."""
    create_customer(wire)
    book(wire, contact={"name": "Zed", "email": "zed@sub.real-company.com"})

    copied = anonymous(document(wire))

    assert "real-company" not in copied
    assert tomllib.loads(copied)["ordering"]["order"][0]["contact_email"].endswith(".example")


def test_a_document_with_mistakes_has_no_copy() -> None:
    """They are named as at an import."""
    with pytest.raises(Invalid, match="format"):
        anonymous("[world]\n")


def test_a_license_file_that_cannot_be_read_is_emptied(wire: Wire) -> None:
    """Better none than one in which somebody may still stand."""
    furnish(wire)
    text = document(wire).replace("<customer>", "<costumer>")

    files = [one for key in tomllib.loads(anonymous(text))["keycenter"]["key"] for one in key["file"]]

    assert [file["content"] for file in files] == ["", ""]


def test_markup_of_a_stranger_is_written_anew(wire: Wire) -> None:
    """Nothing of it is left but its plain words."""
    mail = (
        b"From: a@b.example\r\nTo: ann@acme.example\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n"
        b'<a href="http://evil.example/ann">Please open your Wonderful license</a>\r\n'
    )
    wire.call("POST", "/mail/api/v1/messages", mail, content_type="message/rfc822")

    [message] = tomllib.loads(anonymous(document(wire)))["mail"]["message"]

    assert re.search(r"Please open your [A-Z][a-z]{8} license", message["html"])
    assert "evil" not in message["html"] + message["raw"]
    assert message["raw"].startswith("From: ")
