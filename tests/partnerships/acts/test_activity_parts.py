"""The parts of an activity: added, changed and taken out again."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import User
from partnerships.models import (
    Activity,
    ActivityOrganisation,
    ActivityPerson,
    CostLine,
    Organisation,
    ProgrammeItem,
)
from partnerships.records.activities.actions import add_part, change_part, remove_part
from tests.factories import TODAY
from tests.partnerships.conftest import People
from tests.record_factories import make_organisation
from ui.errors import Conflict, Refusal

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


# Changed


def test_part_is_changed_where_it_says(people: People, line: CostLine) -> None:
    line.planned, line.budget_line = 120, "0201"

    change(line, fields=("planned",), by=people.officer)

    line.refresh_from_db()
    assert (line.planned, line.budget_line, line.version) == (120, "", 2)


def test_changed_to_an_organisation_that_is_new(people: People, activity: Activity) -> None:
    part = add_part(part=choir(activity), by=people.officer)
    assert isinstance(part, ActivityOrganisation)
    part.organisation = Organisation(name="Orchester", kind="orchestra")

    change_part(part=part, fields=["organisation"], expected_version=1, by=people.officer)

    entered = ActivityOrganisation.objects.get().organisation
    assert (entered.name, entered.ministry) == ("Orchester", people.house)


def test_change_that_leaves_no_sum_is_refused(people: People, line: CostLine) -> None:
    line.planned = None

    with pytest.raises(ValidationError, match="einen tatsächlichen Betrag"):
        change_part(part=line, fields=["planned"], expected_version=1, by=people.officer)


def test_change_of_an_older_version_is_a_conflict(people: People, line: CostLine) -> None:
    CostLine.objects.update(version=2)

    with pytest.raises(Conflict):
        change_part(part=line, fields=["planned"], expected_version=1, by=people.officer)


def test_part_of_an_archived_activity_is_not_changed(
    people: People, line: CostLine, archived: Activity
) -> None:
    line.activity = archived

    with pytest.raises(Refusal, match="archiviert"):
        change_part(part=line, fields=["planned"], expected_version=1, by=people.officer)


def test_change_is_for_its_house(line: CostLine, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        change_part(part=line, fields=["planned"], expected_version=1, by=outsider)


# Taken out


def test_removed_part_stays_in_the_history(people: People, line: CostLine) -> None:
    other = CostLine.objects.create(activity=line.activity, bearer="third_party", planned=5)

    remove(line, by=people.officer)

    assert list(CostLine.objects.all()) == [other]
    event = CostLine.pgh_event_model.objects.get(pgh_label="delete")  # type: ignore[attr-defined]
    assert event.planned == 100


def test_removal_of_an_older_version_is_a_conflict(people: People, line: CostLine) -> None:
    CostLine.objects.update(version=2, planned=5)

    with pytest.raises(Conflict) as caught:
        remove_part(part=line, expected_version=1, by=people.officer)

    assert (caught.value.current, caught.value.current.planned) == (line, 5)


def test_part_of_an_archived_activity_is_not_removed(
    people: People, line: CostLine, archived: Activity
) -> None:
    line.activity = archived

    with pytest.raises(Refusal, match="archiviert"):
        remove_part(part=line, expected_version=1, by=people.officer)


def test_removal_is_for_its_house(line: CostLine, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        remove_part(part=line, expected_version=1, by=outsider)

    assert CostLine.objects.exists()
