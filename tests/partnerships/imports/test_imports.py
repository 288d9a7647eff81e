"""From a file to records and back again: new, changed, same, as if typed into the forms."""

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ministries.models import Disclosure, User
from partnerships.imports.actions import check_import, map_columns, take_over_import
from partnerships.models import (
    Activity,
    Agreement,
    ColumnMapping,
    Contact,
    Import,
    Partnership,
    Region,
    SubjectRecord,
)
from tests.factories import (
    make_agreement,
    make_ministry,
    make_partnership,
    make_subject_area,
)
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import take_over, upload, xlsx
from tests.record_factories import make_activity, make_contact, make_subject_record

pytestmark = pytest.mark.long

REGISTER = ("vereinbarungen", "regionen", "partnerschaften")
SignIn = Callable[[User], Client]
CONTACTS = ("Funktion", "Name", "Partnerschaft", "E-Mail-Adresse", "im Amt seit")


@pytest.fixture
def flandern(people: People) -> Partnership:
    return make_partnership(name="Flandern", slug="flandern", lead=people.house)


def contacts(people: People, *rows: tuple[object, ...], head: tuple[str, ...] = CONTACTS) -> Import:
    content = xlsx(head, *rows)
    return upload(content, kind="kontakte", house=people.house, by=people.officer)


def test_new_contacts_are_unconfirmed_and_name_their_row(
    people: People, flandern: Partnership
) -> None:
    row = contacts(people, ("Leitung Kabinett", "Gast", "flandern ", "a@demo.example", "3.4.26"))
    assert (row.state, row.new_count, row.errors) == ("checked", 1, [])

    take_over(row, people.officer)

    contact = Contact.objects.get()
    assert contact.partnership == flandern
    assert contact.valid_from == date(2026, 4, 3)
    assert contact.source == "liste.xlsx, Zeile 2"
    assert contact.as_of is not None
    assert contact.confirmed_on is None
    assert contact.delete_after_on is not None
    assert contact.ministry == people.house


def test_changes_are_shown_field_by_field_and_versioned(
    people: People, flandern: Partnership
) -> None:
    contact = make_contact(
        ministry=people.house, partnership=flandern, function="Leitung", email="alt@demo.example"
    )
    row = contacts(people, ("Leitung", "", "Flandern", "neu@demo.example", ""))

    assert row.changed_count == 1
    assert row.items[0]["rows"] == [
        {"label": "E-Mail-Adresse", "old": "alt@demo.example", "new": "neu@demo.example"}
    ]
    take_over(row, people.officer)
    contact.refresh_from_db()
    assert (contact.email, contact.version) == ("neu@demo.example", 2)
    event = Contact.pgh_event_model.objects.filter(pgh_label="update").latest("pgh_id")  # type: ignore[attr-defined]
    assert event.pgh_context["user"] == people.officer.pk


def test_one_wrong_cell_and_nothing_is_written(people: People, flandern: Partnership) -> None:
    row = contacts(
        people, ("Leitung", "", "Flandern", "", ""), ("Referat", "", "Atlantis", "", "32.1.2026")
    )

    assert row.errors[0] == {
        "sheet": "Sheet",
        "row": 3,
        "cell": "C3",
        "heading": "Partnerschaft",
        "value": "Atlantis",
        "expected": "eine Partnerschaft, wie sie in Brücke heißt",
    }
    assert [error["cell"] for error in row.errors] == ["C3", "E3"]
    assert not row.is_ready
    assert not Contact.objects.exists()


def test_what_is_hidden_is_as_unknown_as_what_does_not_exist(people: People) -> None:
    make_partnership(name="Verborgen", is_confidential=True)

    rows = [contacts(people, ("Leitung", "", name, "", "")) for name in ("Verborgen", "Nirgends")]

    assert rows[0].errors[0]["expected"] == rows[1].errors[0]["expected"]


def test_numbers_of_other_houses_are_unknown(people: People, flandern: Partnership) -> None:
    other = make_contact(ministry=make_ministry(), partnership=flandern, function="Leitung")
    head = ("Nr.", "Funktion")

    for number in (other.pk, 999999, "x"):
        row = contacts(people, (number, "Gekapert"), head=head)
        assert row.errors[0]["cell"] == "A2"
        assert row.errors[0]["expected"].startswith("die Nummer eines Eintrags Ihres Hauses")


