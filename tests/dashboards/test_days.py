"""The week of the desk, the next dates and the days of the Revision: exactly, and in Saxony."""

from datetime import UTC, date, datetime, timedelta

import pghistory
import pytest
from django.db import connection

from dashboards.dates import upcoming
from dashboards.desk import desk_groups
from dashboards.figures import agreements
from dashboards.glance import agreement_standing, glance
from dashboards.news import recent_changes
from dashboards.revision import Asked, entries
from ministries.clock import in_a_year
from ministries.models import User
from partnerships.models import Agreement, Partnership
from partnerships.register.partners.status_counts import status_counts
from tests.dashboards import scenes
from tests.dashboards.scenes import TODAY
from tests.factories import (
    confirm_everything,
    make_agreement,
    make_ministry,
    make_partnership,
    make_status_period,
)
from tests.record_factories import make_activity
from ui.offers import DeskItem, Urgency

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - ONE_DAY, TODAY + ONE_DAY
MONDAY, SATURDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 28), date(2026, 11, 29)
NEXT_MONDAY = date(2026, 11, 30)
FIXED = Agreement.Term.FIXED


# The desk


@pytest.mark.parametrize(
    ("today", "due_on", "urgency"),
    [
        (MONDAY, SUNDAY, Urgency.THIS_WEEK),
        (MONDAY, NEXT_MONDAY, Urgency.LATER),
        (SATURDAY, SUNDAY, Urgency.THIS_WEEK),
        (SATURDAY, NEXT_MONDAY, Urgency.LATER),
        (SUNDAY, SATURDAY, Urgency.OVERDUE),
        (SUNDAY, SUNDAY, Urgency.THIS_WEEK),
        (SUNDAY, NEXT_MONDAY, Urgency.LATER),
        (NEXT_MONDAY, SUNDAY, Urgency.OVERDUE),
        (NEXT_MONDAY, NEXT_MONDAY, Urgency.THIS_WEEK),
        (date(2026, 12, 31), date(2027, 1, 3), Urgency.THIS_WEEK),  # a Thursday
        (date(2026, 12, 31), date(2027, 1, 4), Urgency.LATER),
    ],
)
def test_this_week_ends_on_sunday(today: date, due_on: date, urgency: Urgency) -> None:
    item = DeskItem("Prüfen", "Memorandum", "Latium", due_on, "SK", "/")

    assert item.urgency(today) is urgency


@pytest.mark.parametrize(
    ("due_on", "state", "distance"),
    [
        (YESTERDAY, "overdue", -1),  # a Sunday
        (TODAY, "", 0),
        (TOMORROW, "", 1),
        (SATURDAY, "", 5),  # like the Monday after it
        (NEXT_MONDAY, "", 5),
    ],
)
def test_row_of_the_desk_says_how_far_it_is(due_on: date, state: str, distance: int) -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round(due_on))
    scenes.owed(check, house)
    user = scenes.officer(house)
    confirm_everything()

    ((row,),) = (group.rows for group in desk_groups(user, TODAY))

    assert (row.state, row.distance) == (state, distance)


# The next dates


@pytest.mark.parametrize(("day", "is_next"), [(YESTERDAY, False), (TODAY, True), (TOMORROW, True)])
def test_next_dates_begin_with_today(day: date, is_next: bool) -> None:
    scenes.running_round(day)
    partnership = make_partnership()
    make_agreement(partnership=partnership, term=FIXED, valid_until=day)
    dormant = make_partnership(status=None)
    make_status_period(partnership=dormant, status="dormant", review_on=day)

    found = upcoming(scenes.manager(make_ministry()), TODAY)

    assert [one.day for one in found] == ([day] * 3 if is_next else [])


