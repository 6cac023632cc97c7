"""License files at an installation: applied, read at a restart, hidden by older ones, and removed."""

from __future__ import annotations

import pytest

from tests.builders import expect_problem
from tests.onetrust.products.site import at, install, key_file
from tests.wire import Wire

STALE, ACTIVE = "31-JAN-2014", "31-DEC-2014"


@pytest.mark.parametrize("format_", ["isslicense", "flexnet"])
def test_a_file_is_read_at_the_next_restart(wire: Wire, format_: str) -> None:
    """Q2, and Assuria Technical Note 4: until then it lies there and counts for nothing."""
    site = install(wire, "network-ips")
    key = site.apply(key_file(wire, format_, license_expiration_date="30-JUN-2015"))

    before = (site.states(), site.reasons())
    read = [site.prompt("restart")["read"] for _ in range(2)]

    assert before == ([(key, "not-read")], ["not-read"])
    assert read == [[key], []]
    assert site.states() == [(key, "running")]
    assert site.reasons() == [None]
    shown = site.view()["licenses"][0]
    assert (shown["expiration_date"], shown["license_expiration_date"]) == ("2014-12-31", "2015-06-30")
    assert (shown["origin"], shown["quantity"], shown["token"]) == ("key-file", 5, None)


def test_a_stale_file_hides_an_active_one_until_all_are_removed(wire: Wire) -> None:
    """Q2: a restart does not help; removing all and applying the active one does."""
    site = install(wire, "network-ips")
    stale, active_file = key_file(wire, expiration_date=STALE), key_file(wire, expiration_date=ACTIVE)
    old, new = site.apply(stale), site.apply(active_file)
    for _ in range(2):
        site.prompt("restart")

    assert site.states() == [(old, "service-ended"), (new, "hidden")]
    result = site.prompt("updates")["results"][0]
    assert (result["applied"], result["reason"], result["question"]) == (False, "hidden", 2)

    assert wire.delete(f"{site.path}/licenses").status_code == 204
    assert site.reasons() == ["no-license"]
    site.apply(active_file)
    site.prompt("restart")

    assert site.states() == [(new, "running")]
    assert site.reasons() == [None]


def test_a_file_of_one_product_hides_none_of_another(wire: Wire) -> None:
    """The lowest key id rules among the files of its product, whatever their format."""
    site = install(wire, "network-ips")
    old = site.apply(key_file(wire, expiration_date=STALE))
    other = site.apply(key_file(wire, part_number="D0X50LL", expiration_date=ACTIVE))
    hidden = site.apply(key_file(wire, "flexnet", expiration_date=ACTIVE))
    site.prompt("restart")

    assert site.states() == [(old, "service-ended"), (other, "running"), (hidden, "hidden")]
    assert site.reasons() == ["hidden", None]


def test_removing_only_the_stale_file_does_not_help(wire: Wire) -> None:
    """Q2: a file that was read beside a stale one stays hidden, as its text says, until it is applied anew."""
    site = install(wire, "network-ips")
    stale, active_file = key_file(wire, expiration_date=STALE), key_file(wire, expiration_date=ACTIVE)
    old, new = site.apply(stale), site.apply(active_file)
    site.prompt("restart")

    assert wire.delete(f"{site.path}/licenses/{old}").status_code == 204
    assert wire.post(f"{site.path}/licenses", active_file).status_code == 200
    site.prompt("restart")

    [shown] = site.view()["licenses"]
    assert (shown["key_id"], shown["state"]) == (new, "hidden")
    assert "remove all, apply the active ones, and restart" in shown["text"]
    assert site.reasons() == ["hidden"]
    assert any(
        "removing just the stale one does not help" in step
        for step in wire.value(wire.get(f"{site.path}/instructions"))["steps"]
    )

    wire.delete(f"{site.path}/licenses/{new}")
    site.apply(active_file)
    site.prompt("restart")

    [shown] = site.view()["licenses"]
    assert (shown["state"], shown["text"]) == ("running", None)


def test_a_stale_file_that_was_never_read_hides_nothing(wire: Wire) -> None:
    """The conflict arises when the product reads both: taken away before the restart, the stale one does no harm."""
    site = install(wire, "network-ips")
    old, new = (site.apply(key_file(wire, expiration_date=day)) for day in (STALE, ACTIVE))

    wire.delete(f"{site.path}/licenses/{old}")
    site.prompt("restart")

    assert site.states() == [(new, "running")]


