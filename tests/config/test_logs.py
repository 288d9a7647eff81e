"""The log tells what happened and names nobody."""

import io
import json
import logging
from typing import Any

import pytest
from django.test import Client

from config import logs
from tests.factories import make_user


def written(**event: Any) -> dict[str, Any]:
    """One record through the real formatter."""
    settings = logs.configuration(verbose=False)
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    formatter = dict(settings["formatters"]["json"])
    handler.setFormatter(formatter.pop("()")(**formatter))
    logger = logging.Logger("django.request" if event.pop("is_request", False) else "any")
    logger.addHandler(handler)
    logger.error(event.pop("message", "x"), **event)
    return dict(json.loads(stream.getvalue()))


def test_addresses_are_masked() -> None:
    assert written(message="Mail an a.b@demo.example")["event"] == "Mail an [Adresse]"


def test_exception_is_told_without_its_message() -> None:
    try:
        raise ValueError("Frau Muster hat geschrieben")
    except ValueError:
        line = written(exc_info=True)

    assert line["exception"] == "ValueError"
    assert line["frames"][-1].endswith("test_exception_is_told_without_its_message")
    assert "Muster" not in str(line)


def test_unhandled_error_is_told_without_path() -> None:
    assert (
        written(is_request=True, message="Internal Server Error: /x/")["event"] == "unhandled-error"
    )


@pytest.mark.django_db
def test_request_line_names_route_and_number_of_user(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("request"), "disabled", False)  # a library's doing
    user = make_user()
    client.force_login(user)
    with caplog.at_level(logging.INFO, "request"):
        client.get("/konto/passwort/?q=geheim")

    line = caplog.records[-1].msg
    assert isinstance(line, dict)
    assert line["route"] == "account_change_password"
    assert line["user"] == user.pk
    assert line["status"] == 200
    assert "geheim" not in str(line)
    assert user.email not in str(line)
