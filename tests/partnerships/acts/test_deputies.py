"""A deputy is asked for: a letter to Technik that says all that is needed."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from ministries.clock import today
from ministries.mail.outbox import DELIVER
from ministries.models import Job, Ministry, Notification, Role, User
from partnerships.records.follow_ups.deputy_actions import request_deputy
from tests.factories import make_appointment, make_ministry, make_user
from tests.partnerships.conftest import People
from ui.errors import Refusal

PERIOD = {"valid_from": date(2026, 12, 1), "valid_until": date(2026, 12, 15)}


def ask(people: People, deputy: User, *houses: Ministry, by: User) -> list[Notification]:
    return request_deputy(
        deputy=deputy,
        houses={house.pk for house in houses or [people.house]},
        by=by,
        **PERIOD,
    )


def functions(letter: Notification) -> list[str]:
    return [line for line in letter.body.splitlines() if line.startswith("- ")]


def test_letter_says_who_for_whom_and_how_long(people: People, colleague: User) -> None:
    officer, technician = people.officer, people.administrator

    (letter,) = ask(people, colleague, by=officer)

    stored = Notification.objects.get()
    assert (letter, stored.recipient, stored.kind) == (stored, technician, "account")
    assert stored.subject == f"Vertretung eintragen: {officer.name}"
    assert stored.link == "/technik/ministries/appointment/add/"
    assert stored.body == (
        f"{officer.name} ({officer.email}) bittet, {colleague.name} ({colleague.email}) vom "
        "01.12.2026 bis 15.12.2026 als Vertretung einzutragen, jeweils „in Vertretung für“ die "
        "genannte Person:\n\n- Bearbeitung (Ressort), SMWK"
    )
    assert Job.objects.filter(task_name=DELIVER).count() == 1


def test_letter_names_today_s_functions_in_the_houses_asked_for(
    people: People, colleague: User
) -> None:
    second, third = make_ministry(abbreviation="SMI"), make_ministry(abbreviation="SMF")
    for house in (second, third):
        make_appointment(user=people.officer, role=Role.HEAD, ministry=house)
    yesterday = today() - timedelta(days=1)
    former = {"valid_from": date(2020, 1, 1), "valid_until": yesterday}
    make_appointment(user=people.officer, role=Role.HEAD, ministry=people.house, **former)

    (letter,) = ask(people, colleague, people.house, second, by=people.officer)

    assert sorted(functions(letter)) == [
        "- Bearbeitung (Ressort), SMWK",
        "- Freigabe (Ressort), SMI",
    ]


def test_everybody_of_technik_is_written_to(people: People, colleague: User) -> None:
    second = make_user(role=Role.ADMINISTRATOR)
    make_user(role=Role.ADMINISTRATOR, is_active=False)

    letters = ask(people, colleague, by=people.officer)

    assert {letter.recipient for letter in letters} == {people.administrator, second}


def test_nobody_is_appointed_by_asking(people: People, colleague: User) -> None:
    ask(people, colleague, by=people.officer)

    assert not colleague.appointments.exclude(deputy_for=None).exists()


def test_without_technik_the_way_is_told(people: People, colleague: User) -> None:
    people.administrator.appointments.all().delete()

    with pytest.raises(Refusal, match="Es gibt kein Konto der Technik"):
        request_deputy(deputy=colleague, houses={people.house.pk}, by=people.officer, **PERIOD)


@pytest.mark.parametrize("who", ["chief", "auditor", "administrator"])
def test_asking_is_for_who_works_in_a_house(people: People, colleague: User, who: str) -> None:
    with pytest.raises(PermissionDenied):
        request_deputy(
            deputy=colleague, houses={people.house.pk}, by=getattr(people, who), **PERIOD
        )

    assert not Notification.objects.exists()
