"""Who signs in: allauth by e-mail address. What they may do is answered by `rules` alone."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser

from ministries.models import User
from ministries.second_factor import with_second_factor


class LoginBackend(AuthenticationBackend):
    """allauth's backend without the permission tables and superusers it inherits from Django."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session and, in the same query, its functions and second factor."""
        people = User.objects.filter(pk=user_id).with_capacities()
        found = with_second_factor(people).first()
        return found if found is not None and self.user_can_authenticate(found) else None

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
