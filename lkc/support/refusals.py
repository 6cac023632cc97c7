"""What the support desk refuses."""

from __future__ import annotations

from lkc.world.refusals import Refused


class IbmIdExists(Refused):
    """Somebody has an IBM ID with this address."""

    code = "ibm-id-exists"
    question = 1
    remedy = "Sign in with the IBM ID that is there."


class IcnMissing(Refused):
    """Without a customer number nobody can look into the right account (documented: Q4)."""

    code = "icn-missing"
    question = 4
    remedy = "Give the ICN; it stands in the mails of every order, and the Site Technical Contact knows it."
    keeps_work = True


class NotRegistered(Refused):
    """The IBM ID is not registered for support of this customer number (documented: Q1)."""

    code = "not-registered"
    question = 1
    remedy = "Have an administrator of this ICN, or Customer Support, register the IBM ID for it."
    keeps_work = True


class AccessLevelTooLow(Refused):
    """The caller's access level does not allow this (documented: SR help)."""

    code = "access-level"
    question = 1
    remedy = "Ask an administrator of the ICN for a higher level; GET registrations shows the one you have."


class StaffOnly(Refused):
    """Only the vendor's staff move a request to another queue."""

    code = "staff-only"
    question = 3
    remedy = "Ask for it in a note; or open a request whose summary names what it is about."


class UnknownRegistration(Refused):
    """There is no such registration among those the caller manages."""

    code = "unknown-registration"
    question = 1
    remedy = "List the registrations with GET /support/api/v1/registrations."


class UnknownServiceRequest(Refused):
    """No request has this number, or it is not the caller's: nobody can tell which."""

    code = "unknown-service-request"
    question = 1
    remedy = "List your requests; those of coworkers need the access level full or admin for their ICN."


class ServiceRequestClosed(Refused):
    """Nobody reads what is added to a closed request."""

    code = "service-request-closed"
    question = 3
    remedy = "Reopen it with PATCH status open if it was closed recently, or open another request that names it."


class ClosedTooLong(Refused):
    """Only recently closed requests can be reopened (documented: swg21449347)."""

    code = "closed-too-long"
    question = 3
    remedy = "Open another service request that names this one."


class TooManyAttempts(Refused):
    """Too many wrong passwords within 15 minutes of the world."""

    code = "too-many-attempts"
    question = 1
    remedy = "Wait until then; `lkc clock advance --minutes 15` shortens the wait."


STATUSES = {
    "too-many-attempts": 429,
    "ibm-id-exists": 409,
    "icn-missing": 422,
    "not-registered": 403,
    "access-level": 403,
    "staff-only": 403,
    "unknown-registration": 404,
    "unknown-service-request": 404,
    "service-request-closed": 409,
    "closed-too-long": 409,
}
