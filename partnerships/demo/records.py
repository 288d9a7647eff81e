"""Five years of believable records for every partnership; everything through the real actions."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from ministries.clock import months_later
from ministries.models import Ministry, Responsibility, Role, User
from ministries.working_days import add_working_days
from partnerships.demo import texts
from partnerships.demo.activities import Charge, Writer, invent_activities
from partnerships.demo.files import bring_files
from partnerships.demo.texts import EXAMPLE, TEXT, chosen
from partnerships.demo.topics import topic
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
    """Nobody travels to a partner that rests, and nothing is promised there."""
    is_resting = _is_resting(partnership, today)
    for position, charge in enumerate(areas[:4]):
        _subject_record(partnership, charge, number, position, today, is_resting)
    if is_resting:
        return
    invent_activities(partnership, areas, number, today)
    _exchange_of(partnership, areas[0], number, now, today)
    if number % 3 == 0:
        _working_group(partnership, areas[0], number, today)


def _is_resting(partnership: Partnership, today: date) -> bool:
    period = partnership.status_periods.current(today).first()
    return period is not None and period.status == Partnership.Status.DORMANT


def _exchange_of(
    partnership: Partnership, charge: Charge, number: int, now: datetime, today: date
) -> None:
    area, writer = charge
    common: dict[str, Any] = {"partnership": partnership, "ministry": writer.house}
    contact = Contact(
        function=chosen(texts.CONTACT_FUNCTIONS, number),
        salutation="Sehr geehrte Damen und Herren",
        **common,
    )
    create_contact(contact=contact, links={"circle": []}, by=writer.officer, today=today)
    for position, title in enumerate(texts.COMMITMENTS[number % len(texts.COMMITMENTS)]):
        side = Commitment.Side.OURS if position else Commitment.Side.PARTNER
        due = today + timedelta(days=60 * (position + 1) - 90 + 6 * number)
        promise = Commitment(title=f"{title} {EXAMPLE}", owed_by_side=side, due_on=due, **common)
        create_record(record=promise, by=writer.officer)
    note = Note(
        title=f"Gespräch {area.name} {EXAMPLE}",
        noted_on=today - timedelta(days=40),
        text=f"{TEXT} {chosen(texts.NOTES, number)}",
        **common,
    )
    create_record(record=note, by=writer.officer)
    release_note(note=note, expected_version=note.version, by=writer.officer, now=now)
    gift = Gift(
        direction="given",
        given_on=today - timedelta(days=200),
        title=f"{chosen(texts.GIFTS, number)} {EXAMPLE}",
        value=35,
        **common,
    )
    create_record(record=gift, by=writer.officer)
    text = f"{chosen(texts.FOLLOW_UPS, number)} {EXAMPLE}"
    follow_up = FollowUp(text=text, due_on=today + timedelta(days=number), **common)
    create_follow_up(follow_up=follow_up, by=writer.officer)


def _working_group(partnership: Partnership, charge: Charge, number: int, today: date) -> None:
    """Every third partner has one; of these one has planned its next session, another is late."""
    area, writer = charge
    group = WorkingGroup(
        name=f"Arbeitsgruppe {area.name} {EXAMPLE}",
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
    for turn, day in enumerate(add_working_days(day, 1) for day in days):
        meeting = Meeting(working_group=group, held_on=day, place="Dresden")
        if day < today:
            meeting.participants = texts.PARTICIPANTS
            meeting.minutes = texts.MINUTES.format(topic=topic(area, number + turn).title)
        add_meeting(meeting=meeting, by=writer.officer)


def _subject_record(
    partnership: Partnership,
    charge: Charge,
    number: int,
    position: int,
    today: date,
    is_resting: bool,
) -> None:
    area, writer = charge
    turn = number + position
    record = SubjectRecord(
        partnership=partnership,
        subject_area=area,
        ministry=writer.house,
        situation=texts.RESTING,
        internal_notes="" if position else f"{TEXT} {chosen(texts.INTERNAL, number)}",
    )
    if not is_resting:
        told = topic(area, turn), topic(area, turn + 1)
        points = "\n".join(f"- {one.title}" for one in told)
        record.situation = f"{TEXT} {chosen(texts.SITUATIONS, turn)}\n\n{points}"
        record.aims = " ".join(one.aim for one in told)
        record.next_steps = chosen(texts.NEXT_STEPS, turn)
    create_record(record=record, by=writer.officer)
    if position < 3:  # the fourth is still a draft
        day = today - timedelta(days=130 * (position + 1))
        release_subject_record(
            record=record, expected_version=record.version, by=writer.officer, today=day
        )
