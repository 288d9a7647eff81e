"""The text in which a search finds a partnership follows everything it is gathered from."""

import pytest

from partnerships.models import Partnership, Region
from tests.factories import make_partnership, make_region

pytestmark = pytest.mark.django_db


@pytest.fixture
def silesia() -> Region:
    return make_region(name="Niederschlesien", seat="Breslau")


@pytest.fixture
def partnership(silesia: Region) -> Partnership:
    return make_partnership(name="Nachbarn an der Neiße", regions=[silesia])


def found(text: str) -> list[str]:
    return [partnership.name for partnership in Partnership.objects.matching(text)]


def test_region_under_another_name(partnership: Partnership, silesia: Region) -> None:
    silesia.seat = "Liegnitz"
    silesia.save()

    assert found("Liegnitz") == [partnership.name]
    assert found("Breslau") == []


def test_another_region(partnership: Partnership) -> None:
    partnership.regions.set([make_region(name="Lebus", seat="Grünberg")])

    assert found("grunberg") == [partnership.name]
    assert found("Breslau") == []


def test_another_name(partnership: Partnership) -> None:
    partnership.name = "Nachbarn an der Oder"
    partnership.save()

    assert found("Neiße") == []
    assert found("Oder") == found("Breslau") == [partnership.name]


def test_many_at_once(partnership: Partnership) -> None:
    Partnership.objects.update(file_reference="SK-77-1")

    assert found("sk-77") == found("Breslau") == [partnership.name]


def test_nobody_writes_it(partnership: Partnership) -> None:
    Partnership.objects.update(search_text="gefälscht")

    assert found("gefälscht") == []


def test_words_of_two_names_are_no_phrase(partnership: Partnership) -> None:
    assert found("Neiße Niederschlesien") == []


def test_gathering_is_no_change_of_the_partnership(
    partnership: Partnership, silesia: Region
) -> None:
    events = Partnership.pgh_event_model.objects  # type: ignore[attr-defined]
    before = events.count()

    silesia.aliases = "Dolny Śląsk"
    silesia.save()

    assert found("slask") == [partnership.name]
    assert events.count() == before
