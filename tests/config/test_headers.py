"""The header list every response carries, whoever made it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from pytest_django import Settings

from ministries.models import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "report-uri /csp-bericht",
}
PAGES = {
    "login": ("/konto/login/", 200),
    "login required": ("/konto/passwort/", 302),
    "not found": ("/gibt-es-nicht/", 404),
    "bad input": ("/konto/login/?next=%00", 400),
    "wrong method": ("/csp-bericht", 405),
    "health": ("/healthz", 503),
    "register admin": ("/verwaltung/", 302),
    "technical admin": ("/technik/", 302),
}


@pytest.mark.parametrize(("path", "status"), PAGES.values(), ids=PAGES)
def test_every_response_carries_all_headers(client: Client, path: str, status: int) -> None:
    response = client.get(path)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    assert set(response.headers["Content-Security-Policy"].split("; ")) == POLICY
    assert "no-store" in response.headers["Cache-Control"]
    assert {"Cookie", "HX-Request"} <= set(response.headers["Vary"].split(", "))


def test_permissions_policy_switches_all_off(client: Client) -> None:
    features = client.get("/konto/login/").headers["Permissions-Policy"].split(", ")

    assert len(features) > 20
    assert all(feature.endswith("=()") for feature in features)


@pytest.mark.parametrize("host", ["böse.example", "evil.example"])
def test_foreign_host_is_refused_with_all_headers(client: Client, host: str) -> None:
    response = client.get("/konto/login/", headers={"host": host.encode("idna").decode()})

    assert response.status_code == 400
    assert response.headers["X-Frame-Options"] == "DENY"


def test_crash_gives_german_page_with_reference_and_all_headers(
    client: Client, settings: Settings
) -> None:
    settings.ROOT_URLCONF = "tests.config.crashing_urls"
    client.raise_request_exception = False

    response = client.get("/absturz/")

    assert response.status_code == 500
    assert re.search(r"<strong>[0-9a-f]{10}</strong>", response.content.decode())
    assert "kaputt@demo.example" not in response.content.decode()
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "no-store" in response.headers["Cache-Control"]


def test_no_reference_number_on_other_error_pages(client: Client) -> None:
    page = client.get("/gibt-es-nicht/").content.decode()

    assert not re.search(r"\b[0-9a-f]{10}\b", page)


def test_admin_page_carries_all_headers(client: Client) -> None:
    client.force_login(make_user(role=Role.COORDINATOR))

    response = client.get("/verwaltung/")

    assert response.status_code == 200
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.skipif(not Path(settings.BASE_DIR, "build/static").is_dir(), reason="make assets")
def test_static_file_carries_headers_and_may_be_kept(client: Client) -> None:
    response = client.get("/static/kern/kern.min.css")

    assert response.status_code == 200
    assert {name: response.headers.get(name) for name in EXPECTED} == EXPECTED
    assert "no-store" not in response.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers
    response.close()


def test_sign_out_makes_browser_forget(client: Client) -> None:
    client.force_login(make_user())

    response = client.post("/konto/abmelden/")

    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in client.get("/konto/login/").headers


def test_production_asks_for_https_for_a_year(settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True

    response = Client().get("/konto/login/", secure=True)

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_plain_http_is_never_told_to_use_https(client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/konto/login/").headers
