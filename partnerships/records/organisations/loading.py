"""Loads organisations from the register's files; all of them unconfirmed, known to every house."""

from django_countries import countries

from ministries.loading.csv_reading import CsvRow
from ministries.loading.register_loading import RegisterLoad
from partnerships.records.organisations.models import Organisation
from partnerships.register.partners.regions import Region

KINDS = {kind.value: kind for kind in Organisation.Kind} | {
    "promotion": Organisation.Kind.BUSINESS_DEVELOPMENT
}
HOME = "Sachsen"


def load_organisations(load: RegisterLoad) -> None:
    places, is_complete = _places(load), all(load.known(Region).values())
    for row in load.rows("organisations.csv", "slug name kind seat region_or_country role source"):
        values = row.values(Organisation, but=("kind",)) | {
            "kind": KINDS.get(row.choice("kind", KINDS)),
            "place": row.text("seat"),
            "country": _country(row, places, is_complete=is_complete),
        }
        load.write_named(
            row, Organisation, values, {"place": "seat", "country": "region_or_country"}
        )


def _places(load: RegisterLoad) -> dict[str, str]:
    """Name of a state, or of a partner region under any of its names → code of the state."""
    regions = [region for region in load.known(Region).values() if region]
    return (
        {str(name): code for code, name in countries}
        | {name: str(one.country) for one in regions for name in (one.name, *one.alias_list)}
        | {HOME: "DE"}
    )


def _country(row: CsvRow, places: dict[str, str], *, is_complete: bool) -> str:
    """Where a line of regions.csv was refused, its name is not refused a second time."""
    name = row.text("region_or_country")
    if name and name not in places and is_complete:
        row.refuse("region_or_country", f"{HOME}, eine Partnerregion oder ein Staat.")
    return places.get(name, "")
