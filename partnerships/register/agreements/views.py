"""The page of one agreement: its facts, what comes next, its chain, its promises and files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from ministries.clock import today
from partnerships.records.commitments.models import Commitment
from partnerships.records.documents.models import Document
from partnerships.register.agreements.anniversaries import next_anniversary
from partnerships.register.agreements.models import Agreement
from partnerships.register.agreements.terms import chain_of, coming_days
from partnerships.register.partners.facts import origin_of, term_words


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    user, day = request.user, today()
    seen = Agreement.objects.visible_to(user).with_renewal(day).with_deadlines(day)
    row: Any = get_object_or_404(seen.select_related("partnership"), pk=pk)
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
        "maintains": user.has_perm("partnerships.maintain_register"),
        "follow_up_url": _follow_up_url(request, row),
    }
    return render(request, "partnerships/agreement_page.html", context)


def _follow_up_url(request: HttpRequest, row: Agreement) -> str:
    if not request.user.has_perm("partnerships.add_follow_up"):
        return ""
    return f"{reverse('partnerships:follow-up-create')}?kind=vereinbarung&pk={row.pk}"
