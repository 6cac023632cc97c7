"""The order system's pages, for the vendor's staff."""

from lkc.ordering.pages.access import sign_in_page, sign_out_page
from lkc.ordering.pages.customers import customers_page, new_customer_page
from lkc.ordering.pages.imports import import_page
from lkc.ordering.pages.orders import (
    cancel_page,
    change_page,
    new_order_page,
    notice_page,
    order_page,
    orders_page,
    submit_page,
)
from lkc.ordering.pages.wos import wos_page

__all__ = [
    "cancel_page",
    "change_page",
    "customers_page",
    "import_page",
    "new_customer_page",
    "new_order_page",
    "notice_page",
    "order_page",
    "orders_page",
    "sign_in_page",
    "sign_out_page",
    "submit_page",
    "wos_page",
]
