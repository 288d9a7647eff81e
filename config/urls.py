"""The address table: each app's addresses below, the machinery here."""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import include, path, re_path

from config import health
from config.admin_sites import register_site, technical_site

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.page_not_found"
handler500 = "config.errors.server_error"

# Only those of allauth's addresses that Brücke offers; accounts are made by invitation.
account_urls = [
    path("login/", account.login, name="account_login"),
    path("abmelden/", account.logout, name="account_logout"),
    path("gesperrt/", account.account_inactive, name="account_inactive"),
    path("passwort/", account.password_change, name="account_change_password"),
    path("passwort/vergessen/", account.password_reset, name="account_reset_password"),
    path(
        "passwort/vergessen/gesendet/",
        account.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^passwort/neu/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "passwort/neu/fertig/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
second_factor_urls = [
    path("", second_factor.index, name="mfa_index"),
    path("anmelden/", second_factor.authenticate, name="mfa_authenticate"),
    path("einrichten/", totp.activate_totp, name="mfa_activate_totp"),
    path("aufheben/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codes/neu/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    # Before a change the code is asked for again, or the password where there is no code yet.
    path("bestaetigen/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("passwort/", account.reauthenticate, name="account_reauthenticate"),
]

urlpatterns = [
    path("", include("reports.urls")),
    path("", include("dashboards.urls")),
    path("", include("guidelines.urls")),
    path("konto/", include(account_urls)),
    path("konto/zweiter-faktor/", include(second_factor_urls)),
    path("konto/", include("ministries.accounts.urls")),
    path("", include("ministries.footer.urls")),
    path("", include("partnerships.urls")),
    path("verwaltung/", register_site.urls),
    path("technik/", technical_site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("csp-bericht", health.csp_report, name="csp_report"),
]
