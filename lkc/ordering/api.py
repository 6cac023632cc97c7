"""The order system over REST, for the vendor's staff."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, current_app, request
from marshmallow import EXCLUDE, ValidationError

from lkc.feed import Receiver
from lkc.ordering import at_once, booking, customers, orders, submission
from lkc.ordering.catalogue import catalogue
from lkc.ordering.customers import Customer
from lkc.ordering.drafts import draft_from
from lkc.ordering.importing import Source, import_orders
from lkc.ordering.kinds import CSV_EXAMPLE, NDJSON_EXAMPLE, is_csv
from lkc.ordering.models import SYSTEM
from lkc.ordering.refusals import (
    AlreadyCancelled,
    CustomerExists,
    OcnPassword,
    OrderNotSubmitted,
    TooManyBadRows,
    UnknownCustomer,
    UnknownFileType,
    UnknownOrder,
)
from lkc.ordering.schemas import (
    AtOnceSchema,
    CancellationSchema,
    CustomerSchema,
    ImportReportSchema,
    ImportSchema,
    OrderAnswerSchema,
    OrderChangeSchema,
    OrderDoneSchema,
    OrderSchema,
    OrderSearchSchema,
    ProductSchema,
    SignedInSchema,
    SignInSchema,
    SubmissionSchema,
    order_view,
    submission_view,
)
from lkc.ordering.sign_in import sign_in
from lkc.world.credentials import NOBODY, PRODUCER, require_producer
from lkc.world.hold import current_hold, current_world
from lkc.world.paging import PageSchema, paged
from lkc.world.refusals import Invalid, WorldReplaced
from lkc.world.rest import Blueprint, View, answer, flattened

PREFIX = "/ordering/api/v1"
RECEIVERS_KEY = "LKC_RECEIVERS"
MAX_IMPORT = 32 * 1024 * 1024

blueprint = Blueprint(SYSTEM, __name__, url_prefix=PREFIX, description="The vendor's order system", callers=(PRODUCER,))

CUSTOMER, ORDER, CHANGE, SEARCH = CustomerSchema(), OrderSchema(), OrderChangeSchema(), OrderSearchSchema()
AT_ONCE, IMPORT, PAGE, SIGN_IN = AtOnceSchema(), ImportSchema(), PageSchema(), SignInSchema()


def _receivers() -> tuple[Receiver, ...]:
    found: tuple[Receiver, ...] = current_app.config[RECEIVERS_KEY]
    return found


def _may_submit(view: View) -> View:
    """Describes the query of a view that calls `_submits`."""
    view.__dict__.setdefault("descriptions", []).append(("arguments", {"schema": AT_ONCE, "location": "query"}))
    return view


def _submits() -> bool:
    """Whether the query asks for a submission; without a query, as mostly, there is nothing to parse (200 us).

    Raises Invalid.
    """
    if not request.query_string:
        return False
    try:
        wanted: dict[str, bool] = AT_ONCE.load(request.args.to_dict(), unknown=EXCLUDE)
    except ValidationError as error:
        raise Invalid(*flattened(error.messages)) from error
    return wanted["submit"]


@blueprint.route("/catalogue", methods=["GET"])
@blueprint.response(200, ProductSchema, many=True)
def show_catalogue() -> Response:
    """What can be ordered, and how each product is delivered."""
    require_producer()
    return answer([asdict(product) for product in catalogue().values()])


@blueprint.route("/customers", methods=["POST"])
@blueprint.arguments(CUSTOMER)
@blueprint.response(201, CUSTOMER)
@blueprint.refuses(CustomerExists)
def create_customer(body: dict[str, Any]) -> Response:
    """Takes a customer in."""
    require_producer()
    customers.create_customer(current_world(), Customer(**body))
    return answer(body, 201)


@blueprint.route("/customers", methods=["GET"])
@blueprint.arguments(PAGE, location="query")
@blueprint.response(200, CustomerSchema, many=True)
def list_customers(page: dict[str, Any]) -> Response:
    """The customers by ICN."""
    require_producer()
    found = customers.list_customers(current_world(), page.get("after"), page["limit"] + 1)
    return paged([asdict(customer) for customer in found], page["limit"], "icn")


@blueprint.route("/customers/<icn>", methods=["GET"])
@blueprint.response(200, CUSTOMER)
@blueprint.refuses(UnknownCustomer)
def show_customer(icn: str) -> Response:
    """One customer."""
    require_producer()
    return answer(asdict(customers.get_customer(current_world(), icn)))


@blueprint.route("/orders", methods=["POST"])
@blueprint.arguments(ORDER)
@_may_submit
@blueprint.response(201, OrderDoneSchema)
def create_order(body: dict[str, Any]) -> Response:
    """Books an order; it reaches nobody until it is submitted, which `submit=true` does in the same call."""
    require_producer()
    if _submits():
        booked, done = at_once.book_and_submit(current_world(), draft_from(body), _receivers())
        return answer(order_view(booked) | submission_view(done), 201)
    return answer(order_view(booking.book(current_world(), draft_from(body))), 201)


@blueprint.route("/orders", methods=["GET"])
@blueprint.arguments(SEARCH, location="query")
@blueprint.response(200, OrderAnswerSchema, many=True)
def list_orders(search: dict[str, Any]) -> Response:
    """The orders by number."""
    require_producer()
    limit, after = search.pop("limit"), search.pop("after", None)
    found = orders.find_orders(current_world(), search, after, limit + 1)
    return paged([order_view(booked) for booked in found], limit, "order_number")


@blueprint.route("/orders/<order_number>", methods=["GET"])
@blueprint.response(200, OrderAnswerSchema)
@blueprint.refuses(UnknownOrder)
def show_order(order_number: str) -> Response:
    """One order, as the order system has it now."""
    require_producer()
    return answer(order_view(orders.get_order(current_world(), order_number)))


@blueprint.route("/orders/<order_number>", methods=["PATCH"])
@blueprint.arguments(CHANGE)
@_may_submit
@blueprint.response(200, OrderDoneSchema)
@blueprint.refuses(UnknownOrder, AlreadyCancelled)
def change_order(body: dict[str, Any], order_number: str) -> Response:
    """Changes an order; the delivery systems keep what they have until it is submitted again (or `submit=true`)."""
    require_producer()
    if _submits():
        changed, done = at_once.change_and_submit(current_world(), order_number, body, _receivers())
        return answer(order_view(changed) | submission_view(done))
    return answer(order_view(booking.change(current_world(), order_number, body)))


@blueprint.route("/orders/<order_number>/submit", methods=["POST"])
@blueprint.response(200, SubmissionSchema)
@blueprint.refuses(UnknownOrder)
def submit_order(order_number: str) -> Response:
    """Hands an order to the delivery systems and sends the first mail, but of a cancelled one no mail."""
    require_producer()
    world = current_world()
    booked = orders.get_order(world, order_number)
    return answer(submission_view(submission.submit(world, booked, _receivers())))


@blueprint.route("/orders/<order_number>/notice", methods=["POST"])
@blueprint.response(200, SubmissionSchema, only=["mail"])
@blueprint.refuses(UnknownOrder, AlreadyCancelled, OrderNotSubmitted)
def give_notice(order_number: str) -> Response:
    """Sends the first mail again, to the contact that the order system has now."""
    require_producer()
    world = current_world()
    return answer({"mail": [submission.give_notice(world, orders.get_order(world, order_number))]})


@blueprint.route("/orders/<order_number>/cancel", methods=["POST"])
@blueprint.response(200, CancellationSchema)
@blueprint.refuses(UnknownOrder, AlreadyCancelled)
def cancel_order(order_number: str) -> Response:
    """Cancels and refunds an order: its lines stay with quantity 0, here and where they were handed to."""
    require_producer()
    world = current_world()
    cancelled, done = submission.cancel(world, orders.get_order(world, order_number), _receivers())
    return answer({**order_view(cancelled), "submissions": submission_view(done)["submissions"]})


@blueprint.route("/orders/import", methods=["POST"])
@blueprint.arguments(IMPORT, location="query")
@blueprint.body("text/csv", "application/x-ndjson", examples=(CSV_EXAMPLE, NDJSON_EXAMPLE))
@blueprint.response(200, ImportReportSchema)
@blueprint.refuses(UnknownFileType, TooManyBadRows, WorldReplaced)
def import_order_file(options: dict[str, Any]) -> Response:
    """Imports a file of orders: CSV (`text/csv`) or NDJSON (`application/x-ndjson`).

    Good orders go in, every bad row is named. An order is recognised by the file's name and its own reference (or row).
    """
    require_producer()
    request.max_content_length = MAX_IMPORT
    body = request.get_data(cache=False)
    source = Source(
        body=body,
        is_csv=is_csv(request.mimetype, body),
        file=options.get("file", ""),
        first_row=options["first_row"],
    )
    receivers = _receivers() if options["submit"] else None
    return answer(import_orders(source, current_hold().step, receivers).view())


@blueprint.route("/wos/sign-in", methods=["POST"])
@blueprint.arguments(SIGN_IN)
@blueprint.response(200, SignedInSchema)
@blueprint.called_by(NOBODY)
@blueprint.refuses(OcnPassword)
def sign_in_with_ocn(body: dict[str, Any]) -> Response:
    """Signs in with an order's OCN and its password."""
    return answer({"ocn": body["ocn"], "order_number": sign_in(current_world(), body["ocn"], body["password"])})
