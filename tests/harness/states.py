"""What happens to statements and checks, written straight into the tables."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pgtrigger

from guidelines.models import (
    CheckRound,
    Decision,
    Delegation,
    Evidence,
    ExtensionRequest,
    GuidelineCheck,
    Proposal,
    Query,
    Reopening,
    RequestLetter,
    Statement,
    ThirdPartyView,
)
from ministries.clock import now
from ministries.models import Ministry, Role, User
from partnerships.models import Partnership
from tests import factories
from tests.harness.texts import ASKED, DRAFT, JUDGEMENT, QUERY

if TYPE_CHECKING:
    from tests.harness.world import World


def write(world: "World", statement: Statement, text: str = DRAFT) -> None:
    Statement.objects.filter(pk=statement.pk).update(
        vote="expand", key_message=f"{text} Kernaussage"
    )
    for note in statement.review_notes.select_related("criterion"):
        note.answer = note.criterion.answers[0][0]
        note.reason = f"{text} Begründung"
        note.save(update_fields=["answer", "reason"])
    statement.authors.add(_person(world, statement, "author"))
    statement.refresh_from_db()
    told_by_third_party(world, statement, text)


def told_by_third_party(
    world: "World", statement: Statement, text: str, query: Query | None = None
) -> ThirdPartyView:
    return ThirdPartyView.objects.create(
        statement=statement,
        sender=f"{text} Kammer",
        given_on=world.day,
        text=f"{text} Sicht",
        query=query,
        entered_at=factories.NOW,
        entered_by=_person(world, statement, "author"),
    )


def _person(world: "World", statement: Statement, role: str) -> User:
    """Somebody of the statement's own house; the one who writes for the SMI visits nothing."""
    if statement.ministry != world.elsewhere:
        return world.users[role]
    releaser = world.users["officer_elsewhere"]
    if role == "head":
        return releaser
    colleagues = User.objects.filter(appointments__ministry=world.elsewhere)
    colleague = colleagues.exclude(pk=releaser.pk).first()
    return colleague or factories.make_user(role=Role.OFFICER, ministry=world.elsewhere)


def submit(world: "World", statement: Statement) -> None:
    Statement.objects.filter(pk=statement.pk).update(
        state=Statement.State.SUBMITTED,
        submitted_at=now(),
        submitted_by=_person(world, statement, "author"),
    )
    statement.refresh_from_db()


def release(world: "World", statement: Statement, text: str) -> None:
    write(world, statement, text=text)
    submit(world, statement)
    Statement.objects.filter(pk=statement.pk).update(
        state=Statement.State.RELEASED,
        released_at=now(),
        released_by=_person(world, statement, "head"),
    )
    statement.refresh_from_db()


def ask(world: "World", statement: Statement, name: str) -> Query:
    """A Rückfrage, and what the house has written about it so far."""
    is_own = statement.ministry == world.own
    text, draft = (QUERY, DRAFT) if is_own else ("Ans SMI", "Vom SMI")
    query = Query.objects.create(
        statement=statement,
        text=f"{text} Rückfrage",
        due_on=world.day + timedelta(days=9),
        asked_at=factories.NOW,
        asked_by=world.users["coordination"],
        values={"key_message": f"{draft} neu"},
        reply=f"{draft} Antwort",
    )
    query.authors.add(_person(world, statement, "author"))
    world.add(name, query)
    return query


def delegate(world: "World", statement: Statement, name: str, **fields: Any) -> Delegation:
    """A question given to a Fachreferat, of which nobody outside the house ever reads."""
    delegation = Delegation.objects.create(
        statement=statement,
        due_on=world.day + timedelta(days=4),
        given_at=factories.NOW,
        given_by=_person(world, statement, "author"),
        **{"criterion": world.criteria[0], **fields},
    )
    world.add(name, delegation)
    return delegation


