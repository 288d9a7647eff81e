"""Taking back the latest change of status or Federführung: repeated in words, then with a reason."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ministries.clock import today
from partnerships.register.partners.facts import period_words
from partnerships.register.partners.forms import TakeBackForm
from partnerships.register.partners.page import find_partnership
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import StatusPeriod
from partnerships.register.partners.reversal_actions import (
    Period,
    Reversal,
    latest_change,
    take_back_lead,
    take_back_status,
)
from ui.views import ConfirmPage


class TakeBack(ConfirmPage):
    form_class = TakeBackForm
    template_name = "partnerships/act_confirm.html"
    lead = (
        "Gedacht für einen Irrtum beim Eintragen. Hat sich wirklich etwas geändert, tragen Sie "
        "die Änderung ein. Was zurückgenommen wird, bleibt unter „Änderungen“ nachlesbar."
    )
    submit_label = "Zurücknehmen"
    audience = "Alle angemeldeten Personen, sofort."
    # "status_periods" or "leads"
    relation = ""
    act: ClassVar[Callable[..., Reversal]]
    nothing_there = ""
    nothing_again = ""
    object: Partnership

    def prepare(self, request: HttpRequest, slug: str) -> None:
        self.object = find_partnership(request.user, slug, today())
        if not request.user.has_perm("partnerships.maintain_register", self.object):
            raise PermissionDenied
        self.reversal = latest_change(getattr(self.object, self.relation))

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        if self.reversal is None:
            messages.info(self.request, self.nothing_there)
            return redirect("partnerships:detail", self.object.slug)
        return super().show(form, status=status)

    def get_title(self) -> str:
        return f"{self.object.name}: {self.title}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"act": self.title}

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        found: Any = self.reversal
        again = words_of(found.reopened, found.until) if found.reopened else self.nothing_again
        if found.removed is None:
            gone = f"Ende am {found.reopened.valid_until:%d.%m.%Y}"
        else:
            gone = words_of(found.removed, found.removed.valid_until)
        return [("Zurückgenommen wird", gone), ("Danach gilt wieder", again)]

    def save(self, form: TakeBackForm) -> Reversal:
        return type(self).act(
            partnership=self.object,
            reason=form.cleaned_data["reason"],
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )

    def get_stored(self, form: Any, current: Any) -> dict[str, Any]:
        return {}

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:detail", args=[self.object.slug])

    def get_success_message(self, result: Reversal) -> str:
        again = words_of(result.reopened, result.until) if result.reopened else self.nothing_again
        return f"{self.object.name}: Die Änderung ist zurückgenommen. Es gilt wieder: {again}."


class StatusTakeBack(TakeBack):
    title = "Letzte Änderung des Status zurücknehmen"
    relation = "status_periods"
    act = take_back_status
    nothing_again = "kein Status erfasst"
    nothing_there = (
        "Beim Status gibt es nichts zurückzunehmen: Der jüngste Eintrag stammt aus einem Beschluss "
        "oder aus dem Laden des Registers."
    )


class LeadTakeBack(TakeBack):
    title = "Letzte Änderung der Federführung zurücknehmen"
    relation = "leads"
    act = take_back_lead
    nothing_again = "Federführung nicht erfasst"
    nothing_there = (
        "Bei der Federführung gibt es nichts zurückzunehmen: Der jüngste Eintrag stammt aus dem "
        "Laden des Registers."
    )


def words_of(period: Period, until: date | None) -> str:
    """ "ruhend seit 01.11.2026", "SMWK bis 28.02.2026"."""
    if isinstance(period, StatusPeriod):
        words = period_words(period.valid_from, until, period.valid_from_precision)
        return f"{period.get_status_display()}, {words}"
    return f"{period.ministry}, {period_words(period.valid_from, until)}"
