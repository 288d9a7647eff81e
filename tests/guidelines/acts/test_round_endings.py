"""A round that nobody decides: discarded before it opens, broken off afterwards."""

import pytest
from django.core.exceptions import PermissionDenied

from guidelines.models import CheckRound, Edition, GuidelineCheck, Statement
from guidelines.rounds.actions import open_round
from guidelines.rounds.ending_actions import discard_round
from ministries.history.tracking import events_of
from ministries.models import Notification, User
from partnerships.models import Partnership
from tests.factories import NOW
from tests.guidelines.acts.conftest import NOT_COORDINATING, person, prepare
from tests.guidelines.conftest import World, signed_in
from tests.guidelines.test_round_pages import post
from ui.errors import Conflict, Refusal


def test_discarded_round_is_gone_with_all_it_planned(
    preparing: CheckRound, coordinator: User, edition: Edition, flanders: Partnership
) -> None:
    other = prepare(coordinator, edition, [flanders])
    key = preparing.pk

    discard_round(check_round=preparing, expected_version=preparing.version, by=coordinator)

    assert list(CheckRound.objects.all()) == [other]
    assert set(GuidelineCheck.objects.values_list("round", flat=True)) == {other.pk}
    assert Statement.objects.count() == 2
    assert not Notification.objects.exists()
    last = events_of(CheckRound).filter(pgh_obj=key).latest("pgh_id")
    assert last.pgh_label == "delete"


def test_whoever_opens_a_discarded_round_is_told(preparing: CheckRound, coordinator: User) -> None:
    discard_round(check_round=CheckRound.objects.get(pk=preparing.pk), by=coordinator)

    with pytest.raises(Refusal, match="inzwischen verworfen"):
        open_round(check_round=preparing, by=coordinator, now=NOW)


def test_name_of_a_discarded_round_is_free_again(
    preparing: CheckRound, coordinator: User, edition: Edition, flanders: Partnership
) -> None:
    discard_round(check_round=preparing, by=coordinator)

    assert prepare(coordinator, edition, [flanders]).slug == "2026"


def test_opened_round_is_not_discarded(preparing: CheckRound, coordinator: User) -> None:
    open_round(check_round=preparing, by=coordinator, now=NOW)

    with pytest.raises(Refusal, match="schon eröffnet"):
        discard_round(check_round=preparing, by=coordinator)


def test_round_changed_meanwhile_is_not_discarded(preparing: CheckRound, coordinator: User) -> None:
    with pytest.raises(Conflict):
        discard_round(check_round=preparing, expected_version=0, by=coordinator)

    assert CheckRound.objects.exists()


@pytest.mark.parametrize("name", NOT_COORDINATING)
def test_others_discard_no_round(world: World, preparing: CheckRound, name: str) -> None:
    with pytest.raises(PermissionDenied):
        discard_round(check_round=preparing, by=person(world, name))


def test_discarding_asks_first_and_leads_to_the_list(
    preparing: CheckRound, coordinator: User
) -> None:
    client = signed_in(coordinator)
    page = client.get("/leitlinien-checks/2026/verwerfen/").text

    answer = post(client, "2026/verwerfen/", _version=str(preparing.version))

    assert "lässt sich nicht zurückholen" in page
    assert "Vorgesehene Stellungnahmen" in page
    assert answer.headers["Location"] == "/leitlinien-checks/"
    listed = client.get("/leitlinien-checks/").text
    assert "Leitlinien-Check 2026 ist verworfen. Angeschrieben war noch niemand." in listed
