"""`manage.py restore`: one transaction, closed to web and worker; whatever goes wrong, all is as it was before.

Its last step compares what was loaded with the list of the backup. Only then the documents are exchanged, and
only then comes the COMMIT.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import psycopg
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from config.operations import archive, backups, checksums, psql, squashed
from config.operations.archive import ArchiveError, Manifest
from config.operations.backups import Programs, owner
from config.operations.postgres import APP

Say = Callable[[str], None]
OPTIONS = ("--no-owner", "--no-comments", "--exit-on-error", "--file=-")
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Of sessions of other logins one sees database and login, and not much else; one without a login is the server's own.
OTHERS = """
SELECT DISTINCT usename FROM pg_stat_activity
WHERE datname = current_database() AND usename IS NOT NULL AND pid <> pg_backend_pid()
"""
FILLED = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
ANYBODY_MAY = """
SELECT EXISTS (
    SELECT FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba)))
    WHERE datname = current_database() AND grantee = 0 AND privilege_type = 'CONNECT'
)
"""
APP_MAY = "SELECT has_database_privilege(%s, current_database(), 'CONNECT')"
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
END $$;
"""


def restore(source: Path, *, force: bool, say: Say) -> Manifest:
    if not source.is_file():
        raise ArchiveError(f"{source} gibt es nicht.")
    place = backups.documents()
    place.parent.mkdir(parents=True, exist_ok=True)
    connection.close()
    with archive.explained(), endings_raised(), owner() as database:
        require_quiet(database)
        require_empty(database, place, force)
        with archive.opened(source, place.parent) as (manifest, folder):
            require_known(manifest)
            with closed_to_app(database, say):
                require_quiet(database)
                replace(backups.programs(database), manifest, folder, place)
    return manifest


def replace(use: Programs, manifest: Manifest, folder: Path, place: Path) -> None:
    (folder / "empty.sql").write_text(EMPTY)
    with (folder / "restore.sql").open("w") as file:
        use.run("pg_restore", *OPTIONS, folder / archive.DUMP, stdout=file)
    with psql.begun(use, folder) as transaction:
        transaction.say("\\o /dev/null\n\\i empty.sql\n\\i restore.sql")
        transaction.say("RESET search_path;\nSET client_min_messages = error;\nANALYZE;\n\\o")
        if found := checksums.differences(manifest, transaction.ask):
            raise ArchiveError(
                "Es ist nichts verändert, denn nach dem Einspielen stimmte nicht:\n"
                + "\n".join(found)
            )
        ignore_endings()
        with archive.exchanged_documents(folder, place):
            transaction.commit()


@contextmanager
def endings_raised() -> Iterator[None]:
    """Who ends the command gets the way back as well; a second time is not needed."""

    def end(number: int, frame: FrameType | None) -> None:
        ignore_endings()
        raise ArchiveError("Abgebrochen. Datenbank und Dokumente sind, wie sie waren.")

    former = {number: signal.signal(number, end) for number in ENDINGS}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def ignore_endings() -> None:
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def closed_to_app(database: "psycopg.Connection[Any]", say: Say) -> Iterator[None]:
    """The login of web and worker gets CONNECT back in any case; whoever kills us finds on the screen how."""
    names = [APP, *(["PUBLIC"] if told(database, ANYBODY_MAY) else [])]
    place = sql.Identifier(database.info.dbname).as_string()
    way_back = f"GRANT CONNECT ON DATABASE {place} TO {', '.join(names)};"
    say(
        f"Bis zum Ende kommt {APP} nicht in die Datenbank. Wird der Befehl gewaltsam beendet, öffnet sie wieder, "
        f"mit der Anmeldung {database.info.user}:\n    {way_back}"
    )
    try:
        database.execute(f"REVOKE CONNECT ON DATABASE {place} FROM PUBLIC, {APP}".encode())
        if told(database, APP_MAY, APP):
            raise ArchiveError(
                f"{APP} lässt sich nicht aussperren. Gehört die Datenbank der Anmeldung "
                f"{database.info.user}, und hat {APP} nur die Rechte aus docs/betrieb.md?"
            )
        yield
    finally:
        ignore_endings()
        open_again(way_back)


def open_again(way_back: str) -> None:
    """By a new connection: the one before may have ended meanwhile."""
    try:
        with owner() as database:
            database.execute(way_back.encode())
    except psycopg.Error as error:
        raise ArchiveError(
            f"Die Datenbank ließ sich nicht wieder öffnen:\n{error}\nBitte selbst ausführen: {way_back}"
        ) from error


def told(database: "psycopg.Connection[Any]", query: str, *values: str) -> Any:
    row = database.execute(query.encode(), values or None).fetchone()
    return row[0] if row else None


def require_quiet(database: "psycopg.Connection[Any]") -> None:
    if names := sorted(row[0] for row in database.execute(OTHERS).fetchall()):
        raise ArchiveError(
            f"Es arbeitet noch jemand mit der Datenbank ({', '.join(names)}). "
            "Bitte zuerst Webserver und Worker beenden."
        )


def require_empty(database: "psycopg.Connection[Any]", place: Path, force: bool) -> None:
    if archive.former(place).exists():
        raise ArchiveError(
            f"{archive.former(place)} blieb von einem gewaltsam beendeten Einspielen. Ist die Datenbank noch die "
            f"frühere, bitte an die Stelle von {place} setzen, sonst löschen."
        )
    if not force and (told(database, FILLED) or any(archive.files_below(place))):
        raise ArchiveError(
            "Die Datenbank ist nicht leer. Soll die Sicherung alles ersetzen, was darin steht: --force"
        )


def require_known(manifest: Manifest) -> None:
    """An older backup is brought up to date by `migrate`; a newer one needs newer code."""
    loader = MigrationLoader(None)
    applied = [(app, name) for app, _, name in (key.partition(".") for key in manifest.migrations)]
    known = set(loader.disk_migrations).union(
        *(new.replaces for new in loader.replacements.values())
    )
    if unknown := [".".join(key) for key in applied if key not in known]:
        raise ArchiveError(
            f"Die Sicherung stammt aus einer neueren Fassung von Brücke ({', '.join(unknown[:3])}). "
            "Bitte zuerst die Anwendung aktualisieren."
        )
    if refusal := squashed.refusal(loader, applied):
        raise ArchiveError(refusal)


def waiting_migrations() -> bool:
    loader = MigrationLoader(connection)
    return bool(set(loader.disk_migrations) - set(loader.applied_migrations))
