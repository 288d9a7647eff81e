"""Database triggers that hold what the state tables and a closed round promise."""

from collections.abc import Iterable

import pgtrigger

from guidelines.states.tables import ENDED, Transition

_ENDED = "Dieser Leitlinien-Check ist beendet und wird nicht mehr geändert."
_COLLECTED = "Die Zulieferung zu dieser Partnerschaft ist geschlossen."
_EXCUSED = "Dieses Ressort ist zu dieser Partnerschaft nicht mehr beteiligt."
_TAKEN_OUT = "Diese Partnerschaft ist nicht mehr in diesem Leitlinien-Check."
_UNFIT = "Eine frühere Frage steht in einer veröffentlichten Fassung und hat gleiche Antworten."
_DECIDED = "Über diese Partnerschaft ist entschieden: Die Zulieferung bleibt, wie sie ist."
_HANDED_IN = "Die Stellungnahme ist vorgelegt oder freigegeben und wird nicht mehr geändert."
_PUBLISHED = "Eine veröffentlichte Fassung wird nicht mehr geändert."

# The round of what hangs on a check, and on a statement, for `frozen_when_round_ended`.
ROUND_OF_CHECK = (
    "SELECT c.round_id FROM guidelines_guidelinecheck c WHERE c.id = $row$.guideline_check_id"
)
ROUND_OF_STATEMENT = (
    "SELECT c.round_id FROM guidelines_guidelinecheck c "
    "JOIN guidelines_statement s ON s.guideline_check_id = c.id WHERE s.id = $row$.statement_id"
)


def state_guard(name: str, transitions: Iterable[Transition]) -> pgtrigger.FSM:
    """Any other change of `state` is refused, whoever writes it."""
    pairs = sorted({(str(t.source), str(t.target)) for t in transitions})
    return pgtrigger.FSM(name=name, field="state", transitions=pairs)


def frozen_when_round_ended(round_of: str) -> pgtrigger.Trigger:
    """`round_of`: an SQL expression or query that yields the round id of the row `$row$`."""
    ended = ", ".join(f"'{state}'" for state in ENDED)
    return _frozen(
        "closed_round", f"guidelines_checkround p WHERE p.state IN ({ended})", round_of, _ENDED
    )


def state_fixed_when_collected() -> pgtrigger.Trigger:
    """For a statement: once its cell is closed nothing is filed, released or withdrawn."""
    return pgtrigger.Trigger(
        name="closed_collection",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("state"),
        condition=pgtrigger.Condition(
            "OLD.state IS DISTINCT FROM NEW.state AND NOT NEW.is_reopened"
        ),
        func=(
            "IF EXISTS (SELECT 1 FROM guidelines_guidelinecheck c WHERE c.id = "
            "NEW.guideline_check_id AND c.collection_closed_on IS NOT NULL) THEN "
            f"RAISE EXCEPTION '{_COLLECTED}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
        ),
    )


def state_fixed_when_taken_out() -> pgtrigger.Trigger:
    """For a statement: its partnership is not in the round any more."""
    return pgtrigger.Trigger(
        name="taken_out_check",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("state"),
        condition=pgtrigger.Condition("OLD.state IS DISTINCT FROM NEW.state"),
        func=(
            "IF EXISTS (SELECT 1 FROM guidelines_guidelinecheck c WHERE c.id = "
            "NEW.guideline_check_id AND c.taken_out_on IS NOT NULL) THEN "
            f"RAISE EXCEPTION '{_TAKEN_OUT}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
        ),
    )


def state_fixed_when_excused() -> pgtrigger.Trigger:
    """For a statement: its house is not asked any more, and what it released stays asked."""
    return pgtrigger.Trigger(
        name="taken_out_house",
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("state", "taken_out_on"),
        condition=pgtrigger.Condition(
            "NEW.taken_out_on IS NOT NULL AND (NEW.taken_out_because = '' "
            "OR OLD.state IS DISTINCT FROM NEW.state OR NEW.state = 'released')"
        ),
        func=f"RAISE EXCEPTION '{_EXCUSED}' USING ERRCODE = 'check_violation';",
    )


def frozen_when_decided(check_of: str) -> pgtrigger.Trigger:
    """`check_of`: an SQL expression or query that yields the check id of the row `$row$`."""
    return _frozen(
        "decided_check", "guidelines_guidelinecheck p WHERE p.state = 'decided'", check_of, _DECIDED
    )


def frozen_when_handed_in_but_for_reply() -> pgtrigger.Trigger:
    """For what stands beside a statement: once it is handed in, only an open Rückfrage adds to it.

    It writes rows of its own, `query`, and says which of the others go with it, `left_out_with`.
    """

    def refused(row: str) -> str:
        return (
            "EXISTS (SELECT 1 FROM guidelines_statement p WHERE p.state <> 'open' "
            f"AND p.id = {row}.statement_id) AND NOT EXISTS (SELECT 1 FROM guidelines_query q "
            f"WHERE q.state = 'open' AND q.statement_id = {row}.statement_id AND "
            f"(q.id = {row}.query_id OR "
            "(left_out AND q.id = COALESCE(NEW.left_out_with_id, OLD.left_out_with_id))))"
        )

    refuse = f"RAISE EXCEPTION '{_HANDED_IN}' USING ERRCODE = 'check_violation'; END IF;"
    rest = "to_jsonb({}) - 'left_out_with_id' - 'version'"
    return pgtrigger.Trigger(
        name="handed_in_statement",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("left_out", "boolean := false")],
        func=(
            f"IF TG_OP = 'UPDATE' THEN left_out := ({rest.format('NEW')}) = "
            f"({rest.format('OLD')}); END IF; "
            f"IF TG_OP <> 'INSERT' THEN IF {refused('OLD')} THEN {refuse} END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; "
            f"IF {refused('NEW')} THEN {refuse} RETURN NEW;"
        ),
    )


def frozen_when_published(edition_of: str) -> pgtrigger.Trigger:
    """`edition_of`: an SQL expression or query that yields the edition id of the row `$row$`."""
    return _frozen(
        "published_edition",
        "guidelines_edition p WHERE p.published_at IS NOT NULL",
        edition_of,
        _PUBLISHED,
    )


def fitting_predecessor(name: str) -> pgtrigger.Trigger:
    """A question goes on from one of another, published edition with the same kind of answers."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Q(new__predecessor__isnull=False),
        func=(
            "IF NOT EXISTS (SELECT 1 FROM guidelines_criterion c "
            "JOIN guidelines_guideline g ON g.id = c.guideline_id "
            "JOIN guidelines_edition e ON e.id = g.edition_id "
            "WHERE c.id = NEW.predecessor_id AND c.scale = NEW.scale "
            "AND e.published_at IS NOT NULL AND e.id <> (SELECT o.edition_id "
            "FROM guidelines_guideline o WHERE o.id = NEW.guideline_id)) THEN "
            f"RAISE EXCEPTION '{_UNFIT}' USING ERRCODE = 'check_violation'; END IF; RETURN NEW;"
        ),
    )


def _frozen(name: str, settled: str, parent_of: str, message: str) -> pgtrigger.Trigger:
    def refuse(row: str) -> str:
        parent = parent_of.replace("$row$", row)
        return (
            f"IF EXISTS (SELECT 1 FROM {settled} AND p.id = ({parent})) THEN "
            f"RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF;"
        )

    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=(
            f"IF TG_OP <> 'INSERT' THEN {refuse('OLD')} END IF; "
            "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; "
            f"{refuse('NEW')} RETURN NEW;"
        ),
    )
