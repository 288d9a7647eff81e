"""One file for every environment; what differs comes from environment variables, described in docs/betrieb.md.

Without BRUECKE_DEMO, BRUECKE_DEBUG or BRUECKE_TEST this is production, and anything missing refuses to start.
"""

from pathlib import Path
from typing import Any

import pghistory
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

from config import logs
from config.environment import env, env_bool, env_int, env_list, required
from config.operations import postgres

BASE_DIR = Path(__file__).resolve().parent.parent
LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]

# Mode
BRUECKE_DEMO = env_bool("BRUECKE_DEMO")
BRUECKE_DEBUG = env_bool("BRUECKE_DEBUG")
BRUECKE_TEST = env_bool("BRUECKE_TEST")
PRODUCTION = not (BRUECKE_DEMO or BRUECKE_DEBUG or BRUECKE_TEST)
DEBUG = BRUECKE_DEBUG
ALLOWED_HOSTS = env_list("BRUECKE_HOSTS") or ([] if PRODUCTION else LOOPBACK)
if not PRODUCTION and env("BRUECKE_HOSTS"):
    raise ImproperlyConfigured(
        "BRUECKE_HOSTS nennt einen Server: BRUECKE_DEBUG, BRUECKE_DEMO und BRUECKE_TEST sind dort verboten."
    )
if PRODUCTION and not ALLOWED_HOSTS:
    raise ImproperlyConfigured(
        "BRUECKE_HOSTS fehlt: die Namen, unter denen Brücke erreichbar ist, durch Komma getrennt."
    )

if PRODUCTION:
    SECRET_KEY = required(
        "BRUECKE_SECRET_KEY", "mindestens 50 zufällige Zeichen, geheim und dauerhaft."
    )
else:
    SECRET_KEY = env("BRUECKE_SECRET_KEY") or "only-for-debug-and-tests-" * 3

HOUSE_NAME = env("BRUECKE_HOUSE_NAME", "Sächsische Staatskanzlei")
HOUSE_ADDRESS = env("BRUECKE_HOUSE_ADDRESS")  # imprint: street and town, lines parted by "|"
HOUSE_CONTACT = env("BRUECKE_HOUSE_CONTACT")  # imprint: telephone and e-mail, parted by "|"
PRIVACY_CONTACT = env("BRUECKE_PRIVACY_CONTACT")  # data protection officer, lines parted by "|"
EDITIONS_BY_TWO = env_bool("BRUECKE_EDITIONS_BY_TWO")  # who drafts guidelines does not publish them
# Links in mails start with this, never with the Host header of a request.
PUBLIC_URL = env("BRUECKE_URL").rstrip("/") or (
    f"https://{ALLOWED_HOSTS[0]}" if PRODUCTION else f"http://127.0.0.1:{env('PORT', '8000')}"
)
DATA_DIR = postgres.DATA

# Applications: https://docs.djangoproject.com/en/5.2/ref/applications/
INSTALLED_APPS = [
    "config",
    "reports",
    "dashboards",
    "guidelines",
    "partnerships",
    "ministries",
    "ui",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_countries",
    "django_filters",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
    "rules.apps.RulesConfig",
    "csp",
]

MIDDLEWARE = [
    "config.middleware.RequestLogMiddleware",
    "config.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "config.body_limit.BodyLimitMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.CleanInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.ForgetOnLogoutMiddleware",
    "config.middleware.SessionLifetimeMiddleware",
    "config.middleware.SignInMiddleware",
    "config.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.ChangeContextMiddleware",
]

ROOT_URLCONF = "config.urls"
# runserver builds its own; config.wsgi refuses to serve a debugging process
WSGI_APPLICATION = None if BRUECKE_DEBUG else "config.wsgi.application"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page_frame",
            ],
        },
    }
]


# Database: one alias, two logins. https://docs.djangoproject.com/en/5.2/ref/databases/#postgresql-notes
OWNER_LOGIN = env("BRUECKE_LOGIN") == "owner"
TIMEOUTS = {
    "statement_timeout": "0" if OWNER_LOGIN else "10s",
    "lock_timeout": "3s",
    "idle_in_transaction_session_timeout": "0" if OWNER_LOGIN else "60s",
    "pg_trgm.word_similarity_threshold": "0.45",
    "pgtrigger.ignore": "{}",  # none; where it is not set, every trigger first runs into an error
}


def database(url: str) -> dict[str, Any]:
    known = {
        "dbname": "NAME",
        "user": "USER",
        "password": "PASSWORD",
        "host": "HOST",
        "port": "PORT",
    }
    parts = conninfo_to_dict(url)
    options: dict[str, Any] = {name: value for name, value in parts.items() if name not in known}
    options["options"] = " ".join(f"-c {name}={value}" for name, value in TIMEOUTS.items())
    if not (OWNER_LOGIN or BRUECKE_TEST):
        options["pool"] = {
            "min_size": 1,
            "max_size": env_int("BRUECKE_POOL_SIZE", 8),
            "timeout": 5,
            "reconnect_timeout": 1,  # then the next request tries, not a clock that doubles its pauses
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{setting: str(parts[name]) for name, setting in known.items() if name in parts},
        "OPTIONS": options,
        "TIME_ZONE": "Europe/Berlin",
        "CONN_HEALTH_CHECKS": True,  # after a restart of the database the pool offers dead connections
    }


def database_url(name: str, login: str) -> str:
    if env(name):
        return env(name)
    if PRODUCTION or env("DATABASE_URL"):
        raise ImproperlyConfigured(f"{name} fehlt: die Datenbank für das Konto {login}.")
    return postgres.url(login)


