"""Headers of what the matrix does not meet: files, errors, and production."""

import logging

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from config import urls
from tests import factories
from tests.harness import headers

pytestmark = pytest.mark.django_db
STYLE_SHEET = "admin/css/base.css"


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("Geheimnis aus dem Inneren")


urlpatterns = [*urls.urlpatterns, path("kaputt/", broken)]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


@pytest.fixture
def signed_in() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(factories.make_user(), backend="config.authentication.LoginBackend")
    return client


def test_static_files_have_the_headers(client: Client) -> None:
    assert finders.find(STYLE_SHEET)
    response = client.get(f"/static/{STYLE_SHEET}")
    response.close()
    assert response.status_code == 200
    wrong = [line for line in headers.missing(response) if not line.startswith("Cache-Control")]
    assert wrong == []


@pytest.mark.parametrize("url", ["/gibt-es-nicht/", "/?q=%00", "/verwaltung", "/static/nichts.css"])
def test_errors_and_redirects_have_the_headers(signed_in: Client, url: str) -> None:
    response = signed_in.get(url)
    assert response.status_code in (301, 400, 404)
    assert headers.missing(response) == []


@pytest.mark.urls("tests.harness.test_headers")
def test_server_error_has_the_headers_and_tells_nothing(
    signed_in: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    response = signed_in.get("/kaputt/")
    assert response.status_code == 500
    assert headers.missing(response) == []
    assert b"Geheimnis" not in response.content
    assert b"RuntimeError" not in response.content


@override_settings(SECURE_HSTS_SECONDS=31_536_000, SECURE_HSTS_INCLUDE_SUBDOMAINS=True)
def test_production_keeps_browsers_on_https(client: Client) -> None:
    response = client.get("/impressum/", secure=True)
    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_signing_out_clears_the_browser(signed_in: Client) -> None:
    response = signed_in.post("/konto/abmelden/")
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
