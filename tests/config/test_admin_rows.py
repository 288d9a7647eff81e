"""The lists of the Verwaltung hold what its keeper may see, and their doors are shut to all others."""

from typing import Any

import pytest
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from django.test import Client, RequestFactory

from config.admin_sites import register_site, technical_site
from ministries.clock import now
from ministries.models import Role, User
from tests.factories import (
    make_check,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_round,
    make_statement,
    make_subject_area,
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


def test_area_shows_which_house_was_in_charge(coordination: Client) -> None:
    house = make_ministry(abbreviation="SMWK")
    area = make_subject_area(ministry=house)

    page = coordination.get(f"/verwaltung/ministries/subjectarea/{area.pk}/change/")

    (inline,) = page.context["inline_admin_formsets"]
    assert [form.instance.ministry for form in inline.formset.initial_forms] == [house]


def test_published_catalogue_is_read_by_the_coordination(coordination: Client) -> None:
    """Nobody may change it any more."""
    edition = make_edition(published_at=now())

    page = coordination.get(f"/verwaltung/guidelines/edition/{edition.pk}/change/")

    assert (page.status_code, page.context["has_change_permission"]) == (200, False)


def test_areas_are_listed_with_their_partnerships(coordination: Client) -> None:
    area = make_subject_area()
    make_partnership(areas=[area])

    (row,) = listed(coordination, "ministries/subjectarea")

    assert (row, row.number_of_partnerships) == (area, 1)


def test_only_released_statements_are_listed(coordination: Client) -> None:
    criteria = [make_criterion(guideline=make_guideline(edition=make_edition()))]
    check = make_check(check_round=make_round(edition=criteria[0].guideline.edition))
    make_statement(ministry=make_ministry(), check=check, criteria=criteria)

    assert listed(coordination, "guidelines/statement") == []


@pytest.mark.parametrize("admin", ADMINS, ids=lambda admin: str(admin.opts.label))
def test_door_opens_to_its_keeper_alone(admin: ModelAdmin, rf: RequestFactory) -> None:
    others = [role for role in Role if role != admin.admin_site.role]  # type: ignore[attr-defined]
    for user in (make_user(), *(make_user(role=role) for role in others)):
        assert not admin.has_change_permission(by(rf, user))
        assert not admin.has_add_permission(by(rf, user))
        assert not admin.has_delete_permission(by(rf, user))
