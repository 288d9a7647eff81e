"""What the Revision reads: the changes of all records, and what left Brücke for which purpose."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from dashboards.revision import (
    FURTHEST_PAGE,
    MOST_EXPORTED,
    Asked,
    Entry,
    audited_by,
    entries,
    kinds,
)
from ministries.history.changes import KINDS, ON_SERVER
from ministries.models import Disclosure, Ministry, User
from ui.columns import Column
from ui.day_fields import PastDayField
from ui.exports import FORMATS, csv_response, xlsx_response
from ui.forms import Form
from ui.views import ListPage

MAY_AUDIT = permission_required("dashboards.audit", raise_exception=True)


class RevisionForm(Form):
    kind = forms.ChoiceField(label="Art", required=False)
    record = forms.IntegerField(label="Nr.", required=False, min_value=1, max_value=2**63 - 1)
    act = forms.ChoiceField(label="Was", required=False, choices=[("", "Alles"), *KINDS.items()])
    house = forms.ChoiceField(label="Im Namen von", required=False)
    person = forms.ModelChoiceField(
        User.objects.none(), label="Person", required=False, empty_label="Alle"
    )
    since = PastDayField(label="von", required=False)
    until = PastDayField(label="bis", required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own = audited_by(user)
        names = Ministry.objects.visible_to(user).order_by("sort_order", "pk")
        self.offer(
            kind=[("", "Alle"), *kinds().items()],
            house=[("", "Alle"), *((name, name) for name in abbreviations(names))],
            person=User.objects.visible_to(user).order_by("name", "pk"),
        )

    def asked(self) -> Asked:
        found = self.cleaned_data if self.is_valid() else {}
        person = found.get("person")
        return Asked(
            kind=found.get("kind", ""),
            act=found.get("act", ""),
            record=found.get("record"),
            house=found.get("house", ""),
            person=person.pk if person else None,
            since=found.get("since"),
            until=found.get("until"),
            own=self.own,
        )


def abbreviations(houses: QuerySet[Ministry]) -> list[str]:
    """Each once, even if two houses bore it one after the other."""
    return [*dict.fromkeys(houses.values_list("abbreviation", flat=True))]


COLUMNS: list[Column[Entry]] = [
    Column("moment", "Zeitpunkt"),
    Column("kind", "Art"),
    Column("record", "Nr."),
    Column("act", "Was"),
    Column("person", "Durch"),
    Column("roles", "In der Funktion"),
]


@require_safe
@MAY_AUDIT
def revision(request: HttpRequest) -> HttpResponseBase:
    form = RevisionForm(request.GET, user=request.user)
    if request.GET.get("format") in FORMATS:
        return _export(request.GET["format"], form.asked())
    sent = request.GET.get("page", "1")
    number = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 4 else 1
    page = min(max(number, 1), FURTHEST_PAGE)
    rows, has_older = entries(form.asked(), page)
    context = {
        "title": "Revision",
        "form": form,
        "rows": rows,
        "page": page,
        "older": page + 1 if has_older and page < FURTHEST_PAGE else None,
        "newer": page - 1 if page > 1 else None,
    }
    return render(request, "dashboards/revision.html", context)


def _export(kind: str, asked: Asked) -> HttpResponseBase:
    """The newest of what was asked for."""
    rows, has_older = entries(asked, 1, MOST_EXPORTED)
    if kind == "csv":
        return csv_response(name="revision", columns=COLUMNS, rows=rows)
    extent = f"die neuesten {len(rows)}, es gibt ältere" if has_older else "alle"
    facts = [("Umfang", extent)]
    return xlsx_response(name="revision", title="Revision", columns=COLUMNS, rows=rows, facts=facts)


@method_decorator(MAY_AUDIT, name="dispatch")
class DisclosureList(ListPage):
    title = "Ausgaben, Einsichten und Löschungen"
    noun = ("Eintrag", "Einträge")
    export_name = "ausgaben"
    empty_text = "Noch ist nichts ausgegeben, eingesehen oder gelöscht worden."
    default_sort = "-made"
    columns = [
        Column("subject", "Gegenstand", sort=["subject", "-made_at"]),
        Column("made", "Zeitpunkt", "made_at", ["made_at", "pk"]),
        Column("kind", "Art", lambda row: row.get_kind_display(), ["kind", "-made_at"]),
        Column("purpose", "Zweck"),
        Column("number", "Anzahl"),
        Column("person", "Durch", lambda row: row.made_by.name if row.made_by else ON_SERVER,
               ["made_by__name", "-made_at"]),
        Column("capacity", "In der Funktion"),
    ]  # fmt: skip

    def queryset(self, request: HttpRequest) -> Any:
        return Disclosure.objects.visible_to(request.user).select_related("made_by")
