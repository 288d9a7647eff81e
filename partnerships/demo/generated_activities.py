"""Activities in any number over the generated partnerships: for measuring only."""

from datetime import timedelta

from partnerships.demo import generated_words as words
from partnerships.demo.generated import SOURCE, Surroundings, written
from partnerships.records.activities.models import Activity
from partnerships.records.activities.parts import CostLine
from partnerships.records.activities.states import ActivityState
from partnerships.records.shared.models import Visibility
from partnerships.register.partners.partnerships import Partnership

KINDS = dict(zip(Activity.Kind, (24, 16, 18, 22, 8, 12), strict=False))
YEARS = 5


def generate_activities(
    around: Surroundings, partnerships: list[Partnership], number: int
) -> list[Activity]:
    """Of the last five years and the months ahead, most with a cost, a third with another house."""
    activities = written(_activity(around, position) for position in range(number))
    partners, areas = Activity.partnerships.through, Activity.subject_areas.through
    houses = Activity.participating.through
    written(
        partners(activity=one, partnership=around.chance.choice(partnerships)) for one in activities
    )
    written(
        areas(activity=one, subjectarea=around.chance.choice(around.areas)) for one in activities
    )
    written(
        houses(activity=one, ministry=other)
        for one in activities
        if around.happens(0.3)
        and (other := around.chance.choice(around.ministries)) != one.ministry
    )
    written(_cost(around, one) for one in activities if around.happens(0.6))
    return activities


def _cost(around: Surroundings, activity: Activity) -> CostLine:
    bearer = around.chance.choice(CostLine.Bearer.values)
    return CostLine(
        activity=activity,
        bearer=bearer,
        ministry=activity.ministry if bearer == CostLine.Bearer.HOUSE else None,
        planned=around.chance.randrange(500, 60_000, 50),
    )


def _activity(around: Surroundings, position: int) -> Activity:
    kind = around.weighted(KINDS)
    starts_on = around.day_between(
        around.today - timedelta(days=365 * YEARS), around.today + timedelta(days=200)
    )
    return Activity(
        title=f"{Activity.Kind(kind).label} {position + 1} in {words.seat_name(around.chance)}",
        kind=kind,
        state=ActivityState.DONE if starts_on < around.today else ActivityState.PLANNED,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=around.chance.randint(0, 4)),
        ministry=around.chance.choice(around.ministries),
        visibility=around.weighted(
            {Visibility.HOUSE: 15, Visibility.GOVERNMENT: 70, Visibility.PUBLIC: 15}
        ),
        place=words.seat_name(around.chance),
        aims=words.WORDING,
        source=SOURCE,
    )