def test_export_of_contacts_comes_back_as_the_same(
    people: People, flandern: Partnership, sign_in: SignIn
) -> None:
    for number in range(3):
        make_contact(
            ministry=people.house,
            partnership=flandern,
            function=f"=Leitung {number}",
            phone="+49 1",
        )
    client = sign_in(people.officer)
    for kind in ("xlsx", "csv"):
        client.post(
            "/kontakte/ausgabe/?mine=1", {"purpose": "Probe", "format": kind, "_token": uuid4()}
        )
        disclosure = Disclosure.objects.latest("pk")
        answer = client.get(f"/kontakte/ausgabe/{disclosure.pk}/")
        row = upload(
            answer.getvalue(),
            kind="kontakte",
            house=people.house,
            by=people.officer,
            name=f"kontakte.{kind}",
        )
        if row.state == "mapping":  # "Bestätigt am" is no column of ours; asked for once
            map_columns(row=row, mapping=row.mapping, by=people.officer)
            check_import(row.pk)
            row.refresh_from_db()
        assert (row.errors, row.same_count, row.new_count, row.changed_count) == ([], 3, 0, 0)
        assert row.headings[-1] == "Nr."  # so that a renamed one is not taken for a new one
    renamed = (Contact.objects.latest("pk").pk, "Umbenannt")
    row = contacts(people, renamed, head=("Nr.", "Funktion"))
    assert (row.errors, row.new_count, row.changed_count) == ([], 0, 1)


def test_mapping_is_kept_for_the_house(people: People, flandern: Partnership) -> None:
    head = ("Wer", "Mit wem")
    first = contacts(people, ("Leitung", "Flandern"), head=head)
    assert first.state == "mapping"
    map_columns(row=first, mapping={"0": "function", "1": "partnership"}, by=people.officer)
    assert ColumnMapping.objects.count() == 1

    second = contacts(people, ("Referat", "Flandern"), head=head)

    assert (second.state, second.new_count) == ("checked", 1)


def test_activities_with_dates_as_people_type_them(people: People, flandern: Partnership) -> None:
    make_subject_area(name="Kultur")
    head = ("Titel", "Termin", "Art", "Partner", "Fachgebiet", "Stand", "Ort")
    content = xlsx(
        head,
        ("Gastspiel", "3.4.26", "Veranstaltung", "Flandern", "Kultur", "durchgeführt", "Gent"),
        ("Reise", "April 2027", "Delegationsreise", "", "", "", ""),
        ("Serie", 46115, "Projekt", "", "", "", ""),
        ("Datum", date(2026, 5, 12), "Projekt", "", "", "", ""),
    )
    row = upload(content, kind="aktivitaeten", house=people.house, by=people.officer)
    assert row.errors == []
    take_over(row, people.officer)

    first, second, third, fourth = Activity.objects.order_by("pk")
    assert (first.starts_on, first.state) == (date(2026, 4, 3), "done")
    assert [*first.partnerships.all()] == [flandern]
    assert first.subject_areas.count() == 1
    assert (second.starts_on, second.starts_on_precision) == (date(2027, 4, 1), "month")
    assert third.starts_on == date(2026, 4, 3)
    assert fourth.starts_on == date(2026, 5, 12)
    assert first.source == "liste.xlsx, Zeile 2"

    again = upload(content, kind="aktivitaeten", house=people.house, by=people.officer)
    assert (again.same_count, again.new_count, again.errors) == (4, 0, [])


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("aktivitaeten", "/aktivitaeten/"),
        ("sachstaende", "/sachstaende/"),
        ("vereinbarungen", "/vereinbarungen/"),
        ("regionen", "/regionen/"),
        ("partnerschaften", "/partnerschaften/"),
    ],
)
@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_own_export_changes_nothing(
    kind: str, path: str, form: str, people: People, flandern: Partnership, sign_in: SignIn
) -> None:
    area = make_subject_area(ministry=people.house)
    texts = {"situation": "- eins\n- zwei\n\nDrei; mit „Zeichen“", "aims": "=1+1"}
    make_subject_record(
        partnership=flandern,
        area=area,
        ministry=people.house,
        released_by=people.officer,
        **texts,
    )
    SubjectRecord.objects.update(situation="ein neuerer Entwurf")
    for precision in ("day", "month", "year"):
        activity = make_activity(
            ministry=people.house,
            partnerships=[flandern],
            starts_on=date(2027, 1, 1),
            starts_on_precision=precision,
            countries=["PL", "CZ"],
            level="state_secretary",
        )
        activity.subject_areas.add(area)
    make_agreement(partnership=flandern, signed_on=date(2010, 4, 1), signed_on_precision="month")
    user = people.coordinator if kind in REGISTER else people.officer
    house = user.appointments.get().ministry
    of_house = {} if kind == "partnerschaften" else {"mine": "1"}
    answer = sign_in(user).get(path, of_house | {"format": form})

    row = upload(answer.getvalue(), kind=kind, house=house, by=user, name=f"ausgabe.{form}")
    if row.state == "mapping":
        map_columns(row=row, mapping=row.mapping, by=user)
        check_import(row.pk)
        row.refresh_from_db()

    assert row.errors == []
    assert (row.new_count, row.changed_count) == (0, 0), row.items
    assert row.same_count >= 1


