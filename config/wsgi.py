"""What the web server loads. It refuses a debugging process, a login that could rewrite history, and invented data."""

import os

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

from config.demonstration import refuse_demonstration
from config.logins import refuse_too_much_power

if settings.DEBUG:
    raise ImproperlyConfigured("BRUECKE_DEBUG ist nur für `manage.py runserver` gedacht.")
refuse_too_much_power()
refuse_demonstration()
connection.close()
connection.close_pool()  # type: ignore[attr-defined]  # the processes forked from here open their own
