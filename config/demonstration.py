"""A database that holds the demonstration is served as one, so that nobody takes it for facts."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError

from partnerships.demo.invented import MUSTERLAND
from partnerships.models import Partnership


def refuse_demonstration() -> None:
    if settings.PRODUCTION and _holds_musterland():
        raise ImproperlyConfigured(
            "Diese Datenbank enthält die Vorführung: erfundene Einträge, die hier niemand als solche "
            "erkennt. Ein echtes System beginnt mit einer leeren Datenbank (docs/betrieb.md)."
        )


def _holds_musterland() -> bool:
    try:
        return Partnership.objects.filter(slug=MUSTERLAND).exists()
    except ProgrammingError:
        return False  # no tables yet, which /healthz tells
