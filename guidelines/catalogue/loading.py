"""Loads the guidelines and their criteria from the register's files and publishes the edition."""

from typing import Any, TypeAlias

from guidelines.catalogue.models import Criterion, Edition, Guideline
from ministries.clock import now
from ministries.loading.csv_reading import CsvRow
from ministries.loading.register_loading import RegisterLoad
from ministries.models import SubjectArea

Guidelines: TypeAlias = dict[tuple[str, str], Guideline | None]
PUBLISHED = "die Fassung ist veröffentlicht und bleibt, wie sie ist"
EDITION = "einer Fassung aus editions.csv"


def load_guidelines(load: RegisterLoad) -> None:
    """A published edition is not changed any more: where the file differs, the edition stays."""
    editions = _load_editions(load)
    guidelines = _load_guidelines(load)
    _load_criteria(load, guidelines)
    if not load.problems:
        for edition in editions:
            edition.published_at = now()
            edition.save(update_fields=["published_at"])


def _load_editions(load: RegisterLoad) -> list[Edition]:
    unpublished = []
    for row in load.rows("editions.csv", "slug title adopted_on adopted_note body source"):
        fixed = _fixed(load.known(Edition).get(row.text("slug")))
        edition = load.write_named(row, Edition, row.values(Edition), fixed=fixed)
        if edition is not None and edition.published_at is None:
            unpublished.append(edition)
    return unpublished


def _load_guidelines(load: RegisterLoad) -> Guidelines:
    """(edition, number) as the file has them → guideline; None where its line was refused."""
    known: Guidelines = {}
    for row in load.rows("guidelines.csv", "edition number kind title text source"):
        edition = row.reference("edition", load.known(Edition), EDITION)
        values = row.values(Guideline)
        key = {"edition": edition, "number": values.pop("number")}
        guideline = None
        if row.is_sound:
            guideline = load.write(row, Guideline, key, values, fixed=_fixed(edition))
        known[row.text("edition"), row.text("number")] = guideline
    return known


def _fixed(edition: Edition | None) -> str:
    return PUBLISHED if edition is not None and edition.published_at is not None else ""


def _load_criteria(load: RegisterLoad, guidelines: Guidelines) -> None:
    columns = (
        "edition guideline code question help answered_by scale answer_0 answer_1 answer_2 answer_3 "
        "applies_to source"
    )
    for row in load.rows("criteria.csv", columns):
        edition = row.reference("edition", load.known(Edition), EDITION)
        place = row.text("edition"), row.text("guideline")
        if place not in guidelines:
            row.refuse("guideline", "die Nummer einer Leitlinie dieser Fassung.")
        values = row.values(Criterion, but=("code", "answered_by"))
        values |= {"help_text": row.text("help")} | _addressee(row, load)
        guideline = guidelines.get(place)
        if row.is_sound and guideline is not None:
            key = {"guideline": guideline, "code": row.text("code", required=True)}
            columns_of = {"help_text": "help"}
            load.write(row, Criterion, key, values, columns_of, fixed=_fixed(edition))


def _addressee(row: CsvRow, load: RegisterLoad) -> dict[str, Any]:
    """`answered_by` is `all`, `lead` or the short name of a subject area."""
    value = row.text("answered_by", required=True)
    if value in (Criterion.Addressee.ALL, Criterion.Addressee.LEAD):
        return {"answered_by": value, "subject_area": None}
    what = "einem Fachgebiet (oder: all, lead)"
    area = row.reference("answered_by", load.known(SubjectArea), what)
    return {"answered_by": Criterion.Addressee.AREA, "subject_area": area}
