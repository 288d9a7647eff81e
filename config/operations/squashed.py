"""One migration an app stands for all of those before release 0.2, and a database has all of them or none.

Where it has some, Django would leave out the one without a word.
"""

from collections.abc import Collection

from django.db.migrations.loader import MigrationLoader

LAST_BEFORE = "b77693e"  # the commit whose `migrate` leads past all of them


def refusal(loader: MigrationLoader, applied: Collection[tuple[str, str]]) -> str:
    """The way out, where only some were applied."""
    for migration in loader.replacements.values():
        missing = [".".join(key) for key in migration.replaces if key not in applied]
        if 0 < len(missing) < len(migration.replaces):
            return (
                f"Von den Migrationen vor Fassung 0.2 fehlt hier {missing[0]}. Bitte zuerst mit dem Stand "
                f"{LAST_BEFORE} von Brücke einspielen oder `manage.py migrate` ausführen (docs/betrieb.md)."
            )
    return ""
