"""What a Leitlinien-Check asks of the coordination and of the Chef der Staatskanzlei."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import Statement
from guidelines.states.tables import CheckState, RoundState
from ministries.models import User
from ui.offers import DeskItem


def desk_items(user: User, today: date) -> list[DeskItem]:
    if not user.sees_proposals:
        return []
    checks = ("round", "partnership")
    return [
        *(_to_decide(check, user) for check in to_decide(user).select_related(*checks)),
        *(_to_evaluate(check) for check in to_evaluate(user, today).select_related(*checks)),
        *map(_to_chase, _by_house(_overdue(user, today))),
        *(_to_open(found) for found in to_open(user)),
    ]


def desk_rows(user: User, today: date) -> list[QuerySet[Any]]:
    if not user.sees_proposals:
        return []
    return [to_decide(user), to_evaluate(user, today), to_chase(user, today), to_open(user)]


def to_open(user: User) -> QuerySet[CheckRound]:
    rounds = CheckRound.objects.visible_to(user).filter(state=RoundState.PREPARING)
    return rounds if user.is_coordinator else rounds.none()


def to_decide(user: User) -> QuerySet[GuidelineCheck]:
    """Proposals that wait for a decision to be taken, or to be recorded."""
    return _running(user).filter(state=CheckState.PROPOSED).order_by("partnership__sort_key")


def to_evaluate(user: User, today: date) -> QuerySet[GuidelineCheck]:
    """Under evaluation, or ready for it: all statements are there or the deadline is over."""
    if not user.is_coordinator:
        return GuidelineCheck.objects.none()
    missing = Statement.objects.filter(guideline_check=OuterRef("pk")).outstanding()
    is_ready = ~Exists(missing) | Q(round__due_on__lt=today)
    return (
        _running(user)
        .filter(Q(state=CheckState.EVALUATING) | (Q(state=CheckState.COLLECTING) & is_ready))
        .order_by("partnership__sort_key")
    )


def to_chase(user: User, today: date) -> QuerySet[Statement]:
    """Overdue statements, one of each house and round."""
    each = ("ministry_id", "guideline_check__round_id")
    return _overdue(user, today).order_by(*each).distinct(*each)


def _overdue(user: User, today: date) -> QuerySet[Statement]:
    if not user.is_coordinator:
        return Statement.objects.none()
    return Statement.objects.overdue(today).filter(guideline_check__in=_running(user))


def _by_house(overdue: QuerySet[Statement]) -> Iterable[Any]:
    """How many of which house in which round, and since when by the deadline each of them had."""
    return (
        overdue.values(
            house=F("ministry__abbreviation"),
            house_slug=F("ministry__slug"),
            round_slug=F("guideline_check__round__slug"),
        )
        .annotate(
            number=Count("pk"), since=Min(Coalesce("due_on", "guideline_check__round__due_on"))
        )
        .order_by("guideline_check__round", "ministry__sort_order", "ministry")
    )


def _running(user: User) -> QuerySet[GuidelineCheck]:
    running = GuidelineCheck.objects.visible_to(user).filter(round__state=RoundState.OPEN)
    return running.filter(taken_out_on=None)


def _to_chase(late: Mapping[str, Any]) -> DeskItem:
    number = "1 Stellungnahme" if late["number"] == 1 else f"{late['number']} Stellungnahmen"
    check_round = CheckRound(slug=late["round_slug"])
    return DeskItem(
        verb="Überfälliges nachfassen",
        object_label=f"{check_round}, {late['house']}: {number}",
        partnership_name="",
        due_on=late["since"],
        asked_by="Koordinierung",
        url=f"{check_round.get_absolute_url()}?ministry={late['house_slug']}&overdue=1",
    )


def _to_open(check_round: CheckRound) -> DeskItem:
    return DeskItem(
        verb="Beteiligung prüfen und eröffnen",
        object_label=str(check_round),
        partnership_name="",
        due_on=None,
        asked_by="Koordinierung",
        url=reverse("guidelines:round-prepare", args=[check_round.slug]),
    )


def _to_evaluate(check: GuidelineCheck) -> DeskItem:
    is_begun = check.state == CheckState.EVALUATING
    return DeskItem(
        verb="Entscheidungsvorschlag schreiben" if is_begun else "Auswertung beginnen",
        object_label=str(check.round),
        partnership_name=check.partnership.name,
        due_on=None,
        asked_by="Koordinierung",
        url=check.get_absolute_url(),
    )


def _to_decide(check: GuidelineCheck, user: User) -> DeskItem:
    verb = "Beschluss eintragen" if user.is_coordinator else "Entscheidungsvorschlag ansehen"
    return DeskItem(
        verb=verb,
        object_label=str(check.round),
        partnership_name=check.partnership.name,
        due_on=None,
        asked_by="Koordinierung",
        url=f"{check.get_absolute_url()}#vorschlag",
    )
