"""Every error page is German, says what happened and leads somewhere."""

import pytest
from django.template.loader import render_to_string
from django.test import Client

from tests import factories

pytestmark = [pytest.mark.urls("tests.ui.pages"), pytest.mark.django_db]


def test_unknown_address_leads_home(client: Client) -> None:
    client.force_login(factories.make_user())

    response = client.get("/gibt-es-nicht/")

    assert response.status_code == 404
    assert "Diese Seite gibt es nicht" in response.text
    assert 'href="/"' in response.text


def test_two_unknown_addresses_look_the_same(client: Client) -> None:
    client.force_login(factories.make_user())

    bodies = {
        client.get(f"/{path}/").text.split("csrfmiddlewaretoken")[0] for path in ("a", "b" * 300)
    }

    assert len(bodies) == 1


def test_crash_is_answered_with_a_number() -> None:
    response = Client(raise_request_exception=False).get("/probe/absturz/")

    assert response.status_code == 500
    assert "Der Fehler liegt bei uns" in response.text
    assert "mit Absicht" not in response.text
    assert "mit dieser Nummer" in response.text


@pytest.mark.parametrize("template", ["400.html", "413.html", "500.html"])
def test_page_needs_neither_request_nor_database(template: str) -> None:
    assert "Zur Startseite" in render_to_string(template, {"megabytes": 25})


def test_nul_byte_gets_a_german_page(client: Client) -> None:
    response = client.get("/probe/regionen/?q=%00")

    assert response.status_code == 400
    assert "Diese Anfrage konnten wir nicht lesen" in response.text


def test_no_appointment_page_says_whom_to_ask() -> None:
    source = render_to_string("ui/no_appointment.html", {"user": None, "messages": []})

    assert "keine Funktion eingetragen" in source
