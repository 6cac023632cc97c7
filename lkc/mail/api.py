"""The mailboxes over REST: the simulator's own view of every mail of a world."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response, request

from lkc.mail.domain_keys import published
from lkc.mail.mailboxes import (
    Mail,
    NoSuchMessage,
    NotSpam,
    Search,
    empty_mailboxes,
    find_mails,
    get_mail,
    raw_as_arrived,
    remove_mail,
    take_out_of_spam,
)
from lkc.mail.schemas import (
    MAIL_EXAMPLE,
    DomainKeySchema,
    MailChangeSchema,
    MailSchema,
    MailSearchSchema,
    MailWaitSchema,
    SentSchema,
    mail_view,
)
from lkc.mail.sending import receive
from lkc.mail.watching import Watch
from lkc.world.hold import current_hold, current_world
from lkc.world.paging import paged
from lkc.world.refusals import Refused, TooManyWaiting
from lkc.world.rest import Blueprint, answer, nothing
from lkc.world.session import Access
from lkc.world.waiting import wait_for

blueprint = Blueprint("mail", __name__, url_prefix="/mail/api/v1", description="Every mailbox of the world")

SEARCH, WAIT, CHANGE = MailSearchSchema(), MailWaitSchema(), MailChangeSchema()


class NoMailCame(Refused):
    """A wait ended without a mail."""

    code = "no-mail"
    remedy = "Look at GET /mail/api/v1/messages with the same search: its status tells what became of a mail."


@blueprint.route("/messages", methods=["GET"])
@blueprint.arguments(SEARCH, location="query")
@blueprint.response(200, MailSchema, many=True)
def list_messages(wanted: dict[str, Any]) -> Response:
    """The mails that fit, newest first."""
    search = Search(
        to=wanted.get("to"),
        sender=wanted.get("from_"),
        subject=wanted.get("subject"),
        status=wanted.get("status"),
        before=wanted.get("after"),
    )
    mails = find_mails(current_world(), search, wanted["limit"] + 1)
    return paged([mail_view(mail) for mail in mails], wanted["limit"], "id")


@blueprint.route("/messages/<int(max=9223372036854775807):message_id>", methods=["GET"])
@blueprint.response(200, MailSchema)
@blueprint.refuses(NoSuchMessage)
def show_message(message_id: int) -> Response:
    """One mail."""
    return answer(mail_view(get_mail(current_world(), message_id)))


@blueprint.route("/messages/<int(max=9223372036854775807):message_id>", methods=["PATCH"])
@blueprint.arguments(CHANGE)
@blueprint.response(200, MailSchema)
@blueprint.refuses(NoSuchMessage, NotSpam)
def update_message(_: dict[str, Any], message_id: int) -> Response:
    """Takes a mail out of the spam folder, as its recipient would."""
    return answer(mail_view(take_out_of_spam(current_world(), message_id)))


@blueprint.route("/messages/<int(max=9223372036854775807):message_id>/raw", methods=["GET"])
@blueprint.response(200, content_type="message/rfc822", example=MAIL_EXAMPLE)
@blueprint.refuses(NoSuchMessage)
def show_raw_message(message_id: int) -> Response:
    """One mail in the form in which it travelled."""
    world = current_world()
    mail = get_mail(world, message_id)
    raw = raw_as_arrived(world, message_id)
    if raw is None:
        from lkc.mail.signing import signed  # noqa: PLC0415 - dkimpy costs a quarter of a second
        from lkc.mail.wire import written  # noqa: PLC0415 - the standard library's mail modules cost 12 ms

        raw = signed(world.seed, mail.sender, written(mail))
    return Response(raw, mimetype="message/rfc822")


@blueprint.route("/messages/wait", methods=["GET"])
@blueprint.arguments(WAIT, location="query")
@blueprint.response(200, MailSchema)
@blueprint.refuses(NoMailCame, TooManyWaiting)
def wait_for_message(wanted: dict[str, Any]) -> Response:
    """The newest delivered mail that fits, as soon as there is one."""
    hold = current_hold()
    search = Search(
        to=wanted.get("to"),
        sender=wanted.get("from_"),
        subject=wanted.get("subject"),
        since=wanted.get("since"),
    )

    watch = Watch(search)

    def look() -> Mail | None:
        with hold.transaction(Access.READ) as world:
            return watch.look(world)

    mail = wait_for(look, wanted["timeout"])
    if mail is None:
        raise NoMailCame(f"No such mail came within {wanted['timeout']:g} seconds.", timeout=wanted["timeout"])
    return answer(mail_view(mail))


@blueprint.route("/messages", methods=["POST"])
@blueprint.body("message/rfc822", examples=(MAIL_EXAMPLE,))
@blueprint.response(201, SentSchema)
def post_message() -> Response:
    """Sends a mail from the Internet (RFC 5322 as the body): anybody may write to anybody, so a forger too."""
    from lkc.mail.checking import checked  # noqa: PLC0415 - likewise
    from lkc.mail.wire import read  # noqa: PLC0415 - the standard library's mail modules cost 12 ms

    letters = read(request.get_data())
    world = current_world()
    verdict = checked(world.seed, letters[0].sender, letters[0].raw)
    return answer({"ids": [receive(world, letter, verdict) for letter in letters]}, 201)


@blueprint.route("/dkim-keys", methods=["GET"])
@blueprint.response(200, DomainKeySchema, many=True)
def list_keys() -> Response:
    """The keys with which the domains of the world sign their mails, as its DNS would have them."""
    return answer([asdict(key) for key in published(current_world().seed)])


@blueprint.route("/messages", methods=["DELETE"])
@blueprint.response(204)
def delete_messages() -> Response:
    """Empties every mailbox."""
    empty_mailboxes(current_world())
    return nothing()


@blueprint.route("/messages/<int(max=9223372036854775807):message_id>", methods=["DELETE"])
@blueprint.response(204)
@blueprint.refuses(NoSuchMessage)
def delete_message(message_id: int) -> Response:
    """Removes one mail."""
    remove_mail(current_world(), message_id)
    return nothing()
