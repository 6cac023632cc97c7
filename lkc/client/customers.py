"""Customers of the vendor's order system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

from lkc.client.caller import Caller
from lkc.client.paths import path_of

API = "/ordering/api/v1"


class Customer(TypedDict):
    """A customer: `icn` are digits whose leading zeros count, `country` two capital letters (ISO 3166)."""

    icn: str
    name: str
    country: str


class Product(TypedDict):
    """A product of the catalogue: `delivery` is `key-file` or `onetrust`."""

    part_number: str
    product: str
    delivery: str


class Customers:
    """The customers, for the vendor's staff."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, *, icn: str, name: str, country: str = "DE") -> Customer:
        """Takes a customer in. Raises Refused, e.g. where the ICN is taken."""
        made: Customer = self._caller.post(f"{API}/customers", {"icn": icn, "name": name, "country": country})
        return made

    def get(self, icn: str) -> Customer:
        """One customer. Raises Refused where there is none."""
        found: Customer = self._caller.get(f"{API}/customers{path_of(icn)}")
        return found

    def list(self) -> Sequence[Customer]:
        """All customers by ICN."""
        return self._caller.listed(f"{API}/customers")

    def catalogue(self) -> Sequence[Product]:
        """What customers can order, and how each product is delivered."""
        found: list[Product] = self._caller.get(f"{API}/catalogue")
        return found
