"""The key in an invitation mail: valid for seven days and until the first password is set."""

from django.core import signing
from django.utils.crypto import salted_hmac

from ministries.accounts.users import User

LIFETIME_DAYS = 7
SALT = "ministries.invitation"


def key_for(user: User) -> str:
    return signing.dumps([user.pk, _fingerprint(user)], salt=SALT)


def invited_user(key: str) -> User | None:
    """Whom the key belongs to; None when it is forged, too old, used or replaced by a new one."""
    try:
        pk, fingerprint = signing.loads(key, salt=SALT, max_age=LIFETIME_DAYS * 86_400)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return user if user is not None and _fingerprint(user) == fingerprint else None


def _fingerprint(user: User) -> str:
    """An unusable password ends in random characters: setting any password makes keys invalid."""
    return salted_hmac(SALT, f"{user.password}:{user.email}").hexdigest()[:16]
