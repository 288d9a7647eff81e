"""Loads regions and partnerships from the register's files; all of it unconfirmed."""

from datetime import date, timedelta
from typing import Any

from ministries.loading.csv_reading import CsvRow
from ministries.loading.register_loading import RegisterLoad, Values
from ministries.models import Ministry, SubjectArea
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
        values = {
            "name": row.text("name", required=True),
            "official_name": row.text("official_name"),
            "aliases": "\n".join(row.items("aliases")),
            "country": row.text("country", required=True),
            "iso_3166_2": row.text("iso_3166_2"),
            "nuts": row.text("nuts"),
            "seat": row.text("seat"),
            "latitude": row.decimal("latitude"),
            "longitude": row.decimal("longitude"),
            "languages": ";".join(row.items("languages")),
            "population": row.whole_number("population"),
            "population_year": row.whole_number("population_year"),
            "is_border_region": row.yes_no("is_border_region"),
            "source": row.text("source", required=True),
        }
        load.write_named(row, Region, values)


def _load_authorities(load: RegisterLoad) -> None:
    for row in load.rows("authorities.csv", "region name kind valid_from valid_until source"):
        region = row.reference("region", load.known(Region), REGION)
        name = row.text("name", required=True)
        valid_from, precision = row.partial_date("valid_from")
        values = {
            "kind": row.choice("kind", PartnerAuthority.Kind),
            "valid_from": valid_from,
            "valid_from_precision": precision,
            "valid_until": row.day("valid_until"),
            "source": row.text("source", required=True),
        }
        if row.is_sound:
            load.write(row, PartnerAuthority, {"region": region, "name": name}, values)


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
        source = row.text("source", required=True)
        statuses, leads = _status_periods(row, source), _leads(row, load, source)
        established_on, precision = row.partial_date("since")
        if not row.items("regions"):
            row.refuse("regions", "mindestens eine Partnerregion.")
        values = {
            "name": " / ".join(region.name for region in regions if region),
            "kind": row.choice("kind", Partnership.Kind),
            "in_check": row.yes_no("in_check"),
            "established_on": established_on,
            "established_on_precision": precision,
            "scrutiny_since": row.day("scrutiny_since"),
            "scrutiny_reason": row.text("scrutiny_reason"),
            "source": source,
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
            load.write(row, Participation, owner | {"subject_area": area}, {"source": source})


def _status_periods(row: CsvRow, source: str) -> list[tuple[CsvRow, Values]]:
    """The status of today; if the partnership is older than it, active until the day before."""
    since, precision = row.partial_date("status_since")
    status = row.choice("status", Partnership.Status)
    current = _period(since, precision) | {
        "status": status,
        "reason": row.text("status_reason"),
        "source": source,
    }
    begun, begun_precision = row.partial_date("since")
    if begun is None or since is None or begun >= since:
        return [(row, current)]
    earlier = _period(begun, begun_precision, until=since - timedelta(days=1)) | {
        "status": Partnership.Status.ACTIVE,
        "reason": "",
        "source": source,
    }
    return [(row, earlier), (row, current)]


def _period(since: date | None, precision: str, until: date | None = None) -> dict[str, Any]:
    return {"valid_from": since, "valid_from_precision": precision, "valid_until": until}


def _leads(row: CsvRow, load: RegisterLoad, source: str) -> list[tuple[CsvRow, Values]]:
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
        leads.append((row, {"ministry": known.get(slug), "source": source} | period))
    since = row.day("lead_since")
    ministry = row.reference("lead", known, MINISTRY, required=False)
    if ministry is not None:
        current = {"ministry": ministry, "valid_from": since, "valid_until": None}
        leads.append((row, current | {"source": source}))
    return leads