def delegated(world: "World", own: Statement) -> None:
    """Given inside the SMWK, to a person and to a mailbox, and inside the SMI; answered ones."""
    manager = world.users["manager"]
    referat = {"unit": f"{DRAFT} Referat", "mailbox": "kanarie-entwurf@demo.example"}
    delegate(world, own, "delegation_open", person=manager)
    mailbox = delegate(world, own, "delegation_mailbox", criterion=world.criteria[1], **referat)
    for name in ("answered", "released"):
        statement = own if name == "answered" else world.records["statement_released"]
        one = delegate(world, statement, f"delegation_{name}", **referat)
        answer_inside(world, one, mailbox.given_by)
    elsewhere = world.records["statement_open_elsewhere"]
    asked = {"person": world.users["officer_elsewhere"]}
    delegate(world, elsewhere, "delegation_elsewhere", **asked)
    smi = {"unit": "Referat 12", "mailbox": "referat12@demo.example"}
    delegate(world, elsewhere, "delegation_elsewhere_mailbox", **smi)


def answer_inside(world: "World", delegation: Delegation, by: User) -> None:
    Delegation.objects.filter(pk=delegation.pk).update(
        state=Delegation.State.ANSWERED,
        answer="1",
        reason=f"{DRAFT} Zuarbeit",
        answered_at=now(),
        answered_by=by,
    )
    delegation.refresh_from_db()


def reply(world: "World", query: Query) -> None:
    Query.objects.filter(pk=query.pk).update(
        state=Query.State.SUBMITTED,
        submitted_at=now(),
        submitted_by=_person(world, query.statement, "author"),
    )
    query.refresh_from_db()


def answer(world: "World", query: Query) -> None:
    """Nothing of it is a draft any more."""
    Query.objects.filter(pk=query.pk).update(values={}, reply=f"{QUERY} Antwort")
    reply(world, query)
    Query.objects.filter(pk=query.pk).update(
        state=Query.State.ANSWERED,
        answered_at=now(),
        answered_by=_person(world, query.statement, "head"),
        answered_version=query.statement.version,
    )
    query.refresh_from_db()


def ask_for_time(world: "World", statement: Statement, name: str) -> ExtensionRequest:
    request = ExtensionRequest.objects.create(
        statement=statement,
        wished_on=world.day + timedelta(days=70),
        reason="Haushaltsaufstellung",
        asked_at=now(),
        asked_by=_person(world, statement, "author"),
    )
    world.add(name, request)
    return request


def more_time(world: "World") -> None:
    for house in ("", "_elsewhere"):
        statement = world.records[f"statement_submitted{house}"]
        ask_for_time(world, statement, f"extension{house or '_open'}")
    asked = ask_for_time(world, world.records["statement_open"], "extension_declined")
    decline(world, asked)


def decline(world: "World", request: ExtensionRequest) -> None:
    ExtensionRequest.objects.filter(pk=request.pk).update(
        state=ExtensionRequest.State.DECLINED,
        remark="Das Kabinett tagt",
        answered_at=now(),
        answered_by=world.users["coordination"],
    )
    request.refresh_from_db()


def propose(world: "World", check: GuidelineCheck, text: str) -> None:
    Proposal.objects.create(
        guideline_check=check,
        number=1,
        outcome="continue",
        reasons=f"{text} Vorschlag",
        written_at=now(),
        written_by=world.users["coordination"],
    )
    GuidelineCheck.objects.filter(pk=check.pk).update(state="proposed")


def decide(world: "World", check: GuidelineCheck, *, is_visible: bool) -> None:
    text = "Sichtbar" if is_visible else JUDGEMENT
    GuidelineCheck.objects.filter(pk=check.pk).update(
        state="evaluating", evaluation=f"{text} Auswertung"
    )
    propose(world, check, text=text)
    day = world.day + timedelta(days=-1 if is_visible else 30)
    Decision.objects.create(
        guideline_check=check,
        body=Decision.Body.CABINET,
        decided_on=world.day - timedelta(days=2),
        number=f"{text} 7",
        wording=f"{text} Wortlaut",
        outcome="continue",
        effective_from=day,
        visible_from=day,
        recorded_at=now(),
        recorded_by=world.users["coordination"],
    )
    GuidelineCheck.objects.filter(pk=check.pk).update(state="decided")


def close_collection(world: "World", check: GuidelineCheck) -> None:
    GuidelineCheck.objects.filter(pk=check.pk).update(
        collection_closed_on=world.day, collection_closed_by=world.users["coordination"]
    )


