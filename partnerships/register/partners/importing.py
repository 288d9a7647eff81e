"""Import of whole partnerships by the coordination: what a list of another office knows of them.

A new one is written with status and Federführung; of a known one these are changed on its page only,
by the act that asks for the reason.
"""

from collections.abc import Mapping
from typing import Any

from ministries.models import Ministry, SubjectArea
from partnerships.imports.cells import (
    Read,
    choice_words,
    read_past_partial,
    text_up_to,
    words_of,
)
from partnerships.imports.kinds import SOURCE, CellError, Column, Draft
from partnerships.imports.marks import mark_source
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.region_importing import SLUG, NamedImport
from partnerships.register.partners.regions import Region
from partnerships.register.partners.row_actions import create_partnership, extend_partnership
from partnerships.register.partners.statuses import status_word
from ui.dates import partial_date
from ui.text import clean_line, folded

ADDED = "mit ; dazwischen; fehlende werden ergänzt, keine wird entfernt"
ONLY_NEW = "nur bei neuen; sonst ändern Sie es auf der Seite der Partnerschaft"
ELSEWHERE = "geändert wird es auf der Seite der Partnerschaft"
# Columns that lead to rows of their own.
LINKED = ("regions", "areas")
STANDING = ("status", "since", "reason", "lead", "lead_since")


