"""Als Nächstes: what is due or planned with a partner, as far as this person may know of it."""

from datetime import timedelta

from ministries.clock import now, today
from partnerships.records.outlook import coming_steps
from tests.factories import make_partnership
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_follow_up,
    make_meeting,
    make_working_group,
)


def test_nearest_first_and_nothing_hidden(people: People) -> None:
    flandern, day = make_partnership(name="Flandern", lead=people.house), today()
    about = {"partnership": flandern, "ministry": people.house}
    make_commitment(title="Gegenbesuch", due_on=day - timedelta(days=3), **about)
    make_commitment(title="Fern", due_on=day + timedelta(days=400), **about)
    make_follow_up(text="Nachfragen", due_on=day, **about)
    group = make_working_group(name="Verkehr", **about)
    make_meeting(working_group=group, held_on=day + timedelta(days=9))
    for title, visibility in (("Gastspiel", "government"), ("Still", "house")):
        make_activity(
            title=title,
            ministry=people.house,
            partnerships=[flandern],
            starts_on=day + timedelta(days=5),
            visibility=visibility,
        )

    inside = [step.sentence for step in coming_steps(flandern, people.officer, day)]
    assert [words.split()[0] for words in inside[:2]] == ["Zusage", "Wiedervorlage"]
    assert "war fällig" in inside[0]
    assert len(inside) == 5
    outside = " ".join(step.sentence for step in coming_steps(flandern, people.chief, day))
    assert "Gastspiel" in outside
    assert "Sitzung Verkehr" in outside
    for hidden in ("Still", "Nachfragen", "Fern"):
        assert hidden not in outside


def test_what_is_done_or_put_away_is_not_ahead(people: People) -> None:
    flandern, day = make_partnership(name="Flandern"), today()
    about = {"partnership": flandern, "ministry": people.house}
    settled = {"settled_on": day, "settled_by": people.officer, "outcome": "fulfilled"}
    make_commitment(due_on=day, **about, **settled)
    make_follow_up(due_on=day, done_at=now(), done_by=people.officer, **about)
    put_away = {"archived_on": day, "archive_reason": "Doppelt", "archived_by": people.officer}
    off = {"state": "cancelled", "cancel_reason": "Streik"}
    for fields in (put_away, off):
        tomorrow = day + timedelta(days=1)
        make_activity(ministry=people.house, partnerships=[flandern], starts_on=tomorrow, **fields)
    group = make_working_group(**put_away, **about)
    make_meeting(working_group=group, held_on=day + timedelta(days=1))

    assert coming_steps(flandern, people.officer, day) == []
