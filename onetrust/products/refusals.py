"""What products at the customer's site refuse, and what their retrievals meet."""

from __future__ import annotations

from lkc.world.refusals import Refused


class UnknownInstallation(Refused):
    """No installation has this id."""

    code = "unknown-installation"
    remedy = "List the installations with GET /products/api/v1/installations."

    def __init__(self, installation_id: str) -> None:
        super().__init__(f"There is no installation {installation_id[:40]!r}.", installation=installation_id[:40])


class TokenNotTaken(Refused):
    """Nobody can enter tokens into a product of this kind."""

    code = "token-not-taken"
    question = 5
    remedy = "See how licenses are applied to it: GET its instructions."


class AgentsNotTaken(Refused):
    """A product of this kind has no agents."""

    code = "agents-not-taken"
    question = 5
    remedy = "Add agents to an installation of kind host-protection."


class UnknownToken(Refused):
    """This token was not entered here."""

    code = "token-not-entered"
    question = 18
    remedy = "GET the installation: it lists the tokens that were entered."


class UnknownKeyFile(Refused):
    """No file of this key is applied here."""

    code = "unknown-key-file"
    remedy = "GET the license view of the installation: it lists what is applied."


class UnknownAgent(Refused):
    """No agent of this name is there."""

    code = "unknown-agent"
    remedy = "List the agents of the installation."


class AgentExists(Refused):
    """An agent of this name is there already."""

    code = "agent-exists"
    remedy = "Choose another name, or leave the agent as it is."


class LicenseFileInvalid(Refused):
    """A file that is no license file of this world, or no longer what was generated."""

    code = "license-file-invalid"
    question = 5
    remedy = "Save the file again from the License Key Center, apply it as it is, and do not open it in an editor."


class RetrievalFailed(Refused):
    """A retrieval that brought nothing; what was there before is kept."""


class NoInternet(RetrievalFailed):
    """The installation does not get out to the Internet."""

    code = "no-internet"
    question = 18
    remedy = "Give it a way to the Internet, or correct its proxy (PUT network), and prompt it again."


class TokenMissing(RetrievalFailed):
    """No token was entered, so there is nothing to retrieve with."""

    code = "token-missing"
    question = 9
    remedy = "Enter the customer's token (POST tokens); the MyISS portal shows it, or Customer Support knows it."


class OneTrustNotUsed(RetrievalFailed):
    """A product that is licensed by files alone."""

    code = "onetrust-not-used"
    question = 5
    remedy = "Generate a license file in the License Key Center, apply it, and restart the product."


class TokenUnknown(RetrievalFailed):
    """The token service knows no such token."""

    code = "token-unknown"
    question = 16
    remedy = "Compare the token with the one that the MyISS portal shows; if there is none, open a service request."


class SerialNumberUnknown(RetrievalFailed):
    """The token service knows no such serial number."""

    code = "serial-number-unknown"
    question = 16
    remedy = "Compare it with the order; have the order corrected and submitted again, or register it with its token."


class ServiceFailed(RetrievalFailed):
    """The token service could not be reached, or answered something else than entitlements."""

    code = "token-service-failed"
    question = 17
    remedy = "Prompt the installation again later; what it had retrieved before still counts."


class NotGenuine(RetrievalFailed):
    """An answer whose signature is not the token service's."""

    code = "answer-not-genuine"
    remedy = "Make sure that nothing changes answers on the way, and that the token service has this world's seed."


RETRIEVAL_FAILURES = (
    NoInternet,
    TokenMissing,
    OneTrustNotUsed,
    TokenUnknown,
    SerialNumberUnknown,
    ServiceFailed,
    NotGenuine,
)

STATUSES = {
    "unknown-installation": 404,
    "token-not-taken": 409,
    "agents-not-taken": 409,
    "token-not-entered": 404,
    "unknown-key-file": 404,
    "unknown-agent": 404,
    "agent-exists": 409,
    "license-file-invalid": 422,
    "no-internet": 502,
    "token-missing": 409,
    "onetrust-not-used": 409,
    "token-unknown": 404,
    "serial-number-unknown": 404,
    "token-service-failed": 502,
    "answer-not-genuine": 502,
}
