"""The class of every record of the world, told from what the world put into it.

Together with `readers.csv` this is the rule of who may read what, written a second time and
without a line of the app's own policy: nothing here calls `visible_to` or a permission.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from ministries.clock import today
from tests.harness.world import World

Classify = Callable[[World, Any], str]


def class_of(world: World, row: Model) -> str:
    """The class that `readers.csv` names for it."""
    return CLASSES.get(row._meta.label, lambda world, row: "any")(world, row)


def of_partnership(world: World, row: Any) -> str:
    if not row.is_confidential:
        return "open"
    return "circle" if row.circle.exists() else "confidential"


def of_region(world: World, row: Any) -> str:
    """As open as the most open of its partnerships; one without any is open."""
    kinds = [of_partnership(world, found) for found in row.partnerships.all()] or ["open"]
    return next(kind for kind in ("open", "circle", "confidential") if kind in kinds)


def of_status(world: World, row: Any) -> str:
    hidden = row.visible_from is not None and row.visible_from > today()
    return "decided, not visible" if hidden else "open"


def of_edition(world: World, row: Any) -> str:
    return "published" if row.published_at else "being written"


def of_guideline(world: World, row: Any) -> str:
    return of_edition(world, row.edition)


def of_criterion(world: World, row: Any) -> str:
    return of_edition(world, row.guideline.edition)


def of_round(world: World, row: Any) -> str:
    return "preparing" if row.state == "preparing" else "open"


def of_judgement(world: World, row: Any) -> str:
    """Evaluation, proposal and decision of a check."""
    check = getattr(row, "guideline_check", row)
    if of_round(world, check.round) == "preparing":
        return "preparing"
    decision = getattr(check, "decision", None)
    is_visible = decision is not None and decision.visible_from <= today()
    return "visible" if is_visible else "not visible"


def of_check(world: World, row: Any) -> str:
    return "taken out" if row.taken_out_on else of_judgement(world, row)


def of_statement(world: World, row: Any) -> str:
    """How far it has come, and whose it is."""
    check = row.guideline_check
    if of_round(world, check.round) == "preparing":
        return "preparing"
    house = "own" if row.ministry_id == world.own.pk else "elsewhere"
    if row.state != "released":
        return f"unreleased, {house}"
    if of_judgement(world, check) == "visible":
        return "visible"
    is_over = check.round.due_on < today() and not check.statements.outstanding().exists()
    is_shared = is_over or check.round.is_open_reading
    return "read by the asked houses" if is_shared else f"released, {house}"


def of_query(world: World, row: Any) -> str:
    state = "answered" if row.state == "answered" else "asked"
    return f"{state}, {of_house(world, row.statement)}"


def of_request(world: World, row: Any) -> str:
    return of_house(world, row.statement)


def of_delegation(world: World, row: Any) -> str:
    return of_house(world, row.statement)


def of_organisation(world: World, row: Any) -> str:
    return "house" if row.ministry_id else "common"


def of_note(world: World, row: Any) -> str:
    return of_statement(world, row.statement)


def of_third_party(world: World, row: Any) -> str:
    """In the answer to a Rückfrage it is a draft of the house."""
    is_draft = row.query and row.query.state != "answered"
    return f"unreleased, {of_house(world, row.statement)}" if is_draft else of_note(world, row)


def of_reopening(world: World, row: Any) -> str:
    if row.statement is None:
        return "all asked houses"
    house = "own" if row.statement.ministry_id == world.own.pk else "elsewhere"
    return f"one house, {house}"


def of_letter(world: World, row: Any) -> str:
    """What its house may know of is told by what it asks for."""
    asked = row.statements.all()
    kinds = {of_partnership(world, one.guideline_check.partnership) for one in asked}
    return "confidential" if kinds == {"confidential"} else of_house(world, row)


def of_person(world: World, row: Any) -> str:
    houses = set(row.appointments.values_list("ministry", flat=True))
    known = {world.own.pk: "own", world.elsewhere.pk: "elsewhere", world.unasked.pk: "unasked"}
    found = [known.get(pk, "chancellery") for pk in houses]
    if row.pk == world.users["nobody"].pk:
        return "nobody"
    return f"person, {found[0]}" if found else "invited"


def of_recipient(world: World, row: Any) -> str:
    name = next((name for name, user in world.users.items() if user.pk == row.recipient_id), "")
    return f"to {name}" if name else "to a mailbox"


def of_writer(world: World, row: Any) -> str:
    return next(name for name, user in world.users.items() if user.pk == row.user_id)


def of_asked(world: World, row: Any) -> str:
    """Whose typing it is."""
    people = world.users.items()
    return next(name for name, user in people if user.pk == row.delegation.person_id)


def of_house(world: World, row: Any) -> str:
    return "own" if row.ministry_id == world.own.pk else "elsewhere"


def of_subject_record(world: World, row: Any) -> str:
    return "released" if row.released_on else f"draft, {of_house(world, row)}"


def of_shared(world: World, row: Any) -> str:
    """Whose it is and how far its house opened it."""
    if row.is_confidential:
        return "confidential"
    if row.visibility in ("house", "outline"):
        return f"house, {of_house(world, row)}"
    return "shared"


def of_filed_note(world: World, row: Any) -> str:
    return of_shared(world, row) if row.released_at else "draft"


def of_activity(world: World, row: Any) -> str:
    kinds = {of_partnership(world, partnership) for partnership in row.partnerships.all()}
    return "secret" if "confidential" in kinds else of_shared(world, row)


CLASSES: dict[str, Classify] = {
    "ministries.User": of_person,
    "ministries.Notification": of_recipient,
    "partnerships.Partnership": of_partnership,
    "partnerships.Region": of_region,
    "partnerships.StatusPeriod": of_status,
    "partnerships.SubjectRecord": of_subject_record,
    "partnerships.Activity": of_activity,
    "partnerships.Contact": of_shared,
    "partnerships.Organisation": of_organisation,
    "partnerships.Note": of_filed_note,
    "partnerships.Document": of_shared,
    "partnerships.FollowUp": of_house,
    "guidelines.Edition": of_edition,
    "guidelines.Guideline": of_guideline,
    "guidelines.Criterion": of_criterion,
    "guidelines.CheckRound": of_round,
    "guidelines.GuidelineCheck": of_check,
    "guidelines.Proposal": of_judgement,
    "guidelines.Decision": of_judgement,
    "guidelines.Statement": of_statement,
    "guidelines.ReviewNote": of_note,
    "guidelines.Reopening": of_reopening,
    "guidelines.StatementDraft": of_writer,
    "guidelines.DelegationDraft": of_asked,
    "guidelines.Query": of_query,
    "guidelines.ThirdPartyView": of_third_party,
    "guidelines.RequestLetter": of_letter,
    "guidelines.Delegation": of_delegation,
    "guidelines.ExtensionRequest": of_request,
}
