"""Arbeitsgruppen: who reads and writes them, when the next session is due, and their sessions."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from ministries.clock import months_later, today
from ministries.models import Role, User
from partnerships.models import Meeting, Partnership, WorkingGroup
from partnerships.records.working_groups.desk import desk_items, desk_rows
from tests.factories import make_ministry, make_partnership, make_user
from tests.partnerships.conftest import People, SignIn
from tests.record_factories import make_commitment, make_meeting, make_working_group
from tests.templates import folded

DAY = date(2027, 3, 15)


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership(slug="flandern", name="Flandern")


@pytest.fixture
def group(people: People, partnership: Partnership) -> WorkingGroup:
    return make_working_group(ministry=people.house, partnership=partnership, name="Verkehr")


@pytest.fixture
def foreigner(people: People) -> User:
    return make_user(role=Role.OFFICER, ministry=make_ministry(abbreviation="SMI"))


def send(client: Client, address: str, version: int = 1, **values: Any) -> Any:
    return client.post(address, {"_token": str(uuid4()), "_version": version, **values})


def enter(client: Client, group: WorkingGroup, **values: Any) -> Any:
    return send(client, f"{group.get_absolute_url()}sitzungen/neu/", **values)


def next_of(group: WorkingGroup, day: date = DAY) -> tuple[date | None, date | None]:
    row: Any = WorkingGroup.objects.with_sessions(day).get(pk=group.pk)
    return row.last_held_on, row.next_on


# When the next session is due


@pytest.mark.parametrize(
    ("held", "months"),
    [
        (date(2026, 1, 31), 1),
        (date(2026, 1, 30), 13),
        (date(2024, 2, 29), 12),
        (date(2026, 8, 31), 6),
        (date(2026, 12, 5), 12),
    ],
)
def test_due_when_the_cadence_has_passed(group: WorkingGroup, held: date, months: int) -> None:
    make_meeting(working_group=group, held_on=held)
    make_meeting(working_group=group, held_on=held - timedelta(days=200))
    WorkingGroup.objects.update(cadence_months=months)

    assert next_of(group) == (held, months_later(held, months))


def test_planned_session_is_the_next_one(group: WorkingGroup) -> None:
    make_meeting(working_group=group, held_on=date(2020, 1, 1))
    for days in (90, 40):
        make_meeting(working_group=group, held_on=DAY + timedelta(days=days))

    assert next_of(group) == (date(2020, 1, 1), DAY + timedelta(days=40))
    assert not WorkingGroup.objects.overdue(DAY).exists()


def test_session_of_today_is_held(group: WorkingGroup) -> None:
    make_meeting(working_group=group, held_on=DAY)
    assert next_of(group) == (DAY, months_later(DAY, 12))


def test_nothing_is_due_without_cadence_or_session(group: WorkingGroup) -> None:
    assert next_of(group) == (None, None)
    make_meeting(working_group=group, held_on=DAY)
    WorkingGroup.objects.update(cadence_months=None)
    assert next_of(group) == (DAY, None)


@pytest.mark.parametrize(("days_late", "is_late"), [(0, False), (1, True)])
def test_overdue_from_the_day_after(group: WorkingGroup, days_late: int, is_late: bool) -> None:
    make_meeting(working_group=group, held_on=date(2026, 3, 1))
    day = date(2027, 3, 1) + timedelta(days=days_late)
    assert WorkingGroup.objects.overdue(day).exists() is is_late


# Lists and pages


def test_filter_of_overdue_sessions(
    people: People, sign_in: SignIn, group: WorkingGroup, partnership: Partnership
) -> None:
    make_meeting(working_group=group, held_on=months_later(today(), -13))
    on_time = make_working_group(ministry=people.house, partnership=partnership, name="Sport")
    make_meeting(working_group=on_time, held_on=months_later(today(), -2))

    page = sign_in(people.chief).get("/arbeitsgruppen/?session=overdue").content.decode()

    assert "Verkehr" in page
    assert "überfällig" in page
    assert "Sport" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=verker", True),
        ("q=Sport", False),
        ("session=none", True),
        ("session=planned", False),
        ("partnership=flandern", True),
        ("mine=1", True),
    ],
)
def test_filters(
    people: People, sign_in: SignIn, group: WorkingGroup, query: str, found: bool
) -> None:
    page = sign_in(people.officer).get(f"/arbeitsgruppen/?{query}")
    assert (f'href="{group.get_absolute_url()}"' in page.content.decode()) is found


def test_page_shows_sessions_newest_first(
    people: People, sign_in: SignIn, group: WorkingGroup
) -> None:
    early = make_meeting(working_group=group, held_on=date(2024, 4, 2), minutes="Erster\n\nZweiter")
    late = make_meeting(working_group=group, held_on=date(2025, 4, 2))
    make_working_group(
        ministry=people.house, partnership=group.partnership, parent=group, name="Schiene"
    )
    make_commitment(
        ministry=people.house, partnership=group.partnership, meeting=late, title="Plan"
    )

    page = folded(sign_in(people.chief).get(group.get_absolute_url()).text)

    assert page.index(f'id="sitzung-{late.pk}"') < page.index(f'id="sitzung-{early.pk}"')
    for text in ("Nächste Sitzung fällig", "02.04.2026", "<p>Zweiter</p>", "Schiene", "Plan"):
        assert text in page
    assert "Sitzung eintragen" not in page


def test_confidential_partnership_hides_its_groups(
    people: People, sign_in: SignIn, foreigner: User
) -> None:
    secret = make_partnership(slug="geheim", is_confidential=True)
    group = make_working_group(ministry=people.house, partnership=secret, name="Verdeckt")
    client = sign_in(foreigner)

    assert client.get(group.get_absolute_url()).status_code == 404
    assert enter(client, group, held_on="3.4.26").status_code == 404
    assert "Verdeckt" not in client.get("/arbeitsgruppen/").content.decode()


def test_other_houses_read_but_do_not_write(
    sign_in: SignIn, group: WorkingGroup, foreigner: User
) -> None:
    meeting = make_meeting(working_group=group)
    client = sign_in(foreigner)

    assert client.get(group.get_absolute_url()).status_code == 200
    assert send(client, f"{group.get_absolute_url()}bearbeiten/", name="X").status_code == 403
    assert enter(client, group, held_on="3.4.26").status_code == 403
    for act in ("bearbeiten", "streichen"):
        answer = send(client, f"/arbeitsgruppen/sitzungen/{meeting.pk}/{act}/", held_on="3.4.26")
        assert answer.status_code == 403
    assert Meeting.objects.get().held_on == meeting.held_on


# Writing


def test_add_a_group(officer: Client, people: People, group: WorkingGroup) -> None:
    values = {"ministry": people.house.pk, "name": "Schiene", "parent": group.pk}
    send(officer, "/partnerschaften/flandern/arbeitsgruppen/neu/", cadence_months=6, **values)

    added = WorkingGroup.objects.get(name="Schiene")
    assert (added.parent, added.cadence_months, added.ministry) == (group, 6, people.house)


def test_cadence_is_one_to_120_months(officer: Client, group: WorkingGroup) -> None:
    address = f"{group.get_absolute_url()}bearbeiten/"
    answer = send(officer, address, name="Verkehr", cadence_months=121)
    assert answer.status_code == 422
    assert "1 bis 120 Monate" in answer.content.decode()


def test_group_with_sub_groups_has_no_parent(
    officer: Client, people: People, group: WorkingGroup
) -> None:
    common = {"ministry": people.house, "partnership": group.partnership}
    make_working_group(parent=group, **common)
    other = make_working_group(**common)

    address = f"{group.get_absolute_url()}bearbeiten/"
    assert send(officer, address, name="Verkehr", parent=other.pk).status_code == 422


def test_archived_parent_stays(officer: Client, people: People, group: WorkingGroup) -> None:
    sub = make_working_group(
        ministry=people.house, partnership=group.partnership, parent=group, name="Schiene"
    )
    send(officer, f"/unterlagen/arbeitsgruppe/{group.pk}/archivieren/", reason="Aufgelöst")

    address = f"{sub.get_absolute_url()}bearbeiten/"
    send(officer, address, name="Schienen", parent=group.pk)

    sub.refresh_from_db()
    assert (sub.name, sub.parent) == ("Schienen", group)


def test_enter_a_session(officer: Client, group: WorkingGroup) -> None:
    enter(officer, group, held_on="3.4.26", minutes="Eins\r\n\r\nZwei", participants="Leitung")

    meeting = Meeting.objects.get()
    assert (meeting.held_on, meeting.participants) == (date(2026, 4, 3), "Leitung")
    assert meeting.minutes == "Eins\n\nZwei"


def test_minutes_wait_for_the_session(officer: Client, group: WorkingGroup) -> None:
    coming = f"{today() + timedelta(days=7):%d.%m.%Y}"
    answer = enter(officer, group, held_on=coming, minutes="Beschlossen")
    assert answer.status_code == 422
    assert "erst geplant" in answer.content.decode()
    enter(officer, group, held_on=coming, place="Gent")
    assert Meeting.objects.get().place == "Gent"


def test_one_session_a_day(officer: Client, group: WorkingGroup) -> None:
    make_meeting(working_group=group, held_on=date(2026, 4, 3))
    answer = enter(officer, group, held_on="3.4.26")
    assert answer.status_code == 422
    assert "Diese Sitzung ist schon erfasst." in answer.content.decode()


def test_sent_twice_is_entered_once(officer: Client, group: WorkingGroup) -> None:
    token, address = str(uuid4()), f"{group.get_absolute_url()}sitzungen/neu/"
    answers = [officer.post(address, {"_token": token, "held_on": "3.4.26"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Meeting.objects.count() == 1


def test_second_to_save_sees_both_minutes(officer: Client, group: WorkingGroup) -> None:
    meeting = make_meeting(working_group=group, minutes="Alt")
    address = f"/arbeitsgruppen/sitzungen/{meeting.pk}/bearbeiten/"
    send(officer, address, held_on="2.4.26", minutes="Von der ersten")

    answer = send(officer, address, held_on="2.4.26", minutes="Von der zweiten")

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Von der ersten" in page
    assert "Von der zweiten" in page
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.version) == ("Von der ersten", 2)


def test_strike_a_session(officer: Client, people: People, group: WorkingGroup) -> None:
    meeting, kept = (make_meeting(working_group=group, held_on=DAY.replace(day=d)) for d in (1, 2))
    make_commitment(ministry=people.house, partnership=group.partnership, meeting=kept)

    answers = [
        send(officer, f"/arbeitsgruppen/sitzungen/{one.pk}/streichen/") for one in (meeting, kept)
    ]

    assert [answer.status_code for answer in answers] == [302, 422]
    assert list(Meeting.objects.all()) == [kept]


def test_history_tells_of_the_participants(officer: Client, group: WorkingGroup) -> None:
    enter(officer, group, held_on="3.4.26", participants="Generaldirektion")
    page = officer.get(f"/unterlagen/arbeitsgruppe/{group.pk}/aenderungen/").content.decode()
    assert "Generaldirektion" in page


def test_archive_and_back(officer: Client, group: WorkingGroup) -> None:
    make_meeting(working_group=group, held_on=months_later(today(), -13))
    send(officer, f"/unterlagen/arbeitsgruppe/{group.pk}/archivieren/", reason="Aufgelöst")

    link = f'href="{group.get_absolute_url()}"'
    assert link not in officer.get("/arbeitsgruppen/").content.decode()
    assert "Aufgelöst" in officer.get(group.get_absolute_url()).content.decode()
    assert enter(officer, group, held_on="3.4.26").status_code == 422
    assert not WorkingGroup.objects.overdue(today()).exists()

    address = f"/unterlagen/arbeitsgruppe/{group.pk}/zurueckholen/"
    send(officer, address, version=2, reason="Doch nicht")
    assert link in officer.get("/arbeitsgruppen/").content.decode()


# On the desk


@pytest.mark.parametrize(("days_before", "told"), [(31, 0), (30, 1), (0, 1), (-5, 1)])
def test_house_convenes_from_a_month_before(
    people: People, group: WorkingGroup, days_before: int, told: int
) -> None:
    due = date(2027, 6, 1)
    make_meeting(working_group=group, held_on=months_later(due, -12))
    day = due - timedelta(days=days_before)

    items = desk_items(people.officer, day)

    assert [item.due_on for item in items] == [due] * told
    assert sum(rows.count() for rows in desk_rows(people.officer, day)) == told


def test_desk_is_quiet_for_others_and_when_planned(
    people: People, group: WorkingGroup, foreigner: User
) -> None:
    make_meeting(working_group=group, held_on=date(2020, 1, 1))
    assert [item.verb for item in desk_items(people.officer, DAY)] == ["Sitzung ansetzen"]
    assert desk_items(foreigner, DAY) == desk_items(people.chief, DAY) == []
    make_meeting(working_group=group, held_on=DAY + timedelta(days=100))
    assert desk_items(people.officer, DAY) == []


def test_resting_partner_is_not_met(people: People) -> None:
    resting = make_partnership(status="dormant")
    group = make_working_group(ministry=people.house, partnership=resting)
    make_meeting(working_group=group, held_on=date(2020, 1, 1))
    assert desk_items(people.officer, DAY) == []


@pytest.mark.parametrize("name", ["working-group-list", "commitment-list"])
def test_lists_say_that_hits_only_resemble(
    people: People, group: WorkingGroup, partnership: Partnership, sign_in: SignIn, name: str
) -> None:
    make_commitment(ministry=people.house, partnership=partnership, title="Verkehr")

    for text, is_said in (("Verkehr", False), ("Verkher", True)):
        page = sign_in(people.officer).get(reverse(f"partnerships:{name}"), {"q": text})
        assert ("Keine genauen Treffer, ähnlich:" in page.content.decode()) is is_said
        assert len(page.context["rows"]) == 1
