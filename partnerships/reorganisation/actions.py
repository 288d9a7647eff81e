"""One act, one transaction: a house is cut anew, the old names stay in the history."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import pghistory
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.text import slugify
from procrastinate.contrib.django import app

from ministries.history.dated import Dated
from ministries.models import Appointment, Ministry, Responsibility, User
from partnerships.records.activities.models import Activity
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.shared.kinds import KINDS
from partnerships.records.shared.technik_letters import write_to_technik
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.register.partners.periods import Lead
from partnerships.reorganisation.facts import NewHouse, Plan, unfinished_with
from ui.dates import german_date
from ui.errors import Refusal

TELL_TECHNIK = "partnerships.tell_technik"
Houses = Mapping[Ministry | NewHouse, Ministry]


@transaction.atomic
def reorganise(*, plan: Plan, by: User, today: date) -> list[Ministry]:
    """The houses that follow; records change hands now, hence no day in the future."""
    if not by.has_perm("partnerships.maintain_register"):
        raise PermissionDenied
    if plan.valid_from > today:
        raise Refusal(
            "Die Unterlagen wechseln mit diesem Schritt. Führen Sie ihn am Tag der Neuordnung oder "
            "danach aus."
        )
    if not plan.targets:
        raise Refusal("Wählen Sie, was an welches Ressort geht.")
    with pghistory.context(reason=plan.reason):
        houses = _houses(plan)
        _hand_on_areas(plan, houses)
        _hand_on_leads(plan, houses)
        _hand_on_follow_ups(plan, houses)  # while the Sachstände they are about are still in place
        _hand_on_records(plan, houses)
        _end(plan, houses)
        _tell_technik(plan, houses)
    return list(dict.fromkeys(houses.values()))


def _houses(plan: Plan) -> Houses:
    """What the plan names, new houses as the rows they become."""
    return {target: _house(plan, target) for target in plan.targets}


def _house(plan: Plan, target: Ministry | NewHouse) -> Ministry:
    if isinstance(target, Ministry):
        if not target.contains(plan.valid_from):
            raise Refusal(
                f"{target} besteht am {german_date(plan.valid_from)} nicht unter diesem Namen. "
                "Wählen Sie einen anderen Tag oder ein anderes Ressort."
            )
        return target
    house = Ministry(
        slug=f"{slugify(target.abbreviation)}-{plan.valid_from:%Y%m%d}",
        abbreviation=target.abbreviation,
        name=target.name,
        valid_from=plan.valid_from,
        mailbox=target.mailbox,
        sort_order=plan.house.sort_order,
        source=plan.reason,
    )
    house.full_clean()
    house.save()
    return house


def _hand_on_areas(plan: Plan, houses: Houses) -> None:
    _refuse_later(plan.areas, plan)
    ended = Responsibility.objects.filter(pk__in=[row.pk for row in plan.areas])
    ended.update(valid_until=_day_before(plan))
    Responsibility.objects.bulk_create(
        Responsibility(
            subject_area_id=row.subject_area_id,
            ministry=houses[to],
            valid_from=plan.valid_from,
            valid_until=row.valid_until,
            source=plan.reason,
        )
        for row, to in plan.areas.items()
    )


def _hand_on_leads(plan: Plan, houses: Houses) -> None:
    """What a cabinet orders needs no confirmation by the house."""
    _refuse_later(plan.leads, plan)
    ended = Lead.objects.filter(pk__in=[row.pk for row in plan.leads])
    ended.update(valid_until=_day_before(plan))
    Lead.objects.bulk_create(
        Lead(
            partnership_id=row.partnership_id,
            ministry=houses[to],
            valid_from=plan.valid_from,
            valid_until=row.valid_until,
            reason=plan.reason,
        )
        for row, to in plan.leads.items()
    )


def _refuse_later(rows: Iterable[Dated], plan: Plan) -> None:
    for row in rows:
        if row.valid_from and row.valid_from >= plan.valid_from:
            raise Refusal(
                f"{row}: gilt erst seit dem {german_date(row.valid_from)}. Wählen Sie einen "
                "späteren Tag."
            )


def _hand_on_records(plan: Plan, houses: Houses) -> None:
    """Sachstände go with their subject area, everything else to the successor."""
    successor = houses[plan.successor] if plan.successor else None
    moved = [row.subject_area_id for row in plan.areas]
    staying = [row.subject_area_id for row in plan.staying]
    for kind in KINDS.values():
        rows = kind.model.every().filter(Q(ministry=plan.house) | Q(offered_to=plan.house))
        if kind.model is SubjectRecord:
            rows = rows.exclude(subject_area__in=staying)
            rows = rows if successor else rows.filter(subject_area__in=moved)
            _give(rows, plan.house, _by_area(plan, houses), successor)
        elif successor is not None:
            _give(rows, plan.house, [], successor)
    if successor is not None:
        joins = Activity.participating.through
        unfinished = unfinished_with(plan.house).values_list("pk", flat=True)
        new = [joins(activity_id=pk, ministry_id=successor.pk) for pk in unfinished]
        joins.objects.bulk_create(new, ignore_conflicts=True)


def _give(rows: QuerySet[Any], old: Ministry, whens: list[When], to: Ministry | None) -> None:
    """An offer to the old house goes on to the new one, an offer by it is void."""
    rest = (to or old).pk
    is_own = Q(ministry=old)
    key = BigIntegerField()
    owner = Case(*whens, default=Value(rest), output_field=key)
    rows.update(
        ministry=Case(When(is_own, then=owner), default=F("ministry_id"), output_field=key),
        offered_to=Case(When(is_own, then=None), default=Value(rest), output_field=key),
        offer_reason=Case(
            When(is_own, then=Value("")), default=F("offer_reason"), output_field=CharField()
        ),
        version=F("version") + 1,
    )


def _hand_on_follow_ups(plan: Plan, houses: Houses) -> None:
    """With the Sachstand of the house that they are about, the others to the successor."""
    rest = Value((houses[plan.successor] if plan.successor else plan.house).pk)
    staying = [row.subject_area_id for row in plan.staying]
    stays = When(subject_area__in=staying, then=Value(plan.house.pk))
    future = Case(stays, *_by_area(plan, houses), default=rest, output_field=BigIntegerField())
    own = SubjectRecord.objects.filter(pk=OuterRef("subject_record"), ministry=plan.house)
    owner = Coalesce(Subquery(own.values(owner=future)), rest, output_field=BigIntegerField())
    rows = FollowUp.objects.filter(ministry=plan.house).open()
    rows.exclude(ministry=owner).update(ministry=owner, version=F("version") + 1)


def _by_area(plan: Plan, houses: Houses) -> list[When]:
    """To which house a Sachstand goes with its subject area."""
    return [
        When(subject_area=row.subject_area_id, then=Value(houses[to].pk))
        for row, to in plan.areas.items()
    ]


def _end(plan: Plan, houses: Houses) -> None:
    if plan.ends:
        plan.house.successors.add(*set(houses.values()))
        plan.house.valid_until = _day_before(plan)
        plan.house.save(update_fields=["valid_until"])


def _tell_technik(plan: Plan, houses: Houses) -> None:
    """Who works in the old house works on with its records only once the functions are moved."""
    names = ", ".join(dict.fromkeys(house.abbreviation for house in houses.values()))
    app.configure_task(TELL_TECHNIK, queue="upkeep").defer(
        ministry_id=plan.house.pk,
        valid_from=plan.valid_from.isoformat(),
        reason=plan.reason,
        successors=names,
    )


@transaction.atomic
def tell_technik(ministry_id: int, valid_from: str, reason: str, successors: str) -> None:
    """What the worker does: the list of all who held a function in the house that day."""
    house, day = Ministry.objects.get(pk=ministry_id), date.fromisoformat(valid_from)
    held = Appointment.objects.on(day).filter(ministry=house).select_related("user")
    lines = [
        f"- {row.user.name} ({row.user.email}): {row.get_role_display()}"
        for row in held.order_by("user__name", "role", "pk")
    ]
    if not lines:
        return
    write_to_technik(
        subject=f"Funktionen umtragen: {house} neu geordnet",
        body=(
            f"{house} ist ab {german_date(day)} neu geordnet ({reason}): {successors}. "
            "Bitte tragen Sie um, wer welchem Ressort angehört:\n\n" + "\n".join(lines)
        ),
        link=reverse("technical:ministries_appointment_changelist"),
    )


def _day_before(plan: Plan) -> date:
    return plan.valid_from - timedelta(days=1)
