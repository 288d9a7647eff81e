"""The same form arriving twice acts once, on a real database with two connections."""

import threading
import uuid
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from partnerships.models import Region
from tests import factories
from ui.models import KEPT_FOR, FormReceipt
from ui.tasks import forget_receipts

pytestmark = pytest.mark.urls("tests.ui.pages")


def rename(region: Region, *, token: Any, name: str = "Latium") -> Any:
    return Client().post(f"/probe/umbenennen/{region.pk}/", {"_token": str(token), "name": name})


@pytest.mark.django_db
def test_second_post_gets_the_first_answer() -> None:
    region, token = factories.make_region(), uuid.uuid4()

    first = rename(region, token=token)
    second = rename(region, token=token, name="Lombardei")
    region.refresh_from_db()

    assert first["Location"] == second["Location"] == "/probe/regionen/?q=Latium"
    assert region.name == "Latium"


@pytest.mark.django_db(transaction=True)
def test_two_posts_at_once_act_once() -> None:
    region, token = factories.make_region(), uuid.uuid4()
    start, answers = threading.Barrier(2), []

    def send(name: str) -> None:
        try:
            start.wait(timeout=10)
            answers.append(rename(region, token=token, name=name)["Location"])
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[name]) for name in ("Latium", "Lombardei")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    region.refresh_from_db()

    assert answers == [f"/probe/regionen/?q={region.name}"] * 2
    assert FormReceipt.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_post_that_waits_too_long_is_told_to_look_again() -> None:
    region, token = factories.make_region(name="Lazio"), uuid.uuid4()
    is_held, is_answered = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                FormReceipt.objects.create(token=token, path="/")
                is_held.set()
                is_answered.wait(timeout=30)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    is_held.wait(timeout=10)
    response = rename(region, token=token)
    is_answered.set()
    holder.join(timeout=30)

    assert response.status_code == 409
    assert "wird noch gespeichert" in response.text


@pytest.mark.django_db
def test_answer_without_redirect_leaves_nothing_behind() -> None:
    region, token = factories.make_region(name="Lazio"), uuid.uuid4()

    refused = rename(region, token=token, name="nein")
    region.refresh_from_db()

    assert refused.status_code == 422
    assert region.name == "Lazio"
    assert rename(region, token=token).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("token", ["", "abc", "1", "{}", "🤷"])
def test_post_without_a_usable_token_is_shown_again(token: str) -> None:
    region = factories.make_region(name="Lazio")

    response = rename(region, token=token, name="ein langer getippter Text")
    region.refresh_from_db()

    assert response.status_code == 400
    assert "ein langer getippter Text" in response.text
    assert region.name == "Lazio"


@pytest.mark.django_db
def test_form_page_without_token_keeps_the_form(client: Client) -> None:
    region = factories.make_region()

    response = client.post(f"/probe/regionen/{region.pk}/", {"name": "Latium"})

    assert response.status_code == 400
    assert 'value="Latium"' in response.text
    assert "Ihre Eingaben sind noch da" in response.text


@pytest.mark.django_db
def test_token_of_another_page_is_refused() -> None:
    first, other, token = factories.make_region(), factories.make_region(), uuid.uuid4()
    rename(first, token=token)

    assert rename(other, token=token).status_code == 400


@pytest.mark.django_db
def test_token_of_another_person_is_refused(client: Client) -> None:
    region, token = factories.make_region(), uuid.uuid4()
    rename(region, token=token)
    client.force_login(factories.make_user())

    response = client.post(f"/probe/umbenennen/{region.pk}/", {"_token": str(token), "name": "x"})

    assert response.status_code == 400


@pytest.mark.django_db
def test_worker_forgets_old_receipts_only() -> None:
    old, new = uuid.uuid4(), uuid.uuid4()
    FormReceipt.objects.create(token=old, path="/", created_at=timezone.now() - 2 * KEPT_FOR)
    FormReceipt.objects.create(token=new, path="/")

    forget_receipts(0)

    assert list(FormReceipt.objects.values_list("token", flat=True)) == [new]
