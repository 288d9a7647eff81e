"""Alle Daten unseres Hauses: whole, of the own house alone, and no formula in it."""

import io
import uuid
from typing import Any

import openpyxl
import pytest
from django.test import Client

from ministries.models import Disclosure, Ministry, Role, User
from reports.house_data import house_of
from tests.factories import make_ministry, make_partnership, make_user
from tests.guidelines.conftest import signed_in
from tests.harness import walk
from tests.record_factories import make_activity, make_contact, make_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return make_user(role=Role.OFFICER, ministry=make_ministry(abbreviation="SMWK"))


def book_of(client: Client) -> Any:
    data = {"purpose": "Abgleich", "_token": str(uuid.uuid4())}
    answer = client.post("/alle-daten/", data, follow=True)
    assert "alle-daten-" in answer.headers["Content-Disposition"]
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def words_in(book: Any) -> set[str]:
    return {str(cell) for sheet in book for row in sheet.values for cell in row if cell}


def test_house_takes_its_own_data_and_nothing_else(officer: User) -> None:
    own, other = Ministry.objects.get(pk=officer.capacities[0].ministry_id), make_ministry()
    about = {"partnership": make_partnership(name="Flandern")}
    make_note(title="Unser Entwurf", ministry=own, **about)
    make_activity(title="=1+1", visibility="house", ministry=own)
    make_contact(function="Fremde Stelle", ministry=other, **about)

    book = book_of(signed_in(officer))

    words = words_in(book)
    assert {"Unser Entwurf", "Flandern", "=1+1", "Abgleich"} <= words
    assert "Fremde Stelle" not in words
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d"}
    assert len(book.sheetnames) == len(house_of()) + 1


def test_it_is_written_down(officer: User) -> None:
    book_of(signed_in(officer))

    disclosure = Disclosure.objects.get()
    assert (disclosure.made_by, disclosure.purpose) == (officer, "Abgleich")


def test_every_model_of_a_house_is_in_it() -> None:
    """Whatever has a house as its owner goes along, or stands below with the reason why not."""
    owned = {
        model
        for model in walk.models()
        if any(field.name == "ministry" for field in model._meta.concrete_fields)
    }
    assert {model._meta.label for model in owned - set(house_of())} == NOT_OF_A_HOUSE


# Of the register, of the coordination, of accounts, or on the way into it.
NOT_OF_A_HOUSE = {
    "guidelines.RequestLetter",
    "ministries.Appointment",
    "ministries.Responsibility",
    "partnerships.ColumnMapping",
    "partnerships.CorrectionRequest",
    "partnerships.Import",
    "partnerships.Lead",
    "partnerships.Organisation",
}
