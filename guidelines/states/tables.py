"""The state tables: from, to, who, and what must be complete. The same rows make the triggers.

`permission` is a rule in `guidelines/permissions.py`; `complete` names the check in
`guidelines/states/completeness.py` that must find nothing missing.
"""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Transition:
    name: str
    source: str
    target: str
    label: str
    permission: str
    complete: str = ""


class RoundState(models.TextChoices):
    PREPARING = "preparing", "in Vorbereitung"
    OPEN = "open", "läuft"
    CLOSED = "closed", "abgeschlossen"
    BROKEN_OFF = "broken_off", "abgebrochen"


# Nothing of such a round changes any more.
ENDED = (RoundState.CLOSED, RoundState.BROKEN_OFF)


class CheckState(models.TextChoices):
    COLLECTING = "collecting", "Zulieferung"
    EVALUATING = "evaluating", "Auswertung"
    PROPOSED = "proposed", "Vorschlag liegt vor"
    DECIDED = "decided", "entschieden"


class StatementState(models.TextChoices):
    OPEN = "open", "offen"
    SUBMITTED = "submitted", "zur Freigabe vorgelegt"
    RELEASED = "released", "liegt vor"


class QueryState(models.TextChoices):
    """Of the answer to a Rückfrage; meanwhile the statement stays released."""

    OPEN = "open", "offen"
    SUBMITTED = "submitted", "Antwort zur Freigabe vorgelegt"
    ANSWERED = "answered", "beantwortet"
    WITHDRAWN = "withdrawn", "zurückgenommen"


class DelegationState(models.TextChoices):
    """Of a question given to a Fachreferat."""

    OPEN = "open", "offen"
    ANSWERED = "answered", "beantwortet"
    WITHDRAWN = "withdrawn", "zurückgenommen"


class ExtensionState(models.TextChoices):
    """Of a house's request for more time; its deadline moves when it is granted."""

    OPEN = "open", "noch nicht beantwortet"
    GRANTED = "granted", "gewährt"
    DECLINED = "declined", "nicht gewährt"
    WITHDRAWN = "withdrawn", "zurückgenommen"


ROUND_TRANSITIONS = (
    Transition(
        "open_round",
        RoundState.PREPARING,
        RoundState.OPEN,
        "Leitlinien-Check eröffnen",
        "guidelines.coordinate",
        "every_criterion_has_addressee",
    ),
    Transition(
        "close_round",
        RoundState.OPEN,
        RoundState.CLOSED,
        "Leitlinien-Check abschließen",
        "guidelines.coordinate",
        "every_check_is_decided",
    ),
    Transition(
        "break_off_round",
        RoundState.OPEN,
        RoundState.BROKEN_OFF,
        "Leitlinien-Check abbrechen",
        "guidelines.coordinate",
        "reason_is_given",
    ),
)

CHECK_TRANSITIONS = (
    Transition(
        "begin_evaluation",
        CheckState.COLLECTING,
        CheckState.EVALUATING,
        "Auswertung beginnen",
        "guidelines.coordinate",
    ),
    Transition(
        "resume_collection",
        CheckState.EVALUATING,
        CheckState.COLLECTING,
        "Zulieferung wieder öffnen",
        "guidelines.coordinate",
    ),
    Transition(
        "propose",
        CheckState.EVALUATING,
        CheckState.PROPOSED,
        "Entscheidungsvorschlag festhalten",
        "guidelines.coordinate",
        "proposal_is_written",
    ),
    Transition(
        "revise_proposal",
        CheckState.PROPOSED,
        CheckState.EVALUATING,
        "Vorschlag überarbeiten",
        "guidelines.coordinate",
    ),
    Transition(
        "decide",
        CheckState.PROPOSED,
        CheckState.DECIDED,
        "Beschluss eintragen",
        "guidelines.coordinate",
        "decision_is_complete",
    ),
)

