"""Lists and desks of the records: closed to who reads no content, and for the own house alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from ministries.clock import today
from ministries.models import Ministry
from partnerships.models import Contact, Organisation, Partnership, SubjectRecord
from partnerships.records.subject_records.desk import to_confirm
from partnerships.register.partners.filters import offered_words
from tests.factories import (
    make_ministry,
    make_partnership,
    make_region,
    make_subject_area,
)
from tests.partnerships.conftest import People, SignIn
from tests.record_factories import make_contact, make_organisation, make_subject_record

LISTS = ("partnerschaften", "kontakte", "sachstaende", "zusagen", "arbeitsgruppen", "aktivitaeten")


@pytest.mark.parametrize("address", LISTS)
def test_technik_is_refused_and_a_stranger_signs_in(
    people: People, sign_in: SignIn, client: Client, address: str
) -> None:
    assert sign_in(people.administrator).get(f"/{address}/").status_code == 403
    assert "/konto/login/" in client.get(f"/{address}/")["Location"]


def test_house_confirms_its_own_texts_of_a_year_ago_that_it_sees(people: People) -> None:
    year_ago = today() - timedelta(days=400)

    def text(ministry: Ministry, confirmed_on: date = year_ago, **fields: Any) -> SubjectRecord:
        return make_subject_record(
            ministry=ministry,
            partnership=make_partnership(**fields),
            area=make_subject_area(),
            released_by=people.officer,
            confirmed_on=confirmed_on,
            confirmed_by=people.officer,
        )

    own = text(people.house)
    text(make_ministry())
    text(people.house, is_confidential=True)
    text(people.house, confirmed_on=today())

    assert list(to_confirm(people.officer, today())) == [own]


def test_filters_offer_what_there_is_and_may_be_seen(people: People) -> None:
    make_ministry(abbreviation="ALT", valid_until=today() - timedelta(days=1))
    make_subject_area(name="Kultur")
    for name in ("Flandern", "Wallonien"):
        make_partnership(name=name, regions=[make_region(name=name, country="BE")])
    hidden = make_region(name="Kärnten", country="AT")
    make_partnership(regions=[hidden], is_confidential=True)

    words = offered_words(people.officer, today())

    assert [label for _, label in words["country"]] == ["Belgien"]
    assert "ALT" not in [label for _, label in words["lead"]]
    assert [label for _, label in words["area"]] == ["Kultur"]


@pytest.mark.django_db
def test_search_finds_names_and_countries() -> None:
    make_partnership(name="Belgienhaus", regions=[make_region(name="Ain", country="FR")])
    make_partnership(name="Flandern", regions=[make_region(name="Gent", country="BE")])

    found = Partnership.objects.matching("belgien").values_list("name", flat=True)

    assert sorted(found) == ["Belgienhaus", "Flandern"]


def test_contacts_and_organisations_are_found_by_their_words(people: People) -> None:
    for name, function in (("Semperoper", "Intendanz"), ("Akademie", "Rektorat")):
        make_organisation(name=name)
        make_contact(ministry=people.house, function=function)

    assert [row.name for row in Organisation.objects.matching("semper")] == ["Semperoper"]
    assert [row.function for row in Contact.objects.matching("intend")] == ["Intendanz"]
