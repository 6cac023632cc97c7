"""Generate: what gives a file, what refuses, and what cures."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from lkc.app import Landscape
from lkc.keycenter.files.verification import verify
from lkc.world.keys import public_keys
from lkc.world.store import Origin
from tests.builders import (
    ANN,
    change,
    expect_problem,
    licenses,
    line,
    part,
    submit,
    submitted,
    with_password,
)
from tests.wire import PRODUCER, Wire


def generate(wire: Wire, license_id: str, auth: tuple[str, str], **body: object) -> tuple[int, dict[str, Any]]:
    """Status and body of Generate."""
    response = wire.post(f"/lkc/api/v1/licenses/{license_id}/generate", body, auth)
    return response.status_code, response.get_json(force=True)


@pytest.mark.parametrize("format_", ["isslicense", "flexnet"])
def test_a_generated_file_downloads_and_verifies(wire: Wire, format_: str) -> None:
    """What Generate promises is what the download gives, and it verifies with the published key."""
    order = submitted(wire)
    ann = with_password(wire)
    license_id = licenses(wire, order["order_number"], ann)[0]["license_id"]

    status, made = generate(wire, license_id, ann, format=format_)
    response = wire.get(made["href"].partition(f"/w/{wire.world}")[2], ann)

    assert status == 201
    assert hashlib.sha256(response.data).hexdigest() == made["sha256"]
    assert response.headers["Content-Disposition"] == f'attachment; filename="{made["file_name"]}"'
    keys = public_keys(wire.value(wire.get("/lkc/api/v1/keys")))
    assert verify(response.data, keys).key_id == made["key_id"]
    assert licenses(wire, order["order_number"], ann)[0]["status"] == "generated"


def test_a_saved_file_has_the_documented_name(wire: Wire) -> None:
    """The file name follows the pattern of the technote: iss_<keyid>_key.isslicense."""
    order = submitted(wire)
    license_id = licenses(wire, order["order_number"])[0]["license_id"]

    _, made = generate(wire, license_id, PRODUCER)

    assert made["file_name"] == f"iss_{made['key_id']}_key.isslicense"


def test_generating_again_gives_the_same_bytes(wire: Wire) -> None:
    """A second Generate answers 200 with the same key."""
    order = submitted(wire)
    license_id = licenses(wire, order["order_number"])[0]["license_id"]
    first = generate(wire, license_id, PRODUCER)

    second = generate(wire, license_id, PRODUCER)

    assert (first[0], second[0]) == (201, 200)
    assert first[1] == second[1]


def test_a_changed_and_resubmitted_line_gets_a_new_key(wire: Wire) -> None:
    """A change alone changes nothing in the key center; submitted again, the line gets another key."""
    order = submitted(wire)
    number = order["order_number"]
    license_id = licenses(wire, number)[0]["license_id"]
    _, first = generate(wire, license_id, PRODUCER)
    change(wire, number, lines=[line(line_number=1, quantity=9)])

    unchanged, _ = generate(wire, license_id, PRODUCER)
    submit(wire, number)
    status, second = generate(wire, license_id, PRODUCER)

    assert (unchanged, status) == (200, 201)
    assert int(second["key_id"]) > int(first["key_id"])
    assert second["sha256"] != first["sha256"]


def test_an_unchanged_resubmission_keeps_the_key(wire: Wire) -> None:
    """Submitting again without a change keeps key and bytes."""
    order = submitted(wire)
    license_id = licenses(wire, order["order_number"])[0]["license_id"]
    _, first = generate(wire, license_id, PRODUCER)

    submit(wire, order["order_number"])

    assert generate(wire, license_id, PRODUCER) == (200, first)


def test_another_host_gets_another_key(wire: Wire) -> None:
    """A license file is made for a host; without a host id it is good for any."""
    order = submitted(wire)
    license_id = licenses(wire, order["order_number"])[0]["license_id"]
    _, anywhere = generate(wire, license_id, PRODUCER)

    status, bound = generate(wire, license_id, PRODUCER, host_id="001122334455", format="flexnet")

    assert status == 201
    assert bound["key_id"] != anywhere["key_id"]
    text = wire.get(f"/lkc/api/v1/licenses/{license_id}/file?format=flexnet", PRODUCER).get_data(as_text=True)
    assert "SERVER this_host 001122334455" in text


WRONG_DATES = ["31/12/2014", "2014-12-31", "31-DEC-14", "", "29-FEB-2015", "1-JAN-2015", " 31-DEC-2014", "PERMANENTLY"]


@pytest.mark.parametrize("text", WRONG_DATES)
@pytest.mark.parametrize("field", ["start_date", "expiration_date", "license_expiration_date"])
def test_a_wrong_date_is_kept_letter_by_letter_and_refused_at_generate(wire: Wire, field: str, text: str) -> None:
    """Q13: the order takes any text; Generate names the field and the text; the cure works."""
    order = submitted(wire, lines=[line(**{field: text})])
    number = order["order_number"]
    license_ = licenses(wire, number)[0]

    response = wire.post(f"/lkc/api/v1/licenses/{license_['license_id']}/generate", {}, PRODUCER)

    assert order["lines"][0][field] == text
    assert license_[field] == text
    found = expect_problem(response, 409, "date-format")
    assert (found["question"], found["field"], found["received"]) == (13, field, text)
    assert [reason["code"] for reason in found["reasons"]] == ["date-format"]
    change(wire, number, lines=[line(line_number=1)])
    submit(wire, number)
    assert generate(wire, license_["license_id"], PRODUCER)[0] == 201


@pytest.mark.parametrize("text", ["31-DEC-2014", "31-dec-2014", "29-Feb-2016", "01-JAN-2010"])
def test_well_formed_dates_generate_whatever_day_they_mean(wire: Wire, text: str) -> None:
    """Letter case and days that have passed are no reasons to refuse."""
    order = submitted(wire, lines=[line(expiration_date=text, start_date=text, license_expiration_date=text)])

    assert generate(wire, licenses(wire, order["order_number"])[0]["license_id"], PRODUCER)[0] == 201


def test_quantity_zero_is_refused_and_never_uncounted(wire: Wire) -> None:
    """Q13: a quantity of 0 that was ordered so is refused, and not explained as a cancellation."""
    order = submitted(wire, lines=[line(quantity=0)])
    license_id = licenses(wire, order["order_number"])[0]["license_id"]

    response = wire.post(f"/lkc/api/v1/licenses/{license_id}/generate", {}, PRODUCER)

    found = expect_problem(response, 409, "quantity-zero")
    assert (found["question"], found["quantity"]) == (13, 0)
    assert [reason["question"] for reason in found["reasons"]] == [13]
    file = wire.get(f"/lkc/api/v1/licenses/{license_id}/file", PRODUCER)
    expect_problem(file, 409, "license-not-generated")


def test_a_cancelled_order_stays_to_be_seen_with_quantity_zero(wire: Wire) -> None:
    """Q14: after cancellation the line is there with quantity 0, and the refusal says why."""
    order = submitted(wire)
    number = order["order_number"]

    cancelled = wire.value(wire.post(f"/ordering/api/v1/orders/{number}/cancel", None, PRODUCER))
    license_ = licenses(wire, number)[0]
    response = wire.post(f"/lkc/api/v1/licenses/{license_['license_id']}/generate", {}, PRODUCER)

    assert (cancelled["status"], license_["quantity"]) == ("cancelled", 0)
    assert [reason["question"] for reason in expect_problem(response, 409, "quantity-zero")["reasons"]] == [13, 14]


def test_every_reason_is_named_in_the_order_of_the_table(wire: Wire) -> None:
    """Where quantity and dates are wrong, all of it is said at once."""
    order = submitted(wire, lines=[line(quantity=0, expiration_date="soon", start_date="early")])
    license_id = licenses(wire, order["order_number"])[0]["license_id"]

    response = wire.post(f"/lkc/api/v1/licenses/{license_id}/generate", {}, PRODUCER)

    reasons = expect_problem(response, 409, "quantity-zero")["reasons"]
    assert [(reason["code"], reason.get("field")) for reason in reasons] == [
        ("quantity-zero", None),
        ("date-format", "start_date"),
        ("date-format", "expiration_date"),
    ]


@pytest.mark.parametrize("host_id", ["two words", 'a"b', "a#b", "x" * 65, "ü"])
def test_a_host_id_that_cannot_be_one_is_refused(wire: Wire, host_id: str) -> None:
    """Text that would break the license file is refused, and no key is made."""
    order = submitted(wire)
    license_id = licenses(wire, order["order_number"])[0]["license_id"]

    response = wire.post(f"/lkc/api/v1/licenses/{license_id}/generate", {"host_id": host_id}, PRODUCER)

    expect_problem(response, 422, "validation")
    assert licenses(wire, order["order_number"])[0]["status"] == "not-generated"


def test_a_line_that_is_gone_stays_to_be_seen_with_quantity_zero(wire: Wire) -> None:
    """A line taken off the order and resubmitted is withdrawn, not hidden; a new one appears."""
    order = submitted(wire, lines=[line(line_number=1), line(line_number=2)])
    number = order["order_number"]

    change(wire, number, lines=[line(line_number=2), line(line_number=3)])
    submit(wire, number)

    found = {entry["line_number"]: entry["quantity"] for entry in licenses(wire, number)}
    assert found == {1: 0, 2: 5, 3: 5}


def test_the_line_of_the_token_service_cannot_be_generated(wire: Wire) -> None:
    """Q9: an order with both kinds lists the OneTrust product, but only key-file lines are licenses."""
    order = submitted(wire, lines=[line(), line(part_number=part("onetrust"))])
    ann = with_password(wire)

    listed = wire.value(wire.get("/lkc/api/v1/orders", ann))[0]

    assert [entry["line_number"] for entry in licenses(wire, order["order_number"], ann)] == [1]
    assert [entry["quantity"] for entry in listed["onetrust"]] == [5]


def test_the_same_seed_gives_the_same_bytes_in_two_worlds(landscape: Landscape) -> None:
    """Same seed and moment: identical numbers and byte-identical files; another seed: others."""
    files = []
    for name, seed in (("same-a", 4), ("same-b", 4), ("other", 5)):
        landscape.store.create(name, Origin(seed=seed))
        world = Wire(landscape, name)
        order = submitted(world)
        license_id = licenses(world, order["order_number"])[0]["license_id"]
        _, made = generate(world, license_id, PRODUCER)
        content = world.get(f"/lkc/api/v1/licenses/{license_id}/file", PRODUCER).data
        files.append((order["order_number"], order["ocn"], made["key_id"], content))
        landscape.store.delete(name)

    assert files[0] == files[1]
    assert files[0] != files[2]


def test_a_member_generates_in_his_own_name(wire: Wire) -> None:
    """The timeline tells who generated what."""
    order = submitted(wire)
    ann = with_password(wire)
    generate(wire, licenses(wire, order["order_number"], ann)[0]["license_id"], ann)

    events = wire.value(wire.get("/_sim/events?limit=1000"))

    assert [event["subject"]["email"] for event in events if event["kind"] == "license-generated"] == [ANN]
