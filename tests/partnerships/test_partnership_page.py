"""The page of a partnership: Steckbrief, agreements, changes, and what stays hidden."""

from collections.abc import Callable
from datetime import date, timedelta

import pghistory
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ministries.clock import today
from ministries.models import User
from partnerships.models import Agreement, Lead, Partnership, StatusPeriod
from partnerships.register.agreements.facts import fact_sheet
from partnerships.register.partners.facts import as_json
from tests.factories import (
    make_agreement,
    make_authority,
    make_partnership,
    make_region,
    make_status_period,
    make_subject_area,
)
from tests.harness.crawl import VOLATILE
from tests.partnerships.conftest import People

SignIn = Callable[[User], Client]
TABS = ("", "vereinbarungen/", "aenderungen/")


def text_of(client: Client, partnership: Partnership, tab: str = "") -> str:
    response = client.get(f"/partnerschaften/{partnership.slug}/{tab}")
    assert response.status_code == 200
    return response.content.decode()


def under_scrutiny() -> Partnership:
    return make_partnership(scrutiny_since=date(2026, 2, 12), scrutiny_reason="Leitlinien 2026")


def decide_in_secret(partnership: Partnership) -> StatusPeriod:
    """Ended from today on, to be seen in ten days; the mark is lifted with it."""
    partnership.status_periods.update(valid_until=today() - timedelta(days=1))
    Partnership.objects.filter(pk=partnership.pk).update(
        scrutiny_until=today() - timedelta(days=1),
        scrutiny_end_visible_from=today() + timedelta(days=10),
    )
    return make_status_period(
        partnership=partnership,
        status=Partnership.Status.ENDED,
        valid_from=today(),
        visible_from=today() + timedelta(days=10),
        reason="Geheimer Grund",
    )


def test_page_shows_facts_and_gaps(people: People, sign_in: SignIn) -> None:
    region = make_region(name="Okzitanien", official_name="Région Occitanie", languages="fr;oc")
    make_authority(region=region, name="Conseil régional")
    partnership = make_partnership(name="Okzitanien", regions=[region])

    text = text_of(sign_in(people.officer), partnership)

    assert '<span lang="fr">Région Occitanie</span>' in text
    assert "Conseil régional" in text
    assert "Die Federführung ist nicht erfasst." in text
    assert "nichts erfasst" in text
    assert "unbestätigt" in text


def test_page_shows_houses_in_charge_today(people: People, sign_in: SignIn) -> None:
    area = make_subject_area(name="Kultur", ministry=people.house)
    partnership = make_partnership(areas=[area])

    assert f'<abbr title="{people.house.name}">SMWK</abbr>' in text_of(
        sign_in(people.officer), partnership
    )


def test_lapsed_term_shouts_on_every_tab(people: People, sign_in: SignIn) -> None:
    partnership = make_partnership(name="Latium")
    make_agreement(
        partnership=partnership,
        kind=Agreement.Kind.MEMORANDUM,
        term=Agreement.Term.FIXED,
        valid_until=date(2026, 10, 4),
    )
    client = sign_in(people.officer)

    for tab in TABS:
        text = text_of(client, partnership, tab)
        assert "Die Laufzeit des Memorandums endete am 04.10.2026." in text
        assert "kern-alert--danger" in text


def test_renewed_term_is_quiet(people: People, sign_in: SignIn) -> None:
    partnership = make_partnership()
    old = make_agreement(partnership=partnership, term="fixed_term", valid_until=date(2021, 1, 1))
    make_agreement(partnership=partnership, predecessor=old)

    text = text_of(sign_in(people.officer), partnership, "vereinbarungen/")

    assert "kern-alert--danger" not in text
    assert "abgelöst" in text


@pytest.mark.parametrize("tab", TABS)
def test_page_costs_a_fixed_number_of_queries(
    people: People,
    sign_in: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    tab: str,
) -> None:
    regions = [make_region() for _ in range(3)]
    for region in regions * 2:
        make_authority(region=region)
    areas = [make_subject_area(ministry=people.house) for _ in range(12)]
    partnership = make_partnership(regions=regions, lead=people.house, areas=areas)
    for _ in range(10):
        make_agreement(partnership=partnership)
    with pghistory.context(user=people.coordinator.pk, role=["coordinator SK"]):
        Partnership.objects.filter(pk=partnership.pk).update(file_reference="Az. 1")
    client = sign_in(people.coordinator)
    text_of(client, partnership, tab)

    with django_assert_max_num_queries(25 if tab == "aenderungen/" else 12):
        text_of(client, partnership, tab)


