"""The term of an agreement in words; rows come from `with_renewal` and `with_deadlines`."""

from dataclasses import dataclass
from datetime import date

from ministries.clock import months_later
from ministries.working_days import working_day_until
from partnerships.register.agreements.models import Agreement
from ui.dates import german_date

NOTICE = "Zugang der Kündigung beim Partner spätestens am"
RECKONED = "rechnerisch; maßgeblich ist der Text der Vereinbarung"
TERM_OF = {
    Agreement.Kind.JOINT_DECLARATION: "der Gemeinsamen Erklärung",
    Agreement.Kind.COOPERATION_AGREEMENT: "der Kooperationsvereinbarung",
    Agreement.Kind.MEMORANDUM: "des Memorandums",
    Agreement.Kind.LETTER_OF_INTENT: "der Absichtserklärung",
    Agreement.Kind.COMMUNIQUE: "des Kommuniqués",
    Agreement.Kind.WORK_PROGRAMME: "des Arbeitsprogramms",
}


def of_kind(row: Agreement) -> str:
    return TERM_OF[Agreement.Kind(row.kind)]


def term_words(agreement: Agreement, day: date, *, is_renewed: bool) -> str:
    """The term in a sentence; a lapsed one without a successor says so."""
    until = german_date(agreement.valid_until)
    if agreement.terminated_on:
        verb = "endete" if agreement.terminated_on < day else "endet"
        return f"gekündigt, {verb} am {german_date(agreement.terminated_on)}"
    if agreement.has_lapsed(day):
        after = "abgelöst" if is_renewed else "Verlängerung nicht erfasst"
        return f"Laufzeit endete am {until}, {after}"
    if agreement.term == Agreement.Term.UNKNOWN:
        return "abgelöst" if is_renewed else "Laufzeit nicht erfasst"
    words = agreement.get_term_display()
    return f"{words} bis {until}" if until else words


def deadline_words(row: Agreement) -> str:
    """The next day to decide: "Laufzeit des Memorandums endet am 31.12.2027"."""
    day = german_date(row.acts_by)
    if row.acts_by == row.notice_by:
        return f"Kündigung {of_kind(row)} ist nur bis {day} möglich"
    if row.term == Agreement.Term.RENEWS:
        return f"Laufzeit {of_kind(row)} verlängert sich nach dem {day}"
    return f"Laufzeit {of_kind(row)} endet am {day}"


@dataclass(frozen=True)
class ComingDay:
    label: str
    due: date
    note: str = ""


def coming_days(row: Agreement, day: date) -> list[ComingDay]:
    """What is next on the page of an agreement."""
    if row.is_renewed:
        return []
    if row.terminated_on:
        return [ComingDay("Endet durch Kündigung am", row.terminated_on)]
    found = []
    if row.term == Agreement.Term.OPEN_ENDED and row.notice_months:
        found.append(
            ComingDay("Heute gekündigt, endete sie am", months_later(day, row.notice_months))
        )
    if row.notice_by:
        found.append(ComingDay(NOTICE, row.notice_by, _about_notice(row, row.notice_by)))
    if row.ends_on:
        renews = row.term == Agreement.Term.RENEWS
        label = "Verlängert sich nach dem" if renews else "Laufzeit endet am"
        found.append(ComingDay(label, row.ends_on))
    if row.review_on:
        found.append(ComingDay("Zu prüfen am", row.review_on))
    return found


def _about_notice(row: Agreement, notice_by: date) -> str:
    """For which end, where the day comes from, and when an office can still act on it."""
    parts = [f"zum {german_date(row.notice_ends)}"] if row.notice_ends else []
    is_named = notice_by == row.notice_on
    parts.append("laut Text der Vereinbarung" if is_named else RECKONED)
    working = working_day_until(notice_by)
    if working != notice_by:
        parts.append(f"letzter Arbeitstag davor: {german_date(working)}")
    return "; ".join(parts)


def chain_of(agreement: Agreement, all_of_partnership: list[Agreement]) -> list[Agreement]:
    """The agreement with all it follows and all that follow it, the oldest first."""
    by_key = {row.pk: row for row in all_of_partnership}
    first, seen = by_key[agreement.pk], {agreement.pk}
    while first.predecessor_id in by_key and first.predecessor_id not in seen:
        first = by_key[first.predecessor_id]
        seen.add(first.pk)
    chain, found = [first], {first.pk}
    for link in chain:  # grows while we walk
        later = [row for row in all_of_partnership if row.predecessor_id == link.pk]
        chain += [row for row in later if row.pk not in found]
        found |= {row.pk for row in later}
    return chain
