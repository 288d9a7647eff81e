"""Als Nächstes: what is due or planned with a partner, as far as this person may know of it."""

from datetime import timedelta

from ministries.clock import today
from partnerships.outlook import coming_steps
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
