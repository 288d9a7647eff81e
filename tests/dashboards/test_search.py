import pytest
from django.test import Client

from dashboards.highlight import Segment, segments
from dashboards.search import search_everything
from ministries.models import Role, User
from tests.dashboards import scenes
from tests.factories import (
    make_agreement,
    make_criterion,
    make_edition,
    make_guideline,
    make_ministry,
    make_partnership,
    make_region,
    make_user,
)
from tests.record_factories import make_commitment, make_working_group

pytestmark = pytest.mark.django_db


def hits(user: User, text: str) -> dict[str, list[str]]:
    groups = search_everything(user, text).groups
    return {group.title: [row.title for row in group.rows] for group in groups}


@pytest.mark.parametrize("text", ["Québec", "quebec", "QUEBEC", "kanada ost", "Qebec"])
def test_partner_is_found_without_accents_by_alias_and_with_a_typo(text: str) -> None:
    region = make_region(name="Québec", aliases="Kanada Ost", country="CA")
    make_partnership(name="Québec", regions=[region])

    found = hits(scenes.coordinator(), text)

    assert found["Partnerschaften"] == ["Québec"]
    assert found["Partnerregionen"] == ["Québec"]


def test_agreement_is_found_by_its_partnership() -> None:
    make_agreement(partnership=make_partnership(name="Latium"), title="Memorandum")

    assert hits(scenes.coordinator(), "latium")["Vereinbarungen"] == ["Memorandum"]


@pytest.mark.parametrize("text", ["smwk", "Wissenschaft"])
def test_house_is_found_by_abbreviation_and_name(text: str) -> None:
    make_ministry(abbreviation="SMWK", name="Staatsministerium für Wissenschaft")

    assert hits(scenes.coordinator(), text)["Ressorts"] == ["Staatsministerium für Wissenschaft"]


def test_catalogue_is_found_by_its_words() -> None:
    guideline = make_guideline(edition=make_edition(), number=10, title="Kultur als Botschafterin")
    make_criterion(guideline=guideline, code="10.1", question="Welche Chöre reisen?")

    found = hits(scenes.coordinator(), "chore")

    assert found == {"Prüfkriterien": ["10.1 Welche Chöre reisen?"]}


def test_statement_is_found_by_its_key_message() -> None:
    house = make_ministry(abbreviation="SMWK")
    check = scenes.check_of(make_partnership(name="Flandern"), scenes.running_round())
    scenes.released(check, house, key_message="Gastspiele der Staatskapelle")

    found = hits(scenes.manager(house), "gastspiel")

    assert found == {"Stellungnahmen": ["Stellungnahme SMWK · Flandern"]}


def test_draft_of_another_house_is_not_found() -> None:
    house = make_ministry()
    check = scenes.check_of(make_partnership(), scenes.running_round())
    scenes.owed(check, house, key_message="Gastspiele der Staatskapelle")

    assert hits(scenes.coordinator(), "gastspiel") == {}
    assert hits(scenes.officer(make_ministry()), "gastspiel") == {}


def test_confidential_partnership_is_not_found() -> None:
    partnership = make_partnership(name="Geheimland", is_confidential=True)
    make_agreement(partnership=partnership, title="Geheimes Memorandum")

    assert hits(scenes.manager(make_ministry()), "geheim") == {}
    assert set(hits(scenes.coordinator(), "geheim")) == {
        "Partnerschaften",
        "Partnerregionen",
        "Vereinbarungen",
    }


def test_group_counts_more_than_it_shows() -> None:
    for number in range(12):
        make_partnership(name=f"Oberland {number}", regions=[])

    (group,) = search_everything(scenes.coordinator(), "oberland").groups

    assert (len(group.rows), group.total) == (8, 12)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "Gesucht wird in"),
        ("a", "mindestens 2 Zeichen"),
        ("xyzzyx", "Keine Treffer für „xyzzyx“"),
    ],
)
def test_search_helps_when_it_finds_nothing(client: Client, query: str, words: str) -> None:
    client.force_login(scenes.coordinator())

    assert words in client.get("/suche/", {"q": query}).content.decode()


def test_search_marks_the_hit_and_trusts_no_text(client: Client) -> None:
    make_partnership(name="<b>Québec</b>", regions=[])
    client.force_login(scenes.coordinator())

    content = client.get("/suche/", {"q": "quebec"}).content.decode()

    assert "&lt;b&gt;<mark>Québec</mark>&lt;/b&gt;" in content


@pytest.mark.parametrize("query", ["%", "_%", "' OR 1=1", "\\", "x" * 5000, "<script>"])
def test_search_survives_any_text(client: Client, query: str) -> None:
    make_partnership()
    client.force_login(scenes.coordinator())

    assert client.get("/suche/", {"q": query}).status_code == 200


@pytest.mark.parametrize(
    ("text", "wanted", "hit"),
    [
        ("Dolny Śląsk", "slask", "Śląsk"),
        ("Oberösterreich", "OSTER", "öster"),
        ("Straße", "strasse", "Straße"),
        ("Łódź", "lodz", "Łódź"),
    ],
)
def test_segments_find_folded_text(text: str, wanted: str, hit: str) -> None:
    found = segments(text, wanted)

    assert [piece.text for piece in found if piece.is_hit] == [hit]
    assert "".join(piece.text for piece in found) == text


def test_segments_without_hit_are_the_text() -> None:
    assert segments("Latium", "xy") == [Segment("Latium", is_hit=False)]


def test_groups_and_commitments_of_a_house_are_found_where_the_partner_may_be_known() -> None:
    house, reader = make_ministry(), scenes.coordinator()
    officer = make_user(role=Role.OFFICER, ministry=make_ministry())
    for about in (make_partnership(), make_partnership(is_confidential=True)):
        make_working_group(ministry=house, partnership=about, name="Runde Glasfaser")
        make_commitment(ministry=house, partnership=about, title="Glasfaser bis Zittau")

    everywhere, open_only = hits(reader, "glasfaser"), hits(officer, "glasfaser")

    assert [len(everywhere[kind]) for kind in ("Arbeitsgruppen", "Zusagen")] == [2, 2]
    assert [len(open_only[kind]) for kind in ("Arbeitsgruppen", "Zusagen")] == [1, 1]
