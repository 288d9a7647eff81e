"""The administrator runs accounts, mail and jobs, and reads no content."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from ministries.clock import today
from ministries.mail import outbox
from ministries.models import Appointment, Notification, Role, User
from tests.factories import make_appointment, make_chancellery, make_ministry, make_user
from tests.ministries.admin_forms import filled
from ui.receipts import new_token

pytestmark = pytest.mark.django_db
MAILS = "/technik/ministries/notification/"
SECRET = "Vertrauliches über Flandern"


@pytest.fixture
def operator(client: Client) -> User:
    user = make_user(role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def account_page(user: User) -> str:
    return reverse("technical:ministries_user_change", args=[user.pk])


def test_ended_house_is_told_from_its_successor(operator: User, client: Client) -> None:
    make_ministry(abbreviation="SMWA", slug="smwa-alt", valid_until=date(2024, 12, 18))

    page = client.get("/technik/ministries/appointment/").content.decode()

    assert "(bis 18.12.2024)" in page


def failed_mail() -> Notification:
    mail = outbox.post(
        to="a@demo.example", subject=SECRET, body=SECRET, kind=Notification.Kind.REQUEST
    )
    mail.state = Notification.State.FAILED
    mail.save()
    return mail


def act(client: Client, url: str, action: str, pk: int) -> Any:
    return client.post(url, {"action": action, "_selected_action": [str(pk)]}, follow=True)


def test_adding_an_account_is_inviting(client: Client, operator: User) -> None:
    response = client.get(reverse("technical:ministries_user_add"))

    assert response.headers["Location"] == "/konto/einladen/"


def test_account_page_shows_no_password(client: Client, operator: User) -> None:
    user = make_user()

    text = client.get(account_page(user)).content.decode()

    assert user.password not in text
    assert "md5$" not in text


def test_account_can_be_switched_off(client: Client, operator: User) -> None:
    user = make_user()
    url = account_page(user)
    data = filled(client.get(url))
    del data["is_active"]

    client.post(url, data)

    user.refresh_from_db()
    assert not user.is_active


def test_administrator_does_not_switch_off_or_appoint_himself(
    client: Client, operator: User
) -> None:
    url = account_page(operator)
    data = filled(client.get(url), name="Demo Technik")
    data.pop("is_active", None)
    new = {
        "appointments-TOTAL_FORMS": "1",
        "appointments-INITIAL_FORMS": "0",
        "appointments-0-role": Role.COORDINATOR,
        "appointments-0-ministry": str(make_chancellery().pk),
    }

    client.post(url, data | new)

    operator.refresh_from_db()
    assert operator.is_active
    assert operator.name == "Demo Technik"
    assert [row.role for row in operator.appointments.all()] == [Role.ADMINISTRATOR]


def test_function_is_added_to_an_account(client: Client, operator: User) -> None:
    user, house = make_user(), make_ministry()
    url = account_page(user)
    new = {
        "appointments-TOTAL_FORMS": "1",
        "appointments-0-role": Role.OFFICER,
        "appointments-0-ministry": str(house.pk),
        "appointments-0-valid_from": "01.01.2026",
        "appointments-0-order_reference": "1-0141/7",
    }

    client.post(url, filled(client.get(url)) | new)

    assert Appointment.objects.get(user=user).ministry == house


def test_head_without_an_order_is_refused(client: Client, operator: User) -> None:
    user, house = make_user(), make_ministry()
    url = account_page(user)
    new = {
        "appointments-TOTAL_FORMS": "1",
        "appointments-0-role": Role.HEAD,
        "appointments-0-ministry": str(house.pk),
    }

    text = client.post(url, filled(client.get(url)) | new).content.decode()

    assert "Nennen Sie das Aktenzeichen" in text
    assert not user.appointments.exists()


def test_function_of_a_house_with_a_head_waits_for_it(client: Client, operator: User) -> None:
    user, house = make_user(), make_ministry()
    make_user(role=Role.HEAD, ministry=house)
    url = account_page(user)
    new = {
        "appointments-TOTAL_FORMS": "1",
        "appointments-0-role": Role.OFFICER,
        "appointments-0-ministry": str(house.pk),
    }

    client.post(url, filled(client.get(url)) | new)

    assert user.appointments.get().is_pending
    assert Notification.objects.get().to_address == house.mailbox
    row = user.appointments.get()
    user.appointments.update(requested_on=date(2026, 1, 1))
    act(client, "/technik/ministries/appointment/", "ask_again", row.pk)
    assert Appointment.objects.pending(today()).get() == row


@pytest.mark.parametrize(
    "change",
    [
        {"role": Role.HEAD},
        {"ministry": "other"},
        {"valid_until": ""},
        {"valid_until": "31.12.2031"},
        {"valid_from": "01.01.2020"},
        {"is_chief": "on"},
    ],
    ids=str,
)
def test_existing_function_is_only_ended(
    client: Client, operator: User, change: dict[str, str]
) -> None:
    house = make_ministry()
    before = {"role": Role.OFFICER, "valid_from": date(2026, 1, 1), "valid_until": date(2030, 1, 1)}
    user = make_user()
    row = make_appointment(user=user, ministry=house, **before)  # type: ignore[arg-type]
    if "ministry" in change:
        change = {"ministry": str(make_ministry().pk)}
    url = account_page(user)
    new = {f"appointments-0-{name}": value for name, value in change.items()}

    client.post(url, filled(client.get(url)) | new)

    row.refresh_from_db()
    assert {name: getattr(row, name) for name in before} == before
    assert (row.ministry, row.is_chief) == (house, False)


def test_function_is_ended(client: Client, operator: User) -> None:
    user = make_user(role=Role.OFFICER, ministry=make_ministry())
    url = account_page(user)

    client.post(url, filled(client.get(url), **{"appointments-0-valid_until": "01.01.2026"}))

    assert user.appointments.get().valid_until == date(2026, 1, 1)


def test_changed_address_waits_for_the_person(client: Client, operator: User) -> None:
    user = make_user(email="alt@demo.example", name="Demo Alt")
    url = account_page(user)

    page = client.post(
        url, filled(client.get(url), email="Neu@demo.example", name="Demo Neu"), follow=True
    )

    user.refresh_from_db()
    assert (user.email, user.new_email, user.name) == (
        "alt@demo.example",
        "neu@demo.example",
        "Demo Neu",
    )
    assert "Beide Adressen" in page.content.decode()
    link = Notification.objects.get(to_address="neu@demo.example").link
    person = Client()
    assert person.get(link).status_code == 302
    assert client.get(link).status_code == 410
    person.force_login(user)
    assert "neu@demo.example" in person.get(link).content.decode()
    person.post(link, {"_token": new_token()})
    user.refresh_from_db()
    assert user.email == "neu@demo.example"


def test_acts_of_technik_stand_in_the_own_log(client: Client, operator: User) -> None:
    user = make_user(role=Role.OFFICER, ministry=make_ministry(), name="Demo Alt")
    url = account_page(user)
    new = {"name": "Demo Neu", "email": "neu@demo.example", "_reason": "Heirat"}
    client.post(url, filled(client.get(url), **new, **{"appointments-0-valid_until": "31.12.2031"}))
    user.refresh_from_db()
    client.force_login(user)

    text = client.get("/konto/meine-daten/").content.decode()

    for words in ("„Demo Alt“ → „Demo Neu“", "neu@demo.example", "bis 31.12.2031", "Technik, SK"):
        assert words in text


def test_same_function_twice_at_a_time_is_refused(client: Client, operator: User) -> None:
    house = make_ministry()
    user = make_user(role=Role.OFFICER, ministry=house)
    url = account_page(user)
    new = {
        "appointments-TOTAL_FORMS": "2",
        "appointments-1-role": Role.OFFICER,
        "appointments-1-ministry": str(house.pk),
        "appointments-1-order_reference": "1-0141/7",
    }

    text = client.post(url, filled(client.get(url)) | new).content.decode()

    assert "in diesem Zeitraum schon" in text
    assert user.appointments.count() == 1


def test_open_invitations_are_listed(client: Client, operator: User) -> None:
    make_user(password=None, name="Demo Eingeladen")
    make_user(name="Demo Angekommen")

    text = client.get("/technik/ministries/user/?einladung=offen").content.decode()

    assert "Demo Eingeladen" in text
    assert "Demo Angekommen" not in text


@pytest.mark.parametrize("path", ["", "{pk}/change/"])
def test_mail_queue_shows_no_subject_and_no_text(client: Client, operator: User, path: str) -> None:
    mail = failed_mail()

    text = client.get(MAILS + path.format(pk=mail.pk)).content.decode()

    assert "nicht zustellbar" in text
    assert SECRET not in text


def test_failed_mail_is_sent_again(client: Client, operator: User) -> None:
    mail = failed_mail()

    act(client, MAILS, "resend", mail.pk)

    mail.refresh_from_db()
    assert mail.state == Notification.State.QUEUED
    assert ProcrastinateJob.objects.filter(task_name=outbox.DELIVER, status="todo").count() == 2


def test_waiting_mail_is_not_sent_twice(client: Client, operator: User) -> None:
    mail = outbox.post(to="a@demo.example", subject="x", body="x", kind=Notification.Kind.REQUEST)

    response = act(client, MAILS, "resend", mail.pk)

    assert "nichts fehlgeschlagen" in response.content.decode()
    assert ProcrastinateJob.objects.count() == 1


def test_row_that_no_list_has_is_refused(client: Client, operator: User) -> None:
    chosen = {"action": "resend", "_selected_action": "2026-W05"}

    assert client.post(MAILS, chosen).status_code == 400


def test_jobs_are_listed_without_arguments(client: Client, operator: User) -> None:
    failed_mail()

    text = client.get("/technik/ministries/job/").content.decode()

    assert outbox.DELIVER in text
    assert "notification_id" not in text


@pytest.mark.parametrize("model", ["notification", "appointment", "job"])
def test_lists_are_read_only(client: Client, operator: User, model: str) -> None:
    assert client.get(f"/technik/ministries/{model}/add/").status_code == 403


def test_start_page_says_what_waits(client: Client, operator: User) -> None:
    failed_mail()
    make_user(password=None)

    text = client.get("/technik/").content.decode()

    assert "1 nicht zustellbare Nachricht" in text
    assert "1 offene Einladung" in text


def test_administrator_reads_no_content(client: Client, operator: User) -> None:
    for path in ("/partnerschaften/", "/verwaltung/", "/suche/?q=a"):
        response = client.get(path)
        assert response.status_code in (403, 404) or "Flandern" not in response.content.decode()


def test_account_list_takes_a_fixed_number_of_queries(
    client: Client, operator: User, django_assert_max_num_queries: Any
) -> None:
    house = make_ministry()
    for _ in range(24):
        make_user(role=Role.OFFICER, ministry=house)
    client.get("/technik/")  # the session is written once

    with django_assert_max_num_queries(8):
        client.get("/technik/ministries/user/")
