"""What the search finds in catalogue and statements."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from guidelines.catalogue.models import Criterion, Guideline
from guidelines.statements.models import ReviewNote, Statement
from guidelines.third_parties.models import ThirdPartyView
from ministries.models import User
from partnerships.models import Partnership
from partnerships.register.partners.sorting import folded
from ui.offers import SearchGroup, SearchRow
from ui.search import best_of


def search_guidelines(user: User, text: str) -> SearchGroup:
    found: QuerySet[Guideline] = (
        _folding(Guideline.objects.visible_to(user), "title", "text")
        .filter(words__contains=folded(text))
        .select_related("edition")
        .order_by("-edition__adopted_on", "number")
    )
    rows, total = best_of(found)
    return SearchGroup(
        "Leitlinien",
        total,
        [
            SearchRow(str(row), row.get_absolute_url(), f"{row.edition.distinction} · {row.text}")
            for row in rows
        ],
    )


def search_criteria(user: User, text: str) -> SearchGroup:
    found: QuerySet[Criterion] = (
        _folding(Criterion.objects.visible_to(user), "question", "help_text")
        .filter(words__contains=folded(text))
        .select_related("guideline__edition")
        .order_by("-guideline__edition__adopted_on", "guideline__number", "code")
    )
    rows, total = best_of(found)
    return SearchGroup(
        "Prüfkriterien",
        total,
        [
            SearchRow(
                str(row),
                row.get_absolute_url(),
                f"{row.edition.distinction} · {row.guideline}",
            )
            for row in rows
        ],
    )


def search_statements(user: User, text: str) -> SearchGroup:
    """What this person may read in them and beside them, and whatever concerns a partnership found."""
    wanted = folded(text)
    notes = ReviewNote.objects.filter(statement=OuterRef("pk"))
    reasons = _folding(notes, "reason").filter(words__contains=wanted)
    beside = ThirdPartyView.objects.visible_to(user).filter(statement=OuterRef("pk"))
    views = _folding(beside, "sender", "text").filter(words__contains=wanted)
    partnerships = Partnership.objects.visible_to(user).matching(text)
    found: QuerySet[Statement] = (
        _folding(Statement.objects.visible_to(user), "key_message")
        .filter(
            Q(words__contains=wanted)
            | Q(guideline_check__partnership__in=partnerships.values("pk"))
            | Exists(reasons)
            | Exists(views)
        )
        .select_related("ministry", "guideline_check__partnership", "guideline_check__round")
        .order_by("guideline_check__round", "guideline_check__partnership__sort_key", "pk")
    )
    rows, total = best_of(found)
    return SearchGroup(
        "Stellungnahmen",
        total,
        [
            SearchRow(
                str(row),
                row.get_absolute_url(),
                " · ".join(filter(None, [str(row.guideline_check.round), row.key_message])),
            )
            for row in rows
        ],
        f"{reverse('guidelines:statements')}?{urlencode({'q': text})}",
    )


def _folding(rows: QuerySet[Any], *fields: str) -> QuerySet[Any]:
    """Adds `words`: the texts of a row without regard to case and diacritics."""
    parts = [part for field in fields for part in (F(field), Value(" "))]
    text = Concat(*parts, output_field=TextField())
    return rows.annotate(words=Func(text, function="public.de_sort", output_field=TextField()))
