"""Angaben zu Ihrem Haus: confirm, correct or strike what nobody has confirmed yet."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db.models import F, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from ministries.clock import now, today
from partnerships.house_facts.actions import (
    answer_correction,
    ask_for_correction,
    confirm_for_house,
)
from partnerships.house_facts.facts import (
    ACTIVITY,
    OWN,
    REGISTER,
    FactRow,
    edit_url,
    fact,
    house_facts,
    house_of,
    label_of,
    twins_of,
)
from partnerships.house_facts.forms import AnswerForm, CorrectionForm, StrikeForm
from partnerships.house_facts.models import CorrectionRequest
from partnerships.register.partners.partnerships import Partnership
from ui import markup
from ui.columns import Column
from ui.dates import german_date
from ui.forms import Form
from ui.receipts import once
from ui.views import FormPage, ListPage

MAY_ANSWER = permission_required("partnerships.answer_for_house", raise_exception=True)
LONGEST_SELECTION = 200
OPEN_FIRST = F("answered_at").asc(nulls_first=True)
ASKED = "Ihr Haus und die Koordinierung, die darüber entscheidet."


@method_decorator(MAY_ANSWER, name="dispatch")
class HouseFacts(ListPage):
    title = "Angaben zu Ihrem Haus"
    noun = ("unbestätigte Angabe", "unbestätigte Angaben")
    export_name = "angaben"
    rows_template = "partnerships/_house_fact_rows.html"
    template_name = "partnerships/house_fact_list.html"
    default_sort = "kind"
    empty_text = "Alle Angaben zu Ihrem Haus sind bestätigt."
    columns: list[Column[FactRow]] = [
        Column("chosen", "Auswahl", in_file=False),
        Column("kind", "Art", lambda row: label_of(row["told_kind"]),
               ["told_place", "told_partnership_name", "told_words"]),
        Column("words", "Angabe", lambda row: row["told_words"]),
        Column("partnership", "Partnerschaft", lambda row: row["told_partnership_name"],
               ["told_partnership_name", "told_place", "told_words"]),
        Column("source", "Quelle", lambda row: row["told_source"], ["told_source", "told_place", "told_words"]),
        Column("as_of", "Stand", lambda row: row["told_as_of"]),
        Column("act", "Was stimmt?", in_file=False),
    ]  # fmt: skip

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return house_facts(request.user, today())

    def number(self, rows: QuerySet[Any], query: Any) -> int:
        self.found = super().number(rows, query)
        return self.found

    def get_title(self) -> str:
        found = getattr(self, "found", 0)
        words = "Angabe" if found == 1 else "Angaben"
        return f"{found} {words} zu Ihrem Haus: bestätigen, berichtigen, streichen"

    def shown(self, rows: Iterable[FactRow]) -> list[dict[str, Any]]:
        shown, rows = [], list(rows)
        twins = twins_of(
            {row["pk"] for row in rows if row["told_kind"] == ACTIVITY}, self.request.user
        )
        for row in rows:
            kind, pk, slug = row["told_kind"], row["pk"], row["told_slug"]
            links = {"edit": edit_url(kind, pk, slug)}
            if kind in OWN:
                links["strike"] = reverse("partnerships:record-archive", args=[kind, pk])
            else:
                links["edit"] = reverse("partnerships:correction-ask", args=[kind, pk])
                links["strike"] = reverse("partnerships:correction-strike", args=[kind, pk])
            told = {"key": f"{kind}-{pk}", "label": label_of(kind)}
            alike = twins.get(pk, []) if kind == ACTIVITY else []
            shown.append({**row, **links, **told, "twins": alike})
        return shown


@require_POST
@once
def confirm_facts(request: HttpRequest) -> HttpResponseBase:
    """One row by its button, those ticked, or all that the page showed."""
    user = request.user
    if not user.has_perm("partnerships.answer_for_house"):
        raise PermissionDenied
    name = next((one for one in ("one", "all") if one in request.POST), "chosen")
    keys = set(request.POST.getlist("shown" if name == "all" else name)[:LONGEST_SELECTION])
    number = confirm_for_house(keys=keys, by=user, today=today())
    if number:
        words = "Eine Angabe ist" if number == 1 else f"{number} Angaben sind"
        messages.success(request, f"{words} bestätigt.")
    else:
        messages.info(request, "Es ist nichts ausgewählt, was noch zu bestätigen wäre.")
    return redirect("partnerships:house-facts")


class CorrectionAsk(FormPage):
    """For what the coordination keeps; what is the house's own has its page."""

    form_class: type[Form] = CorrectionForm
    title = "Berichtigung vorschlagen"
    submit_label = "An die Koordinierung geben"
    success_message = (
        "Ihr Vorschlag liegt der Koordinierung vor. Bis zur Antwort steht die Angabe unter den "
        "Bitten um Berichtigung."
    )
    audience = ASKED
    act = CorrectionRequest.Act.CORRECT

    def prepare(self, request: HttpRequest, kind: str, pk: int) -> None:
        user = request.user
        if not user.has_perm("partnerships.answer_for_house"):
            raise PermissionDenied
        self.kind, self.pk = kind, pk
        row = fact(user, today(), kind, pk) if kind in REGISTER else None
        if row is None:
            raise Http404
        self.row = row

    def get_context(self, form: Any) -> dict[str, Any]:
        origin = self.row["told_source"] or "ohne Angabe"
        as_of = f", Stand {german_date(self.row['told_as_of'])}" if self.row["told_as_of"] else ""
        return {"lead": f"Jetzt steht dort: {self._about()} (Quelle: {origin}{as_of})."}

    def get_cancel_url(self) -> str:
        return reverse("partnerships:house-facts")

    def save(self, form: Form) -> CorrectionRequest:
        user = self.request.user
        seen = Partnership.objects.visible_to(user).filter(slug=self.row["told_slug"])
        return ask_for_correction(
            ministry=house_of(user, today(), self.kind, self.pk),
            kind=self.kind,
            fact_id=self.pk,
            about=self._about(),
            partnership=seen.first() if self.row["told_slug"] else None,
            act=self.act,
            proposal=form.cleaned_data["proposal"],
            by=user,
            now=now(),
        )

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:house-facts")

    def _about(self) -> str:
        words = f"{label_of(self.kind)}: {self.row['told_words']}"
        name = self.row["told_partnership_name"]
        return f"{words}, {name}" if name else words


