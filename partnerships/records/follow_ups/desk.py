"""Wiedervorlagen on the desk: those for the person, for the whole house, and for whom one deputises."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ministries.kept import kept
from ministries.models import Appointment, User
from partnerships.permissions import KEEPERS
from partnerships.records.follow_ups.actions import STEPS
from partnerships.records.follow_ups.models import FollowUp
from ui.offers import DeskButton, DeskItem

LOOK_AHEAD = timedelta(days=7)


def desk_rows(user: User, today: date) -> list[QuerySet[FollowUp]]:
    houses = user.ministry_ids(*KEEPERS)
    if not houses:
        return []
    deputised = Appointment.objects.on(today).filter(user=user, deputy_for__isnull=False)
    for_me = Q(assigned_to=user) | Q(assigned_to__isnull=True, ministry__in=houses)
    in_my_place = Q(assigned_to__in=deputised.values("deputy_for__user"))
    seen = FollowUp.objects.visible_to(user).due_by(today + LOOK_AHEAD)
    return [seen.filter(for_me | in_my_place)]


def desk_items(user: User, today: date) -> list[DeskItem]:
    keys = [pk for (pk,) in _keys(user, today).rows()]
    rows = FollowUp.objects.filter(pk__in=keys).select_related("partnership", "assigned_to")
    return [_item(row, user) for row in rows]


@kept
def _keys(user: User, today: date) -> QuerySet[Any]:
    """Who may read one depends on what it is about, which makes the query long."""
    rows = desk_rows(user, today)
    return rows[0].values("pk") if rows else FollowUp.objects.none()


def _item(follow_up: FollowUp, user: User) -> DeskItem:
    return DeskItem(
        verb="Wiedervorlage",
        object_label=" · ".join(filter(None, (follow_up.text, _for_whom(follow_up, user)))),
        partnership_name=follow_up.partnership.name,
        due_on=follow_up.due_on,
        asked_by="",
        url=reverse("partnerships:follow-up", args=[follow_up.pk]),
        buttons=tuple(_buttons(follow_up)),
    )


def _for_whom(follow_up: FollowUp, user: User) -> str:
    if follow_up.assigned_to is None:
        return "für das Haus"
    return "" if follow_up.assigned_to_id == user.pk else f"i. V. für {follow_up.assigned_to}"


def _buttons(follow_up: FollowUp) -> list[DeskButton]:
    version = follow_up.version
    done = reverse("partnerships:follow-up-done", args=[follow_up.pk])
    move = reverse("partnerships:follow-up-move", args=[follow_up.pk])
    moves = [DeskButton(label, move, version, code) for code, label in STEPS.items()]
    return [DeskButton("Erledigt", done, version), *moves]
