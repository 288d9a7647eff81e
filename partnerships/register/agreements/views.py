"""The list of agreements, those of a partnership, and the page of one with what comes next."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.history.references import with_references
from partnerships.imports.links import import_url
from partnerships.permissions import MAY_READ
from partnerships.records.commitments.models import Commitment
from partnerships.records.documents.models import Document
from partnerships.register.agreements.anniversaries import next_anniversary
from partnerships.register.agreements.columns import COLUMNS
from partnerships.register.agreements.filters import AgreementFilter
from partnerships.register.agreements.models import Agreement
from partnerships.register.agreements.terms import chain_of, coming_days, term_words
from partnerships.register.partners.facts import origin_of
from partnerships.register.partners.page import find_partnership, page_context
from ui.lists import Listing
from ui.views import ListPage

REGISTER = "partnerships.maintain_register"


@method_decorator(MAY_READ, name="dispatch")
class AgreementList(ListPage):
    title = "Vereinbarungen"
    noun = ("Vereinbarung", "Vereinbarungen")
    export_name = "vereinbarungen"
    filterset_class = AgreementFilter
    primary_filters = ("q", "end", "deadline", "kind")
    template_name = "partnerships/importable_list.html"
    default_sort = "term"
    columns = COLUMNS
    on_page = ("title", "partnership", "kind", "signed", "term")

    def queryset(self, request: HttpRequest) -> Any:
        seen = Agreement.objects.visible_to(request.user).select_related("partnership")
        return seen.with_renewal(today()).with_deadlines(today())

    def get_context(self, listing: Listing) -> dict[str, Any]:
        for row in listing.rows:
            row.is_late = row.has_run_out
        url = import_url(self.request.user, "vereinbarungen", REGISTER)
        return {"import_url": url}


@require_safe
def of_partnership(request: HttpRequest, slug: str) -> HttpResponse:
    day = today()
    partnership = find_partnership(request.user, slug, day)
    seen = Agreement.objects.visible_to(request.user).filter(partnership=partnership)
    ordered = seen.with_renewal(day).order_by("-has_run_out", "-signed_on", "slug")  # type: ignore[misc]  # annotated
    rows: list[Any] = list(with_references(ordered, request.user, "predecessor"))
    for row in rows:
        row.term_words = term_words(row, day, is_renewed=row.is_renewed)
        row.origin = origin_of(row)
    context = page_context(partnership, request.user, day, active="agreements")
    return render(
        request, "partnerships/partnership_agreements.html", context | {"agreements": rows}
    )


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    user, day = request.user, today()
    seen = Agreement.objects.visible_to(user).with_renewal(day).with_deadlines(day)
    row = get_object_or_404(seen.select_related("partnership"), pk=pk)
    siblings = Agreement.objects.visible_to(user).filter(partnership=row.partnership_id)
    chain = chain_of(row, list(siblings))
    promised = Commitment.objects.visible_to(user).in_use().filter(agreement=row)
    documents = Document.objects.visible_to(user).in_use().filter(agreement=row)
    context = {
        "title": row.title,
        "today": day,
        "agreement": row,
        "partnership": row.partnership,
        "origin": origin_of(row),
        "term_words": term_words(row, day, is_renewed=row.is_renewed),
        "coming": coming_days(row, day),
        "jubilee": next_anniversary(row.signed_on, row.signed_on_precision, day),
        "chain": chain if len(chain) > 1 else [],
        "commitments": list(promised.select_related("partnership", "ministry")),
        "documents": documents,
        "maintains": user.has_perm(REGISTER),
        "follow_up_url": _follow_up_url(request, row),
    }
    return render(request, "partnerships/agreement_page.html", context)


def _follow_up_url(request: HttpRequest, row: Agreement) -> str:
    if not request.user.has_perm("partnerships.add_follow_up"):
        return ""
    return f"{reverse('partnerships:follow-up-create')}?kind=vereinbarung&pk={row.pk}"
