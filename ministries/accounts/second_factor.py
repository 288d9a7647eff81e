"""The second factor: a code from an app beside the password; allauth brings the steps, this is how they behave here."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac

from ministries.accounts.roles import Role
from ministries.accounts.users import User

# Whoever changes the register, reads everybody's history or runs the accounts.
REQUIRED_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR, Role.AUDITOR)
SALT = "ministries.second_factor"


def with_second_factor(accounts: QuerySet[User]) -> QuerySet[User]:
    """Asks along with each account whether an app for codes is set up."""
    app = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return accounts.annotate(has_second_factor=Exists(app))  # type: ignore[no-redef]


def is_missing(user: User) -> bool:
    """Has to set one up before anything else; asked on every request, so without a query of its own."""
    heads = (Role.HEAD,) if settings.SECOND_FACTOR_FOR_HEADS else ()
    return (
        settings.SECOND_FACTOR_REQUIRED
        and user.has_role(*REQUIRED_ROLES, *heads)
        and not user.has_second_factor
    )


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Dieser Code gilt nicht oder nicht mehr. Geben Sie den ein, den die App jetzt zeigt.",
        "cannot_generate_recovery_codes": "Richten Sie zuerst den zweiten Faktor ein.",
    }

    def encrypt(self, text: str) -> str:
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return cipher().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as error:  # restored beside another key
            raise ValidationError(
                "Ihr zweiter Faktor lässt sich nicht mehr prüfen. Bitten Sie die Technik, ihn zurückzusetzen."
            ) from error


def cipher() -> MultiFernet:
    """The secret key encrypts, it and its predecessors decrypt."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([of_key(key) for key in keys])


def of_key(secret_key: str | bytes) -> Fernet:
    derived = salted_hmac(SALT, "", secret=secret_key, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(derived))
