"""The writes of the fault drill, and afterwards the questions to the database whether each one is there once."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any

from ministries.clock import today
from tests.drills.visitor import Visitor
from tests.trial import Trial

SAVERS, RETURNERS = ("SMWK", "SMK", "SMI", "SMS"), ("SMWA", "SMJ")
HOUSES = SAVERS + RETURNERS
YESTERDAY = f"{today() - timedelta(days=1):%d.%m.%Y}"
Act = Callable[[], None]


@dataclass
class Ledger:
    """What was acknowledged."""

    saved: dict[int, list[str]] = field(default_factory=dict)  # statement → texts in order
    returned: Counter[int] = field(default_factory=Counter)  # statement → times
    decided: dict[str, dict[str, Any]] = field(default_factory=dict)  # number → its round
    submitted: list[int] = field(default_factory=list)

    @property
    def writes(self) -> int:
        saves = sum(map(len, self.saved.values()))
        returns = 2 * self.returned.total()
        return saves + returns + len(self.decided) + len(self.submitted)


@dataclass(frozen=True)
class Office:
    trial: Trial
    scene: dict[str, Any]
    ledger: Ledger = field(default_factory=Ledger)

    def visitor(self, account: str) -> Visitor:
        visitor = Visitor(self.trial.address)
        return visitor.sign_in(f"{account}@demo.example", self.trial.password)

    def saving(self, house: str, count: int) -> tuple[list[Visitor], Iterator[Act]]:
        officer = self.visitor(f"{house.lower()}.referat")
        statements = self.scene["statements"][house]

        def acts() -> Iterator[Act]:
            for number in range(count):
                statement = statements[number % len(statements)]
                yield lambda s=statement, n=number: self._save(officer, s, f"{house}, Satz {n}.")

        return [officer], acts()

    def _save(self, officer: Visitor, statement: int, text: str) -> None:
        officer.write(f"/stellungnahmen/{statement}/", key_message=text)
        self.ledger.saved.setdefault(statement, []).append(text)

    def returning(self, house: str, count: int) -> tuple[list[Visitor], Iterator[Act]]:
        """To and fro between officer and head; each return is a mail to the officer."""
        officer = self.visitor(f"{house.lower()}.referat")
        head = self.visitor(f"{house.lower()}.leitung")
        statements = self.scene["statements"][house]

        def acts() -> Iterator[Act]:
            for number in range(count):
                statement = statements[number % len(statements)]
                yield lambda s=statement: self._return(officer, head, s)

        return [officer, head], acts()

    def _return(self, officer: Visitor, head: Visitor, statement: int) -> None:
        officer.write(f"/stellungnahmen/{statement}/vorlegen/")
        head.write(f"/stellungnahmen/{statement}/zurueckgeben/", note="Bitte ergänzen.")
        self.ledger.returned[statement] += 1

    def submitting(self, house: str) -> tuple[list[Visitor], Iterator[Act]]:
        """Each statement once."""
        officer = self.visitor(f"{house.lower()}.referat")
        statements = self.scene["statements"][house]
        return [officer], (lambda s=each: self._submit(officer, s) for each in statements)

    def _submit(self, officer: Visitor, statement: int) -> None:
        officer.write(f"/stellungnahmen/{statement}/vorlegen/")
        self.ledger.submitted.append(statement)

    def deciding(self) -> tuple[list[Visitor], Iterator[Act]]:
        coordinator = self.visitor("koordination")

        def acts() -> Iterator[Act]:
            for chosen in self.scene["rounds"]:
                yield lambda found=chosen: self._decide(coordinator, found)

        return [coordinator], acts()

    def _decide(self, coordinator: Visitor, chosen: dict[str, Any]) -> None:
        path, number = f"/leitlinien-checks/{chosen['year']}/beschluss/", f"K {chosen['year']}"
        fields = coordinator.form(path) | {
            "body": "cabinet",
            "decided_on": YESTERDAY,
            "number": number,
            "wording": "Das Kabinett beschließt.",
            "effective_from": YESTERDAY,
            "visible_from": YESTERDAY,
            "confirmed": "1",
        }
        for check in chosen["checks"]:
            fields |= {
                f"c{check}-is_included": "on",
                f"c{check}-outcome": "suspend",
                f"c{check}-resume_condition": "Wenn die Lage es zulässt.",
                f"c{check}-review_on": "01.02.2030",
            }
        coordinator.send(path, fields)
        self.ledger.decided[number] = chosen


# Afterwards


def lost_or_doubled_saves(office: Office) -> list[str]:
    """Every acknowledged text is in the history exactly once, and the last one on the statement."""
    found = []
    for statement, texts in office.ledger.saved.items():
        rows = office.trial.rows(
            "SELECT key_message, count(DISTINCT version) FROM guidelines_statementevent "
            "WHERE pgh_obj_id = %s GROUP BY key_message",
            statement,
        )
        times = dict(rows)
        found += [
            f"{statement}: {text} {times.get(text, 0)}×" for text in texts if times.get(text) != 1
        ]
        now = office.trial.rows(
            "SELECT key_message, version FROM guidelines_statement WHERE id = %s", statement
        )
        if now != [(texts[-1], 1 + len(texts))]:
            found.append(f"{statement}: {now} instead of {texts[-1]}, version {1 + len(texts)}")
    return found


def lost_or_doubled_returns(office: Office) -> list[str]:
    found = []
    for statement, times in office.ledger.returned.items():
        now = office.trial.rows(
            "SELECT state, version FROM guidelines_statement WHERE id = %s", statement
        )
        mails = office.trial.rows(
            "SELECT count(*) FROM ministries_notification WHERE link = %s",
            f"/stellungnahmen/{statement}/",
        )
        if now != [("open", 1 + 2 * times)] or mails != [(times,)]:
            found.append(f"{statement}: {now}, {mails} mails after {times} returns")
    return found


SUBMITTED = """
SELECT s.id, s.state, s.version, count(e.pgh_id) FILTER (WHERE e.pgh_label = 'update')
FROM guidelines_statement s LEFT JOIN guidelines_statementevent e
    ON e.pgh_obj_id = s.id AND e.state = 'submitted'
