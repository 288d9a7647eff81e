"""The numbers of the overview; each knows the address of exactly the rows it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from guidelines.models import CheckRound
from guidelines.rounds.progress import CellState, RoundProgress, added_up, counted_by_house
from ministries.clock import in_a_year
from ministries.kept import counts, wording_of
from ministries.models import User
from partnerships.models import Agreement, Partnership
from partnerships.register.partners.filters import NO_STATUS
from partnerships.register.partners.statuses import LOOKS


@dataclass(frozen=True)
class Figure:
    """Without an address the rows behind the number are not for this person."""

    number: int
    words: str
    url: str = ""
    # Colour of the part in a bar, one of the tones of `ui.badges`.
    tone: str = "plain"


@dataclass(frozen=True)
class Standing:
    total: Figure
    by_status: list[Figure]
    under_scrutiny: Figure


@dataclass(frozen=True)
class Segment:
    start: int
    figure: Figure


@dataclass(frozen=True)
class RoundParts:
    total: Figure
    states: list[Figure]

    @property
    def received(self) -> Figure:
        return self.states[0]

    @property
    def segments(self) -> list[Segment]:
        """The parts of a bar, one after the other."""
        starts = accumulate((part.number for part in self.states), initial=0)
        return [Segment(start, part) for start, part in zip(starts, self.states, strict=False)]


@dataclass(frozen=True)
class RoundFigures:
    """Of all houses as numbers; the rows open only for those who see the matrix."""

    check_round: CheckRound
    all_houses: RoundParts
    own_house: RoundParts | None
    # Running as well, due later.
    others: tuple[CheckRound, ...] = ()


def standing(user: User, today: date, found: Mapping[str, int]) -> Standing:
    """How many partnerships are in which status (`status_counts`), and how many under scrutiny."""
    seen = Partnership.objects.visible_to(user)
    total, under_scrutiny = _counted(seen, seen.under_scrutiny(user, today))
    address = reverse("partnerships:list")
    by_status = [
        Figure(found[status], status.label, f"{address}?status={status}")
        for status in LOOKS
        if status in found
    ]
    if without := total - sum(found.values()):
        by_status.append(Figure(without, "Status nicht erfasst", f"{address}?status={NO_STATUS}"))
    return Standing(
        total=Figure(total, "erfasst", address),
        by_status=by_status,
        under_scrutiny=Figure(under_scrutiny, "auf dem Prüfstand", f"{address}?scrutiny=yes"),
    )


def agreements(user: User, today: date) -> list[Figure]:
    """Terms that are over without renewal, and terms that end within twelve months."""
    seen = Agreement.objects.visible_to(user)
    ending_soon = seen.ending(after=today, until=in_a_year(today))
    lapsed, ending = _counted(seen.lapsed(today), ending_soon)
    address = reverse("partnerships:agreements_list")
    return [
        Figure(lapsed, "abgelaufen, ohne Verlängerung", f"{address}?end=lapsed", "danger"),
        Figure(
            ending,
            f"{'endet' if ending == 1 else 'enden'} in den nächsten 12 Monaten",
            f"{address}?end=year",
            "warning",
        ),
    ]


def _counted(*found: QuerySet[Any]) -> list[int]:
    """In one query."""
    return counts(*(wording_of(rows.order_by().values("pk")) for rows in found))


def running_round(user: User, today: date) -> RoundFigures | None:
    """The running Leitlinien-Check that is due first, of all houses and of the own one."""
    rounds = list(CheckRound.objects.visible_to(user).running(user, today).order_by("due_on", "pk"))
    if not rounds:
        return None
    check_round, *others = rounds
    counted = counted_by_house(check_round, user, today)
    own = [count for count in counted if count.ministry_id in user.ministry_ids()]
    matrix = check_round.get_absolute_url()
    all_houses = parts_of(added_up(counted), matrix if user.sees_proposals else "")
    if not own:
        return RoundFigures(check_round, all_houses, None, tuple(others))
    own_rows = f"{matrix}?ministry={own[0].ministry_slug}" if user.sees_proposals else matrix
    own_house = parts_of(added_up(own), own_rows)
    return RoundFigures(check_round, all_houses, own_house, tuple(others))


def parts_of(progress: RoundProgress, address: str) -> RoundParts:
    """`address` leads to all rows; a part adds its state. Without one nothing is linked."""
    numbers = {
        CellState.RECEIVED: (
            progress.received,
            "liegt vor" if progress.received == 1 else "liegen vor",
            "success",
        ),
        CellState.NIL_RETURN: (progress.nil_returns, "Fehlanzeige", "quiet"),
        CellState.NO_STATEMENT: (progress.not_given, "keine Stellungnahme", "warning"),
        CellState.OPEN: (progress.open, "offen", "plain"),
        CellState.EXTENDED: (progress.extended, "Frist verlängert", "info"),
        CellState.OVERDUE: (progress.overdue, "überfällig", "danger"),
    }
    joint = "&" if "?" in address else "?"
    return RoundParts(
        total=Figure(progress.total, "Stellungnahmen", address),
        states=[
            Figure(number, words, f"{address}{joint}state={state.code}" if address else "", tone)
            for state, (number, words, tone) in numbers.items()
            if number or state is CellState.RECEIVED
        ],
    )
