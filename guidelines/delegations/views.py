"""What a colleague is asked: read and answered on one page."""

import re
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from guidelines.delegations.actions import answer_all
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

    def _read_sent(self, request: HttpRequest, rows: QuerySet[Delegation]) -> None:
        """What is answered or taken back since the page was loaded is told with what was typed."""
        sent = {int(found[1]) for name in request.POST if (found := TYPED.fullmatch(name))}
        self.open_ones = list(rows.filter(pk__in=sent))
        over = in_order(Delegation.objects.asked_of(request.user).filter(pk__in=sent))
        typed = [
            (one, clean_text(request.POST.get(f"reason_{one.pk}", "")))
            for one in over.exclude(pk__in=[one.pk for one in self.open_ones])
        ]
        self.gone = [
            (one, text) for one, text in typed if text or request.POST.get(f"answer_{one.pk}")
        ]

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
        return {"gone": self.gone, "page": self.page}
