"""`manage.py restore`: one transaction; whatever goes wrong, the database is as it was before."""

import subprocess
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config import archive, checksums
from config.archive import ArchiveError, Manifest
from config.backups import Programs, documents, owner, programs

RESTORE_OPTIONS = ("--no-owner", "--no-comments", "--exit-on-error", "--file=-")
PSQL_OPTIONS = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
OTHERS = """
SELECT DISTINCT usename FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
FILLED = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
# Only what this login owns: extensions and objects of the database's administrators stay.
EMPTY = """
SET client_min_messages = warning;
DO $$
DECLARE
    command text;
    commands text[] := ARRAY(
        SELECT format('DROP EXTENSION IF EXISTS %I CASCADE', extname) FROM pg_extension
        WHERE extowner = current_user::regrole
    ) || ARRAY(
        SELECT format('DROP %s IF EXISTS %s CASCADE', CASE relkind WHEN 'v' THEN 'VIEW'
            WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE'
            ELSE 'TABLE' END, oid::regclass)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
            AND relowner = current_user::regrole AND relkind IN ('r', 'p', 'v', 'm', 'c', 'S')
        ORDER BY relkind DESC  -- sequences last: most go with their tables
    ) || ARRAY(
        SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
    ) || ARRAY(
        SELECT format('DROP TYPE IF EXISTS %s CASCADE', oid::regtype) FROM pg_type
        WHERE typnamespace = 'public'::regnamespace AND typowner = current_user::regrole
            AND typtype IN ('e', 'd', 'r')
            AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_type.oid AND deptype = 'e')
    ) || ARRAY(
        SELECT format('DROP TEXT SEARCH CONFIGURATION IF EXISTS public.%I CASCADE', cfgname)
        FROM pg_ts_config WHERE cfgnamespace = 'public'::regnamespace
            AND cfgowner = current_user::regrole
    ) || ARRAY(  -- or restored tables would be given what the backup says they have not
        SELECT format('ALTER DEFAULT PRIVILEGES %s REVOKE ALL ON %s FROM %s',
            coalesce('IN SCHEMA ' || nullif(defaclnamespace, 0)::regnamespace::text, ''),
            CASE defaclobjtype WHEN 'r' THEN 'TABLES' WHEN 'S' THEN 'SEQUENCES' WHEN 'f' THEN 'FUNCTIONS'
            WHEN 'T' THEN 'TYPES' ELSE 'SCHEMAS' END,
            CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END)
        FROM pg_default_acl, aclexplode(defaclacl) WHERE defaclrole = current_user::regrole
    );
BEGIN
    FOREACH command IN ARRAY commands LOOP
        EXECUTE command;
    END LOOP;
END $$
"""


def restore(source: Path, *, force: bool) -> Manifest:
    if not source.is_file():
        raise ArchiveError(f"{source} gibt es nicht.")
    place = documents()
    place.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    with owner() as database:
        require_quiet(database)
        require_empty(database, place, force)
        with archive.opened(source, place.parent) as (manifest, folder):
            require_known(manifest)
            load(programs(database), folder)
            archive.put_documents_in_place(folder, place)
        database.execute("ANALYZE")
        if found := checksums.differences(manifest, checksums.asking(database)):
            raise ArchiveError("Nach dem Einspielen stimmt nicht:\n" + "\n".join(found))
    return manifest


def require_quiet(database: "psycopg.Connection[Any]") -> None:
    if names := sorted(row[0] for row in database.execute(OTHERS).fetchall()):
        raise ArchiveError(
            f"Es arbeitet noch jemand mit der Datenbank ({', '.join(names)}). "
            "Bitte zuerst Webserver und Worker beenden."
        )


def require_empty(database: "psycopg.Connection[Any]", place: Path, force: bool) -> None:
    row = database.execute(FILLED).fetchone()
    files = any(archive.files_below(place))
    if not force and ((row and row[0]) or files):
        raise ArchiveError(
            "Die Datenbank ist nicht leer. Soll die Sicherung alles ersetzen, was darin steht: --force"
        )


def require_known(manifest: Manifest) -> None:
    """An older backup is brought up to date by `migrate`; a newer one needs newer code."""
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    if unknown := [name for name in manifest.migrations if name not in known]:
        raise ArchiveError(
            f"Die Sicherung stammt aus einer neueren Fassung von Brücke ({', '.join(unknown[:3])}). "
            "Bitte zuerst die Anwendung aktualisieren."
        )


def load(use: Programs, folder: Path) -> None:
    """Empty and fill in one transaction; a dump that breaks off ends psql before its COMMIT."""
    emptying = folder / "empty.sql"
    emptying.write_text(EMPTY)
    script = folder / "restore.sql"
    with script.open("w") as file:
        use.run("pg_restore", *RESTORE_OPTIONS, folder / archive.DUMP, stdout=file)
    files = f"--file={emptying}", f"--file={script}"
    use.run("psql", *PSQL_OPTIONS, *files, stdout=subprocess.DEVNULL)


def waiting_migrations() -> bool:
    loader = MigrationLoader(connection)
    return bool(set(loader.disk_migrations) - set(loader.applied_migrations))
