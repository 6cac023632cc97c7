"""Pages stay whole, whatever customers are called, and take no form that was made elsewhere."""

from __future__ import annotations

import re

import pytest

from lkc.keycenter.portal import views
from lkc.keycenter.system import PAGES
from tests.builders import ANN, BOB, account_of, line, members, person, submitted
from tests.keycenter.portal.visits import logged_in, reader_of
from tests.reader import Reader
from tests.wire import PRODUCER, Wire

NAMES = ["<script>alert(1)</script>", "W" * 200, "שלום עולם", 'Quote " and \\ %_', "{{ 7 * 7 }}"]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_kind_are_text_and_nothing_else(wire: Wire, name: str) -> None:
    """Account, purchase order, dates, people: shown letter by letter, in a frame of their own direction."""
    wire.post("/ordering/api/v1/customers", {"icn": "0012345", "name": name, "country": "DE"}, PRODUCER)
    users = [person(ANN, name), person(BOB, name)]
    lines = [line(start_date=name[:40], serial_number=name[:60])]
    booked = submitted(wire, purchase_order=name[:80], registered_end_users=users, order_date=name[:40], lines=lines)
    number, reader = booked["order_number"], logged_in(wire)
    account = account_of(wire, number)
    for path in (
        "",
        f"orders/{number}",
        f"orders/{number}/licenses",
        f"accounts/{account}/members",
        f"accounts/{account}/members/delete?email={BOB}",
    ):
        reader.open(f"/lkc/{path}")
        assert name[:40] in reader.text
        assert "<script>" not in reader.html
        assert reader.html.rstrip().endswith("</html>")
        assert len(re.findall("<bdi[ >]", reader.html)) == len(re.findall("</bdi>", reader.html)) > 1
    reader.open(f"/lkc/accounts/{account}/members/edit?email={BOB}")
    assert reader.parsed.forms[1].values["name"] == name
    reader.open("/lkc/").submit("Search", {"search": name[:30]})
    assert number in reader.parsed.links
    reader.open(f"/lkc/orders/{number}/licenses")
    reader.submit("Generate", {"license_id": choices(reader)[0]}, status=409)
    assert f'"\N{FIRST STRONG ISOLATE}{name[:40]}\N{POP DIRECTIONAL ISOLATE}"' in reader.text


def choices(reader: Reader) -> list[str]:
    """The values of the radio buttons of a page."""
    found: list[str] = re.findall(r'name="license_id"[^>]*value="([^"]+)"', reader.html)
    return found


def test_a_form_of_another_session_does_nothing_and_says_so(wire: Wire) -> None:
    """Neither a member is deleted nor a license generated with a mark that was shown to somebody else."""
    users = [person(ANN), person(BOB)]
    number = submitted(wire, registered_end_users=users)["order_number"]
    account = account_of(wire, number)
    strange = reader_of(wire).open("/lkc/login").parsed.forms[0].values["csrf_token"]
    ann = logged_in(wire).open(f"/lkc/accounts/{account}/members/delete?email={BOB}")
    ann.submit("Submit", {"sure": "yes", "csrf_token": strange})
    assert "nothing was done" in ann.text
    ann.open(f"/lkc/orders/{number}/licenses")
    ann.submit("Generate", {"license_id": choices(ann)[0], "csrf_token": strange})
    assert "nothing was done" in ann.text
    assert "Generated license files" not in ann.text
    ann.submit("Log out", {"csrf_token": strange})
    assert ann.path.endswith("/lkc/")
    assert BOB in members(wire, account)


def test_nothing_is_shown_to_who_is_not_logged_in(wire: Wire) -> None:
    """Every page but those of getting in leads to the login page, whether its address exists or not."""
    reader = reader_of(wire)
    for path in ("", "orders/1", "orders/1/licenses", "licenses/L-1/keys/1/flexnet", "members", "accounts/1/members"):
        assert reader.open(f"/lkc/{path}").path.endswith("/lkc/login")
    for what in ("new", "edit?email=a", "delete?email=a"):
        assert reader.open(f"/lkc/accounts/1/members/{what}").path.endswith("/lkc/login")


def test_what_comes_too_late_is_told_and_not_done(wire: Wire) -> None:
    """A form that is sent after the session has ended leads to the login page."""
    number = submitted(wire)["order_number"]
    ann = logged_in(wire).open(f"/lkc/orders/{number}/licenses")
    wire.control("POST", "/clock/advance", {"hours": 8})
    ann.submit("Generate", {"license_id": choices(ann)[0]})
    assert "Your session has ended." in ann.text
    assert ann.path.endswith("/lkc/login")


def test_files_have_known_formats_and_numbers(wire: Wire) -> None:
    """Addresses of files that cannot be are pages that are not found."""
    number = submitted(wire)["order_number"]
    ann = logged_in(wire).open(f"/lkc/orders/{number}/licenses")
    own = choices(ann)[0]
    for path in (f"{own}/keys/1/exe", f"{own}/keys/{2**70}/flexnet", "L-999/keys/1/flexnet"):
        assert "Nothing to see here" in ann.open(f"/lkc/licenses/{path}", status=404).text


def test_every_page_has_one_heading_and_names_its_fields(wire: Wire) -> None:
    """One h1; every field a person fills in has a label; every table a name."""
    number = submitted(wire)["order_number"]
    account = account_of(wire, number)
    ann = logged_in(wire)
    for path in ("", f"orders/{number}", f"orders/{number}/licenses", "members", f"accounts/{account}/members/new"):
        html = ann.open(f"/lkc/{path}").html
        assert html.count("<h1>") == 1
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
        for tag in re.findall(r"<(?:input|select)[^>]*>", html):
            if 'type="hidden"' not in tag:
                assert re.search(r' id="([^"]+)"', tag)[1] in labelled, tag  # type: ignore[index] # it must have one
        for table in re.findall(r"<table.*?</thead>", html, re.DOTALL):
            assert "<caption" in table or "aria-labelledby" in table
            assert "<th>" not in table


def test_every_declared_page_has_its_view() -> None:
    """What the system declares is what the module of views holds."""
    assert PAGES.frame == "keycenter/frame.html"
    assert all(callable(getattr(views, name)) for name in views.__all__)
