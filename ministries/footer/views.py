"""The pages of the footer: open to everybody, signed in or not."""

from typing import Any

from allauth.core import ratelimit
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe

from ministries.accounts.forms import FeedbackForm
from ministries.footer import handbook
from ministries.mail import outbox
from ministries.mail.notifications import Notification
from ui.errors import Refusal
from ui.views import FormPage


@login_not_required
@require_safe
def handbook_index(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "Handbuch",
        "introduction": handbook.introduction(),
        "chapters": handbook.chapters(),
    }
    return render(request, "ministries/handbook_index.html", context)


@login_not_required
@require_safe
def handbook_page(request: HttpRequest, slug: str) -> HttpResponse:
    chapter = handbook.chapter(slug)
    if chapter is None:
        raise Http404
    context = {
        "title": chapter.title,
        "chapter": chapter,
        "chapters": handbook.chapters(),
    }
    return render(request, "ministries/handbook_page.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ministries/accessibility.html", {"title": "Barrierefreiheit"})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "Datenschutz",
        "privacy_contact": lines(settings.PRIVACY_CONTACT),
        "contact_months": settings.CONTACT_MONTHS,
        "notification_months": settings.NOTIFICATION_MONTHS,
    }
    return render(request, "ministries/privacy.html", context)


@login_not_required
@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "Impressum",
        "house_address": lines(settings.HOUSE_ADDRESS),
        "house_contact": lines(settings.HOUSE_CONTACT),
    }
    return render(request, "ministries/imprint.html", context)


def lines(setting: str) -> list[str]:
    return [line.strip() for line in setting.split("|") if line.strip()]


@method_decorator(login_not_required, name="dispatch")
class Feedback(FormPage):
    """Barriere melden: a mail to the mailbox of the settings, limited per address."""

    form_class = FeedbackForm
    title = "Barriere melden"
    lead = (
        "Etwas in Brücke können Sie nicht lesen, bedienen oder verstehen? "
        "Schreiben Sie uns, dann beheben wir es."
    )
    submit_label = "Meldung senden"
    audience = "Die Stelle, die Brücke betreut. Namen und Zugangsdaten brauchen wir nicht."
    success_message = "Danke. Ihre Meldung ist unterwegs."

    def get_initial(self) -> dict[str, Any]:
        email = self.request.user.email if self.request.user.is_authenticated else ""
        return {"page": self.request.GET.get("seite", "")[:300], "email": email}

    def save(self, form: FeedbackForm) -> None:
        if not ratelimit.consume(self.request, action="feedback"):
            raise Refusal(
                "Von hier kamen gerade viele Meldungen. Versuchen Sie es in einer Stunde."
            )
        data = form.cleaned_data
        outbox.post(
            to=settings.FEEDBACK_MAILBOX,
            kind=Notification.Kind.FEEDBACK,
            subject="Barriere in Brücke gemeldet",
            body=(
                f"Seite: {data['page'] or 'nicht angegeben'}\n"
                f"Antwort an: {data['email'] or 'keine Antwort gewünscht'}\n\n{data['text']}"
            ),
        )

    def get_success_url(self, result: Any) -> str:
        return reverse("pages:feedback")
