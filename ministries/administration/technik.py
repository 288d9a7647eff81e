"""What the administrator keeps running in /technik/: accounts, functions, mail, jobs; no content."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.db import models
from django.db.models import QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils import timezone
from procrastinate.contrib.django import app

from ministries.accounts.address_actions import change_address
from ministries.accounts.appointment_actions import appoint, ask_again
from ministries.accounts.appointments import Appointment
from ministries.accounts.function_form import AppointmentForm, standing
from ministries.accounts.second_factor import with_second_factor
from ministries.accounts.second_factor_views import ResetSecondFactor
from ministries.accounts.users import User
from ministries.administration.houses import OnDayFilter
from ministries.administration.policy_admin import PolicyAdmin, StackedInline
from ministries.clock import today
from ministries.mail import outbox
from ministries.mail.jobs import Job
from ministries.mail.notifications import Notification
from ministries.tasks import RESCUE, RETAIN
from ui.offers import JOB_LABELS

MANAGE = "ministries.manage_accounts"
JOB_STATES = {
    "todo": "wartet",
    "doing": "läuft",
    "succeeded": "erledigt",
    "failed": "fehlgeschlagen",
    "cancelled": "zurückgenommen",
    "aborted": "abgebrochen",
}


class InvitationFilter(admin.SimpleListFilter):
    title = "Einladung"
    parameter_name = "einladung"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return [("offen", "noch kein Passwort festgelegt")]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet:
        return queryset.invited() if self.value() == "offen" else queryset


class AppointmentInline(StackedInline):
    """Nobody appoints themselves: on one's own account the functions are read-only."""

    model = Appointment
    permission = MANAGE
    fields = (
        ("role", "ministry"),
        ("valid_from", "valid_until"),
        ("deputy_for", "is_chief"),
        ("order_reference", "standing"),
    )
    readonly_fields = ("standing",)

    @admin.display(description="Stand")
    def standing(self, appointment: Appointment) -> str:
        return standing(appointment) if appointment.pk else "neu"

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        kind: type[type] = type(AppointmentForm)
        form = kind("AppointmentForm", (AppointmentForm,), {"by": request.user})
        return super().get_formset(request, obj, form=form, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and obj != request.user

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_change_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("ministry", "deputy_for__user")

    def formfield_for_foreignkey(
        self, db_field: models.ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "deputy_for":
            rows = Appointment.objects.visible_to(request.user).on(today())
            kwargs["queryset"] = rows.select_related("user", "ministry")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class UserAdmin(PolicyAdmin):
    permission = MANAGE
    change_form_template = "admin/account_change_form.html"
    list_display = (
        "name",
        "email",
        "functions",
        "is_active",
        "has_password",
        "second_factor",
        "last_login",
    )
    list_filter = ("is_active", InvitationFilter)
    search_fields = ("name", "email", "unit")
    fields = (
        "name",
        "email",
        "new_email",
        "unit",
        "phone",
        "is_active",
        "second_factor",
        "created_at",
        "last_login",
    )
    inlines = (AppointmentInline,)

    def get_urls(self) -> list[URLPattern]:
        reset = path(
            "<int:pk>/zweiter-faktor/",
            self.admin_site.admin_view(ResetSecondFactor.as_view()),
            name="ministries_user_second_factor",
        )
        return [reset, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        current = Appointment.objects.on(today()).select_related("ministry")
        prefetch = models.Prefetch("appointments", current, to_attr="current_appointments")
        return with_second_factor(super().get_queryset(request)).prefetch_related(prefetch)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        own = ("is_active",) if obj == request.user else ()
        return ("new_email", "second_factor", "created_at", "last_login", *own)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """An account begins with an invitation."""
        return redirect("accounts:invite")

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """Another address is not theirs to set: the person confirms it."""
        wanted, obj.email = obj.email.lower(), form.initial["email"]
        super().save_model(request, obj, form, change)
        if wanted != obj.email:
            change_address(obj, wanted, by=request.user, now=timezone.now())
            self.message_user(request, ADDRESS_TOLD)

    def save_formset(
        self, request: HttpRequest, form: Any, formset: BaseInlineFormSet, change: bool
    ) -> None:
        rows: list[Appointment] = formset.save(commit=False)
        for row in rows:
            if row.pk:
                row.save()
            else:
                appoint(row, by=request.user, today=today())

    @admin.display(description="Funktionen heute")
    def functions(self, user: User) -> str:
        held = [f"{a.get_role_display()}, {a.ministry}" for a in user.current_appointments]  # type: ignore[attr-defined]  # prefetched
        return "; ".join(held) or "keine"

    @admin.display(description="Passwort festgelegt", boolean=True)
    def has_password(self, user: User) -> bool:
        return user.has_usable_password()

    @admin.display(description="Zweiter Faktor", boolean=True)
    def second_factor(self, user: User) -> bool:
        return user.has_second_factor


class AppointmentAdmin(PolicyAdmin):
    """Who is what, and since when; changed on the page of the account."""

    permission = MANAGE
    read_only = True
    list_display = (
        "user",
        "role",
        "ministry",
        "valid_from",
        "valid_until",
        "is_chief",
        "standing",
    )
    list_filter = (OnDayFilter, "state", "role", "ministry")
    list_select_related = ("user", "ministry")
    search_fields = ("user__name", "user__email")
    fields = (
        "user",
        "role",
        "ministry",
        "valid_from",
        "valid_until",
        "deputy_for",
        "is_chief",
        "order_reference",
        "standing",
    )
    readonly_fields = ("standing",)
    actions = ("ask_again",)

    @admin.display(description="Stand", ordering="state")
    def standing(self, appointment: Appointment) -> str:
        return standing(appointment)

    def has_ask_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.action(description="Noch einmal zur Bestätigung vorlegen", permissions=["ask"])
    def ask_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        by = request.user
        waiting = queryset.filter(state=Appointment.State.PENDING).exclude(user=by)
        rows = list(waiting.select_related("user", "ministry"))
        for row in rows:
            ask_again(row, by=by, today=today())
        done = f"{len(rows)} Funktionen liegen den Häusern noch einmal vor."
        self.message_user(request, done if rows else NOTHING_WAITS, level(rows))


class NotificationAdmin(PolicyAdmin):
    """The mail queue without subjects and texts."""

    permission = MANAGE
    read_only = True
    list_display = ("created_at", "kind", "to_address", "state", "attempts", "sent_at")
    list_filter = ("state", "kind")
    search_fields = ("to_address",)
    ordering = ("-created_at",)
    fields = ("kind", "to_address", "state", "created_at", "sent_at", "attempts", "last_error")
    actions = ("resend",)

    def has_resend_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.action(description="Erneut senden", permissions=["resend"])
    def resend(self, request: HttpRequest, queryset: QuerySet) -> None:
        failed = list(queryset.filter(state=Notification.State.FAILED))
        for notification in failed:
            outbox.resend(notification)
        done = f"{len(failed)} nicht zustellbare Nachrichten gehen noch einmal hinaus."
        self.message_user(request, done if failed else NOTHING_FAILED, level(failed))


class JobStateFilter(admin.SimpleListFilter):
    title = "Stand"
    parameter_name = "stand"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> list[tuple[str, str]]:
        return list(JOB_STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(status=self.value()) if self.value() in JOB_STATES else queryset


TASKS = {
    outbox.DELIVER: "E-Mail zustellen",
    RETAIN: "Alte Nachrichten entfernen",
    RESCUE: "Aufträge eines ausgefallenen Workers aufnehmen",
    "ui.forget_receipts": "Alte Formularbelege vergessen",
}


class JobAdmin(PolicyAdmin):
    """What the worker did and what is waiting."""

    permission = MANAGE
    read_only = True
    list_display = ("number", "task", "state", "tries", "next_run")
    list_filter = (JobStateFilter,)
    search_fields = ("task_name",)
    ordering = ("-id",)
    fields = readonly_fields = ("number", "task", "state", "tries", "next_run")
    actions = ("retry",)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    @admin.action(description="Erneut starten", permissions=["retry"])
    def retry(self, request: HttpRequest, queryset: Any) -> None:
        failed = list(queryset.failed().values_list("pk", flat=True))
        for job_id in failed:
            app.job_manager.retry_job_by_id(job_id=job_id, retry_at=timezone.now())
        done = f"{len(failed)} Aufträge werden noch einmal gestartet."
        self.message_user(request, done if failed else NOTHING_FAILED, level(failed))

    @admin.display(description="Nummer", ordering="id")
    def number(self, job: Job) -> str:
        return str(job.pk)

    @admin.display(description="Aufgabe", ordering="task_name")
    def task(self, job: Job) -> str:
        return (TASKS | JOB_LABELS).get(job.task_name, job.task_name)

    @admin.display(description="Stand", ordering="status")
    def state(self, job: Job) -> str:
        return JOB_STATES.get(job.status, job.status)

    @admin.display(description="Versuche", ordering="attempts")
    def tries(self, job: Job) -> str:
        return str(job.attempts)

    @admin.display(description="nicht vor", ordering="scheduled_at")
    def next_run(self, job: Job) -> str:
        if job.scheduled_at is None:
            return "sofort"
        return f"{timezone.localtime(job.scheduled_at):%d.%m.%Y, %H:%M}"


ADDRESS_TOLD = "Beide Adressen erfahren von der Änderung; offene Sitzungen sind beendet."
NOTHING_WAITS = "Nichts zu tun: Unter den ausgewählten wartet keine auf Bestätigung."
NOTHING_FAILED = "Nichts zu tun: Unter den ausgewählten ist nichts fehlgeschlagen."


def level(failed: list[Any]) -> int:
    return messages.SUCCESS if failed else messages.WARNING


ADMIN_CLASSES: list[tuple[type[models.Model], type[PolicyAdmin]]] = [
    (User, UserAdmin),
    (Appointment, AppointmentAdmin),
    (Notification, NotificationAdmin),
    (Job, JobAdmin),
]