GROUP BY s.id
"""
TOLD = """
SELECT m.abbreviation, count(DISTINCT n.recipient_id), count(*)
FROM ministries_notification n JOIN ministries_appointment a
    ON a.user_id = n.recipient_id AND a.role = 'head'
JOIN ministries_ministry m ON m.id = a.ministry_id
WHERE n.subject LIKE '%%: Stellungnahmen zur Freigabe' AND n.created_at >= %s GROUP BY 1
"""


def lost_or_doubled_submissions(office: Office) -> list[str]:
    """Each is submitted, written once and in the history once."""
    found = {row[0]: row[1:] for row in office.trial.rows(SUBMITTED)}
    return [
        f"{statement}: {found[statement]}"
        for statement in office.ledger.submitted
        if found[statement] != ("submitted", 2, 1)
    ]


def untold_heads(office: Office, since: datetime) -> list[Any]:
    """A head hears once a day of a round, however many are submitted in it."""
    told = {house: mails for house, *mails in office.trial.rows(TOLD, since)}
    return [(house, told.get(house)) for house in HOUSES if told.get(house) != [1, 1]]


def lost_decisions(office: Office) -> list[str]:
    rows = office.trial.rows("SELECT number, count(*) FROM guidelines_decision GROUP BY number")
    times = dict(rows)
    return [
        f"{number}: {times.get(number, 0)}"
        for number in office.ledger.decided
        if times.get(number) != 2
    ]


HALF = """
SELECT r.year FROM guidelines_checkround r JOIN guidelines_guidelinecheck c ON c.round_id = r.id
JOIN partnerships_partnership p ON p.id = c.partnership_id
LEFT JOIN guidelines_decision d ON d.guideline_check_id = c.id
LEFT JOIN partnerships_statusperiod s ON s.partnership_id = p.id AND s.status = 'dormant'
    AND s.reference = d.number
LEFT JOIN partnerships_statusperiod f ON f.partnership_id = p.id AND f.status = 'active'
WHERE r.year >= 2200
GROUP BY r.year, r.state
HAVING NOT (
    count(d.id) = 0 AND count(s.id) = 0 AND count(f.valid_until) = 0 AND count(p.scrutiny_until) = 0
    AND bool_and(c.state = 'proposed') AND r.state = 'open'
    OR count(d.id) = 2 AND count(s.id) = 2 AND count(f.valid_until) = 2 AND count(p.scrutiny_until) = 2
    AND bool_and(c.state = 'decided') AND r.state = 'closed'
)
"""


def half_applied_decisions(office: Office) -> list[Any]:
    """All of it or nothing: decision, state, status, former status, scrutiny mark, closed round."""
    return office.trial.rows(HALF)


def undelivered(office: Office) -> list[Any]:
    return office.trial.rows(
        "SELECT id, state, attempts, last_error FROM ministries_notification WHERE state <> 'sent'"
    )


def mails_by_message_id(office: Office) -> Counter[str]:
    """Demo mode writes every mail to a file."""
    files = (office.trial.folder / "mail").glob("*.log")
    parts = (part for file in files for part in file.read_bytes().split(b"-" * 79 + b"\n"))
    found = (message_from_bytes(part)["Message-ID"] for part in parts)
    return Counter(str(message_id) for message_id in found if message_id)
