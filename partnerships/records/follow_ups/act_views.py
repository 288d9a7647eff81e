"""A Wiedervorlage made, changed, and done or moved with one click."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from ministries.clock import now, today
from ministries.history.references import visible
from ministries.models import User
from partnerships.permissions import KEEPERS
from partnerships.records.activities.models import Activity
from partnerships.records.follow_ups.actions import (
    STEPS,
    change_follow_up,
    create_follow_up,
    finish_follow_up,
    move_follow_up,
    reopen_follow_up,
)
from partnerships.records.follow_ups.forms import FollowUpForm, NewFollowUpForm
from partnerships.records.follow_ups.models import SUBJECTS, FollowUp
from partnerships.records.shared.acts import place_of
from partnerships.records.shared.kinds import KINDS
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Partnership
from ui.dates import german_date
from ui.errors import Conflict, Refusal
from ui.receipts import once
from ui.views import FormPage

HOUSE_ONLY = "Ihr Haus. Andere Häuser und die Koordinierung sehen Ihre Wiedervorlagen nicht."
_NAME_OF = {model: name for name, model in SUBJECTS.items()}


def find(user: User, pk: int) -> FollowUp:
    seen = FollowUp.objects.visible_to(user)
    return get_object_or_404(seen.select_related("partnership", "assigned_to"), pk=pk)


def find_to_write(user: User, pk: int) -> FollowUp:
    follow_up = find(user, pk)
    if not user.has_perm("partnerships.write_follow_up", follow_up):
        raise PermissionDenied
    return follow_up


class FollowUpCreate(FormPage):
    """About a partnership (`?partnerschaft=`) or a record (`?kind=&pk=`)."""

    form_class = NewFollowUpForm
    template_name = "partnerships/follow_up_form.html"
    title = "Wiedervorlage anlegen"
    submit_label = "Anlegen"
    audience = HOUSE_ONLY

    def prepare(self, request: HttpRequest) -> None:
        user = request.user
        if not user.has_perm("partnerships.add_follow_up"):
            raise PermissionDenied
        self.record = _record(user, request.GET.get("kind", ""), request.GET.get("pk", ""))
        self.partnerships = _partnerships(user, self.record, request.GET.get("partnerschaft", ""))

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"by": self.request.user, "partnerships": self.partnerships}

    def get_initial(self) -> dict[str, Any]:
        only = list(self.partnerships[:2])
        known = {"partnership": only[0].pk} if len(only) == 1 else {}
        return known | {"assigned_to": self.request.user.pk}

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"record": self.record}

    def get_cancel_url(self) -> str:
        return place_of(self.record) if self.record else reverse("partnerships:follow-up-list")

    def save(self, form: NewFollowUpForm) -> FollowUp:
        follow_up = form.instance
        if "ministry" not in form.fields:
            (follow_up.ministry_id,) = self.request.user.ministry_ids(*KEEPERS)
        if self.record is not None and type(self.record) in _NAME_OF:
            setattr(follow_up, _NAME_OF[type(self.record)], self.record)
        return create_follow_up(follow_up=follow_up, by=self.request.user)

    def get_success_url(self, result: FollowUp) -> str:
        return place_of(self.record) if self.record else result.get_absolute_url()

    def get_success_message(self, result: FollowUp) -> str:
        return f"Wiedervorlage am {german_date(result.due_on)}: {result.text}"


def _record(user: User, kind: str, pk: str) -> Any:
    if not kind and not pk:
        return None
    models: dict[str, type[Model]] = {slug: kind.model for slug, kind in KINDS.items()}
    model = Agreement if kind == "vereinbarung" else models.get(kind)
    if model is None or not (pk.isascii() and pk.isdigit() and len(pk) < 10):
        raise Http404
    return get_object_or_404(visible(model, user), pk=pk)


def _partnerships(user: User, record: Any, slug: str) -> QuerySet[Partnership]:
    """Those a follow-up may belong to: of the record, of the address, or any."""
    seen = Partnership.objects.visible_to(user)
    if isinstance(record, Activity) and record.partnerships.exists():
        return seen.filter(activities=record)
    if isinstance(record, Activity):
        return seen
    if record is not None:
        return seen.filter(pk=record.partnership_id) if record.partnership_id else seen
    if slug:
        get_object_or_404(seen, slug=slug)
        return seen.filter(slug=slug)
    return seen


class FollowUpEdit(FormPage):
    form_class = FollowUpForm
    template_name = "partnerships/follow_up_form.html"
    title = "Wiedervorlage"
    audience = HOUSE_ONLY
    success_message = "Die Wiedervorlage ist geändert."

    def prepare(self, request: HttpRequest, pk: int) -> None:
        self.object = find_to_write(request.user, pk)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"record": None}

    def save(self, form: FollowUpForm) -> FollowUp:
        return change_follow_up(
            follow_up=form.instance,
            fields=["text", "due_on", "assigned_to"],
            expected_version=self.expected_version or 0,
            by=self.request.user,
        )


# One click


@require_POST
@once
def done(request: HttpRequest, pk: int) -> HttpResponseBase:
    def act(**kwargs: Any) -> str:
        finish_follow_up(**kwargs, now=now())
        return "Erledigt"

    return _click(request, pk, act)


@require_POST
@once
def reopen(request: HttpRequest, pk: int) -> HttpResponseBase:
    def act(**kwargs: Any) -> str:
        reopen_follow_up(**kwargs)
        return "Wieder offen"

    return _click(request, pk, act)


@require_POST
@once
def move(request: HttpRequest, pk: int) -> HttpResponseBase:
    step = request.POST.get("step", "")

    def act(follow_up: FollowUp, **kwargs: Any) -> str:
        if step not in STEPS:
            raise Refusal("Wählen Sie eine Woche, einen Monat oder einen Tag.")
        move_follow_up(follow_up=follow_up, step=step, today=today(), **kwargs)
        return f"Verschoben auf {german_date(follow_up.due_on)}"

    return _click(request, pk, act)


def _click(request: HttpRequest, pk: int, act: Callable[..., str]) -> HttpResponseBase:
    user = request.user
    follow_up = find_to_write(user, pk)
    version = request.POST.get("_version", "")
    expected = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    try:
        words = act(follow_up=follow_up, expected_version=expected, by=user)
    except Refusal as refusal:
        messages.info(request, str(refusal))
    except Conflict:
        text = f"„{follow_up.text}“ hat inzwischen jemand geändert. Sehen Sie den neuen Stand an."
        messages.error(request, text)
    else:
        messages.success(request, f"{words}: {follow_up.text}")
    return redirect(_way_back(request, follow_up))


def _way_back(request: HttpRequest, follow_up: FollowUp) -> str:
    """To the page the button was on."""
    back = request.POST.get("back")
    if back == "desk":
        return reverse("dashboards:desk")
    if back == "list":
        return reverse("partnerships:follow-up-list")
    return follow_up.get_absolute_url()
