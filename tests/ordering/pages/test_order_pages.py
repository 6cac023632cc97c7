"""The order system in the browser: booking, changing, submitting, cancelling, and finding orders again."""

from __future__ import annotations

from io import BytesIO

import pytest

from tests.builders import ANN, ICN, book, create_customer, mails, part, submitted
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

API = "/ordering/api/v1"
HOSTILE = "<script>alert(1)</script>" + "x" * 200


@pytest.fixture
def staff(wire: Wire) -> Reader:
    """The vendor's staff, signed in at a world with one customer."""
    create_customer(wire)
    reader = Reader(wire.landscape, wire.world).open("/ordering/")
    return reader.submit("Sign in", {"name": "producer", "password": "producer"})


def filled(**values: str) -> dict[str, str]:
    """The fields of an order that can be booked."""
    return {
        "icn": ICN,
        "purchase_order": "PO-1",
        "contact.name": "Ann Admin",
        "contact.email": ANN,
        "registered_end_users": f"Ann Admin <{ANN}>\nBob <bob@acme.example>",
        "lines[0].part_number": part("key-file"),
        "lines[0].quantity": "5",
        "lines[0].expiration_date": "31-DEC-2014",
        **values,
    }


def test_only_the_staff_see_the_pages(wire: Wire) -> None:
    """Every page leads whoever is not signed in to the sign-in, and back again."""
    number = book_any(wire)
    reader = Reader(wire.landscape, wire.world)
    for path in ("", "orders/new", f"orders/{number}", f"orders/{number}/cancel", "customers", "import"):
        assert reader.open(f"/ordering/{path}").path.endswith("/ordering/sign-in")
    reader.open("/ordering/import").submit("Sign in", {"name": "producer", "password": "wrong"}, status=401)
    assert "do not belong together" in reader.text


def book_any(wire: Wire) -> str:
    """An order that is booked."""
    create_customer(wire)
    number: str = book(wire)["order_number"]
    return number


def test_after_the_sign_in_one_is_where_one_wanted_to_be(wire: Wire) -> None:
    """The page asked for is shown; an address elsewhere is never led to."""
    reader = Reader(wire.landscape, wire.world).open("/ordering/customers")
    reader.submit("Sign in", {"name": "producer", "password": "producer"})
    assert reader.path.endswith("/ordering/customers")


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "/mail/", "/ordering//evil", "/ordering/\\x"]
)
def test_a_way_back_that_leads_elsewhere_is_not_taken(wire: Wire, back: str) -> None:
    """Only pages of the order system are gone back to."""
    reader = Reader(wire.landscape, wire.world).open(f"/ordering/sign-in?back={back}")
    reader.submit("Sign in", {"name": "producer", "password": "producer"})
    assert reader.path == f"/w/{wire.world}/ordering/"


def test_an_order_is_booked_submitted_and_found_again(wire: Wire, staff: Reader) -> None:
    """The whole way: form, order, submission with its mails, search."""
    staff.follow("Book an order").submit("Book the order", filled())
    number = wire.value(wire.get(f"{API}/orders", PRODUCER))[0]["order_number"]
    assert f"Order {number} is booked" in staff.text
    assert "permanent" in staff.text

    staff.submit("Submit")
    assert "License Key Center: accepted." in staff.text
    assert "3 mails went out." in staff.text
    assert len(mails(wire, to="bob@acme.example")) == 1

    for wanted in (number, "PO-1", ICN, "acme hol", ANN.upper()):
        assert number in staff.open(f"/ordering/?q={wanted}").text
    assert "No order fits" in staff.open("/ordering/?q=nothing-like-that").text
    assert "No order fits" in staff.open("/ordering/?status=cancelled").text


def test_what_is_wrong_stands_at_its_field(wire: Wire, staff: Reader) -> None:
    """Every mistake is told at once, what was typed stays, and nothing is kept."""
    wrong = filled(
        **{
            "icn": "0099999",
            "contact.email": "nobody",
            "registered_end_users": "Ann",
            "lines[0].quantity": "many",
            "lines[0].expiration_date": HOSTILE,
        }
    )
    page = staff.open("/ordering/orders/new").submit("Book the order", wrong, status=422)
    assert "4 fields have to be corrected" in page.text
    assert "Write one person a line: Name <address>." in page.text
    assert 'value="many"' in page.html
    assert "<script>alert" not in page.html
    assert wire.value(wire.get(f"{API}/orders", PRODUCER)) == []


def test_an_unknown_customer_number_is_told_at_its_field(staff: Reader) -> None:
    """What only the order system can know is told in the same way."""
    page = staff.open("/ordering/orders/new").submit("Book the order", filled(icn="0099999"), status=422)
    assert "no customer has this ICN" in page.text


def test_one_more_line_keeps_what_is_filled_in(wire: Wire, staff: Reader) -> None:
    """The form comes back with an empty line more; lines that stay empty are left out."""
    staff.open("/ordering/orders/new").submit("One more line", filled())
    assert "Line 2" in staff.text
    staff.submit("Book the order")
    (booked,) = wire.value(wire.get(f"{API}/orders", PRODUCER))
    assert [line["quantity"] for line in booked["lines"]] == [5]


