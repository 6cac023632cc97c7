"""What the order system refuses."""

from __future__ import annotations

from lkc.world.refusals import Refused


class UnknownCustomer(Refused):
    """No customer has this ICN."""

    code = "unknown-customer"
    question = 4
    remedy = "Create the customer with POST /ordering/api/v1/customers, or correct the ICN."


class CustomerExists(Refused):
    """A customer with this ICN is already there."""

    code = "customer-exists"
    remedy = "Use the customer that is there; another name goes on the order as its customer_name."


class UnknownOrder(Refused):
    """No order has this number."""

    code = "unknown-order"
    remedy = "List the orders with GET /ordering/api/v1/orders."


class AlreadyCancelled(Refused):
    """The order was cancelled and refunded: it can be neither changed, announced nor cancelled any more."""

    code = "already-cancelled"
    question = 14
    remedy = "Book a new order."


class OrderNotSubmitted(Refused):
    """The order was not submitted yet, so there is nothing to announce."""

    code = "order-not-submitted"
    question = 7
    remedy = "Submit the order with POST /ordering/api/v1/orders/{order_number}/submit."


class OcnPassword(Refused):
    """OCN and password do not belong together; there is no self-service reset (documented: Q19)."""

    code = "ocn-password"
    question = 19
    remedy = "Take the password from the latest mail for this order, or have Customer Support reset it."
    keeps_work = True


class UnknownOcn(Refused):
    """No order of this customer number has this OCN; which of the two is wrong is not told."""

    code = "unknown-ocn"
    question = 19
    remedy = "Take OCN and ICN from the order's mail; both have to be those of one order."
    keeps_work = True


class UnknownFileType(Refused):
    """A file of orders came with a content type that says neither CSV nor NDJSON."""

    code = "file-type"
    remedy = "Send a CSV file as text/csv, one with a JSON object in each line as application/x-ndjson."


class TooManyBadRows(Refused):
    """So many rows of a file are bad that it cannot be meant; what was read before the end is told."""

    code = "too-many-bad-rows"
    remedy = "Correct the file and import it again under the same name: orders that went in are not booked twice."


STATUSES = {
    "unknown-customer": 404,
    "customer-exists": 409,
    "unknown-order": 404,
    "already-cancelled": 409,
    "order-not-submitted": 409,
    "ocn-password": 401,
    "unknown-ocn": 404,
    "file-type": 415,
    "too-many-bad-rows": 422,
}
