"""What a text says otherwise than the one released before, with the words that differ marked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from guidelines.evidence.forms import PREFIX
from guidelines.statements.models import ReviewNote
from guidelines.states.outcomes import VOTE_CHOICES
from ui.conflicts import Part, marked


@dataclass(frozen=True)
class Difference:
    label: str
    before: tuple[Part, ...]
    after: tuple[Part, ...]


def differences(
    before: Mapping[str, str], after: Mapping[str, str], notes: Sequence[ReviewNote]
) -> list[Difference]:
    """Both under the names of the form; in the order of the page."""
    fields = [
        ("kind", "Art"),
        ("nil_reason", "Grund der Fehlanzeige"),
        ("vote", "Votum"),
        ("vote_until_on", "Votum bis"),
        ("key_message", "Kernaussage"),
        ("reply", "Antwort an die Staatskanzlei"),
    ]
    words: dict[str, dict[str, str]] = {"vote": dict(VOTE_CHOICES)}
    for note in notes:
        answer, reason = f"answer_{note.criterion_id}", f"reason_{note.criterion_id}"
        fields.append((answer, f"Antwort auf Frage {note.criterion.code}"))
        fields.append((reason, f"Begründung zu Frage {note.criterion.code}"))
        evidence = f"{PREFIX}{note.criterion_id}"
        fields.append((evidence, f"Nachweise zu Frage {note.criterion.code}"))
        words[answer] = {**dict(ReviewNote.Answer.choices), **dict(note.criterion.answers)}
    found = []
    for name, label in fields:
        old, new = (
            words.get(name, {}).get(value, value)
            for value in (before.get(name, ""), after.get(name, ""))
        )
        if old != new:
            found.append(Difference(label, *marked(old, new)))
    return found
