"""Why a license does not count, or an update was not applied, in our own words."""

from __future__ import annotations

from onetrust.products.licenses import State

SEATS_EXCEEDED, NO_LICENSE = "seats-exceeded", "no-license"

# Question and sentence for each reason.
REASONS: dict[str, tuple[int | None, str]] = {
    NO_LICENSE: (5, "No license is there."),
    State.SERVICE_ENDED.value: (15, "The service contract (S&S) has ended; updates need a running one."),
    State.LICENSE_ENDED.value: (15, "The product license has ended."),
    State.NOT_READ.value: (2, "The license file was applied but not read; it is read at the next restart."),
    State.HIDDEN.value: (
        2,
        "A file of a lower key hides it, even when gone by now: remove all, apply the active ones, and restart.",
    ),
    State.IGNORED.value: (5, "Licenses of this origin do not count here now; see the instructions."),
    SEATS_EXCEEDED: (None, "There are more agents than seats; this one stays on without the update."),
}


def text_of(state: State) -> str | None:
    """Why a license in this state does not count, and what helps; None where it runs."""
    return None if state is State.RUNNING else REASONS[state.value][1]
