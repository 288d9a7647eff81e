"""Wiedervorlagen: for a person, the house and whom one deputises; done and moved with one click."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dashboards.desk import desk_count, desk_groups
from ministries.clock import in_a_month, now, today
from ministries.models import Notification, Role, User
from partnerships.models import FollowUp, Partnership
from tests.factories import (
    make_agreement,
    make_appointment,
    make_ministry,
    make_partnership,
    make_user,
)
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_contact,
    make_follow_up,
    make_gift,
    make_note,
    make_working_group,
)

SignIn = Callable[[User], Client]


@pytest.fixture
def partnership(people: People) -> Partnership:
    return make_partnership(slug="p", name="Flandern")


@pytest.fixture
def officer(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.officer)


def send(client: Client, address: str, **values: Any) -> Any:
    return client.post(f"/wiedervorlagen/{address}", {"_token": str(uuid4()), **values})


def on_desk(user: User) -> list[str]:
    user = User.objects.get(pk=user.pk)
    rows = [row for group in desk_groups(user, today()) for row in group.rows]
    found = [
        row.item.object_label.partition(" · ")[0]
        for row in rows
        if row.item.verb == "Wiedervorlage"
    ]
    assert desk_count(user, today()) == len(rows)
    return found


def test_add_one_for_oneself(officer: Client, people: People, partnership: Partnership) -> None:
    send(
        officer,
        "neu/?partnerschaft=p",
        partnership=partnership.pk,
        text="Nachfragen",
        due_on="3.4.27",
        assigned_to=people.officer.pk,
    )

    follow_up = FollowUp.objects.get()
    assert (follow_up.due_on, follow_up.ministry) == (date(2027, 4, 3), people.house)
    assert follow_up.assigned_to == people.officer


def test_a_day_gone_by_is_refused_but_may_stay(
    officer: Client, people: People, partnership: Partnership
) -> None:
    values = {"partnership": partnership.pk, "text": "Nachfragen"}
    answer = send(officer, "neu/", due_on="3.4.2020", **values)
    assert answer.status_code == 422
    assert "Der Tag ist schon vorbei" in answer.content.decode()

    old = make_follow_up(ministry=people.house, partnership=partnership, due_on=date(2020, 4, 3))
    send(officer, f"{old.pk}/", due_on="3.4.2020", text="Wieder fragen", _version=old.version)
    old.refresh_from_db()
    assert old.text == "Wieder fragen"


def test_add_one_about_a_record(officer: Client, people: People, partnership: Partnership) -> None:
    note = make_note(ministry=people.house, partnership=partnership)

    address = f"neu/?kind=vermerk&pk={note.pk}"
    send(officer, address, partnership=partnership.pk, text="Antwort?", due_on="3.4.27")

    assert FollowUp.objects.get().note == note


@pytest.mark.parametrize(
    ("kind", "make"), [("arbeitsgruppe", make_working_group), ("gastgeschenk", make_gift)]
)
def test_add_one_about_a_group_or_a_gift(
    kind: str, make: Any, officer: Client, people: People, partnership: Partnership
) -> None:
    record = make(ministry=people.house, partnership=partnership)

    address = f"neu/?kind={kind}&pk={record.pk}"
    send(officer, address, partnership=partnership.pk, text="Nachfassen", due_on="3.4.27")

    follow_up = FollowUp.objects.get()
    assert follow_up.subject == record
    assert follow_up in FollowUp.objects.visible_to(people.officer)


def test_add_one_about_an_agreement(officer: Client, partnership: Partnership) -> None:
    agreement = make_agreement(partnership=partnership)

    address = f"neu/?kind=vereinbarung&pk={agreement.pk}"
    send(officer, address, partnership=partnership.pk, text="Verlängern?", due_on="3.4.27")

    assert FollowUp.objects.get().agreement == agreement


def test_page_of_a_record_shows_what_is_open(
    officer: Client, people: People, partnership: Partnership, sign_in: SignIn
) -> None:
    contact = make_contact(ministry=people.house, partnership=partnership)
    about = {"ministry": people.house, "partnership": partnership, "contact": contact}
    make_follow_up(text="Anrede prüfen", due_on=date(2090, 4, 3), **about)
    make_follow_up(
        text="Längst getan", due_on=date(2090, 4, 3), done_at=now(), done_by=people.officer, **about
    )

    page = officer.get(contact.get_absolute_url()).content.decode()
    assert "03.04.2090</time>: Anrede prüfen</a> für das ganze Haus" in page
    assert "Längst getan" not in page
    other = make_user(role=Role.OFFICER, ministry=make_ministry())
    assert "Anrede prüfen" not in sign_in(other).get(contact.get_absolute_url()).content.decode()


def test_unseen_record_takes_none(officer: Client, partnership: Partnership) -> None:
    note = make_note(ministry=make_ministry(), partnership=partnership)

    assert officer.get(f"/wiedervorlagen/neu/?kind=vermerk&pk={note.pk}").status_code == 404


def test_only_colleagues_are_offered(
    officer: Client, people: People, partnership: Partnership
) -> None:
    colleague = make_user(role=Role.OFFICER, ministry=people.house)
    make_user(role=Role.OFFICER, ministry=make_ministry())

    form = officer.get("/wiedervorlagen/neu/?partnerschaft=p").context["form"]

    assert set(form.fields["assigned_to"].queryset) == {people.officer, colleague}


def test_other_houses_see_nothing(
    people: People, sign_in: SignIn, partnership: Partnership
) -> None:
    make_follow_up(ministry=people.house, partnership=partnership, text="Nur für uns")

    text = sign_in(people.coordinator).get("/partnerschaften/p/wiedervorlagen/").content.decode()

    assert "Nur für uns" not in text


def test_what_is_about_a_hidden_record_is_hidden_too(
    officer: Client, people: People, partnership: Partnership
) -> None:
    contact = make_contact(ministry=people.house, is_confidential=True)
    make_follow_up(
        ministry=people.house, partnership=partnership, contact=contact, text="Streng vertraulich"
    )

    text = officer.get("/partnerschaften/p/wiedervorlagen/").content.decode()

    assert "Streng vertraulich" not in text


def test_done_with_one_click(officer: Client, people: People, partnership: Partnership) -> None:
    follow_up = make_follow_up(ministry=people.house, partnership=partnership)

    response = send(officer, f"{follow_up.pk}/erledigt/", _version=1, back="desk")

    follow_up.refresh_from_db()
    assert response["Location"] == "/zu-erledigen/"
    assert follow_up.done_by == people.officer


def test_done_and_open_stand_apart_on_the_page_of_the_partnership(
    officer: Client, people: People, partnership: Partnership
) -> None:
    common = {"ministry": people.house, "partnership": partnership}
    waiting = make_follow_up(**common)
    done = make_follow_up(done_at="2026-05-01T10:00Z", done_by=people.officer, **common)

    page = officer.get(f"{partnership.get_absolute_url()}wiedervorlagen/").context

    assert page["open_rows"] == [waiting]
    assert page["done_rows"] == [done]


def test_done_can_be_taken_back(officer: Client, people: People, partnership: Partnership) -> None:
    follow_up = make_follow_up(ministry=people.house, partnership=partnership)
    send(officer, f"{follow_up.pk}/erledigt/", _version=1)

    send(officer, f"{follow_up.pk}/wieder-oeffnen/", _version=2)

    follow_up.refresh_from_db()
    assert follow_up.done_at is None


def test_overdue_is_moved_from_today(
    officer: Client, people: People, partnership: Partnership
) -> None:
    past = today() - timedelta(days=30)
    follow_up = make_follow_up(ministry=people.house, partnership=partnership, due_on=past)

    send(officer, f"{follow_up.pk}/verschieben/", _version=1, step="week")

    follow_up.refresh_from_db()
    assert follow_up.due_on == today() + timedelta(weeks=1)


def test_a_month_later_keeps_to_the_month() -> None:
    assert in_a_month(date(2027, 1, 31)) == date(2027, 2, 28)
    assert in_a_month(date(2026, 12, 15)) == date(2027, 1, 15)


def test_second_click_of_a_colleague_overwrites_nothing(
    officer: Client, people: People, partnership: Partnership
) -> None:
    follow_up = make_follow_up(ministry=people.house, partnership=partnership, due_on=today())
    send(officer, f"{follow_up.pk}/verschieben/", _version=1, step="week")

    send(officer, f"{follow_up.pk}/verschieben/", _version=1, step="week")

    follow_up.refresh_from_db()
    assert follow_up.due_on == today() + timedelta(weeks=1)


def test_desk_of_the_house_and_the_person(people: People, partnership: Partnership) -> None:
    colleague = make_user(role=Role.OFFICER, ministry=people.house)
    common = {"ministry": people.house, "partnership": partnership, "due_on": today()}
    make_follow_up(text="Haus", **common)
    make_follow_up(text="Person", assigned_to=people.officer, **common)
    make_follow_up(text="Später", **common | {"due_on": today() + timedelta(days=60)})

    assert sorted(on_desk(people.officer)) == ["Haus", "Person"]
    assert on_desk(colleague) == ["Haus"]


def test_desk_of_the_deputy(people: People, partnership: Partnership) -> None:
    deputy = make_user()
    principal = people.officer.appointments.get()
    make_appointment(user=deputy, role=Role.OFFICER, ministry=people.house, deputy_for=principal)
    make_follow_up(
        ministry=people.house,
        partnership=partnership,
        due_on=today(),
        assigned_to=people.officer,
        text="In Vertretung",
    )

    assert on_desk(deputy) == ["In Vertretung"]


def test_list_shows_open_ones_unless_asked(
    officer: Client, people: People, partnership: Partnership
) -> None:
    common = {"ministry": people.house, "partnership": partnership}
    make_follow_up(text="Noch offen", **common)
    done = {"done_at": "2026-05-01T10:00Z", "done_by": people.officer}
    make_follow_up(text="Längst erledigt", **common, **done)

    assert "Längst erledigt" not in officer.get("/wiedervorlagen/").content.decode()
    assert "Längst erledigt" in officer.get("/wiedervorlagen/?state=done").content.decode()


def test_hand_over_moves_all_that_is_open(
    officer: Client, people: People, partnership: Partnership
) -> None:
    colleague = make_user(role=Role.OFFICER, ministry=people.house)
    common = {"ministry": people.house, "partnership": partnership}
    mine = [make_follow_up(assigned_to=people.officer, **common) for _ in range(2)]
    done = {"done_at": "2026-05-01T10:00Z", "done_by": people.officer}
    kept = make_follow_up(assigned_to=people.officer, **common, **done)

    send(officer, "uebergeben/", to=colleague.pk, reason="Wechsel")

    assert {FollowUp.objects.get(pk=row.pk).assigned_to for row in mine} == {colleague}
    assert FollowUp.objects.get(pk=kept.pk).assigned_to == people.officer


def test_deputy_is_asked_of_technik(officer: Client, people: People) -> None:
    colleague = make_user(role=Role.OFFICER, ministry=people.house, name="Demo Vertretung")

    send(
        officer,
        "vertretung/",
        deputy=colleague.pk,
        valid_from="1.12.26",
        valid_until="15.12.26",
    )

    mail = Notification.objects.get()
    assert mail.recipient == people.administrator
    assert "Demo Vertretung" in mail.body
    assert "vom 01.12.2026 bis 15.12.2026" in mail.body
    assert not colleague.appointments.exclude(deputy_for=None).exists()
