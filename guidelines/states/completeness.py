"""What a record must contain before it may go on; named by the rows of the state tables.

Each check returns what is missing, with a German sentence that says what to do.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guidelines.asking.plans import round_plan
from guidelines.delegations.models import Delegation
from guidelines.extensions.models import ExtensionRequest
from guidelines.queries.models import Query
from guidelines.rounds.models import CheckRound, GuidelineCheck
from guidelines.statements.models import ReviewNote, Statement
from guidelines.states.outcomes import NEEDS_UNTIL
from guidelines.states.tables import StatementState
from ministries.clock import today
from ministries.models import Ministry


@dataclass(frozen=True)
class Gap:
    """`field` is the form field the sentence belongs to, "" for the whole page."""

    field: str
    sentence: str

    @property
    def target(self) -> str:
        """The id of the control on the form; of a group the first one."""
        is_group = self.field == "vote" or self.field.startswith("answer_")
        return f"id_{self.field}_0" if is_group else f"id_{self.field}"


def statement_is_complete(statement: Statement, fields: Mapping[str, Any]) -> list[Gap]:
    if fields.get("is_nil_return", statement.is_nil_return):
        return []
    notes = fields.get("notes") or statement.review_notes.select_related("criterion__guideline")
    return gaps_in(statement, notes)


def gaps_in(statement: Statement, notes: Iterable[ReviewNote]) -> list[Gap]:
    """What is missing in what has been written, apart from a Fehlanzeige."""
    found = [gap for note in notes if (gap := note_gap(note))]
    if not statement.vote:
        found.append(Gap("vote", "Wählen Sie das Votum Ihres Hauses oder „kein Votum“."))
    elif statement.vote in NEEDS_UNTIL:
        found += _until_gaps(statement)
    if not statement.key_message.strip():
        found.append(Gap("key_message", "Schreiben Sie die Kernaussage Ihres Hauses."))
    return found


def _until_gaps(statement: Statement) -> list[Gap]:
    vote = str(statement.get_vote_display()).removesuffix(" bis")
    if statement.vote_until_on is None:
        return [Gap("vote_until_on", f"Geben Sie zum Votum „{vote}“ an, bis wann.")]
    if statement.vote_until_on <= today():
        return [Gap("vote_until_on", f"Wählen Sie zum Votum „{vote}“ einen Tag in der Zukunft.")]
    return []


def reply_is_complete(query: Query, fields: Mapping[str, Any]) -> list[Gap]:
    if not query.values:
        sentence = (
            "Ändern Sie die Stellungnahme, oder schreiben Sie der Staatskanzlei eine Antwort."
        )
        is_answered = query.reply.strip() or _changes_third_parties(query)
        return [] if is_answered else [Gap("reply", sentence)]
    statement, notes = fields.get("proposed") or query.proposed()
    return gaps_in(statement, notes)


def _changes_third_parties(query: Query) -> bool:
    """Of a Fehlanzeige nobody outside the house would read them."""
    if query.statement.is_nil_return:
        return False
    return query.third_party_views.exists() or query.left_out_views.exists()


def delegation_is_answered(delegation: Delegation, fields: Mapping[str, Any]) -> list[Gap]:
    said = {name: fields[name] for name in ("answer", "reason")}
    gap = note_gap(ReviewNote(criterion=delegation.criterion, **said))
    return [gap] if gap else []


def outside_release_is_complete(statement: Statement, fields: Mapping[str, Any]) -> list[Gap]:
    return [*statement_is_complete(statement, fields), *_outside_gaps(fields)]


def outside_answer_is_complete(query: Query, fields: Mapping[str, Any]) -> list[Gap]:
    return [*reply_is_complete(query, fields), *_outside_gaps(fields)]


def _outside_gaps(fields: Mapping[str, Any]) -> list[Gap]:
    wanted = {
        "released_outside_function": "Nennen Sie die Funktion der Person, die freigegeben hat.",
        "released_outside_on": "Geben Sie an, wann freigegeben wurde.",
        "released_outside_reference": "Nennen Sie das Aktenzeichen der Freigabe.",
    }
    return [Gap(name, sentence) for name, sentence in wanted.items() if not fields.get(name)]


def note_gap(note: ReviewNote) -> Gap | None:
    code = note.criterion.code
    if not note.answer:
        return Gap(f"answer_{note.criterion_id}", f"Beantworten Sie Frage {code}.")
    if note.is_unconfirmed:
        return Gap(
            f"confirm_{note.criterion_id}",
            f"Bestätigen oder ändern Sie bei Frage {code} die übernommene Antwort "
            f"„{note.answer_word}“.",
        )
    if note.answer in ReviewNote.REASON_REQUIRED and not note.reason.strip():
        return Gap(
            f"reason_{note.criterion_id}",
            f"Begründen Sie bei Frage {code} die Antwort „{note.answer_word}“.",
        )
    return None


def return_note_is_given(returned: Statement | Query, fields: Mapping[str, Any]) -> list[Gap]:
    if str(fields.get("return_note", "")).strip():
        return []
    return [Gap("return_note", "Schreiben Sie, was geändert oder ergänzt werden soll.")]


def proposal_is_written(check: GuidelineCheck, fields: Mapping[str, Any]) -> list[Gap]:
    if check.proposals.exists():
        return []
    return [Gap("", "Schreiben Sie zuerst den Entscheidungsvorschlag mit seiner Begründung.")]


def decision_is_complete(check: GuidelineCheck, fields: Mapping[str, Any]) -> list[Gap]:
    """What a decision must contain is held by its own constraints; here it must exist.

    Until it is visible, houses must be able to do what they could do before: so nothing may be
    left that they could still file or withdraw.
    """
    if not hasattr(check, "decision"):
        return [Gap("", "Tragen Sie zuerst den Beschluss mit Nummer, Datum und Wortlaut ein.")]
    names = ", ".join(str(house) for house in _open_cells(check, fields.get("day") or today()))
    if not names:
        return []
    return [
        Gap(
            "",
            f"{check.partnership}: Die Zulieferung ist noch offen ({names}). Schließen Sie sie "
            "zuerst auf der Seite des Checks mit „Zulieferung schließen“.",
        )
    ]


def _open_cells(check: GuidelineCheck, day: date) -> list[Ministry]:
    """Houses that can still file a statement, answer a Rückfrage or withdraw until the deadline."""
    queries = Query.objects.unanswered().filter(statement__guideline_check=check)
    asked = set(queries.values_list("statement", flat=True))
    statements = check.statements.select_related("ministry").order_by("ministry__sort_order", "pk")
    return [
        row.ministry
        for row in statements
        if not row.is_closed
        and (
            row.state != StatementState.RELEASED
            or row.pk in asked
            or (row.due_on or check.round.due_on) >= day
        )
    ]


def every_check_is_decided(check_round: CheckRound, fields: Mapping[str, Any]) -> list[Gap]:
    undecided = check_round.checks.undecided().select_related("partnership")
    names = ", ".join(check.partnership.name for check in undecided)
    if not names:
        return []
    return [Gap("", f"Noch nicht entschieden: {names}.")]


def every_criterion_has_addressee(check_round: CheckRound, fields: Mapping[str, Any]) -> list[Gap]:
    plan = fields.get("plan") or round_plan(check_round, today())
    return [Gap("", str(gap)) for gap in plan.gaps]


def reason_is_given(check_round: CheckRound, fields: Mapping[str, Any]) -> list[Gap]:
    if str(fields.get("broken_off_reason", "")).strip():
        return []
    return [Gap("reason", "Schreiben Sie, warum der Leitlinien-Check abgebrochen wird.")]


def remark_is_given(request: ExtensionRequest, fields: Mapping[str, Any]) -> list[Gap]:
    if str(fields.get("remark", "")).strip():
        return []
    return [Gap("remark", "Sagen Sie in einer Zeile, warum Sie mehr Zeit nicht gewähren.")]


# A transition whose check is not listed here cannot be performed.
CHECKS: dict[str, Callable[[Any, Mapping[str, Any]], list[Gap]]] = {
    "statement_is_complete": statement_is_complete,
    "outside_release_is_complete": outside_release_is_complete,
    "reply_is_complete": reply_is_complete,
    "outside_answer_is_complete": outside_answer_is_complete,
    "delegation_is_answered": delegation_is_answered,
    "return_note_is_given": return_note_is_given,
    "proposal_is_written": proposal_is_written,
    "decision_is_complete": decision_is_complete,
    "every_criterion_has_addressee": every_criterion_has_addressee,
    "every_check_is_decided": every_check_is_decided,
    "reason_is_given": reason_is_given,
    "remark_is_given": remark_is_given,
}
