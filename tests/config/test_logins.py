"""The app login can work, and cannot rewrite history."""

import contextlib
from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, connection
from django.db.migrations.loader import MigrationLoader

from config import logins
from tests import database

pytestmark = pytest.mark.django_db


def test_app_login_may_only_read_and_add_history() -> None:
    tables = logins.event_tables()

    assert len(tables) > 5
    assert all(privileges(table) == {"SELECT", "INSERT"} for table in tables)


def privileges(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT privilege FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS privilege "
            "WHERE has_table_privilege(%s, privilege)",
            [table],
        )
        return {row[0] for row in cursor.fetchall()}


def test_app_login_gets_no_truncate_on_new_tables() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_to_string(defaclacl, ' ') FROM pg_default_acl WHERE defaclobjtype = 'r'"
        )
        (acl,) = cursor.fetchone()

    assert "bruecke_app=arwd/bruecke_owner" in acl


@pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = 'x'", "DELETE FROM {}"])
def test_history_refuses_change(statement: str) -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute(statement.format("ministries_userevent"))


def test_app_login_cannot_create_tables() -> None:
    with pytest.raises(ProgrammingError), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE public.own (id int)")


@pytest.fixture
def history_writable() -> Iterator[None]:
    with database.owner(database.NAME) as owner:
        owner.execute("GRANT UPDATE ON ministries_userevent TO bruecke_app")
        yield
        owner.execute("REVOKE UPDATE ON ministries_userevent FROM bruecke_app")


def test_start_refuses_login_that_can_change_history(history_writable: None) -> None:
    findings = logins.too_much_power()

    assert any("ministries_userevent" in finding for finding in findings)


def test_start_refuses_owner_login() -> None:
    as_owner = connection.copy()
    database.use_owner_login(as_owner)

    with contextlib.closing(as_owner), pytest.raises(ImproperlyConfigured) as refusal:
        logins.refuse_too_much_power(as_owner)

    assert "besitzt Tabellen oder ist Mitglied ihres Eigentümers" in str(refusal.value)


def test_start_accepts_app_login() -> None:
    assert logins.too_much_power() == []


def test_database_migration_runs_before_all_others() -> None:
    graph = MigrationLoader(connection).graph
    first = ("config", "0001_database")

    late = [node for node in graph.nodes if first not in graph.forwards_plan(node)]

    assert late == []
