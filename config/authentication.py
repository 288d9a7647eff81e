"""Who signs in: allauth by e-mail address. What they may do is answered by `rules` alone."""

import json
from datetime import date
from functools import lru_cache
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser

from ministries.accounts.second_factor import with_second_factor
from ministries.clock import today
from ministries.kept import ANY, Wording, instance_of, wording_of
from ministries.models import User


@lru_cache(maxsize=2)
def _account(day: date) -> Wording:
    """Every request asks this; its wording changes with the day alone."""
    return wording_of(with_second_factor(User.objects.filter(pk=ANY).with_capacities()))


class LoginBackend(AuthenticationBackend):
    """allauth's backend without the permission tables and superusers it inherits from Django."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session and, in the same query, its functions and second factor."""
        row = _account(today()).about(user_id).first()
        if row is None:
            return None
        found = instance_of(User, row | {"held": [json.loads(one) for one in row["held"]]})
        return found if self.user_can_authenticate(found) else None

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        return set()

    def has_perm(self, user_obj: Any, perm: str, obj: Any = None) -> bool:
        return False

    def has_module_perms(self, user_obj: Any | AnonymousUser, app_label: str) -> bool:
        return False
