"""The case that is to be explained: who and what is asked about, and the facts that belong to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from lkc.explain.belonging import check_belonging, numbers_behind
from lkc.explain.connections import check_connections
from lkc.explain.lookups import Lookups
from lkc.explain.refusals import NothingKnown
from lkc.feed import KEY_FILE, ONETRUST
from lkc.keycenter import facts as keycenter
from lkc.keycenter.facts import AccountFacts, LicenseFacts, ReceivedFacts
from lkc.mail import facts as mail
from lkc.mail.facts import MailFacts
from lkc.ordering import facts as ordering
from lkc.ordering.models import BookedOrder
from lkc.world.models import Event
from lkc.world.session import WorldSession
from onetrust.products import facts as products
from onetrust.products.facts import InstallationFacts
from onetrust.products.kinds import Kind
from onetrust.tokens import facts as tokens
from onetrust.tokens.facts import EntitlementFacts, TokenFacts

Key = TypeVar("Key")
Fact = TypeVar("Fact")

MOST_ORDERS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What somebody asks about; at least one is given."""

    email: str | None = None
    order_number: str | None = None
    account_id: str | None = None
    license_id: str | None = None
    token: str | None = None
    installation: str | None = None
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class OrderCase:
    """An order as the order system has it now, and as the delivery systems received it.

    Attributes:
        booked: None where the order came over HTTP from another order system.
        received: None where the key center has never received it.
        deliveries: those that are asked about.
    """

    number: str
    booked: BookedOrder | None
    received: ReceivedFacts | None
    deliveries: tuple[str, ...] = (KEY_FILE, ONETRUST)

    def has(self, delivery: str) -> bool:
        """Whether a line of it is delivered in this way."""
        return self.booked is not None and self.booked.document.has(delivery)

    @property
    def is_cancelled(self) -> bool:
        """Whether it was cancelled, as far as either system knows."""
        cancelled_there = self.booked is not None and self.booked.document.cancelled
        return cancelled_there or (self.received is not None and self.received.cancelled)


