"""Status, Federführung and scrutiny mark: acts of the coordination, each with its reason."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ministries.clock import now, today
from partnerships.register.partners.forms import (
    DormancyForm,
    EndScrutinyForm,
    LeadForm,
    ScrutinyForm,
    StatusForm,
)
from partnerships.register.partners.lead_actions import acknowledge_lead, change_lead
from partnerships.register.partners.page import find_partnership
from partnerships.register.partners.partnerships import Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.reversal_actions import latest_change
from partnerships.register.partners.status_actions import (
    change_status,
    complete_dormancy,
    end_scrutiny,
    set_scrutiny,
)
from partnerships.register.partners.statuses import standing_words
from ui.dates import german_date, partial_date
from ui.views import ConfirmPage, FormPage

EVERYONE = "Alle angemeldeten Personen, sofort."


class RegisterFormPage(FormPage):
    """An act on one partnership, for who keeps the register."""

    template_name = "partnerships/act_page.html"
    audience = EVERYONE
    date_field = "valid_from"
    object: Partnership

    def prepare(self, request: HttpRequest, slug: str) -> None:
        self.object = find_partnership(request.user, slug, today())
        if not request.user.has_perm("partnerships.maintain_register", self.object):
            raise PermissionDenied

    def get_title(self) -> str:
        return f"{self.object.name}: {self.title}"

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"act": self.title, "lead": self.get_lead(), "take_back_url": self.take_back_url()}

    def take_back_url(self) -> str:
        """Where a mistake in the latest of these acts is undone."""
        return ""

    def get_lead(self) -> str:
        """What holds today."""
        return ""

    def get_initial(self) -> Mapping[str, Any]:
        return {self.date_field: german_date(today())}

    def get_stored(self, form: Any, current: Any) -> Mapping[str, Any]:
        """The two savers wrote different periods: there is nothing to merge field by field."""
        return {}

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:detail", args=[self.object.slug])

    @property
    def version(self) -> int:
        return self.expected_version or 0


class StatusChange(RegisterFormPage):
    title = "Status ändern"
    form_class = StatusForm
    submit_label = "Status ändern"

    def get_lead(self) -> str:
        return f"Heute: {standing_words(self.object, 'kein Status erfasst')}."

    def take_back_url(self) -> str:
        found = latest_change(self.object.status_periods)
        return reverse("partnerships:status-take-back", args=[self.object.slug]) if found else ""

    def save(self, form: StatusForm) -> StatusPeriod:
        return change_status(
            partnership=self.object,
            expected_version=self.version,
            by=self.request.user,
            now=now(),
            **form.cleaned_data,
        )

    def get_success_message(self, result: StatusPeriod) -> str:
        return (
            f"{self.object.name} ist ab {german_date(result.valid_from)} "
            f"„{result.get_status_display()}“."
        )


class DormancyComplete(RegisterFormPage):
    title = "Bedingung und Wiedervorlage nachtragen"
    form_class = DormancyForm

    def prepare(self, request: HttpRequest, slug: str) -> None:
        super().prepare(request, slug)
        self.period = self.object.status_periods.current(today()).first()

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        if self.object.status == Partnership.Status.DORMANT:
            return super().show(form, status=status)
        messages.info(self.request, f"{self.object.name} ruht nicht: Es ist nichts nachzutragen.")
        return redirect("partnerships:detail", self.object.slug)

    def get_lead(self) -> str:
        since = partial_date(self.object.status_since, self.object.status_since_precision or "day")
        reason = self.object.status_reason
        return " ".join(part for part in (f"Ruhend seit {since}." if since else "", reason) if part)

    def get_initial(self) -> Mapping[str, Any]:
        return self.get_stored(None, None)

    def get_stored(
        self, form: DormancyForm | None, current: Partnership | None
    ) -> Mapping[str, Any]:
        """Both fields as the register holds them: who comes second sees them beside the own."""
        if self.period is None:
            return {}
        return {
            "resume_condition": self.period.resume_condition,
            "review_on": self.period.review_on,
        }

    def save(self, form: DormancyForm) -> StatusPeriod:
        return complete_dormancy(
            partnership=self.object,
            expected_version=self.version,
            by=self.request.user,
            today=today(),
            **form.cleaned_data,
        )

    def get_success_message(self, result: StatusPeriod) -> str:
        return f"{self.object.name}: wieder ansehen am {german_date(result.review_on)}."


class LeadChange(RegisterFormPage):
    title = "Federführung ändern"
    form_class = LeadForm
    submit_label = "Federführung ändern"

    def get_lead(self) -> str:
        return f"Heute federführend: {self.object.lead_name or 'nicht erfasst'}."

    def take_back_url(self) -> str:
        found = latest_change(self.object.leads)
        return reverse("partnerships:lead-take-back", args=[self.object.slug]) if found else ""

    def save(self, form: LeadForm) -> Lead | None:
        return change_lead(
            partnership=self.object,
            expected_version=self.version,
            by=self.request.user,
            today=today(),
            **form.cleaned_data,
        )

    def get_success_message(self, result: Lead | None) -> str:
        if result is None:
            return f"{self.object.name}: Die Federführung ist als nicht geklärt erfasst."
        since = german_date(result.valid_from)
        return (
            f"{self.object.name}: {result.ministry.name} ist ab {since} federführend und findet "
            "die Übernahme unter „Zu erledigen“."
        )


class LeadAcknowledge(ConfirmPage):
    """By the house that was given the lead."""

    template_name = "partnerships/act_confirm.html"
    title = "Übernahme der Federführung bestätigen"
    submit_label = "Übernahme bestätigen"
    audience = "Alle angemeldeten Personen sehen, dass die Übernahme bestätigt ist."
    object: Partnership

    def prepare(self, request: HttpRequest, slug: str) -> None:
        self.object = find_partnership(request.user, slug, today())
        leads = Lead.objects.filter(partnership=self.object).unacknowledged(today())
        period = leads.select_related("ministry").order_by("valid_from").first()
        if period is None or not request.user.has_perm("partnerships.acknowledge_lead", period):
            raise PermissionDenied
        self.lead_period = period

    def get_title(self) -> str:
        return f"{self.object.name}: {self.title}"

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        period = self.lead_period
        return [
            ("Ressort", period.ministry.name),
            ("Federführend ab", german_date(period.valid_from)),
            ("Grund", period.reason),
        ]

    def get_context(self, form: Any) -> dict[str, Any]:
        return super().get_context(form) | {"act": self.title}

    def get_stored(self, form: Any, current: Any) -> Mapping[str, Any]:
        return {}

    def save(self, form: Any) -> None:
        acknowledge_lead(
            lead=self.lead_period,
            expected_version=self.expected_version or 0,
            by=self.request.user,
            today=today(),
        )

    def get_success_url(self, result: Any) -> str:
        return reverse("partnerships:detail", args=[self.object.slug])

    def get_success_message(self, result: Any) -> str:
        return f"{self.object.name}: Die Übernahme der Federführung ist bestätigt."


class ScrutinySet(RegisterFormPage):
    title = "Auf den Prüfstand stellen"
    form_class = ScrutinyForm
    submit_label = "Auf den Prüfstand stellen"
    date_field = "since"

    def save(self, form: ScrutinyForm) -> None:
        set_scrutiny(
            partnership=self.object,
            expected_version=self.version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_message(self, result: None) -> str:
        return f"{self.object.name} steht auf dem Prüfstand. Der Status bleibt unverändert."


class ScrutinyEnd(RegisterFormPage):
    title = "Prüfung beenden"
    form_class = EndScrutinyForm
    submit_label = "Vom Prüfstand nehmen"
    date_field = "from_day"

    def get_lead(self) -> str:
        since, reason = german_date(self.object.scrutiny_since), self.object.scrutiny_reason
        return f"Auf dem Prüfstand seit {since}: {reason}." if since else ""

    def save(self, form: EndScrutinyForm) -> None:
        end_scrutiny(
            partnership=self.object,
            expected_version=self.version,
            by=self.request.user,
            **form.cleaned_data,
        )

    def get_success_message(self, result: None) -> str:
        return f"{self.object.name} steht nicht mehr auf dem Prüfstand."
