"""The states of an activity: geplant → angezeigt → terminiert → durchgeführt / abgesagt.

The same rows make the trigger that refuses any other change.
"""

from dataclasses import dataclass

from django.db import models


class ActivityState(models.TextChoices):
    PLANNED = "planned", "geplant"
    ANNOUNCED = "announced", "angezeigt"
    SCHEDULED = "scheduled", "terminiert"
    DONE = "done", "durchgeführt"
    CANCELLED = "cancelled", "abgesagt"


# Neither held nor called off.
COMING = (ActivityState.PLANNED, ActivityState.ANNOUNCED, ActivityState.SCHEDULED)


@dataclass(frozen=True)
class ActivityTransition:
    source: str
    target: str
    label: str


def _rows() -> tuple[ActivityTransition, ...]:
    state = ActivityState
    forward = [
        (state.PLANNED, state.ANNOUNCED, "Der Staatskanzlei anzeigen"),
        (state.PLANNED, state.SCHEDULED, "Terminieren"),
        (state.ANNOUNCED, state.SCHEDULED, "Terminieren"),
        (state.PLANNED, state.DONE, "Als durchgeführt vermerken"),
        (state.ANNOUNCED, state.DONE, "Als durchgeführt vermerken"),
        (state.SCHEDULED, state.DONE, "Als durchgeführt vermerken"),
        (state.PLANNED, state.CANCELLED, "Absagen"),
        (state.ANNOUNCED, state.CANCELLED, "Absagen"),
        (state.SCHEDULED, state.CANCELLED, "Absagen"),
    ]
    back = [
        (state.ANNOUNCED, state.PLANNED, "Wieder planen"),
        (state.SCHEDULED, state.PLANNED, "Wieder planen"),
        (state.CANCELLED, state.PLANNED, "Wieder planen"),
        (state.DONE, state.SCHEDULED, "Doch nicht durchgeführt"),
    ]
    return tuple(ActivityTransition(*row) for row in [*forward, *back])


ACTIVITY_TRANSITIONS = _rows()
