"""For mypy alone: `request.user` is our User.

SignInMiddleware lets nobody else reach a view; the few public views ask `is_authenticated` first.
"""

from collections.abc import Callable

from mypy.nodes import MypyFile, TypeInfo
from mypy.plugin import AttributeContext, Plugin
from mypy.types import Instance, Type


class SignedInUser(Plugin):
    def get_attribute_hook(self, fullname: str) -> Callable[[AttributeContext], Type] | None:
        return our_user if fullname == "django.http.request.HttpRequest.user" else None


def our_user(context: AttributeContext) -> Type:
    modules: dict[str, MypyFile] = getattr(context.api, "modules", {})
    users = modules.get("ministries.accounts.users")
    if context.is_lvalue or users is None or "User" not in users.names:
        return context.default_attr_type
    user = users.names["User"].node
    return Instance(user, []) if isinstance(user, TypeInfo) else context.default_attr_type


def plugin(version: str) -> type[Plugin]:
    return SignedInUser
