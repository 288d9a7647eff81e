"""The letters of a round: who was sent one, what it says, as page, file and mail text."""

from collections.abc import Sequence

from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from guidelines.request_letters.files import FOR_ALL, FOR_ONE, file_response
from guidelines.request_letters.models import RequestLetter
from guidelines.rounds.models import CheckRound
from guidelines.rounds.request_text import GREETING, RequestText, request_text
from guidelines.statements.models import Statement
from guidelines.states.doors import seen_round
from guidelines.states.tables import ENDED, RoundState
from ministries import clock
from ministries.history.changes import changes_of
from ministries.houses.models import current_chancellery
from ministries.models import Notification, User
from partnerships.models import Partnership

MAIL_STATES: dict[str, str] = {
    Notification.State.QUEUED: "Die Mail von Brücke ist unterwegs.",
    Notification.State.FAILED: "Die Mail von Brücke ließ sich nicht zustellen.",
}


def opened_round(request: HttpRequest, round_slug: str) -> CheckRound:
    check_round = seen_round(request, round_slug)
    if check_round.state == RoundState.PREPARING:
        raise Http404
    return check_round


def letters_of(check_round: CheckRound, user: User) -> QuerySet[RequestLetter]:
    """With the statements this person may know of, in `known`."""
    hidden = Partnership.objects.hidden_from(user)
    known = (
        Statement.objects.exclude(guideline_check__partnership__in=hidden)
        .select_related("guideline_check__partnership")
        .order_by("guideline_check__partnership__sort_key")
        .defer("fact_sheet")
    )
    return (
        RequestLetter.objects.visible_to(user)
        .filter(round=check_round)
        .select_related("ministry", "round__edition", "recorded_by")
        .prefetch_related(Prefetch("statements", known, to_attr="known"))
        .in_protocol_order()
    )


def texts_of(letters: Sequence[RequestLetter]) -> list[RequestText]:
    chancellery = current_chancellery(clock.today())
    return [request_text(letter, letter.known, chancellery) for letter in letters]  # type: ignore[attr-defined]


@require_safe
def letter_list(request: HttpRequest, round_slug: str) -> HttpResponse:
    check_round = opened_round(request, round_slug)
    letters = list(letters_of(check_round, request.user))
    kind = FOR_ALL.get(request.GET.get("format", ""))
    if kind and letters:
        return file_response(kind, texts_of(letters), f"anschreiben-{check_round.slug}")
    letters.sort(key=lambda letter: letter.is_sent)
    told = mail_states(letters)
    context = {
        "title": "Anschreiben",
        "round": check_round,
        "rows": [(letter, told.get(letter.message_id, "")) for letter in letters],
        "unsent": [letter for letter in letters if not letter.is_sent],
        "kinds": FOR_ALL.values(),
        "is_whole": request.user.is_coordinator,
        "may_record": may_record(check_round, request.user),
    }
    return render(request, "guidelines/request_letter_list.html", context)


@require_safe
def letter(request: HttpRequest, round_slug: str, pk: int) -> HttpResponse:
    check_round = opened_round(request, round_slug)
    found = get_object_or_404(letters_of(check_round, request.user), pk=pk)
    (text,) = texts_of([found])
    if kind := FOR_ONE.get(request.GET.get("format", "")):
        return file_response(kind, [text], text.file_name)
    context = {
        "title": f"Anschreiben an {found.ministry}",
        "round": check_round,
        "letter": found,
        "text": text,
        "greeting": GREETING,
        "mail_state": mail_states([found]).get(found.message_id, ""),
        "kinds": FOR_ONE.values(),
        "is_whole": request.user.is_coordinator,
        "may_record": may_record(check_round, request.user),
        "changes": changes_of(found, viewer=request.user) if request.user.is_coordinator else [],
    }
    return render(request, "guidelines/request_letter.html", context)


def may_record(check_round: CheckRound, user: User) -> bool:
    return user.has_perm("guidelines.coordinate") and check_round.state not in ENDED


def mail_states(letters: Sequence[RequestLetter]) -> dict[str, str]:
    """What to tell of mails that are not delivered, by their Message-ID."""
    waiting = [one.message_id for one in letters if one.message_id and not one.mailed_at]
    states = Notification.objects.filter(message_id__in=waiting).values_list("message_id", "state")
    return {key: MAIL_STATES[state] for key, state in states if state in MAIL_STATES}
