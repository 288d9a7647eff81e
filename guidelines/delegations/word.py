"""The Word form for a mailbox: written here, sent by the officer, and assigned again when it is back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from guidelines.delegations.labels import ANSWER, NUMBER, REASON
from guidelines.delegations.models import Delegation
from guidelines.statements.forms import ALWAYS_POSSIBLE, reason_hint
from guidelines.statements.models import ReviewNote
from guidelines.states.completeness import note_gap
from ui.dates import german_date
from ui.demo import demo_mark
from ui.text import clean_signs, clean_text
from ui.word import new_document, saved

LONGEST_REASON = 5000


def word_form(delegations: Sequence[Delegation]) -> bytes:
    """Open questions to one mailbox about one round; a table of two columns for each."""
    first = delegations[0]
    check_round = first.statement.guideline_check.round
    title = clean_signs(f"Zuarbeit zum {check_round}")
    made = new_document(title, mark=demo_mark())
    made.add_heading(title, level=1)
    made.add_paragraph(
        f"{clean_signs(first.unit)}, bitte bis {german_date(min(row.due_on for row in delegations))}. Schreiben "
        f"Sie in die Felder „{ANSWER}“ und „{REASON}“ und senden Sie die Datei zurück. Schreiben Sie "
        "so, dass der Text dem Landtag vorgelegt werden könnte. Keine VS-NfD-Inhalte."
    )
    for one in delegations:
        partnership = one.statement.guideline_check.partnership
        made.add_heading(clean_signs(f"{partnership}: Frage {one.criterion.code}"), level=2)
        rows = [
            ("Frage", one.criterion.question),
            ("Mögliche Antworten", "; ".join(words_of(one).values())),
            (ANSWER, ""),
            (REASON, ""),
            ("Hinweis", reason_hint(one.criterion)),
            (NUMBER, str(one.pk)),
        ]
        table = made.add_table(rows=0, cols=2, style="Table Grid")
        for label, text in rows:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(label).bold = True
            cells[1].text = clean_signs(text)
    return saved(made)


def words_of(one: Delegation) -> dict[str, str]:
    return dict([*one.criterion.answers, *ALWAYS_POSSIBLE])


def mail_to(delegations: Sequence[Delegation]) -> str:
    """For the officer's own mail program; it names nothing that anybody has written."""
    first = delegations[0]
    check_round = first.statement.guideline_check.round
    due_on = german_date(min(row.due_on for row in delegations))
    number = len(delegations)
    asked = "eine Frage" if number == 1 else f"{number} Fragen"
    body = (
        f"Guten Tag,\n\nzum {check_round} bitten wir {first.unit} um eine Zuarbeit bis zum "
        f"{due_on}: {asked} im beigefügten Word-Formular. Bitte füllen Sie die Felder „{ANSWER}“ "
        f"und „{REASON}“ aus und senden Sie die Datei zurück.\n\nMit freundlichen Grüßen"
    )
    subject = f"Zuarbeit zum {check_round} bis {due_on}"
    return f"mailto:{quote(first.mailbox, safe='@')}?subject={quote(subject)}&body={quote(body)}"


@dataclass(frozen=True)
class Returned:
    """What stands in the form about one question, and why it cannot be kept as it is."""

    delegation: Delegation
    answer: str
    reason: str
    problem: str
    # The answer can still be chosen in the preview.
    lacks_answer: bool = False


@dataclass(frozen=True)
class Assigned:
    returned: Sequence[Returned]
    # German sentences about what belongs to no open question.
    unassigned: Sequence[str]

    @property
    def usable(self) -> list[Returned]:
        return [one for one in self.returned if not one.problem or one.lacks_answer]


def assign(rows: Iterable[Mapping[str, Any]], delegations: Iterable[Delegation]) -> Assigned:
    """Numbers are looked up among the open questions to this mailbox alone."""
    known = {str(one.pk): one for one in delegations}
    returned: dict[int, Returned] = {}
    unassigned = []
    for row in rows:
        number, typed = str(row["number"]), str(row["answer"]).strip()
        one = known.get(number)
        if one is None:
            unassigned.append(
                f"Nummer „{number[:20]}“ gehört zu keiner offenen Frage an dieses Postfach."
            )
        elif one.pk in returned:
            unassigned.append(
                f"Nummer {number} steht mehrfach in der Datei; gelesen wurde die erste."
            )
        elif typed or str(row["reason"]).strip():
            returned[one.pk] = _returned(one, typed, clean_text(str(row["reason"])))
    return Assigned(list(returned.values()), unassigned)


def _returned(one: Delegation, typed: str, reason: str) -> Returned:
    words = {word.casefold(): value for value, word in words_of(one).items()}
    answer = words.get(" ".join(typed.split()).rstrip(".").casefold(), "")
    if len(reason) > LONGEST_REASON:
        return Returned(one, answer, "", f"Die Begründung hat mehr als {LONGEST_REASON} Zeichen.")
    if typed and not answer:
        possible = "“, „".join(words_of(one).values())
        told = f"„{typed[:80]}“ ist keine der Antworten: „{possible}“."
        return Returned(one, "", reason, told, lacks_answer=True)
    gap = note_gap(ReviewNote(criterion=one.criterion, answer=answer, reason=reason))
    return Returned(one, answer, reason, gap.sentence if gap else "", lacks_answer=not answer)
