"""The login of web and worker may do its work and nothing more; a process with more power refuses to start.

The owner of all objects is another login, used by migrations, backup and restore only.
"""

from typing import Any

import pghistory.models
from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from config.operations.postgres import APP

ROLE_POWERS = """
SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication
FROM pg_roles WHERE rolname = current_user
"""
OWNED_OBJECTS = """
SELECT count(*) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE nspname = 'public' AND pg_has_role(current_user, relowner, 'MEMBER')
"""
EVENT_WRITES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s)
  AND has_table_privilege(current_user, oid, 'UPDATE, DELETE, TRUNCATE')
ORDER BY relname
"""
POWERS = {
    "rolsuper": "ist Superuser",
    "rolbypassrls": "umgeht Zeilenrechte (BYPASSRLS)",
    "rolcreaterole": "darf Rollen anlegen (CREATEROLE)",
    "rolcreatedb": "darf Datenbanken anlegen (CREATEDB)",
    "rolreplication": "darf replizieren (REPLICATION)",
}


def event_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if issubclass(model, pghistory.models.Event)]


def event_tables() -> list[str]:
    return sorted(model._meta.db_table for model in event_models() if model._meta.managed)


def revoke_event_writes(database: BaseDatabaseWrapper) -> None:
    """History can be added to and read, never changed; part of every `migrate`, so that no table is forgotten."""
    present = set(database.introspection.table_names())
    with database.cursor() as cursor:
        for table in event_tables():
            if table in present:
                name = database.ops.quote_name(table)
                cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {name} FROM {APP}")


def too_much_power(database: BaseDatabaseWrapper = connection) -> list[str]:
    """What this login could do and must not, as German half-sentences; empty is right."""
    with database.cursor() as cursor:
        cursor.execute(ROLE_POWERS)
        columns = [column.name for column in cursor.description]
        powers = dict(zip(columns, cursor.fetchone(), strict=True))
        findings = [text for name, text in POWERS.items() if powers[name]]
        cursor.execute(OWNED_OBJECTS)
        if cursor.fetchone()[0]:
            findings.append("besitzt Tabellen oder ist Mitglied ihres Eigentümers")
        cursor.execute(EVENT_WRITES, [event_tables()])
        if tables := [row[0] for row in cursor.fetchall()]:
            findings.append(f"darf die Änderungshistorie ändern ({', '.join(tables)})")
    return findings


def refuse_too_much_power(database: BaseDatabaseWrapper = connection) -> None:
    if findings := too_much_power(database):
        raise ImproperlyConfigured(
            f"Die Datenbankanmeldung „{database.settings_dict['USER']}“ {', '.join(findings)}. "
            f"Web und Worker brauchen die Anmeldung {APP} ohne diese Rechte (docs/betrieb.md)."
        )


@register(Tags.security, deploy=True)
def check_login(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    try:
        findings = too_much_power()
    except DatabaseError:
        return [
            Error("Die Datenbank antwortet nicht; ihre Rechte sind ungeprüft.", id="config.E001")
        ]
    hint = "Siehe docs/betrieb.md."
    return [
        Error(f"Die Datenbankanmeldung {text}.", hint=hint, id="config.E002") for text in findings
    ]
