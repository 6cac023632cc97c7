"""The quick way through a message gives what marshmallow gives, or leaves the message to it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marshmallow import Schema, ValidationError, fields

from lkc.ordering.schemas import CustomerSchema, OrderSchema
from lkc.world.fields import Doubtful
from lkc.world.quick import QuickSchema

texts = st.one_of(
    st.text(max_size=12), st.sampled_from(["31-DEC-2014", " a ", "x" * 251, "", "\x00", "\ud800", "0012345"])
)
values = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**8), st.floats(), texts)
addresses = st.one_of(texts, st.sampled_from(["ann@acme.example", "a@b", "@", "Ann <a@b.example>", "ä@ö.example"]))
persons = st.fixed_dictionaries({}, optional={"name": st.one_of(texts, values), "email": st.one_of(addresses, values)})
lines = st.fixed_dictionaries(
    {},
    optional={
        "line_number": values,
        "part_number": texts,
        "quantity": st.one_of(st.integers(0, 9), values),
        "serial_number": values,
        "start_date": values,
        "expiration_date": texts,
        "license_expiration_date": values,
        "surprise": values,
    },
)
orders = st.one_of(
    values,
    st.fixed_dictionaries(
        {},
        optional={
            "icn": texts,
            "customer_name": values,
            "purchase_order": texts,
            "contact": st.one_of(persons, values),
            "registered_end_users": st.one_of(values, st.lists(st.one_of(persons, values), max_size=3)),
            "order_date": values,
            "lines": st.one_of(values, st.lists(lines, max_size=3)),
            "surprise": values,
        },
    ),
)


def as_marshmallow(schema: Schema, message: Any) -> Any:
    """What marshmallow alone makes of a message."""
    try:
        return Schema.load(schema, message)
    except ValidationError as error:
        return error.messages


def as_ours(schema: Schema, message: Any) -> Any:
    """What the schema as it is used makes of it."""
    try:
        return schema.load(message)
    except ValidationError as error:
        return error.messages


@given(orders)
def test_any_order_is_read_as_marshmallow_reads_it(message: Any) -> None:
    """Values and mistakes are the same, whichever way was taken."""
    schema = OrderSchema()

    assert as_ours(schema, message) == as_marshmallow(schema, message)


@given(st.one_of(values, st.dictionaries(st.sampled_from(["icn", "name", "country", "x"]), st.one_of(texts, values))))
def test_any_customer_is_read_as_marshmallow_reads_it(message: Any) -> None:
    """Forms of numbers and countries are the same as well."""
    schema = CustomerSchema()

    assert as_ours(schema, message) == as_marshmallow(schema, message)


def test_a_right_order_goes_the_quick_way() -> None:
    """Presets, nulls and lists are no reason for a doubt."""
    line = {"part_number": "P", "quantity": 0, "expiration_date": "", "start_date": None}
    message = {
        "icn": " 0012345 ",
        "purchase_order": "PO",
        "contact": {"name": "Ann", "email": "ann@acme.example"},
        "lines": [line],
    }

    read = OrderSchema().quickly(message)

    assert read == {**message, "icn": "0012345", "registered_end_users": []}


def test_a_wrong_order_does_not() -> None:
    """The least doubt leads to marshmallow."""
    with pytest.raises(Doubtful):
        OrderSchema().quickly({"icn": "1"})


def test_a_field_without_a_quick_way_is_found_at_once() -> None:
    """A schema that uses one cannot be quick, and says so when it is first used."""

    class Slow(QuickSchema):
        """A schema with a foreign field."""

        when = fields.DateTime()

    with pytest.raises(TypeError, match="DateTime has no quick way"):
        Slow().load({})


def test_options_lead_to_marshmallow() -> None:
    """A partial message is not the quick way's matter."""
    assert OrderSchema().load({"icn": "1"}, partial=True)["icn"] == "1"
