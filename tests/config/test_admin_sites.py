"""Each admin area opens to one role; sign-in and sign-out are not its business."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from ministries.models import Role
from tests.factories import make_user

pytestmark = pytest.mark.django_db
AREAS = {"/verwaltung/": Role.COORDINATOR, "/technik/": Role.ADMINISTRATOR}


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("role", [*Role, None])
def test_area_opens_to_its_role_only(client: Client, area: str, role: Role | None) -> None:
    client.force_login(make_user(role=role))

    assert client.get(area).status_code == (200 if AREAS[area] == role else 403)
    assert client.get(f"{area}login/").status_code == (302 if AREAS[area] == role else 403)


@pytest.mark.parametrize("area", AREAS)
def test_anonymous_signs_in_at_the_one_place(client: Client, area: str) -> None:
    response = client.get(area, follow=True)

    assert response.redirect_chain[-1][0] == f"/konto/login/?next={area}"


@pytest.mark.parametrize("area", AREAS)
def test_foreign_next_is_not_followed(client: Client, area: str) -> None:
    client.force_login(make_user(role=AREAS[area]))

    response = client.get(f"{area}login/?next=//evil.example/")

    assert response.headers["Location"] == area


@pytest.mark.parametrize("name", ["register:view_on_site", "technical:view_on_site"])
def test_no_redirect_to_pages_of_objects(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name, args=[1, 1])
