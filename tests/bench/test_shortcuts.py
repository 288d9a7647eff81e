"""What was made fast says the same as the plain way, over a register with believable rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from io import StringIO
from typing import Any

import pytest
from django import forms
from django.contrib.postgres.expressions import ArraySubquery
from django.core.management import call_command
from django.db.models import OuterRef, Q, TextField
from django.db.models.functions import Cast
from pytest_django import DjangoDbBlocker

from dashboards.desk import desk_count, desk_groups
from dashboards.glance import glance
from guidelines.models import CheckRound
from guidelines.rounds.progress import cell_state, counted_by_house, counted_statements
from ministries.clock import today
from ministries.models import Role, User
from partnerships.models import Participation, Partnership, Region
from partnerships.register.partners.export import export_rows
from partnerships.register.partners.list_rows import NAMES, list_rows
from partnerships.register.partners.list_views import PartnershipList
from partnerships.register.partners.sorting import folded
from partnerships.register.partners.status_counts import status_counts
from partnerships.register.partners.statuses import LOOKS
from tests import database
from ui.forms import Select

pytestmark = [pytest.mark.django_db, pytest.mark.long]
ROLES = (Role.COORDINATOR, Role.OFFICER, Role.HEAD, Role.AUDITOR, Role.ADMINISTRATOR)
EACH_ROLE = pytest.mark.parametrize("role", ROLES)


@pytest.fixture(scope="module", autouse=True)
def register(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        call_command("load_register", stdout=StringIO())
        call_command("generate_load", partnerships=120, rounds=1, stdout=StringIO())
        officer = someone(Role.OFFICER)
        for number, partnership in enumerate(Partnership.objects.order_by("pk")[40:52]):
            Partnership.objects.filter(pk=partnership.pk).update(is_confidential=True)
            partnership.circle.set([officer] if number % 3 == 0 else [])
        database.analyse(database.NAME)
        yield
        database.renew()


def someone(role: Role) -> User:
    found = User.objects.filter(appointments__role=role).order_by("pk").first()
    assert found
    return found


@EACH_ROLE
def test_hidden_and_visible_are_everything(role: Role) -> None:
    user = someone(role)
    visible = set(Partnership.objects.visible_to(user).values_list("pk", flat=True))
    hidden = set(Partnership.objects.hidden_from(user).values_list("pk", flat=True))

    assert not visible & hidden
    assert visible | hidden == set(Partnership.objects.values_list("pk", flat=True))


@EACH_ROLE
def test_a_region_is_as_hidden_as_its_partnerships(role: Role) -> None:
    user = someone(role)
    seen = set(Partnership.objects.visible_to(user).values_list("pk", flat=True))
    links: dict[int, set[int]] = {}
    for region, partnership in Region.partnerships.through.objects.values_list(
        "region", "partnership"
    ):
        links.setdefault(region, set()).add(partnership)
    known = {
        pk
        for pk in Region.objects.values_list("pk", flat=True)
        if user.reads_content and (pk not in links or links[pk] & seen)
    }

    assert set(Region.objects.visible_to(user).values_list("pk", flat=True)) == known


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER, Role.AUDITOR])
def test_export_has_what_the_page_has(role: Role) -> None:
    user = someone(role)
    rows = annotated(user).order_by("sort_key", "pk")

    assert table(export_rows(rows, user, today())) == table(rows)


def annotated(user: User) -> Any:
    here = OuterRef("pk")
    regions = Region.objects.filter(partnerships=here).order_by("sort_key")
    codes = regions.annotate(code=Cast("country", TextField()))
    areas = Participation.objects.filter(partnership=here).order_by("subject_area__sort_order")
    seen = Partnership.objects.visible_to(user).with_standing(user, today())
    return seen.with_latest_agreement(today()).annotate(
        region_names=ArraySubquery(regions.values("name")),
        country_codes=ArraySubquery(codes.values("code")),
        area_names=ArraySubquery(areas.values("subject_area__name")),
    )


@EACH_ROLE
def test_a_page_shows_what_one_query_says_of_each(role: Role) -> None:
    user = someone(role)
    plain = list(annotated(user).order_by("-sort_key")[:60])

    rows = list_rows([row.pk for row in plain], user, today())

    assert [[getattr(row, name) for name in NAMES] for row in rows] == [
        [getattr(row, name) for name in NAMES] for row in plain
    ]


def table(rows: Any) -> list[list[str]]:
    values = [column.read for column in PartnershipList.columns if column.in_file]
    return [[str(value(row)) for value in values] for row in rows]


@pytest.mark.parametrize("day", [-30, 0, 60])
@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER])
def test_states_are_counted_as_they_are_shown(role: Role, day: int) -> None:
    user, moment = someone(role), today() + timedelta(days=day)
    check_round = CheckRound.objects.get(state="open")
    shown = Counter(
        (statement.ministry_id, cell_state(statement, moment))
        for statement in counted_statements(check_round, user)
    )

    counted = counted_by_house(check_round, user, moment)

    assert {(one.ministry_id, one.state): one.number for one in counted} == shown


def test_search_finds_by_own_name_and_by_region() -> None:
    for text in ("berg", "sk-", "niederschlesien", "breslau", "gibt es nicht"):
        own = {"search_text__contains": folded(text)}
        regions = Region.objects.filter(**own).values("pk")
        plain = Partnership.objects.filter(Q(**own) | Q(regions__in=regions)).distinct()

        assert set(Partnership.objects.matching(text)) == set(plain), text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.OFFICER])
def test_overview_orders_what_it_shows_as_if_it_ordered_all(role: Role) -> None:
    user = someone(role)
    ranks = {str(status): rank for rank, status in enumerate(LOOKS)}
    rows = Partnership.objects.visible_to(user).with_standing(user, today())
    all_rows = sorted(
        (row for row in rows if row.status != Partnership.Status.ENDED),
        key=lambda row: (ranks.get(row.status or "", len(ranks)), row.sort_key, row.pk),
    )

    shown = [row.partnership.pk for row in glance(user, today(), status_counts(user, today())).rows]

    assert shown == [row.pk for row in all_rows[:25]]


def test_kept_wording_counts_anew() -> None:
    user = someone(Role.COORDINATOR)
    before = desk_count(user, today())
    Partnership.objects.create(
        slug="ohne-federfuehrung", name="Ohne Federführung", kind="contact", source="Testdaten"
    )

    assert desk_count(user, today()) == before + 1
    assert desk_count(user, today()) == sum(len(group.rows) for group in desk_groups(user, today()))


def test_two_people_of_one_role_owe_their_own() -> None:
    officers = User.objects.filter(appointments__role=Role.OFFICER).order_by("pk")

    for user in officers:
        shown = sum(len(group.rows) for group in desk_groups(user, today()))
        assert desk_count(user, today()) == shown


class Elements(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[Any] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, sorted(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.found.append(data.strip())


@pytest.mark.parametrize("value", ["", "b", "<x>", None])
@pytest.mark.parametrize("grouped", [False, True])
def test_select_is_that_of_django(value: str | None, grouped: bool) -> None:
    plain: list[Any] = [("", "Alle"), ("b", "B & C"), ("<x>", '"<b>fett</b>"')]
    choices = [("Gruppe", plain)] if grouped else plain
    attrs = {"id": "id_feld", "class": "kern", "aria-describedby": "hinweis", "required": True}

    ours = Select(choices=choices).render("feld", value, attrs)

    assert (
        Elements(ours).found
        == Elements(forms.Select(choices=choices).render("feld", value, attrs)).found
    )
