"""Alle Daten unseres Hauses, cell by cell: a day is a day, a number a number, a text a text."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    Field,
    IntegerField,
    TimeField,
)

from guidelines.models import Evidence, ExtensionRequest, Query, ThirdPartyView
from ministries.models import Ministry, Role, User
from partnerships.models import (
    Activity,
    ActivityOrganisation,
    ActivityPerson,
    CostLine,
    Partnership,
    ProgrammeItem,
)
from reports.house_data import LONGEST_NAME, fields_of, house_of
from tests import record_factories as make
from tests.factories import (
    make_delegation,
    make_ministry,
    make_partnership,
    make_statement,
    make_subject_area,
    make_user,
)
from tests.guidelines.conftest import signed_in
from tests.reports.test_house_data import book_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]
Row = dict[str, Any]
DAY = date(2026, 5, 12)
LATE = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight in Saxony
IN_SUMMER = datetime(2026, 7, 1, 6, 5, tzinfo=UTC)


@pytest.fixture
def house() -> Ministry:
    return make_ministry(abbreviation="SMWK")


@pytest.fixture
def officer(house: Ministry) -> User:
    return make_user(role=Role.OFFICER, ministry=house, name="Demo Bearbeitung")


@pytest.fixture
def partnership() -> Partnership:
    return make_partnership(name="Flandern")


@pytest.fixture
def activity(house: Ministry, partnership: Partnership) -> Activity:
    return make.make_activity(ministry=house, partnerships=[partnership], title="Gastspiel")


@pytest.fixture
def row(officer: User) -> Callable[[str], Row]:
    """The only row of a sheet, its cells by the words above them."""

    def only(sheet: str) -> Row:
        (head, cells) = book_of(signed_in(officer))[sheet].iter_rows()
        return dict(zip([cell.value for cell in head], cells, strict=True))

    return only


def shown(cell: Any) -> tuple[str, str]:
    assert cell.is_date
    return cell.value.isoformat(), cell.number_format


# Days and times


def test_day_is_a_date_cell(row: Any, house: Ministry, activity: Activity) -> None:
    found = row("Aktivitäten")

    assert shown(found["Beginn"]) == ("2026-05-12T00:00:00", "dd.mm.yyyy")
    assert found["Ende"].value is None


def test_moment_is_a_date_cell_in_local_time(
    row: Any, house: Ministry, partnership: Partnership, officer: User
) -> None:
    make.make_document(
        ministry=house, partnership=partnership, uploaded_by=officer, uploaded_at=LATE
    )

    assert shown(row("Dokumente")["Hochgeladen"]) == (
        "2026-11-24T00:30:00",
        "dd.mm.yyyy hh:mm",
    )


def test_moment_in_summer_is_two_hours_ahead(
    row: Any, house: Ministry, partnership: Partnership, officer: User
) -> None:
    done = {"done_at": IN_SUMMER, "done_by": officer}
    make.make_follow_up(ministry=house, partnership=partnership, due_on=DAY, **done)

    found = row("Wiedervorlagen")

    assert shown(found["Erledigt"])[0] == "2026-07-01T08:05:00"
    assert shown(found["Wiedervorlage am"]) == ("2026-05-12T00:00:00", "dd.mm.yyyy")


def test_clock_time_is_a_time_cell(row: Any, activity: Activity) -> None:
    ProgrammeItem.objects.create(
        activity=activity, taken_on=DAY, begins=time(9, 30), title="Empfang"
    )

    found = row("Programmpunkte")

    assert shown(found["Uhrzeit"]) == ("09:30:00", "hh:mm")
    assert shown(found["Tag"])[1] == "dd.mm.yyyy"


# Numbers


def test_sums_are_numbers(row: Any, activity: Activity) -> None:
    CostLine.objects.create(
        activity=activity, bearer="chancellery", planned=Decimal("1234.50"), actual=Decimal(0)
    )

    found = row("Kosten")

    assert (found["Geplant (Euro)"].value, found["Geplant (Euro)"].data_type) == (1234.5, "n")
    assert (found["Tatsächlich (Euro)"].value, found["Tatsächlich (Euro)"].data_type) == (0, "n")


def test_sum_that_is_missing_is_empty(row: Any, activity: Activity) -> None:
    CostLine.objects.create(activity=activity, bearer="chancellery", planned=1)

    assert row("Kosten")["Tatsächlich (Euro)"].value is None


def test_counts_are_numbers(
    row: Any, house: Ministry, partnership: Partnership, officer: User
) -> None:
    document = make.make_document(
        ministry=house, partnership=partnership, uploaded_by=officer, size=5_000_000_000
    )

    found = row("Dokumente")

    values = {name: found[name].value for name in ("Nr.", "Größe in Byte", "Fassung")}
    assert values == {"Nr.": document.pk, "Größe in Byte": 5_000_000_000, "Fassung": 1}


# Texts


@pytest.mark.parametrize("text", ["0351 564 0", "+49 351 564", "=1+1", "1990", "12.05.2026", "-5"])
def test_text_that_looks_like_something_else_stays_text(
    row: Any, house: Ministry, text: str
) -> None:
    make.make_contact(ministry=house, phone=text)

    phone = row("Ansprechpersonen")["Telefon"]

    assert (phone.value, phone.data_type) == (text, "s")


def test_text_keeps_its_lines(row: Any, house: Ministry, partnership: Partnership) -> None:
    text = "Erster Absatz.\n\n- eins\n- zwei"
    make.make_note(ministry=house, partnership=partnership, text=text)

    assert row("Vermerke")["Vermerk"].value == text


def test_long_text_is_cut_where_a_cell_ends(
    row: Any, house: Ministry, partnership: Partnership
) -> None:
    make.make_note(ministry=house, partnership=partnership, text="x" * 32_001)

    assert row("Vermerke")["Vermerk"].value == "x" * 32_000


# Words for what is stored as something else


def test_yes_and_no_are_words(row: Any, house: Ministry) -> None:
    make.make_contact(ministry=house, needs_interpreter=True)

    found = row("Ansprechpersonen")

    assert found["Dolmetschen nötig"].value == "ja"
    assert (found["Vertraulich"].value, found["Vertraulich"].data_type) == ("nein", "s")


def test_choices_links_and_countries_are_words(
    row: Any, house: Ministry, partnership: Partnership
) -> None:
    activity = make.make_activity(
        ministry=house, partnerships=[partnership], countries=["FR", "PL"]
    )
    activity.participating.add(make_ministry(abbreviation="SMI", sort_order=8))
    activity.participating.add(make_ministry(abbreviation="SMF", sort_order=5))

    found = row("Aktivitäten")

    names = ("Art", "Wer sieht das?", "Genauigkeit des Beginns", "Ressort", "Partnerschaften")
    assert [found[name].value for name in names] == [
        "Veranstaltung",
        "Staatsregierung",
        "Tag",
        "SMWK",
        "Flandern",
    ]
    assert found["Weitere Staaten"].value == "Frankreich, Polen"
    assert found["Beteiligte Ressorts"].value == "SMF, SMI"


def test_link_that_is_missing_is_empty(row: Any, house: Ministry) -> None:
    make.make_contact(ministry=house)

    found = row("Ansprechpersonen")

    names = ("Partnerschaft", "Bestätigt durch", "Angeboten", "Kreis der Berechtigten")
    assert [found[name].value for name in names] == [None] * 4


def test_fact_sheet_is_told_line_by_line(row: Any, house: Ministry, officer: User) -> None:
    facts = [
        {"label": "Status", "value": "aktiv", "detail": "seit 2020", "unconfirmed": True},
        {"label": "Aktenzeichen", "value": "", "detail": "", "unconfirmed": True},
    ]
    sheet = [{"title": "Beziehung", "rows": facts}, {"title": "Gremien", "rows": []}]
    make_statement(ministry=house, fact_sheet=sheet)

    assert row("Stellungnahmen")["Faktenblatt bei Freigabe"].value == (
        "Beziehung, Status: aktiv; seit 2020 (unbestätigt)\nBeziehung, Aktenzeichen: nichts erfasst"
    )


def test_statement_without_fact_sheet_has_an_empty_cell(row: Any, house: Ministry) -> None:
    make_statement(ministry=house)

    assert row("Stellungnahmen")["Faktenblatt bei Freigabe"].value is None


# Every field of every sheet


def make_one_of_each(house: Ministry, officer: User, activity: Activity) -> None:
    partnership = activity.partnerships.get()
    about = {"ministry": house, "partnership": partnership}
    make.make_subject_record(area=make_subject_area(), released_by=officer, **about)
    make.make_commitment(**about)
    make.make_contact(valid_from=DAY, confirmed_on=DAY, confirmed_by=officer, **about)
    make.make_note(released_by=officer, **about)
    make.make_document(uploaded_by=officer, **about)
    make.make_meeting(working_group=make.make_working_group(**about))
    make.make_gift(value=Decimal("49.90"), **about)
    make.make_follow_up(done_at=LATE, done_by=officer, **about)
    statement = make_statement(ministry=house, submitted_at=LATE, submitted_by=officer)
    Query.objects.create(
        statement=statement,
        text="Welche Hochschule?",
        values={"key_message": "Neu."},
        due_on=DAY,
        asked_at=LATE,
        asked_by=officer,
    )
    ThirdPartyView.objects.create(
        statement=statement,
        sender="IHK Dresden",
        text="Fortführen.",
        given_on=DAY,
        entered_at=LATE,
        entered_by=officer,
    )
    answer = statement.review_notes.get()
    make_delegation(statement=statement, criterion=answer.criterion, person=officer)
    ExtensionRequest.objects.create(
        statement=statement, wished_on=DAY, reason="Haushalt", asked_at=LATE, asked_by=officer
    )
    of = {"activity": activity}
    added = {"added_at": LATE, "added_by": officer}
    Evidence.objects.create(review_note=answer, wording="Empfang", **added, **of)
    CostLine.objects.create(bearer="chancellery", planned=1, **of)
    ActivityPerson.objects.create(function="Leitung", **of)
    ActivityOrganisation.objects.create(organisation=make.make_organisation(), **of)
    ProgrammeItem.objects.create(taken_on=DAY, begins=time(9, 30), title="Empfang", **of)


def type_of(field: Field) -> tuple[str, str]:
    """Data type and number format of its cells that are not empty."""
    if isinstance(field, DateTimeField):
        return "d", "dd.mm.yyyy hh:mm"
    if isinstance(field, DateField):
        return "d", "dd.mm.yyyy"
    if isinstance(field, TimeField):
        return "d", "hh:mm"
    is_number = isinstance(field, IntegerField | DecimalField) and not field.choices
    return ("n" if is_number else "s"), "General"


def test_every_field_is_a_cell_of_its_type(
    house: Ministry, officer: User, activity: Activity
) -> None:
    make_one_of_each(house, officer, activity)

    book = book_of(signed_in(officer))

    wrong, filled = [], set()
    for model in house_of():
        _, cells = book[str(model._meta.verbose_name_plural)[:LONGEST_NAME]].iter_rows()
        for field, cell in zip(fields_of(model), cells, strict=True):
            if cell.value is not None:
                filled.add(type_of(field))
                if (cell.data_type, cell.number_format) != type_of(field):
                    wrong.append((field, cell.value))
            elif isinstance(field, BooleanField):
                wrong.append((field, None))
    assert wrong == []
    assert len(filled) == 5
