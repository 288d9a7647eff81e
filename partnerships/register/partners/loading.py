"""Loads regions and partnerships from the register's files; all of it unconfirmed."""

from datetime import date, timedelta

from ministries.loading.csv_reading import CsvRow, read_day
from ministries.loading.register_loading import RegisterLoad, Values
from ministries.models import Ministry, SubjectArea
from partnerships.register.partners.countries import country_code
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region

REGION = "einer Partnerregion aus regions.csv"
MINISTRY = "einem Ressort aus ministries.csv"


def load_partnerships(load: RegisterLoad) -> None:
    _load_regions(load)
    _load_authorities(load)
    _load_partnerships(load)


def _load_regions(load: RegisterLoad) -> None:
    columns = (
        "slug name official_name aliases country iso_3166_2 nuts seat latitude longitude languages "
        "population population_year is_border_region source"
    )
    for row in load.rows("regions.csv", columns):
        values = row.values(Region, but=("country",)) | {
            "country": row.read("country", country_code, required=True),
            "aliases": "\n".join(row.items("aliases")),
            "languages": ";".join(row.items("languages")),
        }
        load.write_named(row, Region, values)


def _load_authorities(load: RegisterLoad) -> None:
    for row in load.rows("authorities.csv", "region name kind valid_from valid_until source"):
        region = row.reference("region", load.known(Region), REGION)
        values = row.values(PartnerAuthority)
        key = {"region": region, "name": values.pop("name")}
        if row.is_sound:
            load.write(row, PartnerAuthority, key, values)


def _load_partnerships(load: RegisterLoad) -> None:
    columns = (
        "slug regions status status_since status_reason scrutiny_since scrutiny_reason in_check kind "
        "since lead lead_since former_leads subject_areas source"
    )
    for row in load.rows("partnerships.csv", columns):
        regions = row.references("regions", load.known(Region), REGION)
        areas = row.references(
            "subject_areas", load.known(SubjectArea), "einem Fachgebiet aus subject_areas.csv"
        )
        values = row.values(Partnership)
        source = {"source": values["source"]}
        statuses, leads = _status_periods(row, source), _leads(row, load, source)
        established_on, precision = row.partial_date("since")
        if not row.items("regions"):
            row.refuse("regions", "mindestens eine Partnerregion.")
        values |= {
            "name": " / ".join(region.name for region in regions if region),
            "established_on": established_on,
            "established_on_precision": precision,
        }
        columns_of = {"established_on": "since", "name": "regions"}
        partnership = load.write_named(row, Partnership, values, columns_of)
        if partnership is None:
            continue
        load.write_links(row, partnership, "regions", regions)
        owner = {"partnership": partnership}
        load.write_periods(StatusPeriod, owner, statuses, {"valid_from": "status_since"})
        load.write_periods(Lead, owner, leads, {"valid_from": "lead_since", "ministry": "lead"})
        for area in areas:
            load.write(row, Participation, owner | {"subject_area": area}, source)


def _status_periods(row: CsvRow, source: Values) -> list[tuple[CsvRow, Values]]:
    """The status of today; if the partnership is older than it, active until the day before."""
    since, precision = row.partial_date("status_since")
    current = {
        **source,
        "status": row.choice("status", Partnership.Status.values),
        "reason": row.text("status_reason"),
        "valid_from": since,
        "valid_from_precision": precision,
        "valid_until": None,
    }
    begun, begun_precision = row.partial_date("since")
    if begun is None or since is None or begun >= since:
        return [(row, current)]
    earlier = current | {
        "status": Partnership.Status.ACTIVE,
        "reason": "",
        "valid_from": begun,
        "valid_from_precision": begun_precision,
        "valid_until": since - timedelta(days=1),
    }
    return [(row, earlier), (row, current)]


def _leads(row: CsvRow, load: RegisterLoad, source: Values) -> list[tuple[CsvRow, Values]]:
    """`former_leads` is `ministry:from:until`, several with `;`; an empty `lead` is a gap."""
    known = load.known(Ministry)
    leads: list[tuple[CsvRow, Values]] = []
    for item in row.items("former_leads"):
        try:
            slug, first, last = item.split(":")
            period = {
                "valid_from": date.fromisoformat(first) if first else None,
                "valid_until": date.fromisoformat(last),
            }
        except ValueError:
            row.refuse("former_leads", "ressort:2021-10-01:2024-12-18 je Eintrag.", item)
            continue
        if slug not in known:
            row.refuse("former_leads", f"der Kurzname von {MINISTRY}; diesen gibt es nicht.", slug)
        leads.append((row, {**source, "ministry": known.get(slug), **period}))
    since = row.read("lead_since", read_day)
    ministry = row.reference("lead", known, MINISTRY, required=False)
    if ministry is not None:
        current = {"ministry": ministry, "valid_from": since, "valid_until": None}
        leads.append((row, {**source, **current}))
    return leads
