"""What a colleague is asked: read and answered on one page."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from guidelines.delegations.actions import answer_all
from guidelines.delegations.drafts import DelegationDraft, keep_drafts
from guidelines.delegations.forms import AnswerForm
from guidelines.delegations.models import Delegation
from guidelines.delegations.pages import in_order, names_of, open_for
from guidelines.statements.draft_views import is_number
from ministries.clock import today
from ui.errors import Refusal
from ui.text import clean_text
from ui.views import FormPage

TYPED = re.compile(r"(?:answer|reason)_([0-9]{1,18})")
ON_A_PAGE = 30


class DelegationPage(FormPage):
    """Everything somebody was asked inside the house, in one form."""

    form_class = AnswerForm
    template_name = "guidelines/delegations.html"
    title = "Zuarbeit"
    submit_label = "Antworten senden"
    audience = (
        "Nur Ihr Haus. Wer die Stellungnahme schreibt, liest Ihre Antwort neben der eigenen und "
        "entscheidet, was davon übernommen wird."
    )
    open_ones: Sequence[Delegation] = ()
    gone: Sequence[tuple[Delegation, str]] = ()
    drafts: Sequence[DelegationDraft] = ()
    resting = ""
    page: Page[Delegation] | None = None

    def prepare(self, request: HttpRequest) -> None:
        """`?s=1` leaves only the questions about this statement."""
        if not request.user.ministry_ids():
            raise PermissionDenied
        rows = open_for(request.user, today())
        if request.method == "POST":
            self._read_sent(request, rows)
            return
        chosen = [int(key) for key in request.GET.getlist("s") if is_number(key)]
        shown = rows.filter(statement__in=chosen) if chosen else rows
        self.page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
        self.open_ones = list(self.page.object_list)
        resting = Delegation.objects.asked_of(request.user).resting(today())
        self.resting = names_of(
            in_order(resting.filter(statement__in=chosen) if chosen else resting)
        )
        drafts = DelegationDraft.objects.visible_to(request.user)
        self.drafts = list(drafts.filter(delegation__in=self.open_ones))

    def get_initial(self) -> dict[str, str]:
        """What this person has typed and not sent."""
        return {
            f"{name}_{draft.delegation_id}": text
            for draft in self.drafts
            for name, text in draft.data.items()
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().post(request, *args, **kwargs)
        if response.status_code >= 400:
            keep_typed(request)
        return response

    def _read_sent(self, request: HttpRequest, rows: QuerySet[Delegation]) -> None:
        """What is answered or taken back since the page was loaded is told with what was typed."""
        sent = typed_in(request)
        self.open_ones = list(rows.filter(pk__in=sent))
        over = in_order(Delegation.objects.asked_of(request.user).filter(pk__in=sent))
        over = over.exclude(pk__in=[one.pk for one in self.open_ones])
        self.gone = [(one, sent[one.pk][1]) for one in over if any(sent[one.pk])]

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"delegations": self.open_ones}

    def save(self, form: AnswerForm) -> list[Delegation]:
        if self.gone:
            raise Refusal(
                "Nicht mehr alles, was Sie beantwortet haben, ist noch gefragt. Ihr Text steht "
                "unten; senden Sie die übrigen Antworten bitte noch einmal."
            )
        answer_all(answers=form.answered, by=self.request.user, now=timezone.now())
        return [one.delegation for one in form.answered]

    def get_success_message(self, result: list[Delegation]) -> str:
        left = open_for(self.request.user, today()).count()
        still = f" Noch offen: {left}." if left else ""
        return f"Danke. Ihr Haus hat Ihre Antwort zu {names_of(result)}.{still}"

    def get_success_url(self, result: list[Delegation]) -> str:
        return reverse("guidelines:delegations")

    def get_cancel_url(self) -> str:
        return ""

    def get_context(self, form: AnswerForm) -> dict[str, Any]:
        kept_at = max((draft.saved_at for draft in self.drafts), default=None)
        return {"gone": self.gone, "page": self.page, "kept_at": kept_at, "resting": self.resting}


@require_POST
def keep_typed_answers(request: HttpRequest) -> HttpResponse:
    """Called while somebody types; answers with the time for the line below the form."""
    if not request.user.ministry_ids():
        raise PermissionDenied
    saved_at, kept = keep_typed(request)
    context = {
        "saved_at": saved_at,
        "is_over": not {one.pk for one in kept} >= {*typed_in(request)},
    }
    return render(request, "guidelines/_delegation_draft_kept.html", context)


def keep_typed(request: HttpRequest) -> tuple[datetime, list[Delegation]]:
    """Of what is asked still; a right that rests or is over keeps nothing."""
    now, typed = timezone.now(), typed_in(request)
    rows = list(open_for(request.user, today()).filter(pk__in=typed))
    keep_drafts(delegations=rows, typed=typed, now=now)
    return now, rows


def typed_in(request: HttpRequest) -> dict[int, tuple[str, str]]:
    """Answer and reason as they were sent, by the id of the question."""
    sent = {int(found[1]) for name in request.POST if (found := TYPED.fullmatch(name))}
    return {pk: (_sent(request, f"answer_{pk}"), _sent(request, f"reason_{pk}")) for pk in sent}


def _sent(request: HttpRequest, name: str) -> str:
    return clean_text(request.POST.get(name, ""))
