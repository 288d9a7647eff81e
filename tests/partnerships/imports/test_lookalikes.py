"""The import of contacts asks of each row what the form asks of one person."""

from itertools import product
from typing import Any
from uuid import uuid4

import pytest

from partnerships.imports.actions import take_over_import
from partnerships.models import Contact, Import, Partnership
from partnerships.records.contacts.actions import resembling_contacts
from partnerships.records.contacts.lookalikes import Lookalikes
from tests.factories import make_ministry, make_partnership
from tests.partnerships.conftest import People, SignIn
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


@pytest.mark.parametrize(
    "row",
    [
        ("Referat", "Anna Nowaková", "Flandern", ""),
        ("Referat", "Jan Kowalski", "", "A.Nowak@demo.example"),
    ],
    ids=["name", "address"],
)
def test_row_that_may_be_known_is_pointed_out(
    people: People, known: Contact, row: tuple[str, ...]
) -> None:
    checked = contacts(people, row, ("Pressestelle", "Zoë Peeters", "Flandern", ""))

    told = f"Anna Nowak, Leitung (Nr. {known.pk})"
    assert [item.get("alike") for item in checked.items] == [[told], None]


def test_contact_of_another_house_counts_as_in_the_form(
    people: People, flandern: Partnership
) -> None:
    other = {"name": "Anna Nowak", "function": "Leitung", "visibility": "government"}
    make_contact(ministry=make_ministry(abbreviation="SMX"), partnership=flandern, **other)
    hidden = {**other, "name": "Jan Maes", "visibility": "house"}
    make_contact(ministry=make_ministry(), partnership=flandern, **hidden)
    rows = [("Referat", name, "Flandern", "") for name in ("Anna Novak", "Jan Maess")]

    assert [item.get("alike") for item in contacts(people, *rows).items] == [
        ["Anna Nowak, Leitung (SMX)"],
        None,
    ]


def test_rows_of_one_file_are_compared(people: People, flandern: Partnership) -> None:
    rows = [("Leitung", "Anna Nowak", "Flandern", ""), ("Referat", "Anna Novak", "Flandern", "")]
    checked = contacts(people, *rows)

    assert checked.items[1]["alike"] == ["Anna Nowak, Leitung, weiter oben in dieser Datei"]


def test_known_person_under_the_own_number_is_not_asked_for(people: People, known: Contact) -> None:
    content = xlsx((*HEAD, "Nr."), ("Leitung", "Anna Novak", "Flandern", "", known.pk))
    row = upload(content, kind="kontakte", house=people.house, by=people.officer)

    assert (row.changed_count, row.doubtful) == (1, [])


def run(people: People, sign_in: SignIn, row: Import, **sent: Any) -> str:
    client = sign_in(people.officer)
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Eine Person könnte schon erfasst sein" in page
    client.post(f"{row.get_absolute_url()}uebernehmen/", {"_token": uuid4(), **sent})
    take_over_import(row.pk)
    return client.get(row.get_absolute_url()).content.decode()


def test_person_decides_row_by_row(people: People, known: Contact, sign_in: SignIn) -> None:
    rows = [
        ("Referat", "Anna Novak", "Flandern", ""),
        ("Presse", "Zoë Peeters", "Flandern", ""),
    ]
    page = run(people, sign_in, contacts(people, *rows))

    assert "1 neu" in page
    assert "1 ausgelassen" in page
    assert set(Contact.objects.values_list("name", flat=True)) == {"Anna Nowak", "Zoë Peeters"}


def test_somebody_else_is_created(people: People, known: Contact, sign_in: SignIn) -> None:
    row = contacts(people, ("Referat", "Anna Novak", "Flandern", ""))
    page = run(people, sign_in, row, andere=["2", "x", "9" * 5000])

    assert "1 neu" in page
    assert "ausgelassen" not in page
    assert Contact.objects.filter(name="Anna Novak").exists()


def test_new_lookalike_after_the_preview_is_shown_first(
    people: People, flandern: Partnership, sign_in: SignIn
) -> None:
    row = contacts(people, ("Referat", "Anna Novak", "Flandern", ""))
    make_contact(ministry=people.house, partnership=flandern, name="Anna Nowak", function="Leitung")
    client = sign_in(people.officer)
    client.post(f"{row.get_absolute_url()}uebernehmen/", {"_token": uuid4()})
    take_over_import(row.pk)

    row.refresh_from_db()
    assert (row.state, len(row.doubtful)) == ("checked", 1)
