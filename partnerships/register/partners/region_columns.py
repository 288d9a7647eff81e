"""The columns of the list of regions."""

from django.db.models import F
from django.utils.html import format_html
from django.utils.safestring import SafeString

from partnerships.register.partners.country_names import country_name
from partnerships.register.partners.list_rows import partnership_lines
from partnerships.register.partners.regions import Region
from ui import markup
from ui.columns import Column
from ui.dates import german_number


def _name(row: Region) -> SafeString:
    words = row.name
    if row.official_name:
        words = format_html(
            '{} <span class="note" lang="{}">{}</span>',
            words,
            row.first_language,
            row.official_name,
        )
    border = "Verflechtungsraum" if row.is_border_region else ""
    return markup.noted(words, border, "" if row.is_confirmed else "unbestätigt")


def _population(row: Region) -> SafeString:
    return markup.noted(german_number(row.population), row.population and row.population_year)


def _authorities(row: Region) -> SafeString:
    return markup.lines(markup.line(name) for name in row.authority_names)


def _partnerships(row: Region) -> SafeString:
    return markup.lines(partnership_lines(row.partnership_links), "keine")


REGION_COLUMNS: list[Column[Region]] = [
    Column("name", "Partnerregion", sort=["sort_key"], cell=_name),
    Column("official_name", "Amtlicher Name"),
    Column("aliases", "Andere Namen", lambda row: ", ".join(row.alias_list)),
    Column("country", "Staat", lambda row: country_name(row.country), ["country", "sort_key"]),
    Column("iso_3166_2", "ISO 3166-2"),
    Column("nuts", "NUTS"),
    Column("seat", "Sitz"),
    Column("population", "Einwohner", sort=[F("population").desc(nulls_last=True), "sort_key"], cell=_population,
           is_numeric=True),
    Column("population_year", "Einwohner im Jahr"),
    Column("is_border_region", "Verflechtungsraum"),
    Column("authorities", "Partnerbehörden", lambda row: ", ".join(row.authority_names), cell=_authorities),
    Column("partnerships", "Partnerschaften", lambda row: ", ".join(link["name"] for link in row.partnership_links),
           cell=_partnerships),
    Column("is_confirmed", "Bestätigt"),
    Column("source", "Quelle"),
]  # fmt: skip
