"""Terms, notice and renewal, anniversaries, and the page of one agreement."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from ministries.clock import months_later, today
from ministries.models import User
from partnerships.models import Agreement, Partnership
from partnerships.register.agreements.anniversaries import next_anniversary
from partnerships.register.agreements.desk import desk_items, desk_rows
from partnerships.register.attention import agreements_to_act_on
from partnerships.register.next_steps import next_steps
from partnerships.register.partners.page import find_partnership
from tests.factories import make_agreement, make_ministry, make_partnership
from tests.partnerships.conftest import People
from tests.record_factories import make_commitment, make_document

SignIn = Callable[[User], Client]
DAY = date(2027, 3, 15)

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership(people: People) -> Partnership:
    lead = people.house
    return make_partnership(name="Flandern", slug="flandern", lead=lead)


def dates(agreement: Agreement, day: date = DAY) -> tuple[date | None, date | None, date | None]:
    row = Agreement.objects.with_deadlines(day).get(pk=agreement.pk)
    return row.ends_on, row.notice_by, row.acts_by  # type: ignore[attr-defined]  # annotated


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"term": "unknown"}, (None, None, None)),
        ({"term": "open_ended", "notice_months": 6}, (None, None, None)),
        (
            {"term": "fixed_term", "valid_until": date(2027, 12, 31)},
            (date(2027, 12, 31), None, date(2027, 12, 31)),
        ),
        (
            {"term": "fixed_term", "valid_until": date(2027, 12, 31), "notice_months": 6},
            (date(2027, 12, 31), date(2027, 6, 30), date(2027, 6, 30)),
        ),
        (  # the day for this term is gone, so the end comes next
            {"term": "fixed_term", "valid_until": date(2027, 4, 30), "notice_months": 6},
            (date(2027, 4, 30), date(2026, 10, 31), date(2027, 4, 30)),
        ),
        (  # renewed twice already
            {
                "term": "renews",
                "valid_until": date(2022, 6, 30),
                "renewal_months": 24,
                "notice_months": 3,
            },
            (date(2028, 6, 30), date(2028, 3, 31), date(2028, 3, 31)),
        ),
        (  # renews on the very day
            {"term": "renews", "valid_until": date(2026, 3, 15), "renewal_months": 12},
            (DAY, None, DAY),
        ),
        (  # too late to give notice for the end that is near
            {
                "term": "renews",
                "valid_until": date(2026, 4, 30),
                "renewal_months": 12,
                "notice_months": 3,
            },
            (date(2027, 4, 30), date(2028, 1, 31), date(2028, 1, 31)),
        ),
        (
            {"term": "fixed_term", "valid_until": DAY, "terminated_on": date(2027, 5, 31)},
            (date(2027, 5, 31), None, date(2027, 5, 31)),
        ),
    ],
)
def test_days_of_a_term(
    partnership: Partnership, fields: dict[str, object], expected: tuple[date | None, ...]
) -> None:
    assert dates(make_agreement(partnership=partnership, **fields)) == expected


@pytest.mark.parametrize(
    ("months", "days_later", "told"),
    [(13, 0, 0), (12, 0, 1), (11, -1, 0), (6, 0, 1), (6, 1, 0), (5, -1, 0), (3, 0, 1), (1, 0, 1)],
)
def test_told_once_in_each_step(
    partnership: Partnership, people: People, months: int, days_later: int, told: int
) -> None:
    until = date.fromordinal(months_later(DAY, months).toordinal() + days_later)
    make_agreement(partnership=partnership, term="fixed_term", valid_until=until)

    items = desk_items(people.officer, DAY)

    assert len(items) == told
    assert sum(rows.count() for rows in desk_rows(people.officer, DAY)) == told


def test_other_houses_are_not_asked(partnership: Partnership, people: People) -> None:
    until = months_later(DAY, 2)
    make_agreement(partnership=partnership, term="fixed_term", valid_until=until)
    partnership.leads.update(ministry=make_ministry())

    assert desk_items(people.officer, DAY) == []
    (item,) = desk_items(people.coordinator, DAY)
    assert item.object_label == "Laufzeit der Gemeinsamen Erklärung endet am 15.05.2027"


def test_terminated_agreement_asks_nothing(partnership: Partnership, people: People) -> None:
    days = {"valid_until": months_later(DAY, -1), "terminated_on": months_later(DAY, 2)}
    make_agreement(partnership=partnership, term="fixed_term", **days)

    assert desk_items(people.coordinator, DAY) == []
    assert not Agreement.objects.lapsed(DAY).exists()


def test_need_for_action_names_the_day(partnership: Partnership, people: People) -> None:
    until = months_later(DAY, 9)
    make_agreement(partnership=partnership, term="fixed_term", valid_until=until, notice_months=3)

    (item,) = agreements_to_act_on(people.coordinator, DAY)

    assert item.sentence == (
        "Flandern: Kündigung der Gemeinsamen Erklärung ist nur bis 15.09.2027 möglich."
    )


@pytest.mark.parametrize(
    ("first", "day", "years"),
    [
        (date(2002, 6, 1), date(2026, 12, 1), 25),
        (date(2002, 6, 1), date(2026, 11, 30), None),
        (date(2002, 6, 1), date(2027, 6, 1), 25),
        (date(2002, 6, 1), date(2027, 6, 2), None),
        (date(2020, 2, 29), date(2025, 1, 1), 5),
        (None, DAY, None),
    ],
)
def test_round_anniversary(first: date | None, day: date, years: int | None) -> None:
    found = next_anniversary(first, "day", day)
    assert (found.years if found else None) == years


def test_anniversary_is_on_the_desk_and_on_the_page(people: People) -> None:
    day = today()
    first = months_later(day, 2 - 12 * 25)
    lead = people.house
    began = make_partnership(name="Latium", slug="latium", lead=lead, established_on=first)
    make_agreement(partnership=began, signed_on=first)
    make_agreement(partnership=began, signed_on=months_later(day, 3 - 60), title="Memorandum")

    labels = [item.object_label for item in desk_items(people.officer, day)]
    found = find_partnership(people.officer, "latium", day)
    sentences = [step.sentence for step in next_steps(found, people.officer, day)]

    assert [label.split(" (")[0] for label in labels] == [
        "5 Jahre Memorandum",
        "25 Jahre Partnerschaft",
    ]
    assert [sentence.split(":")[0] for sentence in sentences] == [
        "25 Jahre Partnerschaft",
        "5 Jahre Memorandum",
    ]


def test_page_shows_chain_promises_and_files(
    partnership: Partnership, people: People, sign_in: SignIn
) -> None:
    house = people.house
    first = make_agreement(partnership=partnership, title="Die erste", signed_on=date(2010, 5, 1))
    second = make_agreement(partnership=partnership, title="Die zweite", predecessor=first)
    make_agreement(partnership=partnership, title="Die dritte", predecessor=second)
    make_agreement(partnership=partnership, title="Eine andere")
    common = {"ministry": house, "partnership": partnership, "agreement": second}
    make_commitment(title="Gegenbesuch planen", **common)
    make_document(title="Urkunde", uploaded_by=people.officer, **common)

    page = sign_in(people.officer).get(reverse("partnerships:agreement", args=[second.pk]))

    assert [row.title for row in page.context["chain"]] == ["Die erste", "Die zweite", "Die dritte"]
    for words in ("Gegenbesuch planen", "Urkunde", "Wiedervorlage anlegen"):
        assert words in page.content.decode()
    assert "Bearbeiten" not in page.content.decode()


def test_list_filters_by_the_day_to_decide(
    partnership: Partnership, people: People, sign_in: SignIn
) -> None:
    for months in (2, 5, 11):
        until = months_later(today(), months)
        make_agreement(
            partnership=partnership, term="fixed_term", valid_until=until, title=f"In {months}"
        )

    page = sign_in(people.officer).get("/vereinbarungen/?deadline=6")

    assert [row.title for row in page.context["listing"].rows] == ["In 2", "In 5"]
