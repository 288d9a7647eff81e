"""Production refuses what would make it unsafe, in a process of its own with nothing but the named environment."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config.operations import postgres

pytestmark = pytest.mark.long

PRODUCTION = {
    "BRUECKE_HOSTS": "bruecke.example",
    "BRUECKE_SECRET_KEY": "k7" * 15 + "-never-used-anywhere-else",
    "DATABASE_URL": postgres.url(postgres.APP),
}


def outcome(environment: dict[str, str], *command: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "config.settings"} | environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def value_of(expression: str, environment: dict[str, str]) -> str:
    code = f"from django.conf import settings; print({expression})"
    done = outcome(environment, "-c", code)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("missing", PRODUCTION)
def test_production_refuses_missing_setting(missing: str) -> None:
    environment = {name: value for name, value in PRODUCTION.items() if name != missing}

    done = outcome(environment, "manage.py", "check")

    assert done.returncode != 0
    assert f"{missing} fehlt" in done.stderr


@pytest.mark.parametrize("mode", ["BRUECKE_DEBUG", "BRUECKE_DEMO", "BRUECKE_TEST"])
def test_production_refuses_other_modes(mode: str) -> None:
    done = outcome(PRODUCTION | {mode: "1"}, "manage.py", "check")

    assert done.returncode != 0
    assert "dort verboten" in done.stderr


def test_web_process_refuses_debug() -> None:
    done = outcome({"BRUECKE_DEBUG": "1"}, "-c", "import config.wsgi")

    assert done.returncode != 0
    assert "BRUECKE_DEBUG ist nur für" in done.stderr


def test_owner_command_refuses_to_run_without_owner_url() -> None:
    done = outcome(PRODUCTION, "manage.py", "migrate", "--plan")

    assert done.returncode != 0
    assert "DATABASE_OWNER_URL fehlt" in done.stderr


def test_web_process_refuses_owner_login() -> None:
    environment = PRODUCTION | {"DATABASE_URL": postgres.url(postgres.OWNER)}

    done = outcome(environment, "-c", "import config.wsgi")

    assert done.returncode != 0
    assert "darf Datenbanken anlegen" in done.stderr


def test_worker_refuses_owner_login() -> None:
    environment = PRODUCTION | {"DATABASE_URL": postgres.url(postgres.OWNER)}

    done = outcome(environment, "manage.py", "worker")

    assert done.returncode != 0
    assert "darf Datenbanken anlegen" in done.stderr


def test_web_process_never_holds_owner_login() -> None:
    environment = PRODUCTION | {"DATABASE_OWNER_URL": postgres.url(postgres.OWNER)}

    assert value_of("settings.DATABASES['default']['USER']", environment) == postgres.APP


def test_deploy_check_refuses_owner_login() -> None:
    environment = PRODUCTION | {"DATABASE_URL": postgres.url(postgres.OWNER)}

    done = outcome(environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode != 0
    assert "config.E002" in done.stderr


def test_production_cookies_are_bound_to_host_and_https() -> None:
    cookies = "settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME"
    flags = (
        "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.CSRF_COOKIE_HTTPONLY"
    )

    assert value_of(cookies, PRODUCTION) == "__Host-session __Host-csrf"
    assert value_of(flags, PRODUCTION) == "True True True"


def test_one_person_publishes_guidelines_unless_told() -> None:
    by_two = "settings.EDITIONS_BY_TWO"

    assert value_of(by_two, PRODUCTION) == "False"
    assert value_of(by_two, PRODUCTION | {"BRUECKE_EDITIONS_BY_TWO": "1"}) == "True"


def test_production_trusts_no_proxy_header_unless_told() -> None:
    header = "settings.SECURE_PROXY_SSL_HEADER"

    assert value_of(header, PRODUCTION) == "None"
    assert "X_FORWARDED_PROTO" in value_of(header, PRODUCTION | {"BRUECKE_PROXIES": "1"})


@pytest.mark.parametrize(
    ("environment", "is_required"), [(PRODUCTION, "True"), ({"BRUECKE_DEMO": "1"}, "False")]
)
def test_only_production_demands_a_second_factor(
    environment: dict[str, str], is_required: str
) -> None:
    assert value_of("settings.SECOND_FACTOR_REQUIRED", environment) == is_required


def test_heads_need_it_unless_told() -> None:
    heads = "settings.SECOND_FACTOR_FOR_HEADS"

    assert value_of(heads, PRODUCTION) == "True"
    assert value_of(heads, PRODUCTION | {"BRUECKE_SECOND_FACTOR_FOR_HEADS": "0"}) == "False"


def test_production_trusts_no_proxy_with_addresses_unless_told() -> None:
    count = "settings.ALLAUTH_TRUSTED_PROXY_COUNT"

    assert value_of(count, PRODUCTION) == "0"
    assert value_of(count, PRODUCTION | {"BRUECKE_PROXIES": "2"}) == "2"


def test_language_does_not_follow_the_browser() -> None:
    assert settings.LANGUAGE_CODE == "de"
    assert "django.middleware.locale.LocaleMiddleware" not in settings.MIDDLEWARE
