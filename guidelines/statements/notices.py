"""Mails about a statement on its way through the house: few of them, and none with its text."""

from collections.abc import Sequence
from datetime import datetime, time

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from guidelines.permissions import RELEASERS
from guidelines.queries.models import Written
from guidelines.rounds.models import CheckRound
from guidelines.rounds.request_text import name_of
from guidelines.statements.conditions import acts_as_deputy
from guidelines.statements.models import Statement
from guidelines.states.tables import StatementState
from ministries.clock import today
from ministries.mail import outbox
from ministries.models import Appointment, Ministry, Notification, User

WAITING = "Stellungnahmen zur Freigabe"


def waiting_in(check_round: CheckRound) -> str:
    return f"{check_round}: {WAITING}"


def tell_heads(written: Written, *, now: datetime) -> None:
    """Something waits for release; of each round a head hears it once a day."""
    subject = waiting_in(written.guideline_check.round)
    morning = timezone.make_aware(datetime.combine(today(), time.min))
    heads = Appointment.objects.on(timezone.localdate(now)).filter(
        role__in=RELEASERS, ministry=written.ministry_id
    )
    told = Notification.objects.filter(
        kind=Notification.Kind.RELEASE, subject=subject, created_at__gte=morning
    )
    regular = heads.filter(user=OuterRef("pk"), deputy_for=None)
    people = User.objects.filter(pk__in=heads.values("user"), is_active=True).annotate(
        is_regular=Exists(regular)
    )
    authors = set(written.authors.values_list("pk", flat=True))
    people = people.exclude(
        pk__in={written.submitted_by_id, *(authors if len(authors) == 1 else ())}
    )
    for head in people.exclude(pk__in=told.filter(recipient__isnull=False).values("recipient")):
        outbox.post(
            to=head,
            kind=Notification.Kind.RELEASE,
            subject=subject,
            body=(
                "Guten Tag,\n\nin Ihrem Haus liegen Stellungnahmen zum "
                f"{written.guideline_check.round} zur Freigabe vor."
                f"{'' if head.is_regular else ' Sie geben in Vertretung frei (i. V.).'}"
            ),
            link=f"{reverse('guidelines:statements-release')}?round={written.guideline_check.round.slug}",
        )


def tell_author(written: Written, *, by: User) -> None:
    """Returned inside the house: whoever submitted it hears of it."""
    letters = _to_submitter(
        written,
        "zur Überarbeitung zurückgegeben",
        f"{named(by, written)} hat Ihnen",
        "Der Hinweis dazu steht in Brücke.",
    )
    outbox.post_all(letters)


def of_correction(written: Written, *, by: User) -> list[outbox.Letter]:
    """Released with changes: whoever submitted it reads in Brücke what they are."""
    return _to_submitter(
        written,
        "mit Änderungen freigegeben",
        f"{named(by, written)} hat",
        "Was geändert ist, steht in Brücke.",
    )


def _to_submitter(written: Written, done: str, who: str, more: str) -> list[outbox.Letter]:
    """Unless that person has left the house or the circle since."""
    person, is_statement = written.submitted_by, isinstance(written, Statement)
    statement = written if isinstance(written, Statement) else written.statement
    inside = Statement.objects.of_houses(person) if person and person.is_active else None
    if person is None or inside is None or not inside.filter(pk=statement.pk).exists():
        return []
    what = "Stellungnahme" if is_statement else "Antwort auf die Rückfrage"
    letter = outbox.Letter(
        to=person,
        kind=Notification.Kind.RELEASE,
        subject=f"{written.guideline_check.round}: {what} {done}",
        body=f"Guten Tag,\n\n{who} die {what} zu {name_of(statement)} {done}. {more}",
        link=written.get_absolute_url(),
    )
    return [letter]


def named(by: User, written: Written) -> str:
    return f"{by.name} (i. V.)" if acts_as_deputy(by, written.ministry_id) else by.name


def tell_released(statement: Statement, further: Sequence[outbox.Letter] = ()) -> None:
    """To the coordination one mail per house and round: the last statement has arrived."""
    outbox.post_all([*further, *_complete(statement)])


def _complete(statement: Statement) -> list[outbox.Letter]:
    check_round, house = statement.guideline_check.round, statement.ministry
    of_house = Statement.objects.filter(ministry=house, guideline_check__round=check_round)
    if of_house.asked().exclude(state=StatementState.RELEASED).exists():
        return []
    chancellery = Ministry.objects.on(timezone.localdate(statement.released_at)).filter(
        is_chancellery=True
    )
    mailbox = chancellery.values_list("mailbox", flat=True).first()
    if not mailbox:
        return []
    letter = outbox.Letter(
        to=mailbox,
        kind=Notification.Kind.RELEASE,
        subject=f"{check_round}: {house.abbreviation} vollständig",
        body=(
            f"Guten Tag,\n\nalle Stellungnahmen des {house.abbreviation} zum {check_round} "
            "liegen vor."
        ),
        link=check_round.get_absolute_url(),
    )
    return [letter]
