"""Import of activities: found by number, else by title and first day."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from partnerships.imports.cells import Read, choice_words, read_period, words_of
from partnerships.imports.kinds import (
    HOUSE,
    NUMBER,
    NUMBER_COLUMN,
    SOURCE,
    CellError,
    Column,
    Draft,
    ImportKind,
    form_errors,
    of_one,
)
from partnerships.imports.marks import mark_source
from partnerships.records.activities.choices import form_choices
from partnerships.records.activities.forms import ActivityForm, stored_values
from partnerships.records.activities.levels import LEVELS_SPELLED, ContactLevel
from partnerships.records.activities.models import Activity
from partnerships.records.activities.states import ActivityState
from partnerships.records.shared.actions import change_record, create_record
from partnerships.register.partners.partnerships import Partnership
from ui.periods import Period
from ui.text import clean_line, folded

Links: TypeAlias = dict[str, list[int]]
PERIOD_FIELDS = ("starts_on", "starts_on_precision", "ends_on")
LINKED = ("partnerships", "subject_areas", "participating")
STATE = "geplant oder durchgeführt; alles andere entscheidet sich auf der Seite der Aktivität"


class ActivityImport(ImportKind):
    key = "aktivitaeten"
    title = "Aktivitäten"
    noun = ("Aktivität", "Aktivitäten")
    list_route = "partnerships:activities_list"
    identity = ("title", "period")
    model = Activity
    columns = (
        Column("title", ("Titel", "Bezeichnung", "Vorhaben", "Thema", "Maßnahme"), label="Aktivität",
               is_required=True, example="Gastspiel Kammerchor"),
        Column("period", ("Termin", "Datum", "Wann"), "oder Beginn und Ende", "3.–5.4.2026",
               label="Zeitraum", fills=PERIOD_FIELDS),
        Column("starts", ("von", "Start", "ab"), "wenn kein Zeitraum genannt ist", label="Beginn",
               fills=PERIOD_FIELDS),
        Column("ends", ("bis",), label="Ende"),
        Column("kind", ("Art der Aktivität", "Typ", "Format"), example="Veranstaltung"),
        Column("state", ("Status",), "geplant oder durchgeführt"),
        HOUSE,
        Column("participating", ("weitere Ressorts",), "mit ; dazwischen"),
        Column("partnerships", ("Partnerschaft", "Partner", "Partnerregion", "Region"),
               "Namen wie in Brücke, mit ; dazwischen"),
        Column("countries", ("Staaten", "Land", "Länder"), example="Polen, Tschechien"),
        Column("subject_areas", ("Fachgebiet", "Themenfeld"), "mit ; dazwischen"),
        Column("place", ("Veranstaltungsort",)),
        Column("leader", ("Leitung (Funktion)", "Delegationsleitung"), "eine Funktion", label="Leitung"),
        Column("level", ("Ebene", "Ebene des Kontakts", "Rang", "höchster Rang"),
               "höchster Rang der Staatsregierung", "Staatsminister/in"),
        Column("aims", ("Ziel", "Zweck")),
        Column("results", ("Ergebnis",)),
        Column("visibility", ("Sichtbarkeit",)),
        Column("file_reference", ("Az.", "Az")),
        SOURCE,
        NUMBER_COLUMN,
    )  # fmt: skip

    def __init__(self, **kwargs: Any) -> None:
        user = kwargs["user"]
        self.choices = form_choices(user)
        self.words = {name: dict(self.choices.get(name, [])) for name in LINKED}
        super().__init__(**kwargs)
        own = Activity.objects.visible_to(user).filter(ministry=self.ministry).in_use()
        self.by_pk = {row.pk: row for row in own.prefetch_related(*LINKED)}
        self.by_title: dict[Any, list[Activity]] = defaultdict(list)
        for row in self.by_pk.values():
            self.by_title[folded(row.title), row.starts_on].append(row)

    def readers(self) -> dict[str, Read]:
        areas = words_of("ein Fachgebiet aus Brücke", self._offered("subject_areas"))
        pairs = self._offered("participating")
        houses = words_of("ein Ressort, zum Beispiel SMWK", [*pairs, *self._abbreviations()])
        states = choice_words(ActivityState.choices)
        return super().readers() | {
            "countries": clean_line,
            "period": read_period,
            "starts": read_period,
            "ends": read_period,
            "level": choice_words(ContactLevel.choices, LEVELS_SPELLED),
            "state": replace(states, offered=()),  # most of them are not for a file
            "partnerships": self._keys(self.partnerships().several),
            "subject_areas": areas.several,
            "participating": houses.several,
        }

    def _offered(self, name: str) -> list[tuple[str, str]]:
        return [(words, str(code)) for code, words in self.choices.get(name, [])]

    def _abbreviations(self) -> list[tuple[str, str]]:
        offered = {str(code) for code, _ in self.choices.get("participating", [])}
        houses = type(self.ministry).objects.filter(pk__in=offered)
        return [
            (abbreviation, str(pk)) for pk, abbreviation in houses.values_list("pk", "abbreviation")
        ]

    def _keys(self, several: Callable[[str], list[Partnership]]) -> Read:
        return lambda text: [str(row.pk) for row in several(text)]

    def draft(self, values: Mapping[str, Any]) -> Draft[Activity]:
        period = period_of(values)
        found = self._found(values, period)
        record = found or Activity(ministry=self.ministry)
        before = self.told(record) if found else {}
        keys = {name: [row.pk for row in getattr(found, name).all()] for name in LINKED if found}
        if found is None and period is None:
            raise CellError("period", "ein Zeitraum, zum Beispiel 3.4.2026 oder April 2026")
        form = self._form(record, values, period)
        if not form.is_valid():
            raise form_errors(form, self.columns)
        for name, value in form.columns().items():
            setattr(record, name, value)
        self._set_state(record, values, is_new=found is None)
        record.source = values.get("source") or record.source
        names = [name for name in values if name not in (*LINKED, "pk", "ministry")]
        draft = self.compared(Draft(record, found is None), before, names)
        self._compare_links(draft, form.links(), keys, values)
        return draft

    def _form(
        self, record: Activity, values: Mapping[str, Any], period: Period | None
    ) -> ActivityForm:
        data = dict(stored_values(record, {})) if record.pk else {}
        data = {name: value for name, value in data.items() if value not in (None, False)}
        data |= {"kind": record.kind, "visibility": record.visibility}
        data |= {name: value for name, value in values.items() if name in ActivityForm.base_fields}
        own = str(self.ministry.pk)
        data["ministry"] = own
        if "participating" in data:  # a list may well name the house that leads among the others
            data["participating"] = [pk for pk in data["participating"] if pk != own]
        if period:
            data["period"] = str(period)
        houses = [(own, self.ministry.abbreviation)]
        return ActivityForm(data, houses=houses, choices=self.choices | self._named(values))

    def _named(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Of long choices only what the row names: a form would copy all of them for each row."""
        return {
            name: [
                (pk, self.words[name][pk]) for pk in values.get(name, ()) if pk in self.words[name]
            ]
            for name in LINKED
        }

    def _found(self, values: Mapping[str, Any], period: Period | None) -> Activity | None:
        if number := values.get("pk"):
            if not (number.isdigit() and int(number) in self.by_pk):
                raise CellError("pk", NUMBER)
            return self.by_pk[int(number)]
        same = self.by_title.get((folded(values["title"]), period.first), []) if period else []
        return of_one(same, "title", "diese Aktivität an diesem Tag")

    def _set_state(self, record: Activity, values: Mapping[str, Any], *, is_new: bool) -> None:
        state = values.get("state", record.state)
        if state == record.state:
            return
        if not is_new or state not in (ActivityState.PLANNED, ActivityState.DONE):
            raise CellError("state", STATE)
        if state == ActivityState.DONE and record.starts_on > self.day:
            raise CellError("state", "geplant, denn die Aktivität hat noch nicht begonnen")
        record.state = state

    def _compare_links(
        self, draft: Draft[Activity], sent: Links, keys: Links, values: Mapping[str, Any]
    ) -> None:
        labels = {column.name: column.label for column in self.columns}
        for name in LINKED:
            old = keys.get(name, [])
            if name in values and set(sent[name]) != set(old):
                words = self.words[name]
                told = [
                    "; ".join(words.get(str(pk), "") for pk in pks) for pks in (old, sent[name])
                ]
                draft.changes.append((labels[name], told[0], told[1]))
                draft.links[name] = sent[name]

    def told(self, record: Activity) -> dict[str, str]:
        period = record.period_words
        return super().told(record) | {"period": period, "starts": period}

    def write(self, draft: Draft[Activity], *, source: str) -> Any:
        record = draft.record
        mark_source(draft, source, self.day)
        if draft.is_new:
            return create_record(record=record, links=draft.links, by=self.user)
        return change_record(
            record=record,
            fields=self.fields_of(draft),
            links=draft.links,
            expected_version=record.version,
            by=self.user,
        )


def period_of(values: Mapping[str, Any]) -> Period | None:
    """The period named in words, else from its beginning and its end, months among them."""
    period: Period | None = values.get("period") or values.get("starts")
    ends: Period | None = values.get("ends")
    if period is None or ends is None or "period" in values:
        return period
    if ends.end < period.first:
        raise CellError("ends", "ein Ende, das nicht vor dem Beginn liegt")
    return replace(period, last=ends.end if ends.end != period.end else period.last)
