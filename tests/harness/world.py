"""A small world in which every state that matters exists once, told from the view of the SMWK.

The SMWK ("own") answers for the partnerships; the SMI ("elsewhere") is asked in some of the same
checks; the SMK is never asked. Texts nobody but the SMWK may read carry a canary.
"""

import uuid
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pghistory
from django.db import connection

from guidelines.models import (
    CheckRound,
    Criterion,
    DelegationDraft,
    Edition,
    GuidelineCheck,
    Statement,
    StatementDraft,
)
from ministries.clock import now, today
from ministries.models import Ministry, Notification, Role, SubjectArea, User
from ministries.tasks import deliver
from partnerships.models import Lead, Partnership
from tests import factories
from tests.harness import states
from tests.harness.leaving import take_out
from tests.harness.records import add_records
from tests.harness.secret import decide_in_secret
from tests.harness.texts import ASKED, DRAFT, JUDGEMENT, PREPARING, RELEASED, SECRET, SUBMITTER
from tests.ministries.one_time_codes import make_second_factor
from ui.models import FormReceipt

HOUSE_ROLES = {"officer": Role.OFFICER, "head": Role.HEAD, "manager": Role.MANAGER}

# Addresses that point to no record of ours.
NO_RECORDS: dict[str, dict[str, Any]] = {
    "": {},
    "nowhere": {"url": "nirgendwo/"},
    "used_key": {"uidb36": "1", "key": "abgelaufen"},
    "page": {"slug": "anmelden"},
    "import_kind": {"kind": "kontakte"},
    "nothing": {"object_id": "123456789"},
    "app_guidelines": {"app_label": "guidelines"},
    "app_partnerships": {"app_label": "partnerships"},
    "app_ministries": {"app_label": "ministries"},
}


@dataclass(eq=False)
class World:
    own: Ministry
    elsewhere: Ministry
    unasked: Ministry
    chancellery: Ministry
    area: SubjectArea
    edition: Edition
    criteria: list[Criterion]
    users: dict[str, User] = field(default_factory=dict)
    # name → what an address needs to point to the record
    objects: dict[str, dict[str, Any]] = field(default_factory=lambda: dict(NO_RECORDS))
    records: dict[str, Any] = field(default_factory=dict)
    day: date = field(default_factory=today)

    def add(self, name: str, record: Any, **keys: Any) -> None:
        self.records[name] = record
        self.objects[name] = {"pk": record.pk, "object_id": str(record.pk), **keys}


def build() -> World:
    world = _houses()
    _people(world)
    _partnerships(world)
    years = {"preparing": 4, "open": 0, "overdue": -1, "hidden": -2, "visible": -3}
    for name, offset in years.items():
        _round(world, name, world.day.year + offset)
    states.collected(world)
    states.more_time(world)
    take_out(world)
    decide_in_secret(world)
    _traces(world)
    _worker(world)
    add_records(world)
    return world