@pytest.mark.parametrize("tab", TABS)
def test_confidential_page_is_not_there(people: People, sign_in: SignIn, tab: str) -> None:
    partnership = make_partnership(is_confidential=True)
    client = sign_in(people.officer)

    hidden = client.get(f"/partnerschaften/{partnership.slug}/{tab}")
    unknown = client.get(f"/partnerschaften/gibt-es-nicht/{tab}")

    assert hidden.status_code == unknown.status_code == 404
    assert masked(hidden.content.decode()) == masked(unknown.content.decode())


def test_decided_status_leaves_no_trace(people: People, sign_in: SignIn) -> None:
    partnership = under_scrutiny()
    client = sign_in(people.officer)
    before = [text_of(client, partnership, tab) for tab in TABS[:2]]

    decide_in_secret(partnership)

    assert [masked(text_of(client, partnership, tab)) for tab in TABS[:2]] == [
        masked(text) for text in before
    ]
    changes = text_of(client, partnership, "aenderungen/")
    assert "Geheimer Grund" not in changes
    assert "beendet" not in changes
    assert "gültig bis" not in changes


def test_decided_status_is_shown_to_the_circle(people: People, sign_in: SignIn) -> None:
    partnership = under_scrutiny()
    decide_in_secret(partnership)

    for user in (people.coordinator, people.chief):
        assert "Geheimer Grund" in text_of(sign_in(user), partnership)


def test_changes_name_role_and_house_only(people: People, sign_in: SignIn) -> None:
    partnership = make_partnership(name="Vorher")
    with pghistory.context(user=people.coordinator.pk, role=["coordinator SK"]):
        Partnership.objects.filter(pk=partnership.pk).update(file_reference="Az. 1")

    stranger = text_of(sign_in(people.officer), partnership, "aenderungen/")
    auditor = text_of(sign_in(people.auditor), partnership, "aenderungen/")

    assert "Az. 1" in stranger
    assert people.coordinator.name not in stranger
    assert people.coordinator.name in auditor


def test_changes_speak_in_labels(people: People, sign_in: SignIn) -> None:
    partnership = make_partnership()
    Lead.objects.create(partnership=partnership, ministry=people.house, source="Test")
    Partnership.objects.filter(pk=partnership.pk).update(kind="friendship")

    text = text_of(sign_in(people.officer), partnership, "aenderungen/")

    assert "Federführung „SMWK“ angelegt" in text
    assert "<del>Partnerschaft</del>" in text
    assert "<ins>Freundschaft</ins>" in text


def test_changes_are_paged(people: People, sign_in: SignIn) -> None:
    partnership = make_partnership()
    for number in range(40):
        Partnership.objects.filter(pk=partnership.pk).update(file_reference=f"Az. {number}")

    first = sign_in(people.officer).get(f"/partnerschaften/{partnership.slug}/aenderungen/")
    second = sign_in(people.officer).get(f"/partnerschaften/{partnership.slug}/aenderungen/?page=2")

    assert len(first.context["page"]) == 25
    assert "Az. 1<" in second.content.decode()
    for typed, shown in (("0", 2), ("99", 2), ("-1", 1), ("²", 1), ("123456789", 1)):
        answer = sign_in(people.officer).get(
            f"/partnerschaften/{partnership.slug}/aenderungen/", {"page": typed}
        )
        assert answer.context["page"].number == shown, typed


def test_fact_sheet_as_json_tells_what_is_unconfirmed(people: People) -> None:
    partnership = make_partnership(source="Zeitung")

    groups = as_json(fact_sheet(partnership, user=people.officer, day=today()))

    first = groups[0]["rows"][0]
    assert first["label"] == "Art der Beziehung"
    assert first["value"] == "Partnerschaft"
    assert (first["source"], first["unconfirmed"]) == ("Zeitung", True)


def test_officer_gets_no_acts(people: People, sign_in: SignIn) -> None:
    text = text_of(sign_in(people.officer), make_partnership())

    assert "Status ändern" not in text
    assert "Bestätigen" not in text
    assert "/verwaltung/" not in text


def masked(text: str) -> bytes:
    """Without what differs in every answer."""
    return VOLATILE.sub(b"", text.encode())
