"""The parts of an activity: added, changed and taken out again."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import User
from partnerships.actions.activities import add_part, change_part, remove_part
from partnerships.models import (
    Activity,
    ActivityOrganisation,
    ActivityPerson,
    CostLine,
    Organisation,
    ProgrammeItem,
)
from tests.factories import TODAY
from tests.partnerships.conftest import People
from tests.record_factories import make_organisation
from ui.errors import Refusal

PARTS: list[tuple[Any, dict[str, Any]]] = [
    (ActivityPerson, {"side": "partner", "function": "Ministerin", "is_government_member": True}),
    (ProgrammeItem, {"taken_on": TODAY, "title": "Empfang", "place": "Rathaus"}),
    (CostLine, {"bearer": "chancellery", "planned": 100, "budget_line": "0201"}),
]


@pytest.fixture
def line(activity: Activity) -> CostLine:
    return CostLine.objects.create(activity=activity, bearer="chancellery", planned=100)


@pytest.fixture
def archived(activity: Activity, people: People) -> Activity:
    activity.archived_on, activity.archived_by = TODAY, people.officer
    activity.archive_reason = "doppelt"
    activity.save()
    return activity


def choir(activity: Activity) -> ActivityOrganisation:
    """Of an organisation that nobody has entered yet."""
    organisation = Organisation(name="Kammerchor", kind="choir")
    return ActivityOrganisation(activity=activity, organisation=organisation)


def change(line: CostLine, *, by: User, fields: tuple[str, ...] = ("planned",)) -> CostLine:
    changed = change_part(part=line, fields=fields, expected_version=1, by=by)
    assert isinstance(changed, CostLine)
    return changed


def remove(line: CostLine, *, by: User) -> None:
    remove_part(part=line, expected_version=1, by=by)


# Added


@pytest.mark.parametrize(("model", "values"), PARTS)
def test_part_is_added(
    people: People, activity: Activity, model: Any, values: dict[str, Any]
) -> None:
    added = add_part(part=model(activity=activity, **values), by=people.officer)

    stored = model.objects.get()
    assert (added, stored.activity) == (stored, activity)
    assert {name: getattr(stored, name) for name in values} == values


def test_new_organisation_is_entered_as_the_house_s_own(people: People, activity: Activity) -> None:
    add_part(part=choir(activity), by=people.officer)

    organisation = Organisation.objects.get()
    assert (organisation.name, organisation.ministry) == ("Kammerchor", people.house)
    assert ActivityOrganisation.objects.get().organisation == organisation


def test_known_organisation_stays_whose_it_is(people: People, activity: Activity) -> None:
    part = ActivityOrganisation(activity=activity, organisation=make_organisation())

    add_part(part=part, by=people.officer)

    assert Organisation.objects.get().ministry is None


def test_new_organisation_needs_a_kind(people: People, activity: Activity) -> None:
    part = choir(activity)
    part.organisation.kind = ""

    with pytest.raises(ValidationError, match="kind"):
        add_part(part=part, by=people.officer)


def test_costs_without_a_sum_are_refused(people: People, activity: Activity) -> None:
    with pytest.raises(ValidationError, match="einen tatsächlichen Betrag"):
        add_part(part=CostLine(activity=activity, bearer="chancellery"), by=people.officer)


def test_nothing_is_added_to_an_archived_activity(people: People, archived: Activity) -> None:
    with pytest.raises(Refusal, match="archiviert"):
        add_part(part=choir(archived), by=people.officer)


def test_add_is_for_its_house(activity: Activity, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        add_part(part=choir(activity), by=outsider)

    assert not Organisation.objects.exists()
