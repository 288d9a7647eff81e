"""What the houses of the world keep of their own, once for every class of `readers.csv`.

"house" stays inside the SMWK, "shared" is for all, "confidential" for its circle: the officer.
"""

from typing import TYPE_CHECKING, Any

from guidelines.models import Contribution, Guideline
from ministries.clock import now
from ministries.models import Disclosure, Ministry
from partnerships.files.store import path_of
from partnerships.models import (
    Activity,
    ActivityOrganisation,
    ActivityPerson,
    CorrectionRequest,
    CostLine,
    Lead,
    Organisation,
    Owned,
    Partnership,
    ProgrammeItem,
)
from partnerships.records.shared.kinds import kind_of
from reports.views.house_data import SUBJECT as HOUSE_DATA
from tests import record_factories as factories
from tests.factories import make_partnership, make_quiet_time
from tests.harness import states
from tests.harness.texts import DRAFT

if TYPE_CHECKING:
    from tests.harness.world import World

SHARED_CLASSES: dict[str, dict[str, Any]] = {
    "house": {"visibility": "house"},
    "shared": {},
    "confidential": {"is_confidential": True},
}


def store_file(world: "World") -> None:
    """What the folder of the documents holds of the world."""
    path = path_of(world.records["document_stored"].storage_name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-1.7 only to be handed out")


def _third_parties(world: "World") -> None:
    elsewhere = world.records["statement_open_elsewhere"]
    states.told_by_third_party(world, elsewhere, "Vom SMI")
    for name, suffix in (("open", ""), ("released", "_released"), ("open_elsewhere", "_elsewhere")):
        statement = world.records[f"statement_{name}"]
        world.add(f"third_party{suffix}", statement.third_party_views.get())
    query = world.records["query_open"]
    left_out = query.statement.third_party_views.get()
    left_out.left_out_with = query
    left_out.save()
    world.add("third_party_left_out", left_out)
    reply = states.told_by_third_party(world, query.statement, DRAFT, query)
    world.add("third_party_reply", reply)


def add_records(world: "World") -> None:
    world.add("quiet_time", make_quiet_time())
    states.letters(world)
    _subject_records(world)
    _activities(world)
    _groups_and_promises(world)
    _third_parties(world)
    for name, fields in SHARED_CLASSES.items():
        for kind in ("contact", "note", "document"):
            record = _shared(world, kind, fields)
            world.add(f"{kind}_{name}", record)
            if name == "confidential":
                record.circle.add(world.users["officer"])
    about = world.records["partnership_open"]
    stored = factories.make_document(
        ministry=world.own,
        partnership=about,
        uploaded_by=world.users["author"],
        storage_name="f" * 64,
    )
    world.add("document_stored", stored)
    store_file(world)
    draft = factories.make_note(ministry=world.own, partnership=about)
    world.add("note_draft", draft)
    for name, subject in (("disclosure", "Kontakte"), ("house_disclosure", HOUSE_DATA)):
        disclosure = Disclosure.objects.create(
            kind="export",
            subject=subject,
            purpose="Einladung",
            query="format=csv",
            made_at=now(),
            made_by=world.users["officer"],
        )
        world.add(name, disclosure)
    changes = about.pgh_event_model.objects.filter(pgh_obj=about)
    world.add("event", changes.latest("pgh_id"), kind="partnerships.Partnership")
    reading = Disclosure.objects.create(
        kind="reading",
        subject="Partnerschaft",
        purpose="Prüfung",
        query=f"partnerships.Partnership {world.records['event'].pk}",
        made_at=now(),
        made_by=world.users["auditor"],
    )
    world.add("reading", reading)
    for name, house in (("house", world.own), ("elsewhere", world.elsewhere)):
        follow_up = factories.make_follow_up(ministry=house, partnership=about)
        world.add(f"follow_up_{name}", follow_up)
    done = {"done_at": factories.NOW, "done_by": world.users["author"]}
    world.add(
        "follow_up_done",
        factories.make_follow_up(ministry=world.own, partnership=about, **done),
    )
    mine = {"assigned_to": world.users["officer"], "due_on": world.day}
    world.add(
        "follow_up_mine",
        factories.make_follow_up(ministry=world.own, partnership=about, **mine),
    )
    world.add("house_own", world.own, slug=world.own.slug)
    world.add(
        "import", factories.make_import(ministry=world.own, uploaded_by=world.users["officer"])
    )
    world.add("column_mapping", factories.make_column_mapping(ministry=world.own))
    _house_facts(world)
    _handed_over(world)
    _evidence(world)
    _kinds(world)


def _evidence(world: "World") -> None:
    """Of every kind and class, in statements that few and that all may read."""
    names = [f"activity_{name}" for name in (*SHARED_CLASSES, "outline", "secret")]
    names += [f"document_{name}" for name in SHARED_CLASSES]
    names += ["agreement_open", "commitment_open"]
    for state in ("open", "submitted", "released", "visible", "queried"):
        statement = world.records[f"statement_{state}"]
        states.cite(world, statement, *names, wording=f"Wortlaut {state}")
    states.cite(world, world.records["statement_visible"], "activity_elsewhere", wording="Vom SMI")


def _house_facts(world: "World") -> None:
    """What nobody has confirmed about the SMWK, and what it asked the coordination to correct."""
    world.add("house_fact", world.records["lead_open"], kind="federfuehrung")
    asked = CorrectionRequest.objects.create(
        ministry=world.own,
        kind="fachgebiet",
        fact_id=world.records["participation_open"].pk,
        about="Beteiligung: Kultur",
        partnership=world.records["partnership_open"],
        act="correct",
        proposal="Es ist der Sport.",
        asked_at=now(),
        asked_by=world.users["author"],
    )
    world.add("correction", asked)


def _handed_over(world: "World") -> None:
    """Offered to the SMI by the SMWK; out of the daily lists; a Federführung just given."""
    given = make_partnership(name="Partnerschaft handed", slug="p-handed")
    Lead.objects.create(
        partnership=given, ministry=world.own, source="Testdaten", is_to_be_acknowledged=True
    )
    world.add("partnership_handed", given, slug=given.slug)
    common = {"ministry": world.own, "partnership": world.records["partnership_open"]}
    offered = factories.make_commitment(
        offered_to=world.elsewhere, offer_reason="Zuständigkeit", **common
    )
    world.add("commitment_offered", offered)
    archived = factories.make_commitment(
        archived_on=world.day,
        archived_by=world.users["author"],
        archive_reason="Erledigt",
        **common,
    )
    world.add("commitment_archived", archived)


def _kinds(world: "World") -> None:
    """Records are addressed by kind and key."""
    for name, record in world.records.items():
        if isinstance(record, Owned):
            world.objects[name]["kind"] = kind_of(record)


def _shared(world: "World", kind: str, fields: dict[str, Any]) -> Any:
    common = {"ministry": world.own, "partnership": world.records["partnership_open"], **fields}
    author = world.users["author"]
    if kind == "contact":
        return factories.make_contact(**common)
    if kind == "note":
        return factories.make_note(released_by=author, **common)
    return factories.make_document(uploaded_by=author, **common)


def _subject_records(world: "World") -> None:
    about = world.records["partnership_open"]
    texts = {"internal_notes": "Nur für uns"}
    released = factories.make_subject_record(
        partnership=about,
        area=world.area,
        ministry=world.own,
        released_by=world.users["author"],
        **texts,
    )
    world.add("subject_record_released", released, slug=about.slug)
    secret = world.records["partnership_confidential"]
    for name, partnership, house in (
        ("draft", world.records["partnership_circle"], world.own),
        ("elsewhere", world.records["partnership_scrutiny"], world.elsewhere),
        ("secret", secret, world.own),
    ):
        record = factories.make_subject_record(
            partnership=partnership, area=world.area, ministry=house, **texts
        )
        world.add(f"subject_record_{name}", record, slug=partnership.slug)


def _activities(world: "World") -> None:
    about, secret = world.records["partnership_open"], world.records["partnership_confidential"]
    classes = {
        **SHARED_CLASSES,
        "outline": {"visibility": "outline"},
        "elsewhere": {"visibility": "house", "ministry": world.elsewhere},
        "secret": {"partnerships": [about, secret]},
    }
    organisation = factories.make_organisation()
    world.add("organisation", organisation)
    for name, fields in classes.items():
        activity = factories.make_activity(
            **{"ministry": world.own, "partnerships": [about], **fields}
        )
        world.add(f"activity_{name}", activity)
        named = organisation
        if name == "house":
            named = factories.make_organisation(ministry=world.own)
        for part, row in parts_of(activity, named).items():
            keys = {"pk": activity.pk, "part": part, "number": row.pk}
            world.add(f"{part}_{name}", row, **keys)
    world.records["activity_confidential"].circle.add(world.users["officer"])


def parts_of(activity: Activity, organisation: Organisation) -> dict[str, Any]:
    """One of each, by its word in addresses."""
    of = {"activity": activity}
    day = activity.starts_on
    served = Guideline.objects.filter(edition__published_at__isnull=False).first()
    assert served is not None
    Contribution.objects.get_or_create(guideline=served, **of)
    return {
        "organisationen": ActivityOrganisation.objects.create(organisation=organisation, **of),
        "personen": ActivityPerson.objects.create(function="Leitung", name="Demo Gast", **of),
        "programm": ProgrammeItem.objects.create(taken_on=day, title="Empfang", **of),
        "kosten": CostLine.objects.create(bearer="chancellery", planned=100, **of),
    }


def _groups_and_promises(world: "World") -> None:
    for name in ("open", "confidential"):
        common = {"ministry": world.own, "partnership": world.records[f"partnership_{name}"]}
        group = factories.make_working_group(**common)
        world.add(f"working_group_{name}", group)
        world.add(f"meeting_{name}", factories.make_meeting(working_group=group))
        world.add(f"commitment_{name}", factories.make_commitment(**common))
        world.add(f"gift_{name}", factories.make_gift(**common))
    done = {"outcome": "fulfilled", "settled_on": world.day, "settled_by": world.users["author"]}
    common |= {"partnership": world.records["partnership_open"]}
    world.add("commitment_settled", factories.make_commitment(**common, **done))


def add_hidden_records(world: "World", house: Ministry) -> None:
    """One of each kind that nobody outside the house may know of."""
    about = world.records["partnership_open"]
    author = world.users["author"]
    common: dict[str, Any] = {"ministry": house, "partnership": about}
    untouched = Partnership.objects.filter(subject_records=None, is_confidential=False).first()
    assert untouched is not None
    factories.make_subject_record(partnership=untouched, area=world.area, ministry=house)
    factories.make_contact(visibility="house", **common)
    factories.make_note(**common)
    factories.make_document(visibility="house", uploaded_by=author, **common)
    factories.make_follow_up(**common)
    factories.make_import(ministry=house, uploaded_by=author)
    factories.make_column_mapping(ministry=house)
    Disclosure.objects.create(
        kind="export", subject="Kontakte", purpose="x", made_at=now(), made_by=author
    )
    activity = factories.make_activity(
        ministry=house, partnerships=[about], visibility="house", starts_on=world.day
    )
    parts_of(activity, world.records["organisation"])
    factories.make_commitment(
        due_on=world.day, activity=activity, ministry=house, partnership=about
    )
