"""The key in the mail to a new address: proof that somebody reads it."""

from django.core import signing

from ministries.accounts.users import User

LIFETIME_DAYS = 7
SALT = "ministries.new_address"


def key_for(user: User) -> str:
    return signing.dumps([user.pk, user.new_email], salt=SALT)


def address_in(key: str, user: User) -> str:
    """The address this account waits for; empty when the key is forged, too old or replaced."""
    try:
        pk, email = signing.loads(key, salt=SALT, max_age=LIFETIME_DAYS * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return ""
    return user.new_email if (pk, email) == (user.pk, user.new_email) else ""
