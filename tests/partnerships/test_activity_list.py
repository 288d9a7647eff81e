"""/aktivitaeten/: the line that begins one, filters, what other houses keep back, export."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from ministries.clock import today
from ministries.models import Ministry, Role
from partnerships.models import Activity, CostLine
from tests.factories import make_ministry, make_partnership, make_region, make_user
from tests.factories import make_subject_area as make_area
from tests.partnerships.conftest import People, SignIn
from tests.record_factories import make_activity
from tests.templates import folded

LIST = "/aktivitaeten/"
QUICK = "/aktivitaeten/schnell/"
TOKEN = "3f0c1d6e-0000-4000-8000-00000000000{}"


@pytest.fixture
def officer(people: People, sign_in: SignIn) -> Client:
    return sign_in(people.officer)


@pytest.fixture
def other(db: None) -> Ministry:
    return make_ministry(abbreviation="SMWA", slug="smwa")


def titles(client: Client, query: str = "") -> list[str]:
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return [row.outline_title if row.is_outline else row.title for row in response.context["rows"]]


# The line that begins one


def test_line_of_three_answers_makes_an_activity(officer: Client, people: People) -> None:
    about = make_partnership(name="Flandern", slug="flandern")
    data = {"title": "Gastspiel", "period": "3.–5.4.26", "kind": "event", "partnership": "flandern"}

    response = officer.post(
        QUICK, {**data, "ministry": people.house.pk, "_token": TOKEN.format(1)}, follow=True
    )

    made = Activity.objects.get()
    assert response.redirect_chain == [(LIST, 302)]
    assert (made.title, made.kind, made.state) == ("Gastspiel", "event", "planned")
    assert (made.starts_on, made.ends_on) == (date(2026, 4, 3), date(2026, 4, 5))
    assert (made.ministry, made.visibility) == (people.house, "government")
    assert list(made.partnerships.all()) == [about]


def test_line_on_a_partnership_leads_back_to_it(officer: Client, people: People) -> None:
    make_partnership(slug="flandern")
    data = {"title": "Reise", "period": "April 2026", "kind": "outgoing_trip"}
    data |= {"partnership": "flandern", "_next": "partnerschaft", "_token": TOKEN.format(2)}

    response = officer.post(QUICK, {**data, "ministry": people.house.pk})

    assert response["Location"] == "/partnerschaften/flandern/aktivitaeten/"
    assert Activity.objects.get().period_words == "April 2026"


def test_line_with_a_wrong_period_keeps_what_was_typed(officer: Client, people: People) -> None:
    data = {"title": "Gastspiel", "period": "demnächst", "kind": "event", "_token": TOKEN.format(3)}

    response = officer.post(QUICK, {**data, "ministry": people.house.pk})

    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="Gastspiel"' in text
    assert 'value="demnächst"' in text
    assert "Geben Sie einen Zeitraum ein" in text
    assert not Activity.objects.exists()


def test_line_for_a_foreign_house_is_refused(
    officer: Client, people: People, other: Ministry
) -> None:
    data = {"title": "Fremd", "period": "2026", "kind": "event", "_token": TOKEN.format(4)}

    assert officer.post(QUICK, {**data, "ministry": other.pk}).status_code == 422
    assert not Activity.objects.exists()


def test_who_works_in_no_house_is_offered_no_line(people: People, sign_in: SignIn) -> None:
    assert "Aktivität eintragen" not in sign_in(people.auditor).get(LIST).content.decode()


# Filters


def test_own_house_and_those_it_takes_part_in(
    officer: Client, people: People, other: Ministry
) -> None:
    make_activity(ministry=people.house, title="eigene")
    make_activity(ministry=other, title="mit uns").participating.add(people.house)
    make_activity(ministry=other, title="fremde")

    assert set(titles(officer, "?mine=1")) == {"eigene", "mit uns"}
    assert titles(officer, "?house=smwa&q=fremde") == ["fremde"]


def test_filter_by_partnership_country_and_area(officer: Client, people: People) -> None:
    region = make_region(name="Ústí", country="CZ")
    about = make_partnership(slug="usti", regions=[region])
    area = make_area(ministry=people.house, slug="kultur")
    there = make_activity(ministry=people.house, title="dort", partnerships=[about])
    there.subject_areas.add(area)
    make_activity(ministry=people.house, title="dabei", countries=["CZ", "PL"])

    assert titles(officer, "?partnership=usti") == ["dort"]
    assert set(titles(officer, "?country=CZ")) == {"dort", "dabei"}
    assert titles(officer, "?area=kultur") == ["dort"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?since=15.4.2026&until=20.4.2026", {"im April", "lang"}),
        ("?since=2027", set()),
        ("?until=1.2.2026", {"lang"}),
        ("?since=Mai 2026", {"am 12. Mai", "lang"}),
    ],
)
def test_filter_by_period(officer: Client, people: People, query: str, found: set[str]) -> None:
    make_activity(ministry=people.house, title="am 12. Mai")
    april = {"starts_on": date(2026, 4, 1), "starts_on_precision": "month"}
    make_activity(ministry=people.house, title="im April", **april)
    long = {"starts_on": date(2026, 1, 1), "ends_on": date(2026, 12, 31)}
    make_activity(ministry=people.house, title="lang", **long)

    assert set(titles(officer, query)) == found


def test_unknown_period_is_told_and_left_out(officer: Client, people: People) -> None:
    make_activity(ministry=people.house)

    response = officer.get(f"{LIST}?since=irgendwann")

    assert len(response.context["rows"]) == 1
    assert "„Von“ wurde nicht angewendet: Geben Sie einen Zeitraum ein" in folded(response.text)


def test_end_before_the_beginning_is_told_and_left_out(officer: Client, people: People) -> None:
    make_activity(ministry=people.house, starts_on=date(2026, 5, 1))

    response = officer.get(f"{LIST}?since=1.4.2026&until=1.3.2026")

    assert len(response.context["rows"]) == 1
    assert "„Bis“ wurde nicht angewendet: Das Ende liegt vor dem Beginn." in folded(response.text)


def test_archived_ones_are_on_a_list_of_their_own(officer: Client, people: People) -> None:
    make_activity(ministry=people.house, title="geblieben")
    gone = {"archived_on": date(2026, 5, 1), "archived_by": people.officer, "archive_reason": "x"}
    make_activity(ministry=people.house, title="archiviert", **gone)

    assert titles(officer) == ["geblieben"]
    assert titles(officer, "?archived=yes") == ["archiviert"]


# What other houses keep back


@pytest.fixture
def kept_back(other: Ministry) -> Activity:
    about = make_partnership(name="Flandern", slug="flandern")
    activity = make_activity(
        ministry=other,
        title="Geheimreise",
        kind="outgoing_trip",
        place="Brüssel",
        visibility="outline",
        partnerships=[about],
    )
    CostLine.objects.create(activity=activity, bearer="chancellery", planned=4711)
    return activity


def test_outline_tells_house_period_and_partnership(officer: Client, kept_back: Activity) -> None:
    text = officer.get(LIST).content.decode()

    assert "Aktivität des SMWA" in text
    assert "12.05.2026" in text
    assert "Flandern" in text
    assert "Geheimreise" not in text
    assert "Brüssel" not in text


def test_outline_has_no_page(officer: Client, kept_back: Activity) -> None:
    assert officer.get(kept_back.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "query",
    ["?q=Geheimreise", "?q=Brüssel", "?kind=outgoing_trip", "?state=planned", "?q=geheimreis"],
)
def test_outline_is_not_found_by_what_is_kept_back(
    officer: Client, kept_back: Activity, query: str
) -> None:
    assert titles(officer, query) == []


@pytest.mark.parametrize("query", ["?partnership=flandern", "?house=smwa", "?since=Mai 2026"])
def test_outline_is_found_by_what_is_told(officer: Client, kept_back: Activity, query: str) -> None:
    assert titles(officer, query) == ["Aktivität des SMWA"]


def test_order_tells_nothing_of_a_title_kept_back(
    officer: Client, people: People, kept_back: Activity
) -> None:
    make_activity(ministry=people.house, title="Zuletzt")
    before = titles(officer, "?sort=title")

    Activity.objects.filter(pk=kept_back.pk).update(title="ZZZ", state="announced")

    assert titles(officer, "?sort=title") == before == ["Zuletzt", "Aktivität des SMWA"]


def test_export_tells_no_more_than_the_list(officer: Client, kept_back: Activity) -> None:
    lines = b"".join(officer.get(f"{LIST}?format=csv").streaming_content).decode()  # type: ignore[attr-defined]

    assert "Aktivität des SMWA;12.05.2026" in lines
    assert "Geheimreise" not in lines
    assert "Brüssel" not in lines
    assert "4711" not in lines


def test_participating_house_reads_all_of_it(
    officer: Client, people: People, kept_back: Activity
) -> None:
    kept_back.participating.add(people.house)

    assert titles(officer) == ["Geheimreise"]


def test_confidential_outline_does_not_show(officer: Client, kept_back: Activity) -> None:
    Activity.objects.filter(pk=kept_back.pk).update(is_confidential=True)

    assert titles(officer) == []


# Export, tab, search, desk


def test_export_has_the_costs_of_each_bearer(officer: Client, people: People) -> None:
    activity = make_activity(ministry=people.house, title="Reise")
    for planned in (100, 50):
        CostLine.objects.create(activity=activity, bearer="chancellery", planned=planned)

    book = load_workbook(BytesIO(officer.get(f"{LIST}?format=xlsx").content))

    head, row = book["Liste"].values
    told = dict(zip(head, row, strict=True))
    assert told["Staatskanzlei: geplant (Euro)"] == 150
    assert not told["Dritte: geplant (Euro)"]


def test_tab_counts_and_shows_what_may_be_known(
    officer: Client, people: People, kept_back: Activity
) -> None:
    about = kept_back.partnerships.get()
    make_activity(ministry=people.house, title="Kommt", starts_on=today(), partnerships=[about])
    make_activity(ministry=kept_back.ministry, visibility="house", partnerships=[about])

    response = officer.get("/partnerschaften/flandern/aktivitaeten/")

    assert [row.title for row in response.context["coming"]] == ["Kommt"]
    assert [row.outline_title for row in response.context["past"]] == ["Aktivität des SMWA"]
    (tab,) = [link for link in response.context["tab_links"] if link.active]
    assert (tab.label, tab.count) == ("Aktivitäten", 2)


def test_search_finds_what_may_be_read_in_full(
    officer: Client, people: People, kept_back: Activity
) -> None:
    make_activity(ministry=people.house, title="Geheimtreffen")

    text = officer.get("/suche/?q=geheim").content.decode()

    assert "Geheimtreffen" in text.replace("<mark>", "").replace("</mark>", "")
    assert "reise" not in text


def desk(client: Client) -> str:
    return client.get("/zu-erledigen/").content.decode()


def test_desk_asks_for_the_results_of_what_is_over(officer: Client, people: People) -> None:
    over = {"starts_on": today() - timedelta(days=20), "ends_on": today() - timedelta(days=18)}
    activity = make_activity(ministry=people.house, title="Vorbei", **over)

    assert f'href="/aktivitaeten/{activity.pk}/ergebnis/"' in desk(officer)


def test_desk_does_not_ask_for_the_rest(officer: Client, people: People, other: Ministry) -> None:
    over = {"starts_on": today() - timedelta(days=20)}
    make_activity(ministry=people.house, title="Kommt noch", starts_on=today())
    make_activity(ministry=people.house, title="Berichtet", state="done", results="Gut", **over)
    make_activity(
        ministry=people.house, title="Abgesagt", state="cancelled", cancel_reason="x", **over
    )
    make_activity(ministry=other, title="Fremd", **over)
    make_activity(ministry=people.house, title="Lange her", starts_on=date(2020, 1, 1))

    assert "Ergebnis nachtragen" not in desk(officer)


def test_manager_is_not_asked_for_results(people: People, sign_in: SignIn) -> None:
    make_activity(ministry=people.house, starts_on=today() - timedelta(days=20))
    manager = make_user(role=Role.MANAGER, ministry=people.house)

    assert "Ergebnis nachtragen" not in desk(sign_in(manager))
