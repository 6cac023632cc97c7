"""What the vendor sells, and how each product is delivered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lkc.feed import KEY_FILE, ONETRUST
from lkc.world.template import shipped


@dataclass(frozen=True, slots=True)
class Product:
    """One product of the catalogue.

    Attributes:
        part_number: the vendor's number (invented).
        product: the product's name (documented: swg21435290 for those of OneTrust).
        delivery: `key-file` or `onetrust`.
    """

    part_number: str
    product: str
    delivery: str


@cache
def catalogue() -> dict[str, Product]:
    """All products by part number, read once from `seed_data/catalogue.toml`."""
    import tomllib  # noqa: PLC0415 - only the first order needs it

    with (shipped("seed_data") / "catalogue.toml").open("rb") as file:
        products = [Product(**entry) for entry in tomllib.load(file)["product"]]
    if any(product.delivery not in {KEY_FILE, ONETRUST} for product in products):
        raise ValueError("catalogue.toml names a delivery that there is not")
    return {product.part_number: product for product in products}
