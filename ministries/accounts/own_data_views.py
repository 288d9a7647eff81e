"""Was Brücke über mich speichert: as a page, and to take along."""

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ministries.accounts.own_data import Line, Section, own_data
from ui.columns import Column
from ui.demo import demo_mark
from ui.exports import csv_response
from ui.text import clean_all

COLUMNS: list[Column[tuple[Section, Line]]] = [
    Column("section", "Abschnitt", lambda row: row[0].title),
    Column("label", "Angabe", lambda row: row[1].label),
    Column("value", "Inhalt", lambda row: row[1].value),
    Column("kept", "Aufbewahrung", lambda row: row[0].kept),
]
NAME = "meine-daten"


@require_safe
def my_data(request: HttpRequest) -> HttpResponseBase:
    sections = own_data(request.user, request.session.get_expiry_date())
    wanted = request.GET.get("format", "")
    if wanted == "csv":
        return csv_response(name=NAME, columns=COLUMNS, rows=_rows(sections))
    if wanted == "json":
        return _json(sections)
    context = {"title": "Was Brücke über mich speichert", "sections": sections}
    return render(request, "ministries/own_data.html", context)


def _rows(sections: list[Section]) -> list[tuple[Section, Line]]:
    return [(section, line) for section in sections for line in section.lines]


def _json(sections: list[Section]) -> HttpResponse:
    mark = {"mark": demo_mark()} if demo_mark() else {}
    data = mark | {"sections": [asdict(section) for section in sections]}
    options = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(clean_all(data), json_dumps_params=options)
    response["Content-Disposition"] = f'attachment; filename="{NAME}.json"'
    return response
