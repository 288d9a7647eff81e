"""The import of contacts asks of each row what the form asks of one person."""

from itertools import product

import pytest

from partnerships.models import Contact, Import, Partnership
from partnerships.records.contacts.actions import resembling_contacts
from partnerships.records.contacts.lookalikes import Lookalikes
from tests.factories import make_partnership
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import upload, xlsx
from tests.record_factories import make_contact

pytestmark = pytest.mark.long

HEAD = ("Funktion", "Name", "Partnerschaft", "E-Mail-Adresse")
NAMES = [
    "Anna Nowak", "Anna Nowaková", "Anna Novak", "Dr. Anna Nowak", "Jan Nowak", "nowak, anna",
    "Jürgen Groß", "Juergen Gross", "O'Brien", "Zoë van den Berg-Łoś", "Ж. Иваненко", "A", "",
]  # fmt: skip


@pytest.fixture
def flandern(people: People) -> Partnership:
    return make_partnership(name="Flandern", slug="flandern")


@pytest.fixture
def known(people: People, flandern: Partnership) -> Contact:
    named = {"name": "Anna Nowak", "function": "Leitung", "email": "a.nowak@demo.example"}
    return make_contact(ministry=people.house, partnership=flandern, **named)


def contacts(people: People, *rows: tuple[object, ...]) -> Import:
    content = xlsx(HEAD, *rows)
    return upload(content, kind="kontakte", house=people.house, by=people.officer)


def test_names_are_alike_as_in_the_form(people: People, flandern: Partnership) -> None:
    rows = [
        make_contact(
            ministry=people.house, partnership=place, name=name, function="Leitung", email=""
        )
        for name, place in product(NAMES, (flandern, None))
    ]
    for name, place in product(NAMES, (flandern, None)):
        asked = {"name": name, "email": ""}
        same = resembling_contacts(**asked, partnership=place, user=people.officer)
        lookalikes = Lookalikes()
        for row in rows:
            lookalikes.add(str(row.pk), name=row.name, email="", partnership=row.partnership_id)
        found = lookalikes.of(**asked, partnership=place.pk if place else None)
        assert found == [str(row.pk) for row in same], name
