"""Who is on which account: enrolment by orders, self-service join, and what administrators do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, exists, select

from lkc.feed import Person
from lkc.keycenter.models import (
    Enrolment,
    Member,
    PasswordLink,
    ReceivedOrder,
    Role,
    SignInSession,
    Source,
    User,
)
from lkc.keycenter.refusals import LastAdministrator, MemberExists, NotVisible, UnknownAccountOrOrder
from lkc.world.database import Prepared
from lkc.world.session import WorldSession

SYSTEM = "keycenter"

_ROLES = Prepared(
    lambda: select(Member.email, Member.role).where(Member.account_id == bindparam("account_id")), kept_only=True
)
_USER = Prepared(lambda: select(User.email).where(User.email == bindparam("email")), kept_only=True)


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join led to; `is_new` is False for somebody who was a member already."""

    member: Member
    is_new: bool


def enrol(world: WorldSession, account_id: str, people: Iterable[Person]) -> None:
    """Puts people whom an order names on its account; the first on an account without administrator becomes it."""
    roles = _roles_on(world, account_id)
    has_administrator = Role.ADMINISTRATOR in roles.values()
    for person in people:
        if person.email in roles:
            continue
        role = Role.MEMBER if has_administrator else Role.ADMINISTRATOR
        _put_on(world, account_id, person, role, Source.ORDER)
        has_administrator = True


def rename(world: WorldSession, account_id: str, people: Iterable[Person]) -> None:
    """Gives members the names that a resubmitted order has for their addresses now."""
    for person in people:
        member = world.orm.get(Member, (account_id, person.email))
        if member is not None and member.name != person.name:
            change_member(world, member, person.name, None)


def withdraw(world: WorldSession, account_id: str, emails: Iterable[str]) -> None:
    """Takes people off an account whom orders had brought there and no order of it names any more.

    Whoever joined by himself or was added by an administrator stays. An account that loses its last
    administrator in this way gets the member who came first.
    """
    for email in emails:
        still_named = world.orm.scalar(
            select(
                exists().where(
                    Enrolment.email == email,
                    Enrolment.order_number == ReceivedOrder.order_number,
                    ReceivedOrder.account_id == account_id,
                )
            )
        )
        member = world.orm.get(Member, (account_id, email))
        if member is not None and member.source == Source.ORDER and not still_named:
            _take_off(world, member)
    if not _administrators(world, account_id):
        first = world.orm.scalar(
            select(Member).where(Member.account_id == account_id).order_by(Member.position).limit(1)
        )
        if first is not None:
            change_member(world, first, None, Role.ADMINISTRATOR)


def join(world: WorldSession, account_id: str, sales_order_number: str, person: Person) -> Joined:
    """Puts somebody on an account at once and without a mail to anybody (documented: swg21610380).

    Raises UnknownAccountOrOrder, which the timeline remembers, where the two numbers do not belong together.
    """
    order = world.orm.get(ReceivedOrder, sales_order_number)
    if order is None or order.account_id != account_id:
        world.record(
            SYSTEM,
            "join-refused",
            f"{person.email.lower()} did not join account {account_id} with order {sales_order_number}.",
            email=person.email.lower(),
            account_id=account_id,
            order_number=sales_order_number,
        )
        raise UnknownAccountOrOrder(
            "No account has this Account ID and this Sales Order Number.",
            account_id=account_id,
            sales_order_number=sales_order_number,
        )
    email = person.email.lower()
    member = world.orm.get(Member, (account_id, email))
    if member is not None:
        return Joined(member, is_new=False)
    _put_on(world, account_id, Person(person.name, email), Role.MEMBER, Source.JOIN)
    return Joined(get_member(world, account_id, email), is_new=True)


def members_of(world: WorldSession, account_id: str, after: str | None, limit: int) -> list[Member]:
    """The members of an account in the order in which they came, those after an address, at most so many.

    Raises NotVisible where the address is (no longer) on the account.
    """
    query = select(Member).where(Member.account_id == account_id).order_by(Member.position).limit(limit)
    if after is not None:
        query = query.where(Member.position > get_member(world, account_id, after).position)
    return list(world.orm.scalars(query))


