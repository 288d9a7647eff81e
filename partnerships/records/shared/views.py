"""Acts on a record of any kind: archived, taken back, offered, taken over."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from ministries.clock import today
from ministries.models import Ministry, User
from partnerships.records.shared.act_forms import OfferForm, ReasonForm
from partnerships.records.shared.actions import (
    accept_record,
    archive_record,
    offer_record,
    restore_record,
    withdraw_offer,
)
from partnerships.records.shared.acts import place_of, place_of_partnership
from partnerships.records.shared.kinds import KINDS
from partnerships.records.shared.models import Owned
from ui.dates import german_date
from ui.forms import Form
from ui.views import ConfirmPage


def find_record(user: User, kind: str, pk: int) -> Owned:
    """The record with its houses, or 404."""
    if kind not in KINDS:
        raise Http404
    model = KINDS[kind].model
    named = ("ministry", "offered_to", "partnership", "subject_area")
    known = [name for name in named if hasattr(model, name)]
    return get_object_or_404(model.every().visible_to(user).select_related(*known), pk=pk)


class RecordAct(ConfirmPage):
    """One act on one record, for the house that may do it."""

    template_name = "partnerships/record_confirm.html"
    permission = "partnerships.write_record"
    form_class: type[Form] = ReasonForm
    object: Owned

    def prepare(self, request: HttpRequest, kind: str, pk: int) -> None:
        self.object = find_record(request.user, kind, pk)
        if not self.may_act(request.user):
            raise PermissionDenied

    def may_act(self, user: User) -> bool:
        return user.has_perm(self.permission, self.object)

    def get_title(self) -> str:
        return f"{self.title}: {self.object}"

    def get_context(self, form: Any) -> dict[str, Any]:
        place = place_of(self.object)
        return super().get_context(form) | {"act": self.title, "place_url": place}

    def get_facts(self) -> Sequence[tuple[str, Any]]:
        facts = [
            (str(self.object._meta.verbose_name), str(self.object)),
            ("Ressort", self.object.ministry.name),
        ]
        if self.object.offered_to:
            offer = f"{self.object.offered_to.name}: {self.object.offer_reason}"
            facts.append(("angeboten", offer))
        if self.object.archived_on:
            archived = f"{german_date(self.object.archived_on)}: {self.object.archive_reason}"
            facts.append(("archiviert", archived))
        return facts

    def get_stored(self, form: Any, current: Any) -> Mapping[str, Any]:
        """A reason belongs to the act, not to the record: there is nothing to merge."""
        return {}

    def get_cancel_url(self) -> str:
        return place_of(self.object)

    def get_success_url(self, result: Any) -> str:
        return place_of(self.object)

    def get_success_message(self, result: Any) -> str:
        return self.success_message.format(record=self.object)

    def act(self) -> dict[str, Any]:
        """What every action asks for."""
        return {
            "record": self.object,
            "expected_version": self.expected_version or 0,
            "by": self.request.user,
        }


class Archive(RecordAct):
    title = "Archivieren"
    lead = (
        "Der Eintrag verschwindet aus Listen, Zahlen und Dossiers. Gelöscht wird nichts: "
        "Ihr Haus kann ihn jederzeit zurückholen."
    )
    submit_label = "Archivieren"
    audience = "Wer den Eintrag lesen darf, sieht auch den Grund."
    success_message = "„{record}“ ist archiviert. Sie können den Eintrag zurückholen."

    def save(self, form: Any) -> None:
        archive_record(**self.act(), reason=form.cleaned_data["reason"], today=today())


class Restore(RecordAct):
    title = "Zurückholen"
    lead = "Der Eintrag steht danach wieder in allen Listen, so wie er archiviert wurde."
    submit_label = "Aus dem Archiv zurückholen"
    audience = "Wer den Eintrag lesen darf, sieht auch den Grund."
    success_message = "„{record}“ ist aus dem Archiv zurückgeholt."

    def save(self, form: Any) -> None:
        restore_record(**self.act(), reason=form.cleaned_data["reason"])


class Offer(RecordAct):
    title = "An anderes Ressort abgeben"
    form_class = OfferForm
    lead = (
        "Der Eintrag bleibt bei Ihrem Haus, bis das andere Ressort die Übernahme bestätigt. "
        "Bis dahin liest es ihn ganz, auch interne Texte und den Verlauf."
    )
    submit_label = "Zur Übernahme anbieten"
    audience = "Ihr Haus und das Ressort, dem Sie den Eintrag anbieten."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"by": self.request.user, "owner": self.object.ministry_id}

    def save(self, form: OfferForm) -> Ministry:
        to: Ministry = form.cleaned_data["to"]
        offer_record(**self.act(), to=to, reason=form.cleaned_data["reason"])
        return to

    def get_success_message(self, result: Ministry) -> str:
        return (
            f"„{self.object}“ ist angeboten. {result.name} findet den Eintrag unter „Zu erledigen“."
        )


class Accept(RecordAct):
    title = "Übernahme bestätigen"
    permission = "partnerships.accept_record"
    form_class = Form
    lead = "Ab jetzt führt Ihr Haus diesen Eintrag. Nur Ihr Haus kann ihn danach ändern."
    submit_label = "Übernahme bestätigen"
    audience = "Wer den Eintrag lesen darf, sieht, dass er jetzt Ihrem Haus gehört."
    success_message = "„{record}“ gehört jetzt Ihrem Haus."

    def save(self, form: Any) -> None:
        accept_record(**self.act())


class WithdrawOffer(RecordAct):
    """By the house that offered, or by the other one, which then declines."""

    form_class = Form
    audience = "Ihr Haus und das andere Ressort."

    def may_act(self, user: User) -> bool:
        self.declines = user.has_perm("partnerships.accept_record", self.object)
        self.title = "Übernahme ablehnen" if self.declines else "Angebot zurücknehmen"
        self.submit_label = self.title
        return self.declines or user.has_perm("partnerships.write_record", self.object)

    def save(self, form: Any) -> None:
        withdraw_offer(**self.act())

    def get_success_message(self, result: None) -> str:
        if self.declines:
            return f"„{self.object}“ bleibt bei {self.object.ministry}."
        return f"Das Angebot ist zurückgenommen: „{self.object}“ bleibt bei Ihrem Haus."

    def get_success_url(self, result: None) -> str:
        """Who declines may not be able to read it any more."""
        seen = self.object.every().visible_to(self.request.user)
        is_seen = seen.filter(pk=self.object.pk).exists()
        return place_of(self.object) if is_seen else place_of_partnership(self.object)
