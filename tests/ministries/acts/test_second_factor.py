"""Notices about a second factor, and its reset by somebody else of the Technik."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied

from ministries.accounts.second_factor_actions import (
    NOTICES,
    post,
    post_notice,
    reset_second_factor,
)
from ministries.models import Notification, Role, User
from tests.factories import NOW, make_user
from tests.ministries.one_time_codes import make_second_factor
from ui.errors import Refusal

pytestmark = pytest.mark.django_db
STRANGERS = (Role.COORDINATOR, Role.OFFICER, Role.HEAD, Role.MANAGER, Role.AUDITOR)


@pytest.fixture
def technik() -> User:
    return make_user(role=Role.ADMINISTRATOR)


def events_of(user: User) -> list[tuple[object, str | None]]:
    """When it was reset, and the reason, after each change."""
    rows = User.pgh_event_model.objects.filter(pgh_obj=user, pgh_label="update")
    return list(rows.values_list("second_factor_reset_at", "pgh_context__reason"))


# Reset


def test_reset_takes_app_and_codes_of_this_person_alone(technik: User, protected: User) -> None:
    other = make_user()
    make_second_factor(other)

    reset_second_factor(protected, by=technik, reason="Telefon verloren", now=NOW)

    owners = Authenticator.objects.values_list("user", "type")
    assert set(owners) == {(other.pk, "totp"), (other.pk, "recovery_codes")}


def test_reset_keeps_the_moment_and_the_reason(technik: User, protected: User) -> None:
    reset_second_factor(protected, by=technik, reason="Telefon verloren", now=NOW)

    assert User.objects.get(pk=protected.pk).second_factor_reset_at == NOW
    assert events_of(protected) == [(NOW, "Telefon verloren")]


def test_reset_is_told_with_its_reason(technik: User, protected: User) -> None:
    reset_second_factor(protected, by=technik, reason="Telefon verloren", now=NOW)

    mail = Notification.objects.get()
    assert (mail.recipient, mail.kind) == (protected, "account")
    assert mail.subject == "Zweiter Faktor für Brücke zurückgesetzt"
    assert "mit diesem Grund: Telefon verloren\n\n" in mail.body
    assert mail.link == "/konto/login/"


def test_reset_saves_nothing_else_of_a_stale_account(technik: User, protected: User) -> None:
    User.objects.filter(pk=protected.pk).update(is_active=False)

    reset_second_factor(protected, by=technik, reason="Telefon verloren", now=NOW)

    assert not User.objects.get(pk=protected.pk).is_active


def test_own_second_factor_is_reset_by_another_person(technik: User) -> None:
    make_second_factor(technik)

    with pytest.raises(Refusal, match="eine andere Person der Technik"):
        reset_second_factor(technik, by=technik, reason="Telefon verloren", now=NOW)
    reset_second_factor(
        technik, by=make_user(role=Role.ADMINISTRATOR), reason="Telefon verloren", now=NOW
    )

    assert not Authenticator.objects.exists()


def test_account_without_second_factor_is_refused(technik: User, protected: User) -> None:
    user = make_user(name="Demo Ohne")

    with pytest.raises(Refusal, match="Demo Ohne hat keinen zweiten Faktor"):
        reset_second_factor(user, by=technik, reason="Telefon verloren", now=NOW)

    assert User.objects.get(pk=user.pk).second_factor_reset_at is None
    assert not Notification.objects.exists()


@pytest.mark.parametrize("role", STRANGERS)
def test_others_reset_nothing(protected: User, role: Role) -> None:
    with pytest.raises(PermissionDenied):
        reset_second_factor(protected, by=make_user(role=role), reason="Neugier", now=NOW)

    assert Authenticator.objects.filter(user=protected).count() == 2
    assert not Notification.objects.exists()


# Notices


@pytest.mark.parametrize("event", NOTICES)
def test_notice_tells_what_happened_and_what_to_do(event: str) -> None:
    user = make_user(name="Demo Person")

    post_notice(event, user)

    mail = Notification.objects.get()
    subject, sentence = NOTICES[event]
    assert (mail.recipient, mail.kind, mail.subject) == (user, "account", subject)
    assert mail.body == (
        f"Guten Tag Demo Person,\n\n{sentence} Waren Sie das nicht, dann ändern Sie bitte sofort "
        "Ihr Passwort und sagen Sie der Technik Bescheid."
    )
    assert mail.link == "/konto/passwort/vergessen/"


def test_changed_password_is_not_told_twice() -> None:
    post_notice("account/email/password_changed", make_user())

    assert not Notification.objects.exists()


def test_posted_text_begins_with_the_name() -> None:
    user = make_user(name="Demo Person")

    post(user, "Betreff", "etwas ist geschehen.", link="/konto/")

    mail = Notification.objects.get()
    assert (mail.to_address, mail.subject) == (user.email, "Betreff")
    assert mail.body == "Guten Tag Demo Person,\n\netwas ist geschehen."
    assert (mail.kind, mail.link) == ("account", "/konto/")
