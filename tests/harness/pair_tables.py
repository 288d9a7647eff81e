"""What the pairs of `open_hidden.py` need to be told: keys without one, keys that hide, copies apart."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from guidelines.evidence.models import CITED
from guidelines.models import Edition, Guideline, ReviewNote, Statement
from ministries.clock import today
from tests import factories, record_factories

OPEN_TO_ALL = {"ministries.Ministry", "ministries.SubjectArea"}
# Keys that form no pair, each with its reason.
NO_PAIR = {
    "ministries.Appointment.user": "makes a reader of whom it names",
    "ministries.Appointment.deputy_for": "shown with the accounts, which belong to Technik",
    "partnerships.Partnership.regions": "a region is as open as its most open partnership",
    "partnerships.ActivityOrganisation.organisation": "named in an open activity, it is open",
    "partnerships.FollowUp.assigned_to": "a colleague; who has left since stays named to the house",
    "guidelines.Decision.guideline_check": "a decision that is visible makes its check so",
    "guidelines.CheckRound.edition": "a round is made of a published edition, and that stays one",
    "guidelines.CheckRound.broken_off_by": "the coordination's, and named on no page",
    "guidelines.GuidelineCheck.taken_out_by": "the coordination's, and named on no page",
    "guidelines.Criterion.predecessor": "a trigger wants one of a published edition",
    "guidelines.ReviewNote.criterion": "a round asks the criteria of its published edition",
    "guidelines.RequestLetter.statements": "a letter asks its house for statements of that house",
    "guidelines.Delegation.criterion": "likewise",
    "partnerships.Lead.partnership": "a confidential one has its lead, and there is one at a time",
    "partnerships.StatusPeriod.partnership": "likewise it has its status",
}
# Keys whose target hides the record too: who does not read both reads none.
HIDES = {
    *("partnerships.Document.activity", "partnerships.Document.note"),
    *("partnerships.Gift.activity", "partnerships.Commitment.activity"),
    *("partnerships.Activity.partnerships", "partnerships.Meeting.working_group"),
    "guidelines.ThirdPartyView.document",
    *(f"partnerships.{part}.activity" for part in ("ActivityPerson", "ProgrammeItem", "CostLine")),
    *("partnerships.ActivityOrganisation.activity", "guidelines.Contribution.activity"),
    "guidelines.RequestLetter.round",
    *(f"guidelines.Evidence.{name}" for name in ("review_note", *CITED)),
}
HIDING_TARGETS = {"partnerships.Partnership", "partnerships.Region"}
# What sets a copy apart from its template where a rule allows one only.
Maker = Callable[[int], Any]


def _criterion(number: int) -> Any:
    published = Edition.objects.filter(published_at__isnull=False)
    return factories.make_criterion(guideline=Guideline.objects.filter(edition__in=published)[0])


def _note(number: int) -> Any:
    """Of a statement that all may read."""
    visible = Statement.objects.filter(guideline_check__decision__visible_from__lte=today())
    statement = visible.order_by("pk")[0]
    return ReviewNote.objects.create(statement=statement, criterion=_criterion(number))


def _guideline(number: int) -> Any:
    return factories.make_guideline(edition=Edition.objects.filter(published_at__isnull=False)[0])


def _partnership(number: int) -> Any:
    return factories.make_partnership(name=f"Partnerschaft {number}")


def _day(number: int) -> Any:
    return today() - timedelta(days=number)


APART: dict[str, dict[str, Maker]] = {
    "ministries.Responsibility": {"subject_area": lambda n: factories.make_subject_area()},
    "partnerships.SubjectRecord": {"subject_area": lambda n: factories.make_subject_area()},
    "partnerships.Participation": {"subject_area": lambda n: factories.make_subject_area()},
    "partnerships.Lead": {"partnership": _partnership},
    "partnerships.StatusPeriod": {
        "partnership": lambda n: factories.make_partnership(status=None),
    },
    "partnerships.Meeting": {"held_on": _day},
    "partnerships.ActivityOrganisation": {
        "organisation": lambda n: record_factories.make_organisation()
    },
    "partnerships.CorrectionRequest": {"fact_id": lambda n: 1_000_000 + n},
    "guidelines.Contribution": {"guideline": _guideline},
    "guidelines.CheckRound": {"slug": lambda n: f"{2100 + n}"},
    "guidelines.GuidelineCheck": {"partnership": _partnership},
    "guidelines.Statement": {"ministry": lambda n: factories.make_ministry()},
    "guidelines.ReviewNote": {"criterion": _criterion},
    "guidelines.Delegation": {"statement": lambda n: factories.make_statement()},
    "guidelines.ExtensionRequest": {"statement": lambda n: factories.make_statement()},
    "guidelines.Evidence": {"review_note": _note},
    "guidelines.Query": {"statement": lambda n: factories.make_statement()},
    "guidelines.Decision": {"guideline_check": lambda n: factories.make_check()},
    "guidelines.RequestLetter": {"message_id": lambda n: f"{n}@demo.example"},
    "guidelines.Proposal": {"number": lambda n: 100 + n},
    "guidelines.Guideline": {"number": lambda n: 1000 + n},
}


COMPANIONS: dict[str, dict[str, Any]] = {
    "archived": {"archive_reason": "Anlass"},
    "answered": {"state": "adopted"},
    "withdrawn": {
        "state": "withdrawn",
        **dict.fromkeys(("answered_at", "answered_by_id", "answered_version")),
    },
}
