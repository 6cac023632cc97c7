"""The order document, and who takes it in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lkc.world.session import WorldSession

KEY_FILE, ONETRUST = "key-file", "onetrust"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name and an e-mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """One line of an order document; its dates are text as the order system has them.

    Attributes:
        line_number: the line's number within the order; it stays the same over resubmissions.
        part_number: the vendor's number for the product.
        product: the product's name.
        delivery: `key-file` (License Key Center) or `onetrust` (token service).
        quantity: ordered number; 0 after a cancellation.
        serial_number: of the appliance, if it is one.
        start_date: begin of the service contract, or None.
        expiration_date: end of the service contract (S&S).
        license_expiration_date: end of the product, `permanent` where it has none.
    """

    line_number: int
    part_number: str
    product: str
    delivery: str
    quantity: int
    serial_number: str | None
    start_date: str | None
    expiration_date: str
    license_expiration_date: str

    def as_item(self) -> dict[str, Any]:
        """What a mail tells of the line: its number, product and quantity."""
        return {"line_number": self.line_number, "product": self.product, "quantity": self.quantity}


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDocument:
    """An order as it is handed to the delivery systems; they keep a copy of their own.

    Attributes:
        order_number: the License Key Center calls it Sales Order Number.
        ocn: the vendor's control number of the order.
        icn: number of the customer.
        customer_name: with the ICN it makes the account.
        purchase_order: the customer's own number for the order.
        order_date: text as the order system has it.
        contact: whom the order system writes to.
        registered_end_users: who may generate licenses of this order.
        lines: all lines, of both kinds of delivery.
        cancelled: whether the order was cancelled and refunded; its quantities are 0 then.
        submission: rises with each submission of the order; 0 where its order system does not number them.
    """

    order_number: str
    ocn: str
    icn: str
    customer_name: str
    purchase_order: str
    order_date: str
    contact: Person
    registered_end_users: tuple[Person, ...]
    lines: tuple[DocumentLine, ...]
    cancelled: bool = False
    submission: int = 0

    def has(self, delivery: str) -> bool:
        """Whether a line is delivered in this way."""
        return any(line.delivery == delivery for line in self.lines)

    def comes_after(self, submission: int) -> bool:
        """Whether the document is the newer one, or the same, where this submission has come last.

        One without a number is taken as the newest.
        """
        return self.submission == 0 or self.submission >= submission

    def as_dict(self) -> dict[str, Any]:
        """The document as plain values, e.g. for a due list."""
        return asdict(self)


def document_from(values: dict[str, Any]) -> OrderDocument:
    """An order document from plain values, as `as_dict` gives them."""
    return OrderDocument(
        **{
            **values,
            "contact": Person(**values["contact"]),
            "registered_end_users": tuple(Person(**person) for person in values["registered_end_users"]),
            "lines": tuple(DocumentLine(**line) for line in values["lines"]),
        }
    )


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a delivery system answers to an order document.

    Attributes:
        status: whether it took the document in.
        reason: why not, as a sentence; None where there is nothing to say.
        mail: ids of the mails it sent.
    """

    status: Literal["accepted", "rejected"]
    reason: str | None = None
    mail: tuple[int, ...] = ()


def left_aside(world: WorldSession, system: str, document: OrderDocument) -> Receipt:
    """Leaves a document aside because a later submission of its order has come before it."""
    number = document.order_number
    text = f"Submission {document.submission} of order {number} came after a later one and was left aside."
    world.record(system, "document-outdated", text, order_number=number)
    return Receipt("rejected", "a later submission of the order was received before")


@dataclass(frozen=True, slots=True)
class Receiver:
    """A delivery system as the order system knows it.

    Attributes:
        system: its id.
        delivery: which lines it is there for; an order without such a line is not handed to it.
        receive: takes a document in.
        arrivals: kinds of the events with which it writes down that one arrived.
    """

    system: str
    delivery: str
    receive: Callable[[WorldSession, OrderDocument], Receipt]
    arrivals: tuple[str, ...] = ()