def get_member(world: WorldSession, account_id: str, email: str) -> Member:
    """A member of an account. Raises NotVisible."""
    member = world.orm.get(Member, (account_id, email.lower()))
    if member is None:
        raise NotVisible
    return member


def add_member(world: WorldSession, account_id: str, person: Person, role: Role) -> Member:
    """Adds somebody, from whatever company (documented: swg21610380). Raises MemberExists."""
    email = person.email.lower()
    if world.orm.get(Member, (account_id, email)) is not None:
        raise MemberExists(f"{email} is a member of this account already.", email=email)
    _put_on(world, account_id, Person(person.name, email), role, Source.ADMINISTRATOR)
    return get_member(world, account_id, email)


def change_member(world: WorldSession, member: Member, name: str | None, role: Role | None) -> None:
    """Gives a member another name or role; what is the same already is no change. Raises LastAdministrator."""
    if role is Role.MEMBER:
        _keep_an_administrator(world, member)
    if name in {None, member.name} and role in {None, member.role}:
        return
    member.name = member.name if name is None else name
    if role is not None:
        member.role = _roles_on(world, member.account_id)[member.email] = role.value
    world.record(
        SYSTEM,
        "member-changed",
        f"{member.email} on account {member.account_id} was changed.",
        account_id=member.account_id,
        email=member.email,
    )


def remove_member(world: WorldSession, member: Member) -> None:
    """Removes a member; an order that names him and is submitted again brings him back. Raises LastAdministrator."""
    _keep_an_administrator(world, member)
    _take_off(world, member)


def _keep_an_administrator(world: WorldSession, member: Member) -> None:
    if _administrators(world, member.account_id) == [member.email]:
        world.record(
            SYSTEM,
            "administrator-kept",
            f"{member.email} stays administrator of account {member.account_id}, which has no other.",
            account_id=member.account_id,
            email=member.email,
        )
        raise LastAdministrator(
            f"{member.email} is the only administrator of account {member.account_id}.",
            email=member.email,
            account_id=member.account_id,
        )


def _administrators(world: WorldSession, account_id: str) -> list[str]:
    return [email for email, role in _roles_on(world, account_id).items() if role == Role.ADMINISTRATOR]


def _roles_on(world: WorldSession, account_id: str) -> dict[str, str]:
    """Role by address of everybody on an account; whoever changes one here changes it there as well."""
    known: dict[str, str] | None = world.remembered.get(("roles", account_id))
    if known is None:
        known = world.remembered["roles", account_id] = dict(world.rows(_ROLES, account_id=account_id))
    return known


def _put_on(world: WorldSession, account_id: str, person: Person, role: Role, source: Source) -> None:
    if ("user", person.email) not in world.remembered:
        world.remembered["user", person.email] = True
        if world.row(_USER, email=person.email) is None:
            world.insert(User, email=person.email)
    _roles_on(world, account_id)[person.email] = role.value
    world.insert(
        Member,
        account_id=account_id,
        email=person.email,
        name=person.name,
        role=role.value,
        source=source.value,
        position=world.ids.next("member"),
    )
    world.record(
        SYSTEM,
        "member-added",
        f"{person.email} is {role.value} of account {account_id} (by {source.value}).",
        account_id=account_id,
        email=person.email,
    )


def _take_off(world: WorldSession, member: Member) -> None:
    """Removes a membership; with the last one, everything by which the address could still sign in."""
    email = member.email
    world.orm.delete(member)
    world.orm.flush()
    _roles_on(world, member.account_id).pop(email, None)
    world.record(
        SYSTEM,
        "member-removed",
        f"{email} is no longer on account {member.account_id}.",
        account_id=member.account_id,
        email=email,
    )
    if world.orm.scalar(select(exists().where(Member.email == email))):
        return
    world.orm.execute(delete(SignInSession).where(SignInSession.email == email))
    world.orm.execute(delete(PasswordLink).where(PasswordLink.email == email))
    world.orm.execute(delete(User).where(User.email == email))
    world.remembered.pop(("user", email), None)
