"""What was changed on the records of the houses, as far as a person may read it.

Inside its house a record shows everything that led to it. Outside it shows what was open at the
time: no drafts, no internal texts, nothing from days when it stayed in the house or was
confidential. What hangs on an activity (people, programme, costs, links) is told inside only.
"""

from typing import Any

from django.db.models import Q, QuerySet

from ministries.models import User
from partnerships.history.event_rows import event_rows, guarded_rows, link_rows
from partnerships.records.activities.models import (
    Activity,
    ActivityAreaLink,
    ActivityCircleLink,
    ActivityMinistryLink,
    ActivityPartnershipLink,
)
from partnerships.records.activities.parts import (
    ActivityOrganisation,
    ActivityPerson,
    CostLine,
    ProgrammeItem,
)
from partnerships.records.contacts.models import Contact, ContactCircleLink
from partnerships.records.documents.models import Document, DocumentCircleLink
from partnerships.records.follow_ups.models import FollowUp
from partnerships.records.notes.models import Note, NoteCircleLink
from partnerships.records.shared.kinds import RECORDS
from partnerships.records.shared.models import SHARED, Owned, Shared
from partnerships.records.subject_records.models import SubjectRecord
from partnerships.records.working_groups.models import Meeting, WorkingGroup
from partnerships.register.partners.partnerships import Partnership

KEPT_INSIDE: dict[type[Owned], set[str]] = {
    SubjectRecord: {"situation", "aims", "next_steps", "internal_notes", "source"},
}
PARTS = (ActivityOrganisation, ActivityPerson, ProgrammeItem, CostLine)
# Join tables: whose they are, and in words what they link to.
LINKS: dict[Any, tuple[type[Owned], str]] = {
    ActivityPartnershipLink: (Activity, "Partnerschaft"),
    ActivityMinistryLink: (Activity, "Beteiligtes Ressort"),
    ActivityAreaLink: (Activity, "Fachgebiet"),
    ActivityCircleLink: (Activity, "Kreis der Berechtigten"),
    ContactCircleLink: (Contact, "Kreis der Berechtigten"),
    DocumentCircleLink: (Document, "Kreis der Berechtigten"),
    NoteCircleLink: (Note, "Kreis der Berechtigten"),
}
MODELS: tuple[Any, ...] = (*RECORDS.values(), *PARTS, Meeting, FollowUp, *LINKS)


def parts_of_partnership(partnership: Partnership, user: User) -> list[QuerySet[Any]]:
    """Of every kind, those of this partnership that the person sees."""
    rows: list[QuerySet[Any]] = []
    for model in RECORDS.values():
        about = {"partnerships" if model is Activity else "partnership": partnership}
        seen: Any = model.objects.filter(**about)  # type: ignore[attr-defined]
        rows += _with_parts(model, seen, user)
    follow_ups = FollowUp.objects.visible_to(user).filter(partnership=partnership)
    return [*rows, event_rows(FollowUp, Q(pgh_obj_id__in=follow_ups.values("pk")))]


def parts_of_records(records: QuerySet[Any], user: User) -> list[QuerySet[Any]]:
    """Of these, all of one kind."""
    return _with_parts(records.model, records, user)


def own_rows(model: Any, records: QuerySet[Any], user: User) -> QuerySet[Any]:
    """The events of the records themselves."""
    seen, inside = records.visible_to(user), records.inside(user)  # type: ignore[attr-defined]
    is_inside = Q(pgh_obj_id__in=inside.values("pk"))
    condition = Q(pgh_obj_id__in=seen.values("pk")) & (is_inside | _open_state(model))
    if issubclass(model, Shared) and not user.is_coordinator:
        links: Any = model.circle.through.objects.filter(user=user)
        in_circle = Q(pgh_obj_id__in=links.values(f"{model._meta.model_name}_id"))
        condition &= Q(is_confidential=False) | in_circle
    kept = KEPT_INSIDE.get(model, set())
    return guarded_rows(model, condition, inside=is_inside, kept_inside=kept)


def _open_state(model: Any) -> Q:
    """How an event looks that others could read at the time."""
    if model is SubjectRecord:
        return Q(released_on__isnull=False)
    if model is Note:
        return Q(visibility__in=SHARED, released_at__isnull=False)
    return Q(visibility__in=SHARED) if issubclass(model, Shared) else Q(pgh_id__isnull=False)


def _with_parts(model: Any, records: QuerySet[Any], user: User) -> list[QuerySet[Any]]:
    rows = [own_rows(model, records, user)]
    inside = records.inside(user).values("pk")  # type: ignore[attr-defined]
    name = model._meta.model_name
    links = [link for link, (owner, _) in LINKS.items() if owner is model]
    rows += [link_rows(link, Q((f"{name}_id__in", inside))) for link in links]
    if model is Activity:
        rows += [event_rows(part, Q(activity_id__in=inside)) for part in PARTS]
    if model is WorkingGroup:
        seen = records.visible_to(user).values("pk")  # type: ignore[attr-defined]
        rows.append(event_rows(Meeting, Q(working_group_id__in=seen)))
    return rows
