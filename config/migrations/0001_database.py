"""What all other migrations build on: extensions, German sorting and search, and what the app login may do.

Default privileges count per database and for objects made later, so this runs before every other migration.
"""

from django.contrib.postgres.operations import (
    BtreeGistExtension,
    TrigramExtension,
    UnaccentExtension,
)
from django.db import migrations

APP = "bruecke_app"

# unaccent() is not immutable because its dictionary could change; naming the dictionary makes it safe to index.
SORT_KEY = """
CREATE FUNCTION public.de_sort(text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(public.unaccent('public.unaccent'::regdictionary, $1))
"""
SEARCH = """
CREATE TEXT SEARCH CONFIGURATION public.de (COPY = pg_catalog.german);
ALTER TEXT SEARCH CONFIGURATION public.de
    ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part
    WITH public.unaccent, pg_catalog.german_stem
"""
GRANTS = f"""
GRANT USAGE ON SCHEMA public TO {APP};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO {APP};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {APP};
GRANT SELECT ON TABLE public.django_migrations TO {APP}
"""
REVOKES = f"""
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM {APP};
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM {APP};
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM {APP}
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    run_before = [
        (label, "__first__")
        for label in (
            "account",
            "admin",
            "auth",
            "contenttypes",
            "dashboards",
            "guidelines",
            "ministries",
            "partnerships",
            "pghistory",
            "procrastinate",
            "sessions",
            "ui",
        )
    ]
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(GRANTS, REVOKES),
        migrations.RunSQL(SORT_KEY, "DROP FUNCTION public.de_sort(text)"),
        migrations.RunSQL(SEARCH, "DROP TEXT SEARCH CONFIGURATION public.de"),
    ]
