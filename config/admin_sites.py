"""The two admin areas: /verwaltung/ for the coordination's register, /technik/ for accounts, jobs and mail.

Lower floors define their ModelAdmin classes in `<app>/admin.py` and register nothing; the wiring is here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.views import logout
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.decorators import method_decorator
from django.views.generic import RedirectView

from guidelines import admin as guidelines_admin
from ministries.administration import houses as register_admin
from ministries.administration import quiet_times as quiet_times_admin
from ministries.administration import technik as technical_admin
from ministries.administration.care import register_care, technical_care
from ministries.models import Role
from partnerships.register import admin as partnerships_admin
from partnerships.register.care import agreement_care, unconfirmed_care
from ui.markup import NOTHING

REPLACED = {"logout", "password_change", "password_change_done", "view_on_site"}


class RoleSite(AdminSite):
    """An admin that opens by role. Sign-in, sign-out and password belong to /konto/ alone."""

    role: Role
    app_names: dict[str, str] = {}
    site_url = "/"
    enable_nav_sidebar = False
    empty_value_display = NOTHING

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and user.is_active and user.has_role(self.role)

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def refuse_other_roles(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return inner(request, *args, **kwargs)

        return refuse_other_roles

    @method_decorator(login_not_required)
    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.has_permission(request):
            return redirect(reverse("admin:index", current_app=self.name))
        if request.user.is_authenticated:
            raise PermissionDenied
        home = reverse("admin:index", current_app=self.name)
        return redirect_to_login(request.GET.get("next", home), settings.LOGIN_URL)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Without the redirect to an object's page: it would tell the addresses of hidden objects."""
        own: list[URLPattern | URLResolver] = [
            path("logout/", logout, name="logout"),
            path(
                "password_change/",
                RedirectView.as_view(pattern_name="account_change_password"),
                name="password_change",
            ),
        ]
        return own + [url for url in super().get_urls() if getattr(url, "name", "") not in REPLACED]

    def get_app_list(
        self, request: HttpRequest, app_label: str | None = None
    ) -> list[dict[str, Any]]:
        """In the order of registration, which is the order of the work."""
        order = {model: number for number, model in enumerate(self._registry)}
        apps = list(self._build_app_dict(request, app_label).values())
        for app in apps:
            app["models"].sort(key=lambda entry: order[entry["model"]])
            for entry in app["models"]:
                model_admin: Any = self._registry[entry["model"]]
                entry["name"] = model_admin.get_plural_label()
            app["name"] = self.app_names.get(app["app_label"], app["name"])
        return sorted(apps, key=lambda app: order[app["models"][0]["model"]])


class RegisterSite(RoleSite):
    role = Role.COORDINATOR
    site_title = site_header = "Verwaltung des Registers"
    index_title = "Verwaltung"

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        user = request.user
        care = [*register_care(user), *agreement_care(user), *unconfirmed_care(user)]
        return super().index(request, {"care_items": care, **(extra_context or {})})


class TechnicalSite(RoleSite):
    role = Role.ADMINISTRATOR
    site_title = site_header = "Technik"
    index_title = "Technik"
    app_names = {"ministries": "Konten, Nachrichten, Aufträge"}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        return super().index(request, {"care_items": technical_care(), **(extra_context or {})})


register_site = RegisterSite(name="register")
technical_site = TechnicalSite(name="technical")

for model, model_admin in [
    *register_admin.ADMIN_CLASSES,
    *quiet_times_admin.ADMIN_CLASSES,
    *partnerships_admin.ADMIN_CLASSES,
    *guidelines_admin.ADMIN_CLASSES,
]:
    register_site.register(model, model_admin)
for model, model_admin in technical_admin.ADMIN_CLASSES:
    technical_site.register(model, model_admin)
