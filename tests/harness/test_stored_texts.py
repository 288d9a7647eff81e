"""A text is stored as `ui.text` cleans it, in every field of every model, through every door."""

from collections.abc import Callable

import pytest
from django.db import connection, models
from django_countries.fields import CountryField

from partnerships.models import Region
from tests import factories
from tests.harness import walk
from tests.signs import TYPED_AND_KEPT
from ui.text_fields import Cleaned, LineField, ProseField

# What no person types, or only in one spelling.
AS_IT_IS = {
    "ministries.Disclosure.query": "part of an address",
    "ministries.Notification.link": "an address with a key",
    "ministries.Notification.message_id": "made by machine",
    "ministries.User.password": "sealed",
    "guidelines.RequestLetter.message_id": "made by machine",
    "partnerships.ColumnMapping.fingerprint": "a checksum",
    "partnerships.ColumnMapping.kind": "a key of the code",
    "partnerships.Document.checksum": "a checksum",
    "partnerships.Document.media_type": "found by machine",
    "partnerships.Document.storage_name": "made by machine",
    "partnerships.Import.fingerprint": "a checksum",
    "partnerships.Import.kind": "a key of the code",
    "partnerships.Partnership.search_text": "written by the database",
    "ui.FormReceipt.location": "an address",
    "ui.FormReceipt.path": "an address",
}
TEXTS = [
    pytest.param(field, id=f"{walk.label(model)}.{field.name}")
    for model in walk.models()
    for field in model._meta.local_concrete_fields
    if isinstance(field, models.CharField | models.TextField)
    and not isinstance(field, models.SlugField | CountryField)
    and not field.choices
]


@pytest.mark.parametrize("field", TEXTS)
def test_text_field_cleans_what_it_stores(field: models.Field) -> None:
    assert isinstance(field, Cleaned) is not (f"{walk.label(field.model)}.{field.name}" in AS_IT_IS)


@pytest.mark.parametrize("field", TEXTS)
def test_text_of_each_class_is_stored_clean(field: models.Field) -> None:
    if not isinstance(field, Cleaned):
        return
    for typed, kept in TYPED_AND_KEPT.values():
        stored = field.get_db_prep_save(typed, connection)
        assert stored == field.to_python(typed)
        assert " ".join(stored.split()) == kept
        assert isinstance(field, ProseField) or stored == kept


def test_migrations_know_the_fields_as_djangos_own() -> None:
    assert LineField(max_length=9).deconstruct()[1] == "django.db.models.CharField"
    assert ProseField().clone().deconstruct()[1] == "django.db.models.TextField"


def save(name: str) -> None:
    factories.make_region(name=name)


def bulk_create(name: str) -> None:
    Region.objects.bulk_create([Region(slug="neu", name=name, country="PL")])


def update(name: str) -> None:
    factories.make_region()
    Region.objects.update(name=name)


def bulk_update(name: str) -> None:
    region = factories.make_region()
    region.name = name
    Region.objects.bulk_update([region], ["name"])


def save_versioned(name: str) -> None:
    region = factories.make_region()
    region.name = name
    region.save_versioned(expected=1, fields=["name"])


@pytest.mark.django_db
@pytest.mark.parametrize("write", [save, bulk_create, update, bulk_update, save_versioned])
def test_no_way_of_writing_passes_the_clean_up(write: Callable[[str], None]) -> None:
    write("Nieder\u00a0schle\u00adsien")

    assert Region.objects.values_list("name", flat=True).get() == "Nieder schlesien"


@pytest.mark.django_db
def test_looking_up_cleans_as_well() -> None:
    factories.make_region(name="Québec")

    assert Region.objects.filter(name="Que\u0301bec").exists()
    assert Region.objects.filter(name__in=["Qué\u00adbec"]).exists()
