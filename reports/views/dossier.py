"""The dossier on the screen, as PDF and as Word file; the address holds every choice."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ministries.clock import now, today
from partnerships.register.partners.page import find_partnership
from reports.asked import Asked, Edition
from reports.content import Facts, Part, Report, Table
from reports.dossier import make_dossier
from reports.forms import DossierForm
from reports.pdf import PDF_TYPE, report_pdf
from reports.word import report_docx
from ui.text import blocks
from ui.word import WORD_TYPE

MAKERS = {"pdf": (report_pdf, PDF_TYPE), "docx": (report_docx, WORD_TYPE)}


@require_safe
def dossier(request: HttpRequest, slug: str) -> HttpResponse:
    user = request.user
    partnership = find_partnership(user, slug, today())
    typed = request.GET if request.GET.keys() & set(DossierForm.base_fields) else None
    form = DossierForm(typed, user=user, partnership=partnership)
    is_refused = bool(form.errors)
    chosen = form.cleaned_data if form.is_bound else {}
    asked = Asked(
        partnership=partnership,
        user=user,
        day=today(),
        edition=Edition(chosen.get("fassung") or Edition.INTERNAL),
        activity=chosen.get("anlass"),
        months=chosen.get("monate") or 12,
    )
    report = make_dossier(
        asked, chosen=set(chosen.get("abschnitt", ())), now=timezone.localtime(now())
    )
    if request.GET.get("format") in MAKERS and not is_refused:
        return _file(request.GET["format"], slug, asked, report)
    state = request.GET.copy()
    state.pop("format", None)
    context = {
        "title": report.title,
        "partnership": partnership,
        "form": form,
        "report": report,
        "is_internal": asked.is_internal,
        "sections": [
            (section, [_shown(part) for part in section.parts]) for section in report.sections
        ],
        "state": state.urlencode(),
    }
    return render(request, "reports/dossier.html", context, status=400 if is_refused else 200)


def _file(kind: str, slug: str, asked: Asked, report: Report) -> HttpResponse:
    make, media_type = MAKERS[kind]
    response = HttpResponse(make(report), content_type=media_type)
    name = f"dossier-{slug}-{asked.edition.value}-{report.as_of:%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _shown(part: Part) -> dict[str, Any]:
    """For the template: which kind of part it is, and its blocks."""
    if isinstance(part, Facts):
        return {"kind": "facts", "rows": part.rows}
    if isinstance(part, Table):
        return {"kind": "table", "head": part.head, "rows": part.cells}
    return {"kind": "text", "part": part, "blocks": blocks(part.text)}
