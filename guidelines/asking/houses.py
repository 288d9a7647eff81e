"""Whom the Leitlinien-Check asks what: pure functions over what the register says on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guidelines.catalogue.models import Criterion
from ministries.models import Ministry
from partnerships.models import Partnership

# Since 2020-02-01 these 27; a change of the Union is a change of this line.
_MEMBERS = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
_NEIGHBOURS = "AD AL BA BY CH FO GB GG GI IM IS JE LI MC MD ME MK NO RS RU SM UA VA XK"
EU_MEMBERS = frozenset(_MEMBERS.split())
# Europe as a continent, not as a union: Great Britain, Ukraine and Russia belong to it.
EUROPE = EU_MEMBERS | frozenset(_NEIGHBOURS.split())


@dataclass(frozen=True)
class Profile:
    """What decides who is asked about one partnership."""

    partnership: Partnership
    countries: frozenset[str]
    is_border_region: bool
    # Subject areas of the partnership, id to name, in the order of the catalogue.
    areas: Mapping[int, str]
    lead_id: int | None


@dataclass(frozen=True)
class Houses:
    """The state government of a day."""

    ministries: Mapping[int, Ministry]
    chancellery_id: int
    # Subject area id to the id of the house in charge.
    in_charge: Mapping[int, int]


@dataclass
class ProposedHouse:
    ministry: Ministry
    reasons: list[str] = field(default_factory=list)

    @property
    def because(self) -> str:
        return "; ".join(self.reasons)


@dataclass(frozen=True)
class Gap:
    """A criterion that applies but that nobody would answer."""

    partnership: Partnership
    criterion: Criterion

    def __str__(self) -> str:
        who = self.criterion.get_answered_by_display()
        if self.criterion.subject_area:
            who = f"zuständig für {self.criterion.subject_area}"
        return (
            f"{self.partnership}: Für Frage {self.criterion.code} ist kein Ressort beteiligt, "
            f"das sie beantwortet ({who})."
        )


def applies(criterion: Criterion, profile: Profile) -> bool:
    scope = Criterion.Scope
    match criterion.applies_to:
        case scope.ALL:
            return True
        case scope.EUROPE:
            return bool(profile.countries & EUROPE)
        case scope.BORDER:
            return profile.is_border_region
        case scope.NON_EU:
            return bool(profile.countries - EU_MEMBERS)
        case scope.TAGGED:
            return criterion.subject_area_id in profile.areas
    return False


def applicable(criteria: Iterable[Criterion], profile: Profile) -> list[Criterion]:
    return [criterion for criterion in criteria if applies(criterion, profile)]


def lead_of(profile: Profile, houses: Houses) -> int:
    """The lead; where none is known (or it no longer exists), the Staatskanzlei in its place."""
    if profile.lead_id is not None and profile.lead_id in houses.ministries:
        return profile.lead_id
    return houses.chancellery_id


def addressee(criterion: Criterion, profile: Profile, houses: Houses) -> int | None:
    """The one house asked; None where all asked houses answer or nobody is in charge."""
    if criterion.answered_by == Criterion.Addressee.LEAD:
        return lead_of(profile, houses)
    return houses.in_charge.get(criterion.subject_area_id or 0)


def proposed_houses(
    profile: Profile, criteria: Iterable[Criterion], houses: Houses
) -> list[ProposedHouse]:
    """The houses to ask, in protocol order, each with its reasons in German."""
    proposed: dict[int, ProposedHouse] = {}

    def ask(ministry_id: int | None, reason: str) -> None:
        if ministry_id is not None and ministry_id in houses.ministries:
            house = ProposedHouse(houses.ministries[ministry_id])
            proposed.setdefault(ministry_id, house).reasons.append(reason)

    if profile.lead_id in houses.ministries:
        ask(profile.lead_id, "federführend")
    else:
        ask(houses.chancellery_id, "antwortet anstelle der nicht erfassten Federführung")
    ask(houses.chancellery_id, "koordiniert")
    for ministry_id, names in _areas_by_house(profile, houses).items():
        ask(ministry_id, f"zuständig für {', '.join(names)}")
    for ministry_id, codes in _codes_by_house(profile, criteria, houses).items():
        ask(ministry_id, f"{'Frage' if len(codes) == 1 else 'Fragen'} {_listed(codes)}")
    order = list(houses.ministries)
    return [proposed[pk] for pk in sorted(proposed, key=order.index)]


def _areas_by_house(profile: Profile, houses: Houses) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for area_id, name in profile.areas.items():
        if area_id in houses.in_charge:
            found.setdefault(houses.in_charge[area_id], []).append(name)
    return found


def _codes_by_house(
    profile: Profile, criteria: Iterable[Criterion], houses: Houses
) -> dict[int, list[str]]:
    """Only criteria put to a single subject area; the others add nobody."""
    found: dict[int, list[str]] = {}
    for criterion in applicable(criteria, profile):
        ministry_id = addressee(criterion, profile, houses)
        if criterion.answered_by == Criterion.Addressee.AREA and ministry_id is not None:
            found.setdefault(ministry_id, []).append(criterion.code)
    return found


def questions_by_house(
    profile: Profile, criteria: Iterable[Criterion], houses: Houses, asked: Iterable[int]
) -> dict[int, list[Criterion]]:
    """Which of the asked houses answers which criteria."""
    questions: dict[int, list[Criterion]] = {ministry_id: [] for ministry_id in asked}
    for criterion in applicable(criteria, profile):
        for ministry_id in _answering(criterion, profile, houses, questions):
            questions[ministry_id].append(criterion)
    return questions


def gaps(
    profile: Profile, criteria: Iterable[Criterion], houses: Houses, asked: Iterable[int]
) -> list[Gap]:
    """Criteria that apply but that none of the asked houses would answer."""
    asked = list(asked)
    return [
        Gap(profile.partnership, criterion)
        for criterion in applicable(criteria, profile)
        if not _answering(criterion, profile, houses, asked)
    ]


def _answering(
    criterion: Criterion, profile: Profile, houses: Houses, asked: Iterable[int]
) -> list[int]:
    if criterion.answered_by == Criterion.Addressee.ALL:
        return list(asked)
    ministry_id = addressee(criterion, profile, houses)
    return [ministry_id] if ministry_id is not None and ministry_id in asked else []


def _listed(words: list[str]) -> str:
    """A, B und C."""
    if len(words) == 1:
        return words[0]
    return f"{', '.join(words[:-1])} und {words[-1]}"