def _worker(world: World) -> None:
    """A job worker that is alive, for /healthz, and a job for it."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    job = deliver.defer(notification_id=world.records["notification"].pk)
    world.objects["job"] = {"pk": job, "object_id": str(job)}


def _houses() -> World:
    own = factories.make_ministry(abbreviation="SMWK", slug="smwk")
    edition = factories.make_edition()
    area = factories.make_subject_area(ministry=own, slug="kultur", name="Kultur")
    guideline = factories.make_guideline(edition=edition)
    condition = factories.make_guideline(edition=edition, kind="framework_condition")
    criteria = [
        factories.make_criterion(guideline=guideline),
        factories.make_criterion(guideline=guideline, scale=Criterion.Scale.YES_NO_CLARIFY),
        factories.make_criterion(guideline=condition, scale=Criterion.Scale.YES_NO),
    ]
    edition.published_at = now()
    edition.save(update_fields=["published_at"])
    return World(
        own=own,
        elsewhere=factories.make_ministry(abbreviation="SMI", slug="smi"),
        unasked=factories.make_ministry(abbreviation="SMK", slug="smk"),
        chancellery=factories.make_chancellery(),
        area=area,
        edition=edition,
        criteria=criteria,
    )


def _people(world: World) -> None:
    def person(name: str, role: Role | None, house: Ministry, **fields: Any) -> None:
        world.users[name] = factories.make_user(
            role=role, ministry=house, email=f"{name}@demo.example", name=f"Demo {name}", **fields
        )

    world.add("ministry", world.own)
    draft = factories.make_edition()
    guideline = factories.make_guideline(edition=draft)
    world.add("edition", draft, slug=draft.slug)
    world.add("edition_published", world.edition, slug=world.edition.slug)
    world.add("guideline", guideline)
    world.add("criterion", factories.make_criterion(guideline=guideline))
    world.add("area", world.area)
    world.add("responsibility", world.area.responsibilities.get())
    for name, role in HOUSE_ROLES.items():
        person(name, role, world.own)
    person("officer_elsewhere", Role.OFFICER, world.elsewhere)
    person("officer_unasked", Role.OFFICER, world.unasked)
    person("coordination", Role.COORDINATOR, world.chancellery)
    person("chief", Role.MANAGER, world.chancellery, is_chief=True)
    person("auditor", Role.AUDITOR, world.chancellery)
    person("administrator", Role.ADMINISTRATOR, world.chancellery)
    person("nobody", None, world.chancellery)
    invited = factories.make_user(email="invited@demo.example", name="Demo invited")
    invited.set_unusable_password()
    invited.save()
    world.add("user_invited", invited)
    officer = world.users["officer"]
    world.add("user_officer", officer)
    make_second_factor(officer)
    world.add("appointment", officer.appointments.get())
    mail = Notification.objects.create(
        kind="request",
        recipient=officer,
        to_address=officer.email,
        subject="Anforderung",
        body="Text",
        message_id="1@demo.example",
    )
    world.add("notification", mail)
    # The own officer's colleague, in no column: wrote the texts of others.
    world.users["author"] = factories.make_user(
        role=Role.OFFICER, ministry=world.own, email="author@demo.example", name=SUBMITTER
    )
    pending = {"state": "pending", "requested_on": world.day, "role": Role.MANAGER}
    waiting = factories.make_appointment(user=world.users["author"], ministry=world.own, **pending)
    world.add("appointment_pending", waiting)


def _partnerships(world: World) -> None:
    for name, title, fields in (
        ("open", "Flandern", {}),
        ("confidential", SECRET, {"is_confidential": True}),
        ("circle", f"{SECRET} im Kreis", {"is_confidential": True}),
    ):
        partnership = factories.make_partnership(
            name=title,
            slug=f"partnerschaft-{name}",
            lead=world.own,
            areas=[world.area],
            in_check=True,
            **fields,
        )
        world.add(f"partnership_{name}", partnership, slug=partnership.slug)
        region = partnership.regions.get()
        authority = factories.make_authority(region=region, name=f"Regierung von {title}")
        agreement = factories.make_agreement(partnership=partnership, title=f"Erklärung {title}")
        world.add(f"region_{name}", region)
        world.add(f"authority_{name}", authority)
        world.add(f"agreement_{name}", agreement)
        world.add(f"participation_{name}", partnership.participations.get())
        world.add(f"status_{name}", partnership.status_periods.get())
        world.add(f"lead_{name}", partnership.leads.get())
        world.add(f"fact_{name}", agreement, slug=partnership.slug, kind="vereinbarung")
    world.records["partnership_circle"].circle.add(world.users["officer"])
    watched = factories.make_partnership(
        slug="p-scrutiny", scrutiny_since=date(2026, 1, 1), scrutiny_reason="Anlass"
    )
    world.add("partnership_scrutiny", watched, slug=watched.slug)
    _mistaken(world)


def _mistaken(world: World) -> None:
    """Dormant and led by a house since somebody entered that by hand: it can be taken back."""
    partnership = factories.make_partnership(slug="p-mistaken", status=None)
    with pghistory.context(user=world.users["coordination"].pk, role=["coordinator SK"]):
        factories.make_status_period(
            partnership=partnership,
            status=Partnership.Status.DORMANT,
            valid_from=date(2026, 1, 1),
        )
        Lead.objects.create(
            partnership=partnership, ministry=world.elsewhere, valid_from=date(2026, 1, 1)
        )
    with connection.cursor() as cursor:  # else it lasts until the end of the transaction
        for name in ("context_id", "context_metadata"):
            cursor.execute("SELECT set_config(%s, '', true)", [f"pghistory.{name}"])
    world.add("partnership_mistaken", partnership, slug=partnership.slug)


# One round in every state; in each the SMWK and the SMI are asked about "open"


def _round(world: World, name: str, year: int) -> None:
    fields: dict[str, Any] = {
        "year": year,
        "edition": world.edition,
        "by": world.users["coordination"],
    }
    late = name in ("overdue", "hidden", "visible")
    fields["due_on"] = world.day + timedelta(days=-5 if late else 20)
    if name == "preparing":
        fields["state"] = CheckRound.State.PREPARING
        del fields["by"]
    check_round = factories.make_round(**fields)
    world.add(f"round_{name}", check_round, round_slug=check_round.slug)
    check = states.make_check(world, check_round, "open", f"check_{name}")
    reason = PREPARING if name == "preparing" else "Federführung"
    own = states.make_statement(world, check, world.own, f"statement_{name}", asked_because=reason)
    states.make_statement(world, check, world.elsewhere, f"statement_{name}_elsewhere")
    if name == "open":
        _states_of_a_statement(world, check_round, own)
        states.delegated(world, own)
        _confidential(world, check_round)
        return
    if late:
        states.release(world, own, text="Sichtbar" if name == "visible" else ASKED)
    if name in ("hidden", "visible"):
        states.decide(world, check, is_visible=name == "visible")
        states.release(world, world.records[f"statement_{name}_elsewhere"], text="Vom SMI")
        states.close(world, check_round)


def _states_of_a_statement(world: World, check_round: CheckRound, own: Statement) -> None:
    states.write(world, own)
    for state in ("submitted", "released", "evaluating", "proposed", "queried", "replying"):
        partnership = factories.make_partnership(name=f"Partnerschaft {state}", slug=f"p-{state}")
        world.add(f"partnership_{state}", partnership, slug=partnership.slug)
        check = states.make_check(world, check_round, state, f"check_{state}")
        statement = states.make_statement(world, check, world.own, f"statement_{state}")
        states.make_statement(world, check, world.elsewhere, f"statement_{state}_elsewhere")
        if state == "submitted":
            states.write(world, statement)
            states.submit(world, statement)
        else:
            states.release(world, statement, text=RELEASED)
        if state in ("queried", "replying"):
            _queries(world, state)
        if state in ("evaluating", "proposed"):
            GuidelineCheck.objects.filter(pk=check.pk).update(state="evaluating")
        if state == "proposed":
            states.release(world, world.records["statement_proposed_elsewhere"], text="Vom SMI")
            states.propose(world, check, text=JUDGEMENT)
            states.close_collection(world, check)


def _queries(world: World, state: str) -> None:
    """Asked of the SMWK and, being answered, of the SMI; an earlier one is answered."""
    statement = world.records[f"statement_{state}"]
    if state == "queried":
        states.answer(world, states.ask(world, statement, "query_answered"))
        states.ask(world, statement, "query_open")
        return
    states.reply(world, states.ask(world, statement, "query_submitted"))
    elsewhere = world.records["statement_replying_elsewhere"]
    states.release(world, elsewhere, text="Vom SMI")
    states.ask(world, elsewhere, "query_elsewhere")


def _confidential(world: World, check_round: CheckRound) -> None:
    check = states.make_check(world, check_round, "confidential", "check_confidential")
    statement = states.make_statement(world, check, world.own, "statement_confidential")
    states.write(world, statement, text=SECRET)


# What the world hides besides drafts


def _traces(world: World) -> None:
    """What work leaves behind: typed and not saved, a receipt, a mail to a house."""
    author = world.users["author"]
    draft = StatementDraft.objects.create(
        statement=world.records["statement_open"],
        user=author,
        data={"key_message": f"{DRAFT} getippt"},
        based_on_version=1,
        saved_at=now(),
    )
    world.add("draft", draft)
    DelegationDraft.objects.create(
        delegation=world.records["delegation_open"],
        data={"answer": "", "reason": f"{DRAFT} Zuarbeit getippt"},
        saved_at=now(),
    )
    FormReceipt.objects.create(token=uuid.uuid4(), user_id=author.pk, path="/x/", location="/y/")
    Notification.objects.create(
        kind="request",
        to_address=world.own.mailbox,
        subject="Anforderung",
        body="Text",
        message_id="2@demo.example",
    )
