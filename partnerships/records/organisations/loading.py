"""Loads organisations from the register's files; all of them unconfirmed, known to every house."""

from contextlib import suppress

from ministries.loading.csv_reading import CsvRow
from ministries.loading.register_loading import RegisterLoad
from partnerships.records.organisations.models import Organisation
from partnerships.register.partners.countries import country_code
from partnerships.register.partners.regions import Region

KINDS = {kind.value: kind for kind in Organisation.Kind} | {
    "promotion": Organisation.Kind.BUSINESS_DEVELOPMENT
}
HOME = "Sachsen"


def load_organisations(load: RegisterLoad) -> None:
    known = load.known(Region).values()
    regions = [region for region in known if region]
    places = {name: str(region.country) for region in regions for name in region.names}
    for row in load.rows("organisations.csv", "slug name kind seat region_or_country role source"):
        values = row.values(Organisation, but=("kind",)) | {
            "kind": KINDS.get(row.choice("kind", KINDS)),
            "place": row.text("seat"),
            "country": _country(row, places | {HOME: "DE"}, is_complete=all(known)),
        }
        load.write_named(
            row, Organisation, values, {"place": "seat", "country": "region_or_country"}
        )


def _country(row: CsvRow, places: dict[str, str], *, is_complete: bool) -> str:
    """Where a line of regions.csv was refused, its name is not refused a second time."""
    name = row.text("region_or_country")
    if not name or name in places:
        return places.get(name, "")
    with suppress(ValueError):
        return country_code(name)
    if is_complete:
        row.refuse("region_or_country", f"{HOME}, eine Partnerregion oder ein Staat.")
    return ""
