from guidelines.models.catalogue import Criterion, Edition, Guideline
from guidelines.models.contributions import Contribution
from guidelines.models.decisions import Decision, Proposal
from guidelines.models.outcomes import NO_VOTE, VOTE_CHOICES, Outcome
from guidelines.models.rounds import CheckRound, GuidelineCheck
from guidelines.models.statements import ReviewNote, Statement, StatementDraft

__all__ = [
    "NO_VOTE",
    "VOTE_CHOICES",
    "CheckRound",
    "Contribution",
    "Criterion",
    "Decision",
    "Edition",
    "Guideline",
    "GuidelineCheck",
    "Outcome",
    "Proposal",
    "ReviewNote",
    "Statement",
    "StatementDraft",
]
