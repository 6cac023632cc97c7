"""The forms of names, moments and marks in the OpenAPI document are those that are really asked for."""

from __future__ import annotations

import re
from typing import Any

import pytest
from marshmallow import ValidationError

from lkc.control.schemas import ForkSchema
from lkc.keycenter.files.grant import HOST_ID_FORM, InvalidHostId, checked_host_id
from lkc.world.fields import Count, Flag, Moment
from lkc.world.names import NAME
from tests.wire import Wire

TAKEN = (
    "2014-03-03T09:00:00Z",
    "2014-03-03T09:00:00.123456Z",
    "2014-03-03T09:00:00+02:00",
    "2014-03-03T09:00",
    "2014-03-03 09:00:00",
    "2014-03-03",
    "2016-02-29",
    "2000-02-29",
    "1992-02-29",
    "2104-02-29",
    "2199-12-31T23:59:59Z",
)
REFUSED = (
    "",
    "today",
    "2014-13-01",
    "2014-02-30",
    "2014-04-31",
    "2015-02-29",
    "2100-02-29",
    "1989-12-31",
    "2201-01-01",
    "2014-03-03T24:00:00Z",
    "2014-03-03T09:60:00Z",
    "2014-03-03T09:00:00X",
    "03-MAR-2014",
)


def fits(pattern: str, text: str) -> bool:
    """Whether a text is as a pattern of JSON Schema says."""
    return re.search(pattern, text) is not None


@pytest.mark.parametrize("text", TAKEN)
def test_a_moment_of_the_described_form_is_taken(text: str) -> None:
    """Dates, and times with or without a zone."""
    assert fits(Moment().described()["pattern"], text)
    assert Moment().deserialize(text).year >= 1990


@pytest.mark.parametrize("text", REFUSED)
def test_a_moment_that_is_refused_has_no_described_form(text: str) -> None:
    """Days and times that there are not, and years outside a world's time."""
    assert not fits(Moment().described()["pattern"], text)
    with pytest.raises(ValidationError):
        Moment().deserialize(text)


@pytest.mark.parametrize("name", ["before", "0", "a-b", "a" * 63, "A", "-a", "a_b", "a" * 64, "a b"])
def test_names_of_snapshots_and_worlds_are_described_as_they_are_checked(wire: Wire, name: str) -> None:
    """A snapshot of another name is not saved, and the document says so beforehand."""
    document = wire.value(wire.get("/_sim/openapi"))
    parameters: list[dict[str, Any]] = document["paths"]["/_sim/snapshots/{name}"]["put"]["parameters"]
    pattern = next(one["schema"]["pattern"] for one in parameters if one.get("name") == "name")

    status = wire.control("PUT", f"/snapshots/{name}").status_code

    assert (status == 201) is fits(pattern, name) is (NAME.match(name) is not None)
    assert status in {201, 422}
    assert ForkSchema().fields["name"].described()["pattern"] == pattern  # type: ignore[attr-defined] # our own field


def test_host_ids_are_described_as_they_are_checked() -> None:
    """Character by character, and in length."""
    for text in ["", "h" * 64, "h" * 65, *map(chr, range(300))]:
        try:
            checked_host_id(text)
        except InvalidHostId:
            assert not re.fullmatch(HOST_ID_FORM, text), text
        else:
            assert fits(HOST_ID_FORM, text), text


def test_a_whole_number_may_be_written_with_a_point() -> None:
    """As JSON Schema has it: 5.0 is an integer; 5.5, a text and a number without end are none."""
    assert Count(1, 9).deserialize(5.0) == 5
    for other in (5.5, "5", float("inf"), True, 10.0):
        with pytest.raises(ValidationError):
            Count(1, 9).deserialize(other)


def test_a_flag_is_true_or_false() -> None:
    """Zero and one are numbers, and no flags."""
    taken, refused = [False, True], (0, 1, "true", "no")
    assert [Flag().deserialize(value) for value in taken] == taken
    for other in refused:
        with pytest.raises(ValidationError):
            Flag().deserialize(other)


def test_a_body_that_is_expected_may_not_be_null(wire: Wire) -> None:
    """The document says which kinds of value may be part of a body; null is refused."""
    about = wire.value(wire.get("/_sim/openapi"))["components"]["schemas"]["ControlExpectation"]["properties"]["body"]

    refused = wire.control("POST", "/requests/verify", {"method": "GET", "path": "/a", "body": None})

    assert "null" not in about["type"]
    assert refused.status_code == 422
