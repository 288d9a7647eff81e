"""Five years of believable activity for every partnership; everything through the real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ministries.clock import months_later
from ministries.models import Ministry, Responsibility, Role, User
from ministries.working_days import add_working_days
from partnerships.demo import texts
from partnerships.demo.activities import Charge, Writer, invent_activities
from partnerships.demo.files import bring_files
from partnerships.records.activities.models import Activity
from partnerships.records.commitments.models import Commitment
from partnerships.records.contacts.actions import create_contact
from partnerships.records.contacts.models import Contact
from partnerships.records.follow_ups.actions import create_follow_up
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.gifts.models import Gift
from partnerships.records.notes.actions import release_note
from partnerships.records.notes.models import Note
from partnerships.records.shared.actions import create_record
from partnerships.records.subject_records.actions import release_subject_record
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.actions import add_meeting
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from partnerships.register.partners.partnerships import Partnership

FIRST = "flandern"  # begins, so that the pages of one house are easy to find


@transaction.atomic
def build_demo_records(now: datetime, today: date) -> int:
    """Activities made; a second call finds the records and leaves everything as it is."""
    if SubjectRecord.objects.exists():
        return 0
    real = Activity.objects.count()
    writers = _writers(today)
    partnerships = sorted(Partnership.objects.all(), key=lambda one: (one.slug != FIRST, one.slug))
    for number, partnership in enumerate(partnerships):
        areas = _areas(partnership, writers, today)
        if areas:
            _records_of(partnership, areas, number, now, today)
        if areas and partnership.slug == FIRST:
            writer = areas[0][1]
            bring_files(writer.house, writer.officer, partnership, now)
    return Activity.objects.count() - real


def _writers(today: date) -> dict[int, Writer]:
    """House → its officer."""
    officers = User.objects.filter(appointments__role=Role.OFFICER).distinct()
    return {
        capacity.ministry_id: Writer(Ministry.objects.get(pk=capacity.ministry_id), officer)
        for officer in officers
        for capacity in officer.capacities
        if capacity.role == Role.OFFICER
    }


def _areas(partnership: Partnership, writers: dict[int, Writer], today: date) -> list[Charge]:
    """(area, writer of the house in charge), the SMWK's first."""
    charge = Responsibility.objects.by_area(today)
    areas = [
        part.subject_area for part in partnership.participations.select_related("subject_area")
    ]
    known = [(area, writers[charge[area.pk]]) for area in areas if charge.get(area.pk) in writers]
    return sorted(known, key=lambda pair: pair[1].house.abbreviation != "SMWK")


def _records_of(
    partnership: Partnership, areas: list[Charge], number: int, now: datetime, today: date
) -> None:
    resting_since = _resting_since(partnership, today)
    for position, (area, writer) in enumerate(areas[:4]):
        situation = texts.RESTING if resting_since else texts.SITUATION.format(area=area.name)
        _subject_record(partnership, area, writer, position, today, situation)
    if resting_since is None:
        invent_activities(partnership, areas, number, today)
        _exchange_of(partnership, areas[0], number, now, today)
        if number % 3 == 0:
            _working_group(partnership, areas[0], number, today)


def _resting_since(partnership: Partnership, today: date) -> date | None:
    """Nobody travels to a partner that rests, and nothing is promised there."""
    period = partnership.status_periods.current(today).first()
    is_resting = period is not None and period.status == Partnership.Status.DORMANT
    return period.valid_from if period and is_resting else None


def _exchange_of(
    partnership: Partnership, charge: Charge, number: int, now: datetime, today: date
) -> None:
    area, writer = charge
    common: dict[str, Any] = {"partnership": partnership, "ministry": writer.house}
    contact = Contact(
        function=texts.CONTACT_FUNCTION, salutation="Sehr geehrte Damen und Herren", **common
    )
    create_contact(contact=contact, links={"circle": []}, by=writer.officer, today=today)
    for position, title in enumerate(texts.COMMITMENTS):
        side = Commitment.Side.OURS if position else Commitment.Side.PARTNER
        due = today + timedelta(days=60 * (position + 1) - 90 + 6 * number)
        promise = Commitment(title=title, owed_by_side=side, due_on=due, **common)
        create_record(record=promise, by=writer.officer)
    note = Note(
        title=f"Gespräch {area.name}",
        noted_on=today - timedelta(days=40),
        text=texts.NOTE,
        **common,
    )
    create_record(record=note, by=writer.officer)
    release_note(note=note, expected_version=note.version, by=writer.officer, now=now)
    gift = Gift(
        direction="given",
        given_on=today - timedelta(days=200),
        title=texts.GIFT,
        value=35,
        **common,
    )
    create_record(record=gift, by=writer.officer)
    follow_up = FollowUp(text=texts.FOLLOW_UP, due_on=today + timedelta(days=number), **common)
    create_follow_up(follow_up=follow_up, by=writer.officer)


def _working_group(partnership: Partnership, charge: Charge, number: int, today: date) -> None:
    """Every third partner has one; of these one has planned its next session, another is late."""
    area, writer = charge
    group = WorkingGroup(
        name=f"Arbeitsgruppe {area.name}",
        cadence_months=12,
        chairs=texts.CHAIRS,
        partnership=partnership,
        ministry=writer.house,
    )
    create_record(record=group, by=writer.officer)
    latest = today - timedelta(days=330 + 10 * number)
    days = [months_later(latest, -12), latest]
    if number % 2:
        days.append(today + timedelta(days=40))
    for day in (add_working_days(day, 1) for day in days):
        meeting = Meeting(working_group=group, held_on=day, place="Dresden")
        if day < today:
            meeting.participants, meeting.minutes = texts.PARTICIPANTS, texts.MINUTES
        add_meeting(meeting=meeting, by=writer.officer)


def _subject_record(
    partnership: Partnership,
    area: Any,
    writer: Writer,
    position: int,
    today: date,
    situation: str,
) -> None:
    record = SubjectRecord(
        partnership=partnership,
        subject_area=area,
        ministry=writer.house,
        situation=situation,
        aims="" if situation == texts.RESTING else texts.AIMS,
        next_steps="" if situation == texts.RESTING else texts.NEXT_STEPS,
        internal_notes=texts.INTERNAL if position == 0 else "",
    )
    create_record(record=record, by=writer.officer)
    if position < 3:  # the fourth is still a draft
        day = today - timedelta(days=130 * (position + 1))
        release_subject_record(
            record=record, expected_version=record.version, by=writer.officer, today=day
        )
