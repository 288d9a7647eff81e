from guidelines.catalogue.models import Criterion, Edition, Guideline
from guidelines.collection.models import Reopening
from guidelines.contributions.models import Contribution
from guidelines.decisions.models import Decision, Proposal
from guidelines.delegations.drafts import DelegationDraft
from guidelines.delegations.models import Delegation
from guidelines.evidence.models import Evidence
from guidelines.extensions.models import ExtensionRequest
from guidelines.queries.models import Query
from guidelines.request_letters.models import RequestLetter
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.drafts import StatementDraft
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.outcomes import NO_VOTE, VOTE_CHOICES, Outcome
from guidelines.third_parties.models import ThirdPartyView

__all__ = [
    "NO_VOTE",
    "VOTE_CHOICES",
    "CheckRound",
    "Contribution",
    "Criterion",
    "Decision",
    "Delegation",
    "DelegationDraft",
    "Edition",
    "ExtensionRequest",
    "Evidence",
    "Guideline",
    "GuidelineCheck",
    "Outcome",
    "Proposal",
    "Query",
    "Reopening",
    "RequestLetter",
    "ReviewNote",
    "Statement",
    "StatementDraft",
    "ThirdPartyView",
]
