"""One line on the desk for all unconfirmed facts of a house; one for each open correction."""

from datetime import date
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.urls import reverse

from ministries.kept import counts, kept
from ministries.models import Ministry, User
from partnerships.house_facts.facts import house_facts, unconfirmed
from partnerships.house_facts.models import CorrectionRequest
from ui.offers import DeskItem


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    rows: list[QuerySet[Any]] = []
    if user.has_perm("partnerships.answer_for_house"):
        is_any = Q()
        for part in unconfirmed(user, today):
            is_any |= Q(Exists(part.order_by()))
        house = Ministry.objects.visible_to(user).filter(is_any).order_by("pk")[:1]
        rows.append(Ministry.objects.filter(pk__in=house.values("pk")))
    if user.is_coordinator:
        rows.append(open_requests(user))
    return rows


def open_requests(user: User) -> QuerySet[CorrectionRequest]:
    return CorrectionRequest.objects.visible_to(user).open()


def desk_items(user: User, today: date) -> list[DeskItem]:
    items = []
    if user.has_perm("partnerships.answer_for_house"):
        number = counts(_facts(user, today))[0]
        words = "Angabe" if number == 1 else "Angaben"
        if number:
            items.append(
                _item("Bestätigen", f"{number} {words} zu Ihrem Haus", "partnerships:house-facts")
            )
    if user.is_coordinator:
        items += map(_asked, open_requests(user).select_related("ministry", "partnership"))
    return items


_facts = kept(house_facts)


def _asked(request: CorrectionRequest) -> DeskItem:
    return DeskItem(
        verb="Bitte um Berichtigung beantworten",
        object_label=request.about,
        partnership_name=request.partnership.name if request.partnership else "",
        due_on=None,
        asked_by=request.ministry.abbreviation,
        url=reverse("partnerships:correction-answer", args=[request.pk]),
    )


def _item(verb: str, label: str, route: str) -> DeskItem:
    return DeskItem(
        verb=verb,
        object_label=label,
        partnership_name="",
        due_on=None,
        asked_by="",
        url=reverse(route),
    )
