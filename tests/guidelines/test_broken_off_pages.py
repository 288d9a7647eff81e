"""The pages of a round that is broken off, and its former addresses."""

from tests.factories import make_round
from tests.guidelines.acts.test_breaking_off import REASON, break_off
from tests.guidelines.conftest import World, released, signed_in
from tests.guidelines.test_round_pages import post


def test_breaking_off_asks_first_and_tells_all_readers_why(world: World) -> None:
    former, client = world.check_round.slug, signed_in(world.coordinator)
    released(world.statement, house=world.house)
    page = client.get(f"/leitlinien-checks/{former}/abbrechen/").text
    assert "1 von 2 liegen vor" in page
    assert "noch nichts" in page
    assert ">Nicht abbrechen, zurück<" in page
    assert ">Abbrechen<" not in page

    refused = post(client, f"{former}/abbrechen/", _version="1", reason=" ")
    answer = post(client, f"{former}/abbrechen/", _version="1", reason=REASON)

    assert refused.status_code == 422
    assert answer.headers["Location"] == f"/leitlinien-checks/{former}-abgebrochen/"
    for user in (world.coordinator, world.house.officer, world.stranger.manager):
        body = signed_in(user).get(answer.headers["Location"]).text
        assert "Abgebrochen am" in body
        assert REASON in body
        assert "Beschluss eintragen" not in body
    assert client.get(f"/leitlinien-checks/{former}-abgebrochen/abbrechen/").status_code == 404


def test_house_reads_at_its_draft_that_nothing_is_owed(world: World) -> None:
    break_off(world)

    body = signed_in(world.house.officer).get(f"/stellungnahmen/{world.statement.pk}/").text

    assert "Leitlinien-Check abgebrochen" in body
    assert REASON in body
    assert "Zur Freigabe vorlegen" not in body


def test_tab_of_the_partnership_says_broken_off(world: World) -> None:
    break_off(world)

    for user in (world.coordinator, world.stranger.officer):
        url = f"/partnerschaften/{world.check.partnership.slug}/leitlinien-checks/"
        assert "abgebrochen</td>" in "".join(signed_in(user).get(url).text.split())


def test_old_addresses_lead_to_the_round_broken_off(world: World) -> None:
    former, slug = world.check_round.slug, world.check.partnership.slug
    broken = break_off(world)
    client = signed_in(world.coordinator)

    for rest in ("", f"{slug}/", "?state=open"):
        answer = client.get(f"/leitlinien-checks/{former}/{rest}")
        assert answer.headers["Location"] == f"/leitlinien-checks/{broken.slug}/{rest}"
    assert post(client, f"{former}/beschluss/").status_code == 404
    assert client.get("/leitlinien-checks/1066/").status_code == 404


def test_old_addresses_belong_to_the_round_that_took_the_name(world: World) -> None:
    former = world.check_round.slug
    break_off(world)
    make_round(edition=world.check_round.edition, year=int(former))

    client = signed_in(world.coordinator)

    assert client.get(f"/leitlinien-checks/{former}/").status_code == 200
    gone = f"/leitlinien-checks/{former}/{world.check.partnership.slug}/"
    assert client.get(gone).status_code == 404