def test_list_may_name_the_own_house_among_those_that_take_part(people: People) -> None:
    guest = make_ministry(abbreviation="SMX")
    head = ("Aktivität", "Zeitraum", "Beteiligte Ressorts")
    content = xlsx(head, ("Gastspiel", "3.4.2026", f"{people.house.abbreviation}; SMX"))
    row = upload(content, kind="aktivitaeten", house=people.house, by=people.officer)
    assert row.errors == []
    take_over(row, people.officer)
    assert [*Activity.objects.get().participating.all()] == [guest]


def test_subject_record_is_a_draft_of_the_house_in_charge(
    people: People, flandern: Partnership
) -> None:
    own = make_subject_area(ministry=people.house, name="Kultur")
    make_subject_area(ministry=make_ministry(), name="Sport")
    head = ("Partnerschaft", "Fachgebiet", "Sachstand")
    good, bad = ("Flandern", "Kultur", "Läuft."), ("Flandern", "Sport", "Läuft.")
    row = upload(xlsx(head, bad), kind="sachstaende", house=people.house, by=people.officer)
    assert row.errors[0]["cell"] == "B2"

    row = upload(xlsx(head, good), kind="sachstaende", house=people.house, by=people.officer)
    take_over(row, people.officer)

    record = SubjectRecord.objects.get()
    assert (record.subject_area, record.released_on, record.situation) == (own, None, "Läuft.")


def test_agreements_and_regions_are_the_coordinations(
    people: People, flandern: Partnership
) -> None:
    house = people.coordinator.appointments.get().ministry
    head = ("Titel", "Partnerschaft", "Art", "Unterzeichnet", "Laufzeit bis")
    content = xlsx(
        head, ("Erklärung", "Flandern", "Gemeinsame Erklärung", "April 2010", "31.12.2030")
    )
    with pytest.raises(PermissionDenied):
        upload(content, kind="vereinbarungen", house=people.house, by=people.officer)

    row = upload(content, kind="vereinbarungen", house=house, by=people.coordinator)
    take_over(row, people.coordinator)
    agreement = Agreement.objects.get()
    assert (agreement.term, agreement.signed_words) == ("fixed_term", "April 2010")
    assert not agreement.is_confirmed

    content = xlsx(("Name", "Staat", "Einwohner"), ("Wallonien", "Belgien", "3.600.000"))
    take_over(
        upload(content, kind="regionen", house=house, by=people.coordinator), people.coordinator
    )
    assert Region.objects.get(name="Wallonien").population == 3_600_000


def test_a_change_after_the_preview_is_shown_first(people: People, flandern: Partnership) -> None:
    row = contacts(people, ("Leitung", "", "Flandern", "neu@demo.example", ""))
    make_contact(ministry=people.house, partnership=flandern, function="Leitung")

    take_over(row, people.officer)

    assert (row.state, row.changed_count, row.new_count) == ("checked", 1, 0)
    assert "nichts übernommen" in row.notice
    take_over(row, people.officer)
    assert row.state == "done"
    assert Contact.objects.get().email == "neu@demo.example"


def test_who_lost_the_function_writes_nothing(people: People, flandern: Partnership) -> None:
    row = contacts(people, ("Leitung", "", "Flandern", "", ""))
    Import.objects.filter(pk=row.pk).update(state="running")
    people.officer.appointments.all().delete()

    take_over_import(row.pk)

    row.refresh_from_db()
    assert "nicht mehr" in row.notice
    assert not Contact.objects.exists()


def test_pages_lead_from_file_to_result(
    people: People, flandern: Partnership, sign_in: SignIn
) -> None:
    client = sign_in(people.officer)
    file = SimpleUploadedFile("liste.xlsx", xlsx(CONTACTS, ("Leitung", "", "Flandern", "", "")))
    sent = {"file": file, "ministry": people.house.pk, "_token": uuid4()}
    answer = client.post("/import/neu/kontakte/", sent)
    assert answer.status_code == 302
    url = answer["Location"]
    assert "werden geprüft" in client.get(url).content.decode()
    check_import(Import.objects.get().pk)
    assert "Übernehmen" in client.get(url).content.decode()
    client.post(f"{url}uebernehmen/", {"_token": uuid4()})
    take_over_import(Import.objects.get().pk)
    assert "1 neu" in client.get(url).content.decode()
    assert Contact.objects.count() == 1
