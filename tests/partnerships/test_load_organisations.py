"""`load_register`: who takes part in public activities besides the houses."""

from pathlib import Path

import pytest

from partnerships.models import Organisation
from tests.partnerships.register_files import changed, load, refusal_of, write_files


def test_kind_place_and_state_of_the_file(db: None, tmp_path: Path) -> None:
    load(write_files(tmp_path))

    choir = Organisation.objects.get(external_key="chor")
    assert (choir.kind, choir.place, choir.country, choir.role) == (
        *("ensemble", "Dresden", "DE"),
        "singt in Flandern",
    )
    other = Organisation.objects.get(external_key="wfs")
    assert (other.kind, other.country) == ("business_development", "BE")


def test_none_of_the_real_ones_is_of_another_kind(real_register: None) -> None:
    assert not Organisation.objects.filter(kind=Organisation.Kind.OTHER).exists()
    assert not Organisation.objects.filter(country="").exists()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",Sachsen,", ",Preußen,", "Spalte „region_or_country“: Wert „Preußen“"),
        (",promotion,", ",laden,", "organisations.csv, Zeile 3, Spalte „kind“"),
    ],
)
def test_wrong_cells_are_named(db: None, tmp_path: Path, old: str, new: str, message: str) -> None:
    assert message in refusal_of(write_files(tmp_path, **changed("organisations", old, new)))