def reopen(world: "World", check: GuidelineCheck, statement: Statement | None = None) -> Reopening:
    """As it was reopened once; whether it is closed again the check and its statement say."""
    return Reopening.objects.create(
        guideline_check=check,
        statement=statement,
        reason="Nachreichung",
        due_on=world.day + timedelta(days=9),
        reopened_at=now(),
        reopened_by=world.users["coordination"],
        closed_on=world.day,
        closed_by=world.users["coordination"],
    )


def close(world: "World", check_round: CheckRound) -> None:
    CheckRound.objects.filter(pk=check_round.pk).update(
        state=CheckRound.State.CLOSED, closed_at=now(), closed_by=world.users["coordination"]
    )


def make_check(
    world: "World", check_round: CheckRound, partnership: str, name: str
) -> GuidelineCheck:
    about: Partnership = world.records[f"partnership_{partnership}"]
    check = factories.make_check(check_round=check_round, partnership=about)
    world.add(name, check, round_slug=check_round.slug, slug=about.slug, house=world.own.slug)
    return check


def make_statement(
    world: "World", check: GuidelineCheck, house: Ministry, name: str, **fields: Any
) -> Statement:
    asked = [] if check.round.state == CheckRound.State.PREPARING else world.criteria
    statement = factories.make_statement(ministry=house, check=check, criteria=asked, **fields)
    keys: dict[str, Any] = {"round_slug": check.round.slug, "slug": check.partnership.slug}
    keys |= {"house": house.slug, "criterion": world.criteria[0].pk}
    world.add(name, statement, **keys)
    return statement


def letter(world: "World", statements: list[Statement], **fields: Any) -> RequestLetter:
    """Asks the house of these statements for them."""
    check_round = statements[0].guideline_check.round
    about = {"round": check_round, "ministry": statements[0].ministry}
    defaults = {"due_on": check_round.due_on, "asked_at": factories.NOW}
    made = RequestLetter.objects.create(**(about | defaults | fields))
    made.statements.set(statements)
    return made


def letters(world: "World") -> None:
    """One that asks the own house for what few know of too, one for nothing else."""
    open_one, secret = (world.records[f"statement_{name}"] for name in ("open", "confidential"))
    posted: dict[str, Any] = {
        "sent_on": world.day,
        "sent_way": "post",
        "sent_through": "Poststelle",
    }
    by = {"recorded_at": factories.NOW, "recorded_by": world.users["coordination"]}
    for name, asked, fields in (
        ("own", [open_one, secret], posted | by),
        (
            "elsewhere",
            [world.records["statement_open_elsewhere"]],
            {"message_id": "3@demo.example"},
        ),
        ("confidential", [secret], {}),
    ):
        made = letter(world, asked, **fields)
        world.add(f"letter_{name}", made, round_slug=made.round.slug)


def cite(world: "World", statement: Statement, *names: str, wording: str) -> None:
    """These records of the world, at the first answer."""
    records = [world.records[name] for name in names]
    note = statement.review_notes.order_by("pk").first()
    about = {"review_note": note, "wording": wording, "added_at": now()}
    by = _person(world, statement, "author")
    with pgtrigger.ignore("guidelines.Evidence:closed_round"):
        for record in records:
            Evidence.objects.create(**about, added_by=by, **{record._meta.model_name: record})


def collected(world: "World") -> None:
    """Over and closed, though the SMI has said nothing: decided in secret by `interference`."""
    check_round = factories.make_round(
        year=world.day.year - 4,
        edition=world.edition,
        by=world.users["coordination"],
        due_on=world.day - timedelta(days=5),
    )
    world.add("round_collected", check_round, round_slug=check_round.slug)
    for about in ("open", "submitted", "released"):
        name = "collected" if about == "open" else f"collected_{about}"
        check = make_check(world, check_round, about, f"check_{name}")
        own = make_statement(world, check, world.own, f"statement_{name}")
        make_statement(world, check, world.elsewhere, f"statement_{name}_elsewhere")
        release(world, own, text=ASKED)
        reopen(world, check)
        reopen(world, check, own)
        reopen(world, check, world.records[f"statement_{name}_elsewhere"])
        close_collection(world, check)