class PartnershipImport(NamedImport):
    key = "partnerschaften"
    title = "Partnerschaften"
    noun = ("Partnerschaft", "Partnerschaften")
    list_route = "partnerships:list"
    this = "diese Partnerschaft"
    model = Partnership
    columns = (
        Column("name", ("Name", "Partner"), label="Partnerschaft", is_required=True),
        Column("regions", ("Partnerregion", "Region", "Regionen"), ADDED),
        Column("kind", ("Art", "Typ")),
        Column("established", ("Beginn", "gegründet"), example="April 1999", label="besteht seit",
               fills=("established_on", "established_on_precision")),
        Column("status", ("Stand",), ONLY_NEW, label="Status"),
        Column("since", (), ONLY_NEW, "1999", "Status seit"),
        Column("reason", ("Grund",), ONLY_NEW, label="Grund des Status"),
        Column("lead", ("federführend", "Ressort"), ONLY_NEW, label="Federführung"),
        Column("lead_since", (), ONLY_NEW, label="Federführung seit"),
        Column("areas", ("Fachgebiet", "Themen"), ADDED, label="Fachgebiete"),
        Column("in_check", (), "ja oder nein", label="im Leitlinien-Check"),
        Column("file_reference", ("Az.", "Az")),
        SOURCE,
        SLUG,
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        rows: Any = Partnership.objects.visible_to(self.user).with_standing(self.user, self.day)
        self.rows = list(rows.prefetch_related("regions", "participations__subject_area"))
        self.index()

    def readers(self) -> dict[str, Read]:
        regions = Region.objects.visible_to(self.user)
        areas = SubjectArea.objects.visible_to(self.user)
        # Abbreviations come back under a new name: the house of today is meant.
        houses = [
            house for house in Ministry.objects.visible_to(self.user) if house.contains(self.day)
        ]
        named = [(name, region) for region in regions for name in (region.name, region.slug)]
        others = [(name, region) for region in regions for name in region.names]
        known_areas = [(name, area) for area in areas for name in (area.name, area.slug)]
        return super().readers() | {
            "reason": clean_line,
            "name": text_up_to(120),
            "regions": words_of(
                "eine Partnerregion, wie sie in Brücke heißt", named, others
            ).several,
            "areas": words_of("ein Fachgebiet, wie es in Brücke heißt", known_areas).several,
            "status": choice_words(Partnership.Status.choices),
            **dict.fromkeys(("established", "since", "lead_since"), read_past_partial),
            "lead": words_of(
                "ein Ressort, zum Beispiel SK, oder leer",
                [
                    ("nicht erfasst", ""),
                    *(
                        (name, house)
                        for house in houses
                        for name in (house.abbreviation, house.name)
                    ),
                ],
            ),
        }

    def draft(self, values: Mapping[str, Any]) -> Draft:
        own = {name: v for name, v in values.items() if name not in (*LINKED, *STANDING)}
        draft = super().draft(own)
        if draft.is_new:
            self._refuse_half(draft.record, values)
            draft.acts = {name: values[name] for name in STANDING if values.get(name)}
        told = self.told(draft.record)
        labels = {column.name: column.label for column in self.columns}
        for name in (name for name in STANDING if name in values):
            words = _words(values[name])
            if draft.is_new and words:
                draft.changes.append((labels[name], "", words))
            elif not draft.is_new and folded(told.get(name, words)) != folded(words):
                raise CellError(name, f"{told[name] or 'leer'}, wie in Brücke; {ELSEWHERE}")
        for name in (name for name in LINKED if name in values):
            self._compare_links(draft, name, values[name], labels[name])
        return draft

    def _refuse_half(self, record: Partnership, values: Mapping[str, Any]) -> None:
        if not values.get("regions"):
            raise CellError("regions", "mindestens eine Partnerregion, wie sie in Brücke heißt")
        if "kind" not in values:
            raise CellError("kind", self.read["kind"].expected)  # type: ignore[attr-defined]
        if values.get("status") and "since" not in values:
            raise CellError("since", "der Beginn des Status, zum Beispiel 1999 oder 3.4.2026")
        if values.get("lead") and "lead_since" not in values and "since" not in values:
            raise CellError("lead_since", "der Beginn der Federführung")
        for name in ("since", "lead_since"):
            if name in values and values[name].first > self.day:
                raise CellError(name, "ein Beginn, der nicht in der Zukunft liegt")

    def _compare_links(self, draft: Draft, name: str, named: list[Any], label: str) -> None:
        had = [] if draft.is_new else _linked(draft.record, name)
        more = [row for row in dict.fromkeys(named) if row not in had]
        if more:
            words = ["; ".join(row.name for row in rows) for rows in (had, [*had, *more])]
            draft.changes.append((label, words[0], words[1]))
            draft.links[name] = [row.pk for row in more]

    def other_names(self, row: Any) -> list[str]:
        """Those of its region; of several regions none stands for the whole."""
        regions = row.regions.all()
        return regions[0].names if len(regions) == 1 else []

    def fill(self, record: Partnership, values: Mapping[str, Any]) -> None:
        super().fill(record, {name: v for name, v in values.items() if name != "established"})
        if period := values.get("established"):
            record.established_on = period.first
            record.established_on_precision = period.precision

    def told(self, record: Any) -> dict[str, str]:
        status, since = getattr(record, "status", None), getattr(record, "status_since", None)
        return super().told(record) | {
            "established": partial_date(record.established_on, record.established_on_precision),
            "status": status_word(status, ""),
            "since": partial_date(since, record.status_since_precision or "day") if since else "",
            "lead": getattr(record, "lead_abbreviation", None) or "",
        }

    def write(self, draft: Draft, *, source: str) -> Any:
        """What is only added to a known one leaves its own confirmation alone."""
        origin = {"source": source, "as_of": self.day}
        if draft.is_new or draft.fields:
            mark_source(draft, source, self.day)
            origin["source"] = draft.record.source
        if draft.is_new:
            return create_partnership(
                record=draft.record, links=draft.links, standing=draft.acts, by=self.user
            )
        return extend_partnership(
            record=draft.record,
            fields=self.fields_of(draft),
            links=draft.links,
            origin=origin,
            expected_version=draft.record.version,
            by=self.user,
        )


def _linked(record: Any, name: str) -> list[Any]:
    if name == "regions":
        return list(record.regions.all())
    return [row.subject_area for row in record.participations.all()]


def _words(value: Any) -> str:
    if isinstance(value, Ministry):
        return value.abbreviation
    if hasattr(value, "precision"):
        return partial_date(value.first, value.precision)
    return str(Partnership.Status(value).label) if value in Partnership.Status else str(value)
