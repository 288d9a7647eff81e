"""States by all their names."""

import gettext

import pycountry
import pytest
from django_countries import countries

from partnerships.register.partners.countries import codes_of, country_code

pytestmark = pytest.mark.long

NAMES = [
    ("Tschechische Republik", "CZ"), ("Česká republika", "CZ"), ("Czech Republic", "CZ"),
    ("Slowakische Republik", "SK"), ("Slovensko", "SK"), ("USA", "US"), ("U.S.A.", "US"),
    ("Vereinigte Staaten", "US"), ("Großbritannien", "GB"), ("Grossbritannien", "GB"), ("UK", "GB"),
    ("Republik Polen", "PL"), ("Polska", "PL"), ("pol", "PL"), ("Königreich der Niederlande", "NL"),
    ("Holland", "NL"), ("Russische Föderation", "RU"), ("Україна", "UA"), ("VR China", "CN"),
    ("Korea, Republik", "KR"), ("Republik Korea", "KR"), ("Oesterreich", "AT"), ("Tuerkei", "TR"),
    ("Schweizerische Eidgenossenschaft", "CH"), ("Côte d’Ivoire", "CI"), ("Moldau", "MD"),
    ("Tsche\u00adchien", "CZ"), ("Bundesrepublik Deutschland", "DE"), ("Magyarország", "HU"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "code"), NAMES)
def test_country_is_known_by_its_names(name: str, code: str) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize("language", ["de", "en"])
def test_every_iso_name_is_known(language: str) -> None:
    told = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language], fallback=True)
    missed = [
        name
        for country in pycountry.countries
        for kind in ("name", "official_name", "common_name", "alpha_2", "alpha_3")
        if (name := getattr(country, kind, ""))
        and {country_code(name), country_code(told.gettext(name))} != {country.alpha_2}
    ]

    assert missed == []
    assert [code for code, name in countries if country_code(str(name)) != code] == []


@pytest.mark.parametrize("name", ["Mordor", "Republik", "", "…", "Sachsen"])
def test_what_is_no_country_is_none(name: str) -> None:
    with pytest.raises(ValueError, match="ein Staat, zum Beispiel Polen"):
        country_code(name)


def test_search_finds_a_country_by_its_names() -> None:
    assert [codes_of(name) for name in ("Slowakische Republik", "Polska")] == [["SK"], ["PL"]]