STATEMENT_TRANSITIONS = (
    Transition(
        "submit",
        StatementState.OPEN,
        StatementState.SUBMITTED,
        "Zur Freigabe vorlegen",
        "guidelines.edit_statement",
        "statement_is_complete",
    ),
    Transition(
        "take_back",
        StatementState.SUBMITTED,
        StatementState.OPEN,
        "Wieder bearbeiten",
        "guidelines.edit_statement",
    ),
    Transition(
        "return_for_revision",
        StatementState.SUBMITTED,
        StatementState.OPEN,
        "Zur Überarbeitung zurückgeben",
        "guidelines.return_statement",
        "return_note_is_given",
    ),
    Transition(
        "release",
        StatementState.SUBMITTED,
        StatementState.RELEASED,
        "Freigeben und an die Staatskanzlei übermitteln",
        "guidelines.release_statement",
        "statement_is_complete",
    ),
    Transition(
        "record_release",
        StatementState.SUBMITTED,
        StatementState.RELEASED,
        "Freigabe außerhalb von Brücke eintragen",
        "guidelines.record_release",
        "outside_release_is_complete",
    ),
    Transition(
        "withdraw",
        StatementState.RELEASED,
        StatementState.OPEN,
        "Stellungnahme zurückziehen",
        "guidelines.withdraw_statement",
    ),
)

# A house answers as it files a statement; what was released counts until it releases the answer.
QUERY_TRANSITIONS = (
    Transition(
        "submit",
        QueryState.OPEN,
        QueryState.SUBMITTED,
        "Zur Freigabe vorlegen",
        "guidelines.edit_statement",
        "reply_is_complete",
    ),
    Transition(
        "take_back",
        QueryState.SUBMITTED,
        QueryState.OPEN,
        "Wieder bearbeiten",
        "guidelines.edit_statement",
    ),
    Transition(
        "return_for_revision",
        QueryState.SUBMITTED,
        QueryState.OPEN,
        "Zur Überarbeitung zurückgeben",
        "guidelines.return_statement",
        "return_note_is_given",
    ),
    Transition(
        "answer",
        QueryState.SUBMITTED,
        QueryState.ANSWERED,
        "Antwort freigeben und an die Staatskanzlei übermitteln",
        "guidelines.release_statement",
        "reply_is_complete",
    ),
    Transition(
        "record_answer",
        QueryState.SUBMITTED,
        QueryState.ANSWERED,
        "Freigabe außerhalb von Brücke eintragen",
        "guidelines.record_release",
        "outside_answer_is_complete",
    ),
    # Of both, or a refusal would tell the coordination how far the house has come.
    Transition(
        "withdraw_open",
        QueryState.OPEN,
        QueryState.WITHDRAWN,
        "Rückfrage zurücknehmen",
        "guidelines.coordinate",
    ),
    Transition(
        "withdraw_submitted",
        QueryState.SUBMITTED,
        QueryState.WITHDRAWN,
        "Rückfrage zurücknehmen",
        "guidelines.coordinate",
    ),
)

DELEGATION_TRANSITIONS = (
    Transition(
        "answer",
        DelegationState.OPEN,
        DelegationState.ANSWERED,
        "Antworten",
        "guidelines.answer_delegation",
        "delegation_is_answered",
    ),
    # A mailbox does not sign in: what it sends back is entered for it.
    Transition(
        "record_answer",
        DelegationState.OPEN,
        DelegationState.ANSWERED,
        "Antwort einlesen",
        "guidelines.record_delegated_answer",
        "delegation_is_answered",
    ),
    Transition(
        "withdraw_delegation",
        DelegationState.OPEN,
        DelegationState.WITHDRAWN,
        "Frage zurücknehmen",
        "guidelines.edit_statement",
    ),
)

EXTENSION_TRANSITIONS = (
    Transition(
        "grant",
        ExtensionState.OPEN,
        ExtensionState.GRANTED,
        "Fristverlängerung gewähren",
        "guidelines.coordinate",
    ),
    Transition(
        "decline",
        ExtensionState.OPEN,
        ExtensionState.DECLINED,
        "Fristverlängerung nicht gewähren",
        "guidelines.coordinate",
        "remark_is_given",
    ),
    Transition(
        "withdraw_request",
        ExtensionState.OPEN,
        ExtensionState.WITHDRAWN,
        "Bitte zurücknehmen",
        "guidelines.edit_statement",
    ),
)
