"""Order Summary, Generate and Save in the browser (Q8, Q9, Q12 to Q14)."""

from __future__ import annotations

import pytest

from lkc.keycenter.order_summary import PAGE
from tests.builders import ANN, BOB, PASSWORD, change, licenses, line, part, submit, submitted
from tests.keycenter.portal.visits import logged_in
from tests.reader import Reader
from tests.wire import Wire


def licenses_page(reader: Reader, number: str) -> Reader:
    """From the Order Summary to the licenses of an order."""
    return reader.open("/lkc/").follow(number).follow("Licenses for this Order")


def test_the_documented_way_leads_to_the_license_file(wire: Wire) -> None:
    """Order, "Licenses for this Order", radio button, "Generate", "Save": the bytes are those of the interface (Q8)."""
    number = submitted(wire)["order_number"]
    reader = licenses_page(logged_in(wire), number)
    license_id = licenses(wire, number)[0]["license_id"]
    assert "Not generated" in reader.text

    reader.submit("Generate", {"license_id": license_id})
    assert "The license file is ready" in reader.text
    reader.follow("Save")

    headers = reader.answer.headers
    assert headers["Content-Disposition"].startswith('attachment; filename="iss_')
    assert headers["Content-Type"].startswith("application/xml")
    assert reader.answer.data == wire.get(f"/lkc/api/v1/licenses/{license_id}/file", (ANN, PASSWORD)).data


def test_generated_files_stay_on_the_page_in_both_formats(wire: Wire) -> None:
    """A key for a host, as FlexNet file; the list names the key, the host and who generated it."""
    number = submitted(wire)["order_number"]
    reader = licenses_page(logged_in(wire), number)
    license_id = licenses(wire, number)[0]["license_id"]
    reader.submit("Generate", {"license_id": license_id, "host_id": "001122334455", "format": "flexnet"})
    (name,) = [label for label in reader.parsed.links if label.endswith(".lic")]
    assert "001122334455" in reader.text
    assert f"by {ANN}" in reader.text

    licenses_page(reader, number)
    assert "The license file is ready" not in reader.text
    assert b"SERVER this_host 001122334455" in reader.follow(name).answer.data
    licenses_page(reader, number).follow(name.replace(".lic", ".isslicense"))
    assert reader.answer.headers["Content-Type"].startswith("application/xml")


def test_a_changed_order_is_generated_anew(wire: Wire) -> None:
    """The former file is no longer offered, and its address shows what to do."""
    number = submitted(wire)["order_number"]
    reader = licenses_page(logged_in(wire), number)
    reader.submit("Generate", {"license_id": licenses(wire, number)[0]["license_id"]})
    former = reader.parsed.links["Save"]
    change(wire, number, lines=[line(quantity=6)])
    submit(wire, number)
    assert "Not generated" in licenses_page(reader, number).text
    assert "no license file" in reader.open(former, status=409).text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"quantity": 0}, "Its quantity is 0."),
        ({"expiration_date": "31/12/2014"}, "Expiration Date reads"),
        ({"start_date": ""}, "Start Date reads nothing"),
        ({"license_expiration_date": "soon"}, "License Expiration Date reads"),
    ],
)
def test_a_refusal_is_told_on_the_page_in_words_of_a_customer(wire: Wire, wrong: dict[str, str], told: str) -> None:
    """What is wrong stands there with what helps; nothing of paths or calls (Q13)."""
    number = submitted(wire, lines=[line(**wrong)])["order_number"]
    license_id = licenses(wire, number)[0]["license_id"]
    reader = licenses_page(logged_in(wire), number).submit("Generate", {"license_id": license_id}, status=409)
    assert told in reader.text
    assert "ask Customer Support" in reader.text
    assert reader.parsed.forms[1].values["license_id"] == license_id
    assert "api/v1" not in reader.text
    (event,) = [one for one in wire.value(wire.get("/_sim/events")) if one["kind"] == "generate-refused"]
    assert license_id in event["text"]


def test_every_reason_is_told_that_of_a_cancelled_order_too(wire: Wire) -> None:
    """Quantity 0 because of the refund, and a wrong date besides (Q13, Q14)."""
    number = submitted(wire, lines=[line(expiration_date="later")])["order_number"]
    wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, ("producer", "producer"))
    license_id = licenses(wire, number)[0]["license_id"]
    reader = licenses_page(logged_in(wire), number).submit("Generate", {"license_id": license_id}, status=409)
    for told in ("Its quantity is 0.", "cancelled and refunded", "Expiration Date reads"):
        assert told in reader.text


