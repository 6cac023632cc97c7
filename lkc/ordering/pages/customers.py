"""Pages of customers."""

from __future__ import annotations

from flask import redirect, request, url_for
from marshmallow import ValidationError
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired

from lkc.look.forms import Form
from lkc.look.pages import attempt, done, show
from lkc.ordering import customers
from lkc.ordering.customers import Customer
from lkc.ordering.pages.access import staff_only
from lkc.ordering.schemas import CustomerSchema
from lkc.world.hold import current_world
from lkc.world.rest import flattened

SHOWN = 50
CUSTOMER = CustomerSchema()


class CustomerForm(Form):
    """A customer."""

    icn = StringField("Customer number (ICN)", [InputRequired("Enter the customer number.")])
    name = StringField("Name", [InputRequired("Enter the customer's name.")])
    country = StringField("Country", [InputRequired("Enter the country.")])


@staff_only
def customers_page() -> Response:
    """The customers by number."""
    after = request.args.get("after")
    found = customers.list_customers(current_world(), after, SHOWN + 1)
    more = found[SHOWN - 1].icn if len(found) > SHOWN else None
    return show("ordering/customers.html", customers=found[:SHOWN], more=more, after=after)


@staff_only
def new_customer_page() -> Response:
    """Takes a customer in."""
    form = CustomerForm()
    if form.validate_on_submit():
        wanted = {"icn": form.icn.data, "name": form.name.data, "country": form.country.data}
        try:
            customer = Customer(**CUSTOMER.load(wanted))
        except ValidationError as error:
            for mistake in flattened(error.messages):
                form[mistake["field"]].errors = [mistake["message"]]
        else:
            with attempt():
                customers.create_customer(current_world(), customer)
                done(f"{customer.name} is customer {customer.icn}.")
                return redirect(url_for(".customers_page"))
    return show("ordering/customer_form.html", status=422 if form.errors else 200, form=form)