def test_a_change_waits_for_the_next_submission(wire: Wire, staff: Reader) -> None:
    """The page says so; lines keep their numbers, and a wrong date is taken as it is (Q13)."""
    number = submitted(wire)["order_number"]
    staff.open(f"/ordering/orders/{number}").follow("Change")
    staff.submit("Keep the changes", {"lines[0].expiration_date": "2014-12-31"})
    assert "until it is submitted again" in staff.text
    assert "2014-12-31" in staff.text
    staff.submit("Submit again")
    assert "submitted" in staff.text

    staff.follow("Change").submit("Keep the changes")
    assert "Nothing was changed." in staff.text


def test_a_cancellation_is_asked_for_twice(wire: Wire, staff: Reader) -> None:
    """Only the confirmation cancels; the lines stay with quantity 0 (Q14)."""
    number = submitted(wire)["order_number"]
    staff.open(f"/ordering/orders/{number}").follow("Cancel and refund")
    assert wire.value(wire.get(f"{API}/orders/{number}", PRODUCER))["status"] == "submitted"
    staff.submit("Cancel and refund")
    assert "is cancelled and refunded" in staff.text
    assert {line["quantity"] for line in wire.value(wire.get(f"{API}/orders/{number}", PRODUCER))["lines"]} == {0}
    staff.open(f"/ordering/orders/{number}/cancel").submit("Cancel and refund")
    assert "was cancelled before" in staff.text


def test_the_first_mail_goes_out_again(wire: Wire, staff: Reader) -> None:
    """To the contact that the order has now."""
    number = submitted(wire)["order_number"]
    before = len(mails(wire))
    staff.open(f"/ordering/orders/{number}").submit("Send the first mail again")
    assert f"The first mail went out again, to {ANN}." in staff.text
    assert len(mails(wire)) == before + 1


def test_an_order_that_there_is_not_is_told_on_a_page(staff: Reader) -> None:
    """Within the frame, with status 404."""
    assert "There is no order '42'." in staff.open("/ordering/orders/42", status=404).text


def test_a_long_list_comes_in_pages(wire: Wire, staff: Reader) -> None:
    """Newest first; the next page goes on where the first one ends, and back to the first."""
    numbers = [book(wire)["order_number"] for _ in range(27)]
    staff.open("/ordering/")
    assert numbers[26] in staff.text
    assert numbers[1] not in staff.text
    staff.follow("Next page")
    assert numbers[1] in staff.text
    assert numbers[26] in staff.follow("First page").text


def test_customers_are_listed_and_created(staff: Reader) -> None:
    """A new customer stands in the list; a known number and a wrong country are told."""
    staff.follow("Customers").follow("New customer")
    staff.submit("Create the customer", {"icn": "0054321", "name": "<b>Bolt</b>", "country": "AT"})
    assert "<b>Bolt</b> is customer 0054321." in staff.text
    assert "<b>Bolt" not in staff.html
    staff.follow("New customer").submit(
        "Create the customer", {"icn": "1", "name": "x", "country": "Austria"}, status=422
    )
    assert "must be two capital letters" in staff.text
    staff.submit("Create the customer", {"icn": "0054321", "name": "x", "country": "AT"})
    assert "exists already" in staff.text


def test_an_import_tells_how_far_it_is_and_what_came_of_it(staff: Reader) -> None:
    """Good rows go in, bad ones are named; the same file again books nothing twice."""
    columns = "reference,icn,customer_name,country,purchase_order,contact_name,contact_email"
    head = f"{columns},part_number,quantity,expiration_date\n"
    row = f"{{}},{ICN},,,PO-9,Ann,{ANN},{part('key-file')},{{}},31-DEC-2014\n"
    text = head + "".join(row.format(f"R-{number}", 1) for number in range(400)) + row.format("R-400", "many")
    staff.follow("Import")
    for imported, known in ((400, 0), (0, 400)):
        staff.submit("Import", {"file": (BytesIO(text.encode()), "orders.csv")})
        assert staff.html.count("<progress") == 2
        assert f"{imported} orders imported" in staff.text
        assert (f"{known} there already" in staff.text) == bool(known)
        assert "402 quantity" in staff.text
        staff.follow("Import another file")


def test_a_file_that_is_none_of_orders_is_refused_on_the_page(staff: Reader) -> None:
    """With the reason; and without a file the form asks for one."""
    staff.follow("Import").submit("Import", {"file": (BytesIO(b"a,b\n1,2\n"), "x.csv")})
    assert "0 orders imported" in staff.text
    assert 'class="notice notice-refused"' in staff.html
    assert "Choose a file." in staff.follow("Import another file").submit("Import").text


def test_a_file_that_is_too_large_is_refused_on_the_page(staff: Reader) -> None:
    """With the bound and the way out; the form is there for another one."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="x.ndjson"\r\n\r\n'
    body = head + b" " * (33 * 2**20) + b"\r\n--x--\r\n"
    staff.follow("Import")
    staff._see("POST", staff.path, 413, data=body, content_type="multipart/form-data; boundary=x")
    assert "The file has more than 32 MiB; nothing of it was imported." in staff.text
    assert "lkc orders import FILE" in staff.text
    staff.submit("Import", {"file": (BytesIO(b"a,b\n1,2\n"), "x.csv")})
    assert "0 orders imported" in staff.text
