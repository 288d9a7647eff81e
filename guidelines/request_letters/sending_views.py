"""How a letter went out on another way than by Brücke's mail."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from guidelines.request_letters.actions import record_sending, strike_sending
from guidelines.request_letters.forms import STRIKE, SendingForm
from guidelines.request_letters.models import RequestLetter
from guidelines.request_letters.views import letters_of, opened_round
from guidelines.states.doors import require_coordination
from guidelines.states.tables import ENDED
from ministries import clock
from ui.dates import german_date
from ui.views import FormPage


class SendingEdit(FormPage):
    form_class = SendingForm
    submit_label = "Eintragen"
    lead = (
        "Für ein Schreiben, das auf anderem Weg hinausging. Brücke versendet dabei nichts; was die "
        "Mail von Brücke meldet, bleibt stehen."
    )
    audience = "Nur die Koordinierung."

    object: RequestLetter

    def prepare(self, request: HttpRequest, round_slug: str, pk: int) -> None:
        check_round = opened_round(request, round_slug)
        self.object = get_object_or_404(letters_of(check_round, request.user), pk=pk)
        require_coordination(request)
        if check_round.state in ENDED:
            raise Http404

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
