"""Thirty rows where the world has a few: nothing a page does may depend on how many there are."""

from datetime import date, timedelta

from guidelines.models import ReviewNote, Statement
from ministries.models import Notification, Role
from tests import factories, record_factories
from tests.harness import states
from tests.harness.records import parts_of
from tests.harness.texts import RELEASED
from tests.harness.world import World

FEW, MANY = range(3), range(3, 30)


def grow(world: World, numbers: range) -> None:
    for number in numbers:
        _partnership(world, number)
        _on_the_page_of_one(world, number)
        _round(world, number)
        _house(world, number)
    _criteria(world, len(numbers))


def _partnership(world: World, number: int) -> None:
    """Another partnership with a check and statements of both houses, in the running round."""
    partnership = factories.make_partnership(
        name=f"Weitere Partnerschaft {number}",
        lead=world.own,
        areas=[world.area],
        in_check=True,
        scrutiny_since=date(2026, 1, 1),
        scrutiny_reason="Anlass",
    )
    factories.make_authority(region=partnership.regions.get())
    factories.make_agreement(
        partnership=partnership, term="fixed_term", valid_until=world.day - timedelta(days=1)
    )
    check = factories.make_check(check_round=world.records["round_open"], partnership=partnership)
    own = factories.make_statement(ministry=world.own, check=check, criteria=world.criteria)
    factories.make_statement(ministry=world.elsewhere, check=check, criteria=world.criteria)
    states.letter(world, [own])
    states.delegate(world, own, f"delegation_{number}", person=world.users["manager"])
    if number % 3 == 1:
        states.write(world, own)
        states.submit(world, own)
        states.ask_for_time(world, own, f"extension_{number}")
    elif number % 3 == 2:
        states.release(world, own, text=RELEASED)
        states.ask(world, own, f"query_{number}")


def _on_the_page_of_one(world: World, number: int) -> None:
    partnership = world.records["partnership_open"]
    begin = date(1960 + number, 1, 1)
    factories.make_agreement(partnership=partnership)
    factories.make_authority(region=world.records["region_open"])
    factories.make_status_period(
        partnership=partnership, valid_from=begin, valid_until=begin + timedelta(days=364)
    )
    own = {"ministry": world.own, "partnership": partnership}
    record_factories.make_contact(**own)
    record_factories.make_note(released_by=world.users["author"], **own)
    record_factories.make_gift(**own)
    record_factories.make_document(
        ministry=world.own, partnership=partnership, uploaded_by=world.users["author"]
    )
    states.told_by_third_party(world, world.records["statement_open"], f"Weitere {number}")
    _activity(world, number)
    area = factories.make_subject_area(ministry=world.own)
    partnership.participations.create(subject_area=area, source="Testdaten")
    partnership.regions.add(factories.make_region())
    house = factories.make_ministry()
    check = world.records["check_open"]
    statement = factories.make_statement(ministry=house, check=check, criteria=world.criteria)
    if number % 2:
        states.release(world, statement, text=RELEASED)
    _records(world, number)


def _records(world: World, number: int) -> None:
    """Wiedervorlagen and what is offered to the house, all on one partnership."""
    common = {"ministry": world.own, "partnership": world.records["partnership_open"]}
    for person in (None, world.users["officer"]):
        record_factories.make_follow_up(assigned_to=person, due_on=world.day, **common)
    offered = {"ministry": world.elsewhere, "offered_to": world.own, "offer_reason": "Anlass"}
    record_factories.make_commitment(**common | offered)
    for text in ("Neu", "Neuer"):
        activity = world.records["activity_shared"]
        type(activity).objects.filter(pk=activity.pk).update(title=f"{text} {number}")


def _activity(world: World, number: int) -> None:
    """Another one over and not reported, with its parts, and more parts of the one that is shown."""
    partnership, house = world.records["partnership_open"], factories.make_ministry()
    activity = record_factories.make_activity(
        ministry=world.own, partnerships=[partnership, factories.make_partnership()]
    )
    activity.participating.add(house)
    organisation = record_factories.make_organisation()
    for one in (activity, world.records["activity_shared"]):
        parts_of(one, organisation)
    factories.make_user(role=Role.OFFICER, ministry=world.own)
    group = world.records["working_group_open"]
    another = record_factories.make_working_group(
        ministry=world.own, partnership=partnership, parent=group
    )
    held = world.day - timedelta(days=400 + number)
    for one in (another, group):
        record_factories.make_meeting(working_group=one, held_on=held)


def _round(world: World, number: int) -> None:
    edition = factories.make_edition()
    check_round = factories.make_round(
        year=1970 + number, edition=edition, by=world.users["coordination"], due_on=world.day
    )
    factories.make_check(check_round=check_round, partnership=world.records["partnership_open"])
    states.close(world, check_round)


def _house(world: World, number: int) -> None:
    factories.make_user(role=Role.OFFICER, ministry=world.own)
    factories.make_user(role=Role.HEAD, ministry=factories.make_ministry())
    for user in world.users.values():
        Notification.objects.create(
            kind="request",
            recipient=user,
            to_address=user.email,
            subject="Anforderung",
            body="Text",
            message_id=f"{user.pk}-{number}@demo.example",
        )


def _criteria(world: World, more: int) -> None:
    """More questions in every open statement; they come from a draft, a published edition is frozen."""
    edition = factories.make_edition()
    open_ones = Statement.objects.filter(
        guideline_check__round=world.records["round_open"]
    ).exclude(state=Statement.State.RELEASED)
    for _ in range(more):
        criterion = factories.make_criterion(guideline=factories.make_guideline(edition=edition))
        ReviewNote.objects.bulk_create(
            ReviewNote(statement=statement, criterion=criterion, answer="1")
            for statement in open_ones
        )
