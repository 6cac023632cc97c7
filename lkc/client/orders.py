"""Orders of the vendor's order system."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NotRequired, TypedDict, Unpack

from lkc.client.caller import Caller
from lkc.client.order_messages import Cancellation, Import, NewOrder, Notice, Order, OrderChange, Submission
from lkc.client.paths import path_of

API = "/ordering/api/v1/orders"
CSV, NDJSON = "text/csv", "application/x-ndjson"


class OrderSearch(TypedDict):
    """Which orders to list; `status` is the order's own."""

    icn: NotRequired[str]
    purchase_order: NotRequired[str]
    status: NotRequired[str]


class Orders:
    """The orders, for the vendor's staff."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, *, submit: bool = False, **order: Unpack[NewOrder]) -> Order:
        """Books an order, and with `submit` hands it over in the same call. Raises Refused."""
        made: Order = self._caller.post(API, order, submit="true" if submit else None)
        return made

    def list(self, **search: Unpack[OrderSearch]) -> Sequence[Order]:
        """The orders that fit, by number."""
        return self._caller.listed(API, **search)

    def get(self, order_number: str) -> Order:
        """One order as the order system has it now. Raises Refused where there is none."""
        found: Order = self._caller.get(f"{API}{path_of(order_number)}")
        return found

    def change(self, order_number: str, *, submit: bool = False, **changes: Unpack[OrderChange]) -> Order:
        """Changes an order; lists replace. The delivery systems hear of it when it is submitted. Raises Refused."""
        path = f"{API}{path_of(order_number)}"
        changed: Order = self._caller.patch(path, changes, submit="true" if submit else None)
        return changed

    def submit(self, order_number: str) -> Submission:
        """Hands an order to the delivery systems and sends mail 1. Raises Refused."""
        done: Submission = self._caller.post(f"{API}{path_of(order_number, 'submit')}")
        return done

    def cancel(self, order_number: str) -> Cancellation:
        """Cancels and refunds an order: its lines stay with quantity 0. Raises Refused (`already-cancelled`)."""
        done: Cancellation = self._caller.post(f"{API}{path_of(order_number, 'cancel')}")
        return done

    def notice(self, order_number: str) -> Notice:
        """Sends mail 1 again, to the contact of now. Raises Refused (`order-not-submitted`, `already-cancelled`)."""
        sent: Notice = self._caller.post(f"{API}{path_of(order_number, 'notice')}")
        return sent

    def import_(self, content: bytes, *, file: str, submit: bool = True) -> Import:
        """Imports a file of orders, CSV or NDJSON, of at most 32 MiB.

        Args:
            content: the file; it is NDJSON where its first character is a brace.
            file: its name, by which its orders are recognised when it is imported again.
            submit: whether each order is submitted after booking.

        Good orders go in, each bad row is named in `rejected`. Raises Refused for the file as a whole.
        """
        media_type = NDJSON if content.lstrip()[:1] == b"{" else CSV
        report: Import = self._caller.send(
            "POST",
            f"{API}/import",
            params={"submit": str(submit).lower(), "file": file},
            content=content,
            headers={"Content-Type": media_type},
        ).value()
        return report

    def sign_in(self, ocn: str, password: str) -> str:
        """Signs in with an order's OCN; gives its order number. Raises Refused (`ocn-password`)."""
        body = {"ocn": ocn, "password": password}
        found: str = self._caller.as_nobody().post("/ordering/api/v1/wos/sign-in", body)["order_number"]
        return found
