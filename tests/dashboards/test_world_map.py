import pytest
from django.test import Client

from dashboards.labels import Box, place_labels
from dashboards.world_map import draw, places
from tests.dashboards import scenes
from tests.dashboards.scenes import TODAY
from tests.factories import make_ministry, make_partnership, make_region

pytestmark = pytest.mark.django_db
BRESLAU = {"latitude": "51.103", "longitude": "17.030"}
QUEBEC = {"latitude": "46.812", "longitude": "-71.215"}


def test_every_located_row_is_one_point() -> None:
    make_partnership(regions=[make_region(**BRESLAU), make_region(**QUEBEC)])
    make_partnership(regions=[make_region(**QUEBEC)])
    make_partnership(regions=[make_region()])

    found = places(scenes.coordinator(), TODAY)
    points = [point for one in draw(found) for point in one.points]

    assert len(found) == 4
    assert [point.place for point in points] != []
    assert sorted(id(p.place) for p in points) == sorted(id(p) for p in found if p.frame)


def test_europe_has_its_own_map() -> None:
    make_partnership(regions=[make_region(**BRESLAU)])
    make_partnership(regions=[make_region(**QUEBEC)])

    world, europe = draw(places(scenes.coordinator(), TODAY))

    assert (len(world.points), world.inset_number, len(europe.points)) == (1, 1, 1)


def test_confidential_partnership_is_on_no_map() -> None:
    make_partnership(is_confidential=True, regions=[make_region(**BRESLAU)])

    assert places(scenes.manager(make_ministry()), TODAY) == []


def test_map_shows_only_the_wanted_status(client: Client) -> None:
    make_partnership(name="Flandern", status="active", regions=[make_region(**BRESLAU)])
    make_partnership(name="Tatarstan", status="dormant", regions=[make_region(**QUEBEC)])
    client.force_login(scenes.coordinator())

    response = client.get("/uebersicht/karte/?status=dormant")

    assert [place.partnership.name for place in response.context["places"]] == ["Tatarstan"]
    assert [(o.label, o.number) for o in response.context["options"]] == [
        ("alle", 2),
        ("aktiv", 1),
        ("ruhend", 1),
    ]


def test_unknown_status_shows_all_and_says_so(client: Client) -> None:
    make_partnership(regions=[make_region(**BRESLAU)])
    client.force_login(scenes.coordinator())

    response = client.get("/uebersicht/karte/?status=quatsch")

    assert len(response.context["places"]) == 1
    assert "Unbekannter Status" in response.content.decode()


def test_points_are_written_with_a_decimal_point(client: Client) -> None:
    make_partnership(regions=[make_region(**BRESLAU)])
    client.force_login(scenes.coordinator())

    (point,) = client.get("/uebersicht/karte/").context["maps"][1].points

    content = client.get("/uebersicht/karte/").content.decode()
    assert f'transform="translate({point.x} {point.y})"' in content


def test_point_says_name_state_and_status(client: Client) -> None:
    make_partnership(
        name="Niederschlesien", regions=[make_region(country="PL", **BRESLAU)], status="active"
    )
    client.force_login(scenes.coordinator())

    content = client.get("/uebersicht/karte/").content.decode()

    assert 'aria-label="Niederschlesien, Polen: aktiv"' in content


def test_labels_of_neighbours_do_not_cover_each_other() -> None:
    spots = [(100.0, 100.0, "Niederschlesien"), (130.0, 104.0, "Lebuser Land")]

    first, second = place_labels(spots, width=900, height=700)

    assert first.box.overlap(second.box) == 0


def test_label_stays_on_the_paper() -> None:
    (label,) = place_labels([(890.0, 300.0, "Baschkortostan")], width=900, height=700)

    assert label.box.overlap(Box(0, 0, 900, 700)) == pytest.approx(
        label.box.width * label.box.height
    )
