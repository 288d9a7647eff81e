"""What the register's start page in /verwaltung/ says about facts nobody has confirmed."""

from typing import Any

from django.db.models import CharField, Count, Model, QuerySet, Value
from django.urls import reverse

from ministries.administration.care import CareItem
from ministries.models import Ministry, Responsibility, User
from partnerships.register.agreements.models import Agreement
from partnerships.register.partners.partnerships import Participation, Partnership
from partnerships.register.partners.periods import Lead, StatusPeriod
from partnerships.register.partners.regions import PartnerAuthority, Region

COUNTED = (
    Partnership,
    Region,
    PartnerAuthority,
    StatusPeriod,
    Lead,
    Participation,
    Agreement,
    Ministry,
    Responsibility,
)


def unconfirmed_care(user: User) -> list[CareItem]:
    """How many of each kind, most important first; one query."""
    if not user.has_perm("partnerships.confirm_fact"):
        return []
    parts = [_open(model) for model in COUNTED]
    found = dict(parts[0].union(*parts[1:], all=True))
    return [
        CareItem(f"{found[model._meta.label]} unbestätigt: {_plural(model)}", _address(model))
        for model in COUNTED
        if model._meta.label in found
    ]


def agreement_care(user: User) -> list[CareItem]:
    """Months that were stored before they were refused; Brücke reckons with none of them."""
    if not user.has_perm("partnerships.maintain_register"):
        return []
    number = Agreement.objects.visible_to(user).beyond_bounds().count()
    words = "Vereinbarung mit Monaten" if number == 1 else "Vereinbarungen mit Monaten"
    address = f"{reverse('register:partnerships_agreement_changelist')}?end=months"
    sentence = f"{number} {words}, die nicht gemeint sein können: bitte berichtigen"
    return [CareItem(sentence, address)] if number else []


def _open(model: type[Model]) -> QuerySet[Any]:
    rows = model._base_manager.filter(confirmed_on=None).order_by()
    labelled = rows.annotate(label=Value(model._meta.label, CharField())).values("label")
    return labelled.annotate(number=Count("pk")).values_list("label", "number")


def _plural(model: type[Model]) -> str:
    return str(model._meta.verbose_name_plural)


def _address(model: type[Model]) -> str:
    name = f"register:{model._meta.app_label}_{model._meta.model_name}_changelist"
    return f"{reverse(name)}?confirmed=no"
