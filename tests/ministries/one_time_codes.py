"""What the app on somebody's telephone would show."""

import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth
from django.test import Client

from ministries.models import User
from tests.factories import PASSWORD

LOGIN = "/konto/login/"
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code(key: str = KEY, *, seconds: int = 0) -> str:
    """Now, or so many seconds from now."""
    return auth.format_hotp_value(auth.hotp_value(key, int(time.time() + seconds) // 30))


def make_second_factor(user: User, key: str = KEY) -> list[str]:
    """Sets up app and recovery codes; the codes come back."""
    auth.TOTP.activate(user, key)
    return RecoveryCodes.activate(user).generate_codes()


def stored(user: User) -> str:
    """Everything the database keeps of it, as text."""
    return str(list(Authenticator.objects.filter(user=user).values()))


def sign_in(client: Client, user: User) -> Any:
    """With the password alone."""
    return client.post(LOGIN, {"login": user.email, "password": PASSWORD})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