def test_one_license_has_to_be_marked_and_a_host_be_one_host(wire: Wire) -> None:
    """What the form lacks is told at its fields; a license of another order is none of the choices."""
    number, other = submitted(wire)["order_number"], submitted(wire)["order_number"]
    reader = licenses_page(logged_in(wire), number)
    assert "Mark one license." in reader.submit("Generate").text
    foreign = licenses(wire, other)[0]["license_id"]
    assert "Not a valid choice" in reader.submit("Generate", {"license_id": foreign}).text
    own = licenses(wire, number)[0]["license_id"]
    assert "ID of one host" in reader.submit("Generate", {"license_id": own, "host_id": "two hosts"}).text
    assert "Not generated" in licenses_page(reader, number).text


def test_products_with_onetrust_are_shown_with_nothing_to_generate(wire: Wire) -> None:
    """The order names both kinds; only the other one has a radio button (Q9)."""
    lines = [line(), line(part_number=part("onetrust"))]
    reader = logged_in_with(wire, lines)
    assert "OneTrust: nothing to generate" in reader.text
    reader.follow("Licenses for this Order")
    assert "Nothing to generate" in reader.text
    assert reader.html.count('type="radio"') == 1


def logged_in_with(wire: Wire, lines: list[dict[str, object]]) -> Reader:
    """Ann at the page of an order with these lines."""
    number = submitted(wire, lines=lines)["order_number"]
    return logged_in(wire).follow(number)


def test_what_is_not_ones_own_looks_like_what_is_not_there(wire: Wire) -> None:
    """Order, licenses, file and account of others: the page is that of a name which does not exist (Q12)."""
    submitted(wire)
    number = submitted(wire, icn="0099999", registered_end_users=[{"name": "Bob", "email": BOB}])["order_number"]
    reader = licenses_page(logged_in(wire, BOB), number)
    reader.submit("Generate", {"license_id": licenses(wire, number)[0]["license_id"]})
    file = reader.parsed.links["Save"].partition("/lkc")[2]
    account = reader.open("/lkc/members").path.split("/")[-2]
    ann = logged_in(wire)
    for path in (f"/orders/{number}", f"/orders/{number}/licenses", file, f"/accounts/{account}/members"):
        foreign = ann.open(f"/lkc{path}", status=404).text
        unknown = path.replace(number, "9").replace(account, "9").replace(file.split("/")[2], "9")
        assert foreign == ann.open(f"/lkc{unknown}", status=404).text
    assert number not in ann.open(f"/lkc/?search={number}").parsed.links
    assert ann.open(f"/lkc/members?account={account}", status=404).answer.status_code == 404


def test_orders_are_searched_sorted_and_paged(wire: Wire) -> None:
    """Links and the search field alone lead through all orders; a page behind the end is the last one."""
    numbers = [submitted(wire, purchase_order=f"PO-{place:02d}")["order_number"] for place in range(PAGE + 2)]
    reader = logged_in(wire)
    assert f"Orders 1 to {PAGE} of {PAGE + 2}" in reader.text
    assert numbers[0] not in reader.parsed.links
    reader.follow("Next page")
    assert numbers[0] in reader.parsed.links
    assert f"Orders {PAGE + 1} to {PAGE + 2} of {PAGE + 2}" in reader.text
    reader.follow("Previous page").follow("Purchase Order")
    assert 'aria-sort="ascending"' in reader.html
    assert reader.text.index("PO-00") < reader.text.index("PO-01")
    reader.submit("Search", {"search": "po-26"})
    assert [label for label in reader.parsed.links if label in numbers] == [numbers[26]]
    assert "No order fits" in reader.submit("Search", {"search": "<nothing>"}).text
    assert numbers[0] in reader.follow("Show all orders").open("/lkc/?page=99&by=x&order=y").parsed.links


def test_a_member_without_orders_is_told_where_they_may_be(wire: Wire) -> None:
    """Ann's only order went over to another account; Bob, whom she had added, sees what that means."""
    number = submitted(wire)["order_number"]
    account = wire.value(wire.get("/lkc/api/v1/accounts", ("producer", "producer")))[0]["account_id"]
    path = f"/lkc/api/v1/accounts/{account}/members"
    wire.value(wire.post(path, {"name": "Bob", "email": BOB}, ("producer", "producer")), 201)
    change(wire, number, customer_name="Another Name")
    submit(wire, number)
    reader = logged_in(wire, BOB)
    assert "There are no orders on your accounts" in reader.text
    assert "join that account" in reader.parsed.links
