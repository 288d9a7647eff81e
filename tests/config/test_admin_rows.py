"""The lists of the Verwaltung hold what its keeper may see, and their doors are shut to all others."""

from typing import Any

import pytest
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.test import Client, RequestFactory

from config.admin_sites import register_site, technical_site
from ministries.models import Role, User
from tests.factories import (
    make_edition,
    make_guideline,
    make_partnership,
    make_user,
)

pytestmark = pytest.mark.django_db
ADMINS = [admin for site in (register_site, technical_site) for admin in site._registry.values()]


@pytest.fixture
def coordination(client: Client) -> Client:
    client.force_login(make_user(role=Role.COORDINATOR))
    return client


def by(rf: RequestFactory, user: User) -> HttpRequest:
    request = rf.get("/")
    request.user = user
    return request


def listed(client: Client, address: str) -> list[Any]:
    return list(client.get(f"/verwaltung/{address}/").context["cl"].result_list)


def test_partnerships_are_listed(coordination: Client) -> None:
    partnership = make_partnership()

    assert listed(coordination, "partnerships/partnership") == [partnership]


def test_edition_shows_its_guidelines(coordination: Client) -> None:
    guideline = make_guideline(edition=make_edition(), title="Einheitlich auftreten")

    page = coordination.get(f"/verwaltung/guidelines/edition/{guideline.edition.pk}/change/")

    assert "Einheitlich auftreten" in page.text


@pytest.mark.parametrize("admin", ADMINS, ids=lambda admin: str(admin.opts.label))
def test_door_opens_to_its_keeper_alone(admin: ModelAdmin, rf: RequestFactory) -> None:
    others = [role for role in Role if role != admin.admin_site.role]  # type: ignore[attr-defined]
    for user in (make_user(), *(make_user(role=role) for role in others)):
        assert not admin.has_change_permission(by(rf, user))
        assert not admin.has_add_permission(by(rf, user))
        assert not admin.has_delete_permission(by(rf, user))