@pytest.mark.parametrize(("day", "is_next"), [(YESTERDAY, False), (TODAY, True), (TOMORROW, True)])
@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("activity", "Aktivität"),
        ("round", "Stellungnahmen"),
        ("look", "wieder ansehen"),
        ("term", "Laufzeit endet"),
        ("review", "Vereinbarung prüfen"),
    ],
)
def test_next_date_at_a_glance_begins_with_today(
    field: str, words: str, day: date, is_next: bool
) -> None:
    partnership = make_partnership(status=None)
    status = {"status": "dormant", "review_on": day} if field == "look" else {}
    make_status_period(partnership=partnership, **status)
    if field == "activity":
        make_activity(ministry=make_ministry(), partnerships=[partnership], starts_on=day)
    if field == "round":
        scenes.check_of(partnership, scenes.running_round(day))
    if field == "term":
        make_agreement(partnership=partnership, term=FIXED, valid_until=day)
    if field == "review":
        make_agreement(partnership=partnership, review_on=day)
    user = scenes.coordinator()

    (row,) = glance(user, TODAY, status_counts(user, TODAY)).rows

    found = row.next_date and (row.next_date.day, row.next_date.words)
    assert found == ((day, words) if is_next else None)


@pytest.mark.parametrize(
    ("valid_until", "words", "numbers"),
    [
        (YESTERDAY, "abgelaufen", [1, 0]),
        (TODAY, "endet bald", [0, 1]),
        (in_a_year(TODAY), "endet bald", [0, 1]),
        (in_a_year(TODAY) + ONE_DAY, "läuft bis", [0, 0]),
    ],
)
def test_term_ends_soon_within_a_year(valid_until: date, words: str, numbers: list[int]) -> None:
    row = make_agreement(partnership=make_partnership(), term=FIXED, valid_until=valid_until)

    found = agreement_standing([row], TODAY)

    assert (found.words, found.day) == (words, valid_until)
    figures = agreements(scenes.coordinator(), TODAY)
    assert [figure.number for figure in figures] == numbers


# What changed


def told(user: User) -> list[str]:
    return [news.words for news in recent_changes(user, TODAY)]


@pytest.mark.parametrize(
    ("visible_from", "is_told"), [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)]
)
def test_end_of_a_mark_is_news_from_its_day_on(visible_from: date, is_told: bool) -> None:
    partnership = make_partnership(
        name="Latium", status=None, scrutiny_since=date(2026, 1, 1), scrutiny_reason="Leitlinien"
    )
    with pghistory.context(user=1):
        partnership.scrutiny_until = YESTERDAY
        partnership.scrutiny_end_visible_from = visible_from
        partnership.save()

    words = ["Latium: Angaben geändert"]
    assert told(scenes.manager(make_ministry())) == (words if is_told else [])
    assert told(scenes.chief()) == words


@pytest.mark.parametrize(
    ("visible_from", "is_told"), [(YESTERDAY, True), (TODAY, True), (TOMORROW, False)]
)
def test_decided_status_is_news_from_its_day_on(visible_from: date, is_told: bool) -> None:
    partnership = make_partnership(name="Latium", status=None)
    with pghistory.context(user=1):
        make_status_period(partnership=partnership, status="ended", visible_from=visible_from)

    words = ["Latium: Status beendet"]
    assert told(scenes.manager(make_ministry())) == (words if is_told else [])
    assert told(scenes.coordinator()) == words


# Revision


def make_change(moment: datetime) -> None:
    """The event of a partnership once more, but at that moment."""
    make_partnership()
    events = Partnership.pgh_event_model._meta  # type: ignore[attr-defined]
    names = [field.column for field in events.concrete_fields if not field.primary_key]
    values = ", ".join("%s" if name == "pgh_created_at" else name for name in names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {events.db_table} ({', '.join(names)}) "
            f"SELECT {values} FROM {events.db_table}",
            [moment],
        )


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        (datetime(2001, 11, 22, 22, 59, 59, tzinfo=UTC), [22]),
        (datetime(2001, 11, 22, 23, 0, tzinfo=UTC), [23]),
        (datetime(2001, 11, 23, 22, 59, 59, tzinfo=UTC), [23]),
        (datetime(2001, 11, 23, 23, 0, tzinfo=UTC), [24]),
    ],
)
def test_days_of_the_revision_are_those_in_saxony(moment: datetime, days: list[int]) -> None:
    make_change(moment)

    found = []
    for number in (21, 22, 23, 24, 25):
        day = date(2001, 11, number)
        asked = Asked(kind="partnerships.Partnership", since=day, until=day)
        found += [number for _ in entries(asked, 1)[0]]

    assert found == days