class Case:
    """The facts of one question, looked up when a rule first asks for them.

    Raises NothingKnown, and NotConnected where what is named does not belong together.

    Args:
        world: a session that reads.
        subject: what is asked about; whatever it names must be there.
    """

    def __init__(self, world: WorldSession, subject: Subject) -> None:
        self.world = world
        self.subject = subject
        self.lookups = Lookups(world)
        self._mails: dict[str, list[MailFacts]] = {}
        self.today = world.clock.today().isoformat()
        self.email = None if subject.email is None else subject.email.strip().lower()
        self.license = self._found("license_id", subject.license_id, keycenter.find_license)
        self.account = self._found("account_id", subject.account_id, keycenter.find_account)
        self.token = None if self.asks_for_unknown_token else self._found("token", subject.token, tokens.find_token)
        self.installation = self._found("installation", subject.installation, products.find_installation)
        self.message = self._found("message_id", subject.message_id, mail.find_mail)
        order = None if subject.order_number is None else self.orders[0]
        check_belonging(self.email, order, self.license, self.account)
        check_connections(self)

    @cached_property
    def asks_for_unknown_token(self) -> bool:
        """Whether the token that is named is entered at some product, while the token service has no such token."""
        token = self.subject.token
        if token is None or tokens.find_token(self.world, token) is not None:
            return False
        return bool(self.places_with(token))

    def _found(self, field: str, value: Key | None, find: Callable[[WorldSession, Key], Fact | None]) -> Fact | None:
        if value is None:
            return None
        found = find(self.world, value)
        if found is None:
            raise NothingKnown(field, value)
        return found

    @cached_property
    def orders(self) -> list[OrderCase]:
        """The orders in question: the one that is named, or those of the license, account or person."""
        subject = self.subject
        if subject.order_number is not None:
            [order] = self._orders([subject.order_number])
            if order.booked is None and order.received is None and not self._came_to_onetrust(order.number):
                raise NothingKnown("order_number", subject.order_number)
            return [order]
        if self.license is not None:
            return self._orders([self.license.order_number])
        numbers: set[str] = set()
        if self.account is not None:
            numbers.update(keycenter.orders_on(self.world, self.account.account_id))
        elif self.email is not None:
            numbers.update(ordering.orders_naming(self.world, self.email))
        return self._orders(sorted(numbers)[-MOST_ORDERS:])

    @cached_property
    def orders_behind_tokens(self) -> list[OrderCase]:
        """Orders of the customers of the tokens in question that have not arrived at the token service as they are.

        Only where a token or a product is asked about: an order, license or account that is named is asked about.
        """
        subject = self.subject
        if (subject.order_number, subject.license_id, subject.account_id) != (None, None, None):
            return []
        known = {order.number for order in self.orders}
        behind = [number for number in numbers_behind(self.world, self.tokens_there) if number not in known]
        return [replace(order, deliveries=(ONETRUST,)) for order in self._orders(behind)] if behind else []

    @cached_property
    def tokens_there(self) -> list[TokenFacts]:
        """The token that is named, or those that are entered at the product that is named and known."""
        if self.token is not None or self.installation is None:
            return [] if self.token is None else [self.token]
        found = (tokens.find_token(self.world, token) for token in self.installation.tokens)
        return [token for token in found if token is not None]

    def _came_to_onetrust(self, number: str) -> bool:
        return self.lookups.submissions.get(number) is not None

    def _orders(self, numbers: list[str]) -> list[OrderCase]:
        """The orders of these numbers; what rules will want to know of them is looked up for all of them together."""
        booked = ordering.orders_by_number(self.world, numbers)
        received = keycenter.received_by_number(self.world, numbers)
        self.lookups.submissions.want(numbers)
        bringing = [order for order in booked.values() if order.document.has(ONETRUST)]
        self.lookups.brought.want(order.number for order in bringing)
        self.lookups.tokens.want(order.document.icn for order in bringing)
        return [OrderCase(number, booked.get(number), received.get(number)) for number in numbers]

    def latest_about(self, order: OrderCase, *kinds: str, to: str | None = None) -> Event | None:
        """The latest event of one of these rare kinds about an order (on its way to a system), or None."""
        events = self.lookups.events(kinds, "order_number", to=to)
        return events.get(order.number, (one.number for one in (*self.orders, *self.orders_behind_tokens)))

    @cached_property
    def accounts(self) -> list[AccountFacts]:
        """The accounts of the person who asks."""
        return [] if self.email is None else keycenter.accounts_of(self.world, self.email)

    @cached_property
    def licenses(self) -> list[LicenseFacts]:
        """The licenses in question, by order and line."""
        if self.license is not None:
            return [self.license]
        return keycenter.licenses_of(self.world, sorted(order.number for order in self.orders))

    @cached_property
    def mails(self) -> list[MailFacts]:
        """The mails to the person who asks, newest first."""
        return [] if self.email is None else self.mails_to(self.email)

    def mails_to(self, email: str) -> list[MailFacts]:
        """The mails to somebody, newest first; of many orders most are about the same few people."""
        if email not in self._mails:
            self._mails[email] = mail.mails_to(self.world, email)
        return self._mails[email]

    @cached_property
    def tokens(self) -> list[TokenFacts]:
        """The tokens in question: the one that is named, or those of the orders with lines for the token service."""
        if self.token is not None or self.asks_for_unknown_token:
            return [] if self.token is None else [self.token]
        icns = {order.booked.document.icn for order in self.orders if order.booked and order.has(ONETRUST)}
        return [found for icn in sorted(icns) if (found := self.lookups.tokens.get(icn)) is not None]

    @cached_property
    def installations(self) -> list[InstallationFacts]:
        """The installations in question: the one that is named, or those that the token, order or person is for."""
        if self.installation is not None:
            return [self.installation]
        if self.subject.token is not None and self.asks_for_unknown_token:
            return self.places_with(self.subject.token)
        if self.token is None and self.subject.order_number is None and self.email is None:
            return []
        found = [place for token in self.tokens for place in self.places_with(token.token)]
        for number in sorted(self._serial_numbers()):
            places = products.installations_with_serial_number(self.world, number)
            found += [place for place in places if place.uses_serial_number]
        return list({place.id: place for place in found}.values())

    def places_with(self, token: str) -> list[InstallationFacts]:
        """The installations at which a token was entered."""
        return self.lookups.places.get(token) or []

    @cached_property
    def tokens_entered(self) -> list[str]:
        """Every token that was entered at some installation, once."""
        return products.tokens_anywhere(self.world)

    @cached_property
    def first_siteprotector(self) -> InstallationFacts | None:
        """Where a token may be entered, if it says nowhere that it is to be another place."""
        return products.first_of_kind(self.world, Kind.SITEPROTECTOR)

    def entitlements_of(self, token: str) -> list[EntitlementFacts]:
        """Everything that a token entitles to, whatever its date, by product and date."""
        return self.lookups.offered.get(token) or []

    def _serial_numbers(self) -> set[str]:
        """Those of the appliances that the lines of the named order are for."""
        if self.subject.order_number is None:
            return set()
        registered = {token.icn: token.serial_number for token in self.tokens}
        return {
            number
            for order in self.orders
            if order.booked is not None
            for line in order.booked.document.lines
            if line.delivery == ONETRUST
            and (number := line.serial_number or registered.get(order.booked.document.icn)) is not None
        }

    def is_enrolled(self, order: OrderCase) -> bool:
        """Whether the person who asks is a registered end user of an order under this address, in either system."""
        people = [] if order.booked is None else list(order.booked.document.registered_end_users)
        people += [] if order.received is None else list(order.received.enrolled)
        return self.email in {person.email.lower() for person in people}


def key_file_orders(case: Case) -> list[OrderCase]:
    """The orders that the key center has received and that have lines for it now."""
    return [order for order in case.orders if order.received is not None and order.has(KEY_FILE)]