def test_one_file_can_be_removed(wire: Wire) -> None:
    """What is not there is refused."""
    site = install(wire, "network-ips")
    first, second = site.apply(key_file(wire)), site.apply(key_file(wire, part_number="D0X50LL"))
    site.prompt("restart")

    assert wire.delete(f"{site.path}/licenses/{first}").status_code == 204

    assert site.states() == [(second, "running")]
    expect_problem(wire.delete(f"{site.path}/licenses/{first}"), 404, "unknown-key-file")


def test_a_file_that_is_there_already_is_not_applied_again(wire: Wire) -> None:
    """The same bytes change nothing; another file of the same key has to be read anew."""
    site = install(wire, "network-ips")
    content = key_file(wire)
    key = site.apply(content)
    site.prompt("restart")

    again = wire.value(wire.post(f"{site.path}/licenses", content))

    assert (again["key_id"], again["is_read"]) == (key, True)
    assert site.states() == [(key, "running")]


def test_the_other_format_of_a_key_takes_the_place_of_the_first(wire: Wire) -> None:
    """One key is one license, in whatever format it was saved."""
    site = install(wire, "network-ips")
    content = key_file(wire)
    key = site.apply(content)
    site.prompt("restart")
    path = wire.value(wire.get("/lkc/api/v1/orders", ("producer", "producer")))[0]["order_number"]
    license_ = wire.value(wire.get(f"/lkc/api/v1/orders/{path}/licenses", ("producer", "producer")))[0]["license_id"]
    flexnet = wire.get(f"/lkc/api/v1/licenses/{license_}/file?format=flexnet", ("producer", "producer")).get_data()

    assert site.apply(flexnet) == key

    assert site.states() == [(key, "not-read")]


@pytest.mark.parametrize(
    ("moment", "state"),
    [("2014-12-31T23:59:59Z", "running"), ("2015-01-01", "service-ended"), ("2015-07-01", "license-ended")],
)
def test_a_passed_date_stops_updates(wire: Wire, moment: str, state: str) -> None:
    """Q15: updates need a running service contract; the product's own end is another date."""
    site = install(wire, "network-ips")
    key = site.apply(key_file(wire, license_expiration_date="30-JUN-2015"))
    site.prompt("restart")

    at(wire, moment)

    assert site.states() == [(key, state)]
    assert site.reasons() == [None if state == "running" else state]


def test_from_2_8_on_siteprotector_ignores_files(wire: Wire) -> None:
    """Its update server uses OneTrust only (documented: swg21435290); the files stay where they are."""
    site = install(wire, version="2.8")
    key = site.apply(key_file(wire))
    site.prompt("restart")

    assert site.states() == [(key, "ignored")]
    assert site.reasons() == ["ignored"]


def test_before_2_8_siteprotector_takes_files(wire: Wire) -> None:
    """Files or tokens or both (documented: swg21435290)."""
    site = install(wire, version="2.7")
    key = site.apply(key_file(wire))
    site.prompt("restart")

    assert site.states() == [(key, "running")]
    assert site.reasons() == [None]


@pytest.mark.parametrize("spoil", [b"", b"hello", b"<isslicense/>", b"x" * 300_000])
def test_what_is_no_license_file_is_refused(wire: Wire, spoil: bytes) -> None:
    """Nothing of it is kept."""
    site = install(wire, "network-ips")

    problem = expect_problem(wire.post(f"{site.path}/licenses", spoil), 422, "license-file-invalid")

    assert problem["question"] == 5
    assert site.view()["licenses"] == []


def test_a_file_that_was_opened_in_an_editor_is_refused(wire: Wire) -> None:
    """One changed quantity breaks the seal."""
    site = install(wire, "network-ips")
    content = key_file(wire).replace(b"<quantity>5<", b"<quantity>6<")

    problem = expect_problem(wire.post(f"{site.path}/licenses", content), 422, "license-file-invalid")

    assert "seal" in problem["detail"]


def test_the_timeline_tells_what_was_done(wire: Wire) -> None:
    """Each step at the installation is an event with its id."""
    site = install(wire, "network-ips")
    site.apply(key_file(wire))
    site.prompt("restart")
    site.prompt("updates", {"xpu": "XPU 34.1"})
    wire.delete(f"{site.path}/licenses")

    events = [event for event in wire.value(wire.get("/_sim/events")) if event["system"] == "products"]

    assert [event["kind"] for event in events] == [
        "installation-set-up",
        "license-applied",
        "installation-restarted",
        "update-applied",
        "license-removed",
    ]
    assert {event["subject"]["installation"] for event in events} == {"I-1"}
    assert site.shown()["content"] == "XPU 34.1"