class CorrectionStrike(CorrectionAsk):
    form_class = StrikeForm
    title = "Streichung vorschlagen"
    act = CorrectionRequest.Act.STRIKE


def _about(row: CorrectionRequest) -> SafeString:
    words = format_html("{} {}", row.about, row.get_act_display())
    if not row.partnership:
        return words
    url, name = row.partnership.get_absolute_url(), row.partnership.name
    return format_html('{} <a class="note" href="{}">Zur Partnerschaft {}</a>', words, url, name)


@method_decorator(MAY_ANSWER, name="dispatch")
class CorrectionList(ListPage):
    title = "Bitten um Berichtigung"
    noun = ("Bitte um Berichtigung", "Bitten um Berichtigung")
    default_sort = "state"
    on_page = ("about", "proposal", "house", "asked", "state")
    empty_text = "Es wurde noch nicht um eine Berichtigung gebeten."
    export_name = "berichtigungen"
    columns = [
        Column("about", "Angabe", cell=_about),
        Column("act", "Erbeten", lambda row: row.get_act_display()),
        Column("proposal", "Vorschlag", cell=lambda row: linebreaksbr(row.proposal)),
        Column("house", "Ressort", "ministry.abbreviation", cell=markup.house),
        Column("asked", "Erbeten am", "asked_at", [F("asked_at").desc()], lambda row: markup.german_date(row.asked_at)),
        Column("state", "Stand", lambda row: row.get_state_display(), [OPEN_FIRST, F("asked_at").desc()],
               template="partnerships/_correction_state.html"),
        Column("answer", "Antwort"),
    ]  # fmt: skip

    def queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return CorrectionRequest.objects.visible_to(request.user).select_related(
            "ministry", "partnership"
        )

    def get_context(self, listing: Any) -> dict[str, Any]:
        return {"may_answer": self.request.user.has_perm("partnerships.maintain_register")}


class CorrectionAnswer(FormPage):
    form_class = AnswerForm
    title = "Bitte um Berichtigung beantworten"
    submit_label = "Antwort geben"
    success_message = "Die Antwort ist festgehalten. Das Ressort liest sie in seiner Liste."
    audience = "Das Ressort, das darum gebeten hat, und die Koordinierung."
    object: CorrectionRequest

    def prepare(self, request: HttpRequest, pk: int) -> None:
        seen = CorrectionRequest.objects.visible_to(request.user).select_related("ministry")
        self.object = get_object_or_404(seen, pk=pk)
        if not request.user.has_perm("partnerships.maintain_register"):
            raise PermissionDenied

    def get_context(self, form: Any) -> dict[str, Any]:
        asked = self.object
        return {
            "lead": f"{asked.ministry} bittet, {asked.about} zu {asked.get_act_display()}: "
            f"„{asked.proposal}“ Ändern Sie die Angabe zuerst in der Verwaltung."
        }

    def get_cancel_url(self) -> str:
        return reverse("partnerships:correction-list")

    def save(self, form: AnswerForm) -> CorrectionRequest:
        answer_correction(
            request=self.object,
            expected_version=self.expected_version or 0,
            by=self.request.user,
            now=now(),
            **form.cleaned_data,
        )
        return self.object

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:correction-list")
