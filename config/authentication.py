"""Who signs in: allauth by e-mail address. What they may do is answered by `rules` alone."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from ministries.clock import today
from ministries.models import Appointment, User
from ministries.models.appointments import CAPACITY, Capacity
from ministries.second_factor import with_second_factor


class LoginBackend(AuthenticationBackend):
    """allauth's backend without the permission tables and superusers it inherits from Django."""

    def get_user(self, user_id: int) -> User | None:
        """The account of a session and, in the same query, its functions and second factor."""
        held = Appointment.objects.on(today()).filter(user=OuterRef("pk")).order_by("pk")
        rows = held.values(row=JSONObject(**{name: name for name in CAPACITY}))
        people = User.objects.filter(pk=user_id).annotate(held=ArraySubquery(rows))
        found: Any = with_second_factor(people).first()
        if found is None or not self.user_can_authenticate(found):
            return None
        found.capacities = tuple(Capacity.of(row) for row in found.held)
        return found

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
