"""What the forms and filters of activities offer to choose from, read in one query."""

from typing import Any

from django.db.models import CharField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from ministries.clock import today
from ministries.models import Ministry, SubjectArea, User
from partnerships.records.working_groups.models import WorkingGroup
from partnerships.register.partners.country_names import country_choices
from partnerships.register.partners.filters import Choices
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.regions import Region


def filter_choices(user: User) -> dict[str, Choices]:
    """Short names, as they stand in addresses."""
    houses = Ministry.objects.visible_to(user).on(today())
    regions = Region.objects.visible_to(user).order_by().distinct()
    found = _read(
        _words("house", houses, "slug", F("abbreviation"), _padded("sort_order")),
        _words("area", SubjectArea.objects.visible_to(user), "slug", F("name"), _padded()),
        _words("partnership", Partnership.objects.visible_to(user), "slug", F("name"), SORTED),
        _words("country", regions, "country", F("country"), Value("")),
    )
    found["country"] = country_choices(code for code, _ in found.get("country", []))
    return found


def form_choices(user: User) -> dict[str, Choices]:
    """Keys of what this person may name in an activity of the own house."""
    houses = Ministry.objects.visible_to(user).on(today())
    groups = WorkingGroup.objects.visible_to(user).in_use()
    people = User.objects.visible_to(user).filter(is_active=True)
    group_name = Concat(
        "name", Value(" ("), "partnership__name", Value(")"), output_field=TextField()
    )
    return _read(
        _words("partnerships", Partnership.objects.visible_to(user), "pk", F("name"), SORTED),
        _words("participating", houses, "pk", F("name"), _padded("sort_order")),
        _words("subject_areas", SubjectArea.objects.visible_to(user), "pk", F("name"), _padded()),
        _words("working_group", groups, "pk", group_name, F("name")),
        _words("circle", people, "pk", F("name"), F("name")),
    )


SORTED = F("sort_key")


def _padded(name: str = "sort_order") -> Any:
    return Cast(F(name) + 100_000, TextField())


def _words(kind: str, rows: QuerySet[Any], code: str, label: Any, place: Any) -> QuerySet[Any]:
    return (
        rows.order_by()
        .annotate(
            kind_of_choice=Value(kind, CharField()),
            code=Cast(code, TextField()),
            words=Cast(label, TextField()),
            place=Cast(place, TextField()),
        )
        .values_list("kind_of_choice", "code", "words", "place")
    )


def _read(*parts: QuerySet[Any]) -> dict[str, Choices]:
    found: dict[str, Choices] = {}
    rows = parts[0].union(*parts[1:]).order_by("kind_of_choice", "place", "words")
    for kind, code, words, _ in rows:
        found.setdefault(kind, []).append((code, words))
    return found
