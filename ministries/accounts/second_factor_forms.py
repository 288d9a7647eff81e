"""allauth's forms of the second factor, in our look and in our words."""

from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError

from ministries.accounts.forms import relabel
from ministries.accounts.users import User
from ui.forms import Form, Look

CODE_HELP = "Sechs Ziffern aus der App; ein Leerzeichen dazwischen stört nicht."
RECOVERY_HELP = "Sechs Ziffern aus der App, oder einer Ihrer Wiederherstellungscodes."
REMEMBERED_SECONDS = 120  # longer than any code is accepted
LIMITS = ("too_many_login_attempts", "rate_limited")


class OneTimeCode(Look, forms.Form):
    """A code counts once, also while the clock would still accept it."""

    user: User
    code_help = RECOVERY_HELP

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, code=("Code", self.code_help))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": "20"}

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]
        except ValidationError as error:
            if error.code in LIMITS:
                raise ValidationError("Zu viele Fehlversuche. Warten Sie 15 Minuten.") from error
            raise
        key = f"second-factor:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(key, 1, timeout=REMEMBERED_SECONDS):
            raise ValidationError("Dieser Code wurde gerade benutzt. Warten Sie auf den nächsten.")
        return code


class AuthenticateForm(OneTimeCode, base.AuthenticateForm):
    pass


class ReauthenticateForm(OneTimeCode, base.ReauthenticateForm):
    pass


class ActivateForm(OneTimeCode, totp.ActivateTOTPForm):
    code_help = CODE_HELP


class ConfirmPasswordForm(Look, account.ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, password=("Passwort", ""))


class ResetForm(Form):
    reason = forms.CharField(
        label="Grund", help_text="Steht in der Mail und unter „Änderungen“.", max_length=200
    )
