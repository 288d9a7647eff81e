"""Which guidelines an activity serves: said anew by its house, what was said of a former edition stays."""

from collections.abc import Iterable

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.contributions.actions import set_contributions
from guidelines.models import Contribution, Guideline
from ministries.clock import today
from partnerships.models import Activity
from tests.factories import make_edition, make_guideline
from tests.guidelines.acts.conftest import person
from tests.guidelines.conftest import World
from tests.record_factories import make_activity
from ui.errors import Conflict, Refusal


@pytest.fixture
def activity(world: World) -> Activity:
    """The other house takes part."""
    activity = make_activity(ministry=world.house.ministry)
    activity.participating.add(world.other.ministry)
    return activity


@pytest.fixture
def offered(db: None) -> list[Guideline]:
    edition = make_edition()
    return [make_guideline(edition=edition) for _ in range(3)]


def keys(guidelines: Iterable[Guideline]) -> list[int]:
    return [guideline.pk for guideline in guidelines]


def served_by(activity: Activity) -> list[Guideline]:
    rows = Contribution.objects.filter(activity=activity).select_related("guideline")
    return [row.guideline for row in rows.order_by("guideline")]


def serve(activity: Activity, *guidelines: Guideline) -> None:
    for guideline in guidelines:
        Contribution.objects.create(activity=activity, guideline=guideline)


def test_served_ones_are_kept(world: World, activity: Activity, offered: list[Guideline]) -> None:
    set_contributions(
        activity=activity,
        served=keys(offered[:2]),
        offered=keys(offered),
        expected_version=1,
        by=world.house.officer,
    )

    assert served_by(activity) == offered[:2]


def test_choice_counts_as_a_change_of_the_activity(
    world: World, activity: Activity, offered: list[Guideline]
) -> None:
    set_contributions(
        activity=activity,
        served=keys(offered),
        offered=keys(offered),
        expected_version=1,
        by=world.house.head,
    )

    assert Activity.objects.get(pk=activity.pk).version == 2


def test_no_longer_served_ones_go(
    world: World, activity: Activity, offered: list[Guideline]
) -> None:
    serve(activity, *offered[:2])

    set_contributions(
        activity=activity,
        served=keys(offered[1:]),
        offered=keys(offered),
        expected_version=1,
        by=world.house.officer,
    )

    assert served_by(activity) == offered[1:]


def test_row_that_stays_is_not_made_again(
    world: World, activity: Activity, offered: list[Guideline]
) -> None:
    serve(activity, offered[0])
    (before,) = Contribution.objects.values_list("pk", flat=True)

    set_contributions(
        activity=activity,
        served=keys(offered[:1]),
        offered=keys(offered),
        expected_version=1,
        by=world.house.officer,
    )

    assert list(Contribution.objects.values_list("pk", flat=True)) == [before]


def test_none_served_leaves_a_former_edition_and_other_activities(
    world: World, activity: Activity, offered: list[Guideline]
) -> None:
    former = make_guideline(edition=make_edition())
    other = make_activity(ministry=world.house.ministry)
    serve(activity, former, offered[0])
    serve(other, offered[0])

    set_contributions(
        activity=activity,
        served=[],
        offered=keys(offered),
        expected_version=1,
        by=world.house.officer,
    )

    assert (served_by(activity), served_by(other)) == ([former], [offered[0]])


def test_archived_activity_is_refused(
    world: World, activity: Activity, offered: list[Guideline]
) -> None:
    activity.archived_on, activity.archived_by = today(), world.house.head
    activity.archive_reason = "doppelt"
    activity.save()

    with pytest.raises(Refusal, match="archiviert"):
        set_contributions(
            activity=activity,
            served=keys(offered),
            offered=keys(offered),
            expected_version=1,
            by=world.house.officer,
        )

    assert served_by(activity) == []


def test_second_saver_is_told(world: World, activity: Activity, offered: list[Guideline]) -> None:
    serve(activity, offered[0])
    activity.save_versioned(expected=1, fields=[])

    with pytest.raises(Conflict) as conflict:
        set_contributions(
            activity=activity,
            served=[],
            offered=keys(offered),
            expected_version=1,
            by=world.house.officer,
        )

    assert conflict.value.current.version == 2
    assert served_by(activity) == [offered[0]]


@pytest.mark.parametrize("who", ["manager", "foreign officer", "coordinator", "auditor"])
def test_others_are_refused(
    world: World, activity: Activity, offered: list[Guideline], who: str
) -> None:
    with pytest.raises(PermissionDenied):
        set_contributions(
            activity=activity,
            served=keys(offered),
            offered=keys(offered),
            expected_version=1,
            by=person(world, who),
        )

    assert served_by(activity) == []
    assert Activity.objects.get(pk=activity.pk).version == 1
