"""What a check may end with, and what a house may advise."""

from datetime import date

from django.db import models

from partnerships.register.partners.statuses import Status
from ui.dates import german_date


class Outcome(models.TextChoices):
    EXPAND = "expand", "ausbauen"
    CONTINUE = "continue", "fortführen"
    CONTINUE_LIMITED = "continue_limited", "befristet fortführen"
    FOCUS = "focus", "auf Themenfelder begrenzen"
    RENEW_AGREEMENT = "renew_agreement", "Vereinbarung erneuern"
    ESTABLISH = "establish", "Partnerschaft begründen"
    DROP = "drop", "Anbahnung nicht weiterverfolgen"
    SUSPEND = "suspend", "ruhen lassen"
    END = "end", "beenden"
    EXAMINE_RESUMPTION = "examine_resumption", "Wiederaufnahme prüfen"
    POSTPONE = "postpone", "zurückgestellt bis"


# A house advises one of the outcomes, or says that it has no advice.
NO_VOTE = "none"
VOTE_CHOICES = [*Outcome.choices, (NO_VOTE, "kein Votum")]


# Outcomes not listed leave the status as it is.
STATUS_AFTER: dict[str, Status] = {
    Outcome.ESTABLISH: Status.ACTIVE,
    Outcome.SUSPEND: Status.DORMANT,
    Outcome.END: Status.ENDED,
    Outcome.DROP: Status.ENDED,
}

# What makes sense only from certain statuses; a partnership without status may get any outcome.
ONLY_FROM: dict[str, tuple[Status, ...]] = {
    Outcome.ESTABLISH: (Status.EXPLORATORY,),
    Outcome.SUSPEND: (Status.EXPLORATORY, Status.ACTIVE, Status.DORMANT),
    Outcome.DROP: (Status.EXPLORATORY,),
    Outcome.END: (Status.ACTIVE, Status.DORMANT),
    Outcome.EXAMINE_RESUMPTION: (Status.DORMANT, Status.ENDED),
}

# Outcomes that are empty without a date.
NEEDS_UNTIL = frozenset({Outcome.CONTINUE_LIMITED, Outcome.POSTPONE})

# Every decision lifts the scrutiny mark, except one that only puts the matter off.
KEEPS_SCRUTINY = frozenset({Outcome.POSTPONE})


def misfit(outcome: str, status: str | None) -> str:
    """Why a partnership of this status cannot get this outcome, as a sentence; "" where it can."""
    if not status or status in ONLY_FROM.get(outcome, (status,)):
        return ""
    return (
        f"„{Outcome(outcome).label}“ passt nicht zum Status „{Status(status).label}“. "
        "Wählen Sie ein anderes Ergebnis oder berichtigen Sie den Status."
    )


def in_words(outcome: str, until_on: date | None) -> str:
    """ "befristet fortführen bis 01.06.2027"; "" where nothing is chosen."""
    words = dict(VOTE_CHOICES).get(outcome, "")
    if outcome not in NEEDS_UNTIL or until_on is None:
        return str(words)
    return f"{str(words).removesuffix(' bis')} bis {german_date(until_on)}"
