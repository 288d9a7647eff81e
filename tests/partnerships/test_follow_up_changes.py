"""Changes of a Wiedervorlage: what it is about is told by its name, to whoever may see it."""

from collections.abc import Callable
from typing import Any

import pytest

from ministries.clock import today
from ministries.models import User
from partnerships.history.change_pages import page_of_partnership
from partnerships.history.event_rows import fields_of
from partnerships.history.partnership_changes import RegisterChange, describe, is_link, models
from partnerships.models import Partnership
from partnerships.records.follow_ups.models import SUBJECTS
from tests.factories import make_agreement, make_partnership, make_subject_area
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_contact,
    make_document,
    make_follow_up,
    make_gift,
    make_note,
    make_subject_record,
    make_working_group,
)

Make = Callable[[People, Partnership], Any]


def told(partnership: Partnership, user: User) -> list[RegisterChange]:
    rows = page_of_partnership(partnership, user, today(), "1").object_list
    return [row for row in describe(rows, user) if row.title.startswith("Wiedervorlage")]


def about(people: People, partnership: Partnership) -> dict[str, Any]:
    return {"ministry": people.house, "partnership": partnership}


SUBJECT: dict[str, tuple[Make, str, str]] = {
    "agreement": (
        lambda people, partnership: make_agreement(partnership=partnership, title="Memorandum"),
        "zur Vereinbarung",
        "Memorandum",
    ),
    "activity": (
        lambda people, partnership: make_activity(ministry=people.house, title="Gastspiel"),
        "zur Aktivität",
        "Gastspiel",
    ),
    "subject_record": (
        lambda people, partnership: make_subject_record(
            area=make_subject_area(name="Kultur"), **about(people, partnership)
        ),
        "zum Sachstand",
        "Kultur",
    ),
    "commitment": (
        lambda people, partnership: make_commitment(title="Besuch", **about(people, partnership)),
        "zur Zusage",
        "Besuch",
    ),
    "contact": (
        lambda people, partnership: make_contact(
            name="Demo Gast", function="Leitung", **about(people, partnership)
        ),
        "zur Ansprechperson",
        "Demo Gast Leitung",
    ),
    "note": (
        lambda people, partnership: make_note(title="Gespräch", **about(people, partnership)),
        "zum Vermerk",
        "Gespräch",
    ),
    "document": (
        lambda people, partnership: make_document(
            title="Programm", uploaded_by=people.officer, **about(people, partnership)
        ),
        "zum Dokument",
        "Programm",
    ),
    "working_group": (
        lambda people, partnership: make_working_group(
            name="Verkehr", **about(people, partnership)
        ),
        "zur Arbeitsgruppe",
        "Verkehr",
    ),
    "gift": (
        lambda people, partnership: make_gift(title="Schale", **about(people, partnership)),
        "zum Gastgeschenk",
        "Schale",
    ),
}


def test_every_kind_of_subject_is_tried() -> None:
    assert SUBJECT.keys() == SUBJECTS.keys()


@pytest.mark.parametrize("kind", SUBJECT)
def test_house_reads_what_it_is_about(people: People, kind: str) -> None:
    make, label, name = SUBJECT[kind]
    partnership = make_partnership()
    make_follow_up(
        ministry=people.house, partnership=partnership, **{kind: make(people, partnership)}
    )

    (change,) = told(partnership, people.officer)

    assert {field.label: field.after for field in change.change.fields}[label] == name


def test_gift_one_may_not_see_is_not_named(people: People) -> None:
    partnership = make_partnership()
    secret = make_activity(ministry=people.house, is_confidential=True)
    gift = make_gift(activity=secret, **about(people, partnership))
    make_follow_up(ministry=people.house, partnership=partnership, gift=gift)

    assert told(partnership, people.officer) == []


def test_every_record_a_change_points_at_has_a_name() -> None:
    pointed_at = {
        field.remote_field.model
        for model in models().values()
        for field in (model._meta.concrete_fields if is_link(model) else fields_of(model))
        if field.is_relation
    }

    assert [model for model in pointed_at if not hasattr(model, "named_by")] == []
