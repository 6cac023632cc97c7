"""A user's suite, for `make wheel-test`: it needs the installed wheel and nothing of this checkout."""

from __future__ import annotations

from importlib.resources import files

import pytest

import lkc
from lkc.client import Client, Refused


def test_the_wheel_is_what_is_tested() -> None:
    """The package lies in the environment and carries its data and its types."""
    assert "site-packages" in (lkc.__file__ or "")
    assert files("lkc").joinpath("py.typed").is_file()


@pytest.mark.lkc(from_="scenario:13/date-format")
def test_a_case_is_arranged(lkc_world: Client) -> None:
    """Seeds and migrations are shipped."""
    [order] = lkc_world.orders.list()
    [license_] = lkc_world.licenses.list(order["order_number"])
    with pytest.raises(Refused, match="date-format"):
        lkc_world.licenses.generate(license_["license_id"])
