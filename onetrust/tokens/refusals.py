"""What the token service refuses."""

from __future__ import annotations

from lkc.world.refusals import Refused


class TokenUnknown(Refused):
    """Nobody has this token."""

    code = "token-unknown"
    question = 16
    remedy = "Look the token up in the MyISS portal; if it is not there, open a service request."


class SerialNumberUnknown(Refused):
    """Neither a token nor an entitlement belongs to an appliance of this serial number."""

    code = "serial-number-unknown"
    question = 16
    remedy = "Compare it with the order; have the order corrected and submitted again, or register it with its token."


class TokenTaken(Refused):
    """The token, or the customer number's token, is another."""

    code = "token-taken"
    question = 16
    remedy = "Use the token that the customer number has; there is one for each."


STATUSES = {"token-unknown": 404, "serial-number-unknown": 404, "token-taken": 409}
