"""How allauth behaves here: no sign-up, mails through the outbox, no way to another host."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as current
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ministries.accounts.second_factor_actions import post_notice
from ministries.accounts.users import User
from ministries.mail import outbox
from ministries.mail.notifications import Notification

SIGNED_IN_AT = "signed_in_at"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-Mail-Adresse und Passwort passen nicht zusammen. "
        "Prüfen Sie beides oder setzen Sie ein neues Passwort.",
        "too_many_login_attempts": "Zu viele Fehlversuche. Warten Sie 15 Minuten oder setzen Sie "
        "ein neues Passwort.",
        "incorrect_password": "Das Passwort stimmt nicht.",
        "enter_current_password": "Das bisherige Passwort stimmt nicht.",
        "invalid_password_reset": "Dieser Link gilt nicht mehr. Fordern Sie einen neuen an.",
        "unknown_email": "Prüfen Sie die E-Mail-Adresse.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only paths on this host; a full address is refused even if it names this host."""
        text = url or ""
        return text.startswith("/") and url_has_allowed_host_and_scheme(text, None)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say what happened themselves."""

    # Confirming, before something about the account changes

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked again."""
        age = time.time() - current.request.session.get(SIGNED_IN_AT, 0)
        return age > app_settings.REAUTHENTICATION_TIMEOUT

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Where there is a second factor, the password alone is not enough."""
        methods = super().get_reauthentication_methods(user)
        return [way for way in methods if way["id"] == "mfa_reauthenticate"] or methods

    # Mail

    def send_notification_mail(
        self, template_prefix: str, user: User, *args: Any, **kwargs: Any
    ) -> None:
        post_notice(template_prefix, user)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address comes from the settings, never from the Host header of a request."""
        uid, _, token = key.partition("-")
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
        return settings.PUBLIC_URL + path

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        outbox.post(
            to=user,
            kind=Notification.Kind.PASSWORD_RESET,
            subject="Neues Passwort für Brücke",
            body=(
                f"Guten Tag {user.name},\n\n"
                "für Ihr Konto wurde ein neues Passwort angefordert. Mit diesem Link legen Sie es "
                "fest. Er gilt eine Stunde und nur einmal.\n\n"
                "Haben Sie das nicht angefordert, dann ist nichts zu tun: "
                "Ihr bisheriges Passwort gilt weiter."
            ),
            link=context["password_reset_url"].removeprefix(settings.PUBLIC_URL),
        )

    def set_password(self, user: User, password: str) -> None:
        with transaction.atomic():
            super().set_password(user, password)
            outbox.post(
                to=user,
                kind=Notification.Kind.ACCOUNT,
                subject="Ihr Passwort für Brücke wurde geändert",
                body=(
                    f"Guten Tag {user.name},\n\n"
                    "das Passwort Ihres Kontos wurde soeben geändert. Waren Sie das nicht, dann "
                    "setzen Sie bitte sofort ein neues und sagen Sie der Technik Bescheid."
                ),
                link=reverse("account_reset_password"),
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        raise NotImplementedError(
            f"allauth wollte {template_prefix} senden; hier gibt es dafür keinen Text."
        )

    # Limits: per account and address, alike for accounts that exist and that do not

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{self.get_client_ip(request)}:{credentials.get('email', '').strip().lower()}"
