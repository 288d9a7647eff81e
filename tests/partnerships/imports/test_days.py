"""Days and periods in cells, as people write them."""

from datetime import date

import pytest

from partnerships.models import Activity, Agreement, Partnership
from tests.factories import make_partnership
from tests.partnerships.conftest import People
from tests.partnerships.imports.sheets import take_over, upload, xlsx


@pytest.fixture
def flandern(db: None) -> Partnership:
    return make_partnership(name="Flandern")


@pytest.mark.parametrize(
    ("begins", "ends", "told"),
    [
        ("Mai 2023", "", "Mai 2023"),
        ("Mai 2023", "Mai 2023", "Mai 2023"),
        ("Mai 2023", "Juli 2023", "Mai 2023 bis 31.07.2023"),
        ("3.5.2023", "Mai 2023", "03.05.2023 bis 31.05.2023"),
        ("Frühjahr 2026", "", "März 2026 bis 31.05.2026"),
        ("12./13.4.24", "", "12.04.2024 bis 13.04.2024"),
        ("2026-04-03 00:00:00", "Sa, 4.4.26", "03.04.2026 bis 04.04.2026"),
    ],
)
def test_columns_of_beginning_and_end(people: People, begins: str, ends: str, told: str) -> None:
    content = xlsx(("Aktivität", "von", "bis"), ("Gastspiel", begins, ends))
    row = upload(content, kind="aktivitaeten", house=people.house, by=people.officer)
    assert row.errors == []
    take_over(row, people.officer)
    assert Activity.objects.get().period_words == told


def test_two_digits_of_a_signature_are_of_the_past(people: People, flandern: Partnership) -> None:
    head = ("Titel", "Partnerschaft", "Art", "Unterzeichnet")
    content = xlsx(head, ("Erklärung", "Flandern", "Gemeinsame Erklärung", "12.05.65"))
    house = people.coordinator.appointments.get().ministry
    row = upload(content, kind="vereinbarungen", house=house, by=people.coordinator)
    take_over(row, people.coordinator)
    assert Agreement.objects.get().signed_on == date(1965, 5, 12)