DATABASES = {
    "default": database(
        database_url("DATABASE_OWNER_URL", postgres.OWNER)
        if OWNER_LOGIN
        else database_url("DATABASE_URL", postgres.APP)
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "bruecke_cache",
    }
}

# History: the context lives in the event row, so that event tables need no UPDATE and no second table.
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_DEFAULT_TRACKERS = (
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
)
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

# People: own user model, permissions only through `rules`
AUTH_USER_MODEL = "ministries.User"
AUTHENTICATION_BACKENDS = [
    "config.authentication.LoginBackend",
    "rules.permissions.ObjectPermissionBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if BRUECKE_TEST:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
PASSWORD_RESET_TIMEOUT = 60 * 60

# ministries/accounts/allauth.py, https://docs.allauth.org/en/latest/account/configuration.html
ACCOUNT_ADAPTER = "ministries.accounts.allauth.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "ministries.accounts.forms.LoginForm",
    "reset_password": "ministries.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "ministries.accounts.forms.ResetPasswordKeyForm",
    "change_password": "ministries.accounts.forms.ChangePasswordForm",
    "reauthenticate": "ministries.accounts.second_factor_forms.ConfirmPasswordForm",
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "100/15m/ip,10/15m/key",  # the key is account and address together
    "feedback": "5/h/ip",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# Second factor: ministries/accounts/second_factor.py, https://docs.allauth.org/en/latest/mfa/configuration.html
SECOND_FACTOR_REQUIRED = PRODUCTION
SECOND_FACTOR_FOR_HEADS = env("BRUECKE_SECOND_FACTOR_FOR_HEADS", "1") == "1"  # who releases
MFA_ADAPTER = "ministries.accounts.second_factor.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "ministries.accounts.second_factor_forms.AuthenticateForm",
    "reauthenticate": "ministries.accounts.second_factor_forms.ReauthenticateForm",
    "activate_totp": "ministries.accounts.second_factor_forms.ActivateForm",
}
MFA_TOTP_ISSUER = "Brücke"
MFA_TOTP_TOLERANCE = 1  # half a minute, for telephones whose clock is wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
PROXIES = env_int("BRUECKE_PROXIES", 0)  # reverse ones in front, whose X-Forwarded-* headers count
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

# Sessions: 60 minutes idle, 12 hours in all (config/middleware.py)
SESSION_COOKIE_AGE = 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_REFRESH_AFTER = 5 * 60
SESSION_LONGEST = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "bruecke_session"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "bruecke_csrf"
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if PRODUCTION else []
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
MESSAGE_TAGS = {10: "info", 40: "danger"}  # debug and error, as KERN calls them

# Headers: https://docs.djangoproject.com/en/5.2/ref/middleware/#module-django.middleware.security
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
# HSTS preload lists are for the public internet; this is an intranet host
SILENCED_SYSTEM_CHECKS = ["security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "report-uri": "/csp-bericht",
    }
}

# Input
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
DOCUMENT_LARGEST = env_int("BRUECKE_DOCUMENT_MB", 25) * 1024 * 1024
DOCUMENTS_OF_A_HOUSE = env_int("BRUECKE_DOCUMENTS_OF_A_HOUSE_GB", 5) * 1024**3
CONTACT_MONTHS = env_int("BRUECKE_CONTACT_MONTHS", 24)  # kept after the last confirmation
NOTIFICATION_MONTHS = env_int("BRUECKE_NOTIFICATION_MONTHS", 24)  # mails that went out
DELICATE_COUNTRIES = env_list("BRUECKE_DELICATE_COUNTRIES") or ["UA"]  # contacts confidential
CLAMD_SOCKET = env("BRUECKE_CLAMD_SOCKET")  # virus scanner; where set, nothing passes without it

LANGUAGE_CODE = "de"
FORMAT_MODULE_PATH = "config.formats"
LANGUAGES = [("de", "Deutsch")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True

# Static files: https://whitenoise.readthedocs.io/en/stable/django.html
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
STATICFILES_DIRS = [folder for folder in [BASE_DIR / "build" / "static"] if folder.is_dir()]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = BRUECKE_DEBUG or BRUECKE_TEST
WHITENOISE_ALLOW_ALL_ORIGINS = False
if PRODUCTION:
    static_storage = "whitenoise.storage.CompressedManifestStaticFilesStorage"
elif BRUECKE_DEMO:  # compressing costs half a minute and helps nobody on the same machine
    static_storage = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
else:
    static_storage = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": static_storage},
}

# Mail: production SMTP, a file per mail in demo
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("BRUECKE_MAIL_FROM", "bruecke@demo.example")
FEEDBACK_MAILBOX = env("BRUECKE_FEEDBACK_MAILBOX", DEFAULT_FROM_EMAIL)
EMAIL_HOST = env("BRUECKE_SMTP_HOST", "localhost")
EMAIL_PORT = env_int("BRUECKE_SMTP_PORT", 25)
EMAIL_HOST_USER = env("BRUECKE_SMTP_USER")
EMAIL_HOST_PASSWORD = env("BRUECKE_SMTP_PASSWORD")
EMAIL_USE_TLS = env_bool("BRUECKE_SMTP_STARTTLS")
EMAIL_TIMEOUT = 10
if BRUECKE_DEMO or BRUECKE_DEBUG:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# Logs: JSON lines without personal content
LOGGING_CONFIG = None
logs.configure(verbose=BRUECKE_DEBUG)
