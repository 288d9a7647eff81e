"""Loads houses, subject areas and who is in charge of what from the register's files."""

from collections import defaultdict

from ministries.houses.models import Ministry, Responsibility, SubjectArea
from ministries.loading.csv_reading import CsvRow
from ministries.loading.register_loading import RegisterLoad, Values


def load_ministries(load: RegisterLoad) -> None:
    _load_houses(load)
    _load_subject_areas(load)
    _load_responsibilities(load)


def _load_houses(load: RegisterLoad) -> None:
    rows: list[tuple[CsvRow, Ministry | None]] = []
    columns = (
        "slug abbreviation name is_chancellery sort_order valid_from valid_until successors source"
    )
    for row in load.rows("ministries.csv", columns):
        rows.append((row, load.write_named(row, Ministry, row.values(Ministry))))
    known = load.known(Ministry)
    for row, ministry in rows:
        successors = row.references("successors", known, "einem Ressort aus ministries.csv")
        if ministry is not None and row.is_sound:
            load.write_links(row, ministry, "successors", successors)


def _load_subject_areas(load: RegisterLoad) -> None:
    for row in load.rows("subject_areas.csv", "slug name sort_order"):
        load.write_named(row, SubjectArea, row.values(SubjectArea))


def _load_responsibilities(load: RegisterLoad) -> None:
    areas, ministries = load.known(SubjectArea), load.known(Ministry)
    by_area: dict[SubjectArea | None, list[tuple[CsvRow, Values]]] = defaultdict(list)
    columns = "subject_area ministry valid_from valid_until source"
    for row in load.rows("responsibilities.csv", columns):
        area = row.reference("subject_area", areas, "einem Fachgebiet aus subject_areas.csv")
        ministry = row.reference("ministry", ministries, "einem Ressort aus ministries.csv")
        values = row.values(Responsibility) | {"ministry": ministry}
        if row.is_sound:
            by_area[area].append((row, values))
    for area, periods in by_area.items():
        load.write_periods(Responsibility, {"subject_area": area}, periods)
