"""What a check may end with, and what a house may advise."""

from django.db import models

from partnerships.models import Partnership


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
STATUS_AFTER: dict[str, Partnership.Status] = {
    Outcome.ESTABLISH: Partnership.Status.ACTIVE,
    Outcome.SUSPEND: Partnership.Status.DORMANT,
    Outcome.END: Partnership.Status.ENDED,
    Outcome.DROP: Partnership.Status.ENDED,
}

# Outcomes that are empty without a date.
NEEDS_UNTIL = frozenset({Outcome.CONTINUE_LIMITED, Outcome.POSTPONE})

# Every decision lifts the scrutiny mark, except one that only puts the matter off.
KEEPS_SCRUTINY = frozenset({Outcome.POSTPONE})
