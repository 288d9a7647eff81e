"""The re-organisation assistant: choose a house, say what goes where, look at it, do it."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views import View
from django.views.decorators.http import require_safe

from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.reorganisation.actions import reorganise
from partnerships.reorganisation.facts import affected_by, areas_of, leads_of
from partnerships.reorganisation.forms import ReorganisationForm
from ui.dates import german_date
from ui.errors import Refusal
from ui.receipts import HIDDEN_FIELDS, answer_once

CHANGED = "Inzwischen hat sich etwas geändert. Sehen Sie die Angaben noch einmal durch."


def _require(user: User) -> None:
    if not user.has_perm("partnerships.maintain_register"):
        raise PermissionDenied


def in_office(user: User) -> QuerySet[Ministry]:
    return Ministry.objects.visible_to(user).on(today()).in_protocol_order()


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    user = request.user
    _require(user)
    context = {"title": "Ressorts neu ordnen", "houses": in_office(user)}
    return render(request, "partnerships/reorganisation_choose.html", context)


class Reorganisation(View):
    house: Ministry

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        form = self._form(slug, None)
        return self._form_page(form)

    def post(self, request: HttpRequest, slug: str) -> HttpResponseBase:
        return answer_once(request, partial(self._act, slug))

    def _form(self, slug: str, data: Any) -> ReorganisationForm:
        user = self.request.user
        _require(user)
        day = today()
        houses = {one.slug: one for one in in_office(user)}
        if slug not in houses:
            raise Http404
        self.house = houses.pop(slug)
        areas, leads = areas_of(self.house, day), leads_of(self.house, day)
        form = ReorganisationForm(
            data, house=self.house, others=list(houses.values()), areas=areas, leads=leads
        )
        form.initial = {"valid_from": german_date(day), "seen": form.fingerprint}
        return form

    def _act(self, slug: str, request: HttpRequest) -> HttpResponseBase:
        form = self._form(slug, request.POST)
        if not form.is_valid():
            return self._form_page(form, status=422)
        if form.cleaned_data["seen"] != form.fingerprint:
            return self._ask_again(slug, form.fingerprint)
        if "change" in request.POST:
            return self._form_page(form)
        if "confirmed" not in request.POST:
            return self._preview(form)
        return self._record(form)

    def _ask_again(self, slug: str, seen: str) -> HttpResponse:
        """With what was typed, and with the rows that came meanwhile."""
        data = self.request.POST.copy()
        data["seen"] = seen
        form = self._form(slug, data)
        form.add_error(None, CHANGED)
        return self._form_page(form, status=422)

    def _record(self, form: ReorganisationForm) -> HttpResponseBase:
        try:
            with transaction.atomic():
                houses = reorganise(plan=form.plan(), by=self.request.user, today=today())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            names = ", ".join(house.abbreviation for house in houses)
            messages.success(self.request, f"{self.house} ist neu geordnet: {names}.")
            return redirect("partnerships:reorganisation-choose")
        return self._form_page(form, status=422)

    def _form_page(self, form: ReorganisationForm, status: int = 200) -> HttpResponse:
        context = {"title": f"{self.house} neu ordnen", "ministry": self.house, "form": form}
        template = "partnerships/reorganisation_form.html"
        return render(self.request, template, context, status=status)

    def _preview(self, form: ReorganisationForm) -> HttpResponse:
        plan = form.plan()
        context = {
            "title": f"{self.house} neu ordnen: prüfen",
            "ministry": self.house,
            "plan": plan,
            "areas": [(row.subject_area, plan.areas.get(row)) for row in form.areas],
            "leads": [(row.partnership, plan.leads.get(row)) for row in form.leads],
            "affected": affected_by(plan, self.request.user),
            "new_houses": [one for one in plan.targets if not isinstance(one, Ministry)],
            "typed": [
                (name, value)
                for name in self.request.POST
                if name not in {*HIDDEN_FIELDS, "change", "confirmed"}
                for value in self.request.POST.getlist(name)
            ],
        }
        return render(self.request, "partnerships/reorganisation_preview.html", context)
