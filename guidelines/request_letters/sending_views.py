"""How a letter went out on another way than by Brücke's mail."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from guidelines.request_letters.actions import record_sending, record_sendings, strike_sending
from guidelines.request_letters.forms import STRIKE, SendingForm, SendingsForm
from guidelines.request_letters.models import RequestLetter
from guidelines.request_letters.views import letters_of, opened_round
from guidelines.rounds.models import CheckRound
from guidelines.states.doors import require_coordination
from guidelines.states.tables import ENDED
from ministries import clock
from ui.dates import german_date
from ui.views import FormPage

LEAD = (
    "Für Schreiben, die auf anderem Weg hinausgingen. Brücke versendet dabei nichts; was die Mail "
    "von Brücke meldet, bleibt stehen."
)


def require_recording(request: HttpRequest, check_round: CheckRound) -> None:
    require_coordination(request)
    if check_round.state in ENDED:
        raise Http404


class SendingEdit(FormPage):
    form_class = SendingForm
    submit_label = "Eintragen"
    lead = LEAD
    audience = "Nur die Koordinierung."

    object: RequestLetter

    def prepare(self, request: HttpRequest, round_slug: str, pk: int) -> None:
        check_round = opened_round(request, round_slug)
        self.object = get_object_or_404(letters_of(check_round, request.user), pk=pk)
        require_recording(request, check_round)

    def get_title(self) -> str:
        return f"Versand eintragen: Anschreiben an {self.object.ministry}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"is_recorded": self.object.sent_on is not None}

    def get_initial(self) -> Mapping[str, Any]:
        letter = self.object
        return {
            "sent_way": letter.sent_way,
            "sent_on": letter.sent_on or clock.today(),
            "sent_through": letter.sent_through or "Koordinierung",
        }

    def save(self, form: SendingForm) -> RequestLetter:
        act: dict[str, Any] = {
            "letter": self.object,
            "expected_version": self.expected_version or 0,
            "by": self.request.user,
            "now": clock.now(),
        }
        if form.cleaned_data["sent_way"] == STRIKE:
            strike_sending(**act)
        else:
            record_sending(**act, **form.cleaned_data)
        return self.object

    def get_success_url(self, result: RequestLetter) -> str:
        return result.get_absolute_url()

    def get_success_message(self, result: RequestLetter) -> str:
        if result.sent_on is None:
            return f"Der Eintrag zum Anschreiben an {result.ministry} ist gestrichen."
        way = result.get_sent_way_display()
        return (
            f"Anschreiben an {result.ministry}: versandt am {german_date(result.sent_on)} ({way}) "
            f"durch {result.sent_through}."
        )


class SendingsRecord(FormPage):
    """Several at once; those nobody was sent are ticked."""

    form_class = SendingsForm
    submit_label = "Eintragen"
    lead = LEAD
    audience = "Nur die Koordinierung."

    object: CheckRound

    def prepare(self, request: HttpRequest, round_slug: str) -> None:
        self.object = opened_round(request, round_slug)
        require_recording(request, self.object)
        self.letters = letters_of(self.object, request.user).filter(sent_on=None)

    def get_title(self) -> str:
        return f"Versand eintragen: {self.object}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"letters": self.letters}

    def get_initial(self) -> Mapping[str, Any]:
        unsent = self.letters.filter(mailed_at=None)
        return {
            "letters": [letter.pk for letter in unsent],
            "sent_on": clock.today(),
            "sent_through": "Koordinierung",
        }

    def get_context(self, form: Any) -> dict[str, Any]:
        return {"version": None}

    def save(self, form: SendingsForm) -> str:
        """What to say afterwards."""
        letters = list(form.cleaned_data["letters"])
        record_sendings(**form.cleaned_data, by=self.request.user, now=clock.now())
        houses = ", ".join(letter.ministry.abbreviation for letter in letters)
        return f"Versand am {german_date(form.cleaned_data['sent_on'])} eingetragen für {houses}."

    def get_success_message(self, result: str) -> str:
        return result

    def get_cancel_url(self) -> str:
        return reverse("guidelines:request-letters", args=[self.object.slug])

    def get_success_url(self, result: str) -> str:
        return self.get_cancel_url()
