"""The two admin areas: /verwaltung/ for the coordination's register, /technik/ for accounts, jobs and mail.

Lower floors define their ModelAdmin classes in `<app>/admin.py` and register nothing; the wiring is here.
"""

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from ministries.models import Role


class RegisterSite(AdminSite):
    site_title = site_header = "Verwaltung des Registers"
    index_title = "Verwaltung"
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and user.is_active and user.is_coordinator


class TechnicalSite(AdminSite):
    site_title = site_header = "Technik"
    index_title = "Technik"
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        user = request.user
        return user.is_authenticated and user.is_active and user.has_role(Role.ADMINISTRATOR)


register_site = RegisterSite(name="register")
technical_site = TechnicalSite(name="technical")
