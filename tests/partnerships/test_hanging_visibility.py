"""What hangs on a record is read by whoever reads both; what is a person's ends with the house."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from ministries.clock import today
from ministries.models import Ministry, Role, User
from partnerships.models import (
    Commitment,
    CorrectionRequest,
    Document,
    FollowUp,
    Gift,
    Import,
    Partnership,
    Visibility,
)
from tests.factories import NOW, make_ministry, make_partnership, make_user
from tests.partnerships.conftest import People
from tests.record_factories import (
    make_activity,
    make_commitment,
    make_document,
    make_follow_up,
    make_gift,
    make_import,
    make_note,
)

Make = Callable[[People, Partnership, Visibility], Any]


def note(people: People, partnership: Partnership, visibility: Visibility) -> Any:
    about = {"ministry": people.house, "partnership": partnership}
    return make_note(released_by=people.officer, visibility=visibility, **about)


def activity(people: People, partnership: Partnership, visibility: Visibility) -> Any:
    return make_activity(ministry=people.house, partnerships=[partnership], visibility=visibility)


def document_of_note(people: People, partnership: Partnership, visibility: Visibility) -> Any:
    return _document(people, partnership, note=note(people, partnership, visibility))


def document_of_activity(people: People, partnership: Partnership, visibility: Visibility) -> Any:
    return _document(people, partnership, activity=activity(people, partnership, visibility))


def gift_of_activity(people: People, partnership: Partnership, visibility: Visibility) -> Any:
    occasion = activity(people, partnership, visibility)
    return make_gift(ministry=people.house, partnership=partnership, activity=occasion)


def commitment_of_activity(people: People, partnership: Partnership, visibility: Visibility) -> Any:
    occasion = activity(people, partnership, visibility)
    return make_commitment(ministry=people.house, partnership=partnership, activity=occasion)


def _document(people: People, partnership: Partnership, **on: Any) -> Document:
    by = {"uploaded_by": people.officer, "visibility": Visibility.GOVERNMENT}
    return make_document(ministry=people.house, partnership=partnership, **by, **on)


@pytest.mark.parametrize(
    "make", [document_of_note, document_of_activity, gift_of_activity, commitment_of_activity]
)
@pytest.mark.parametrize("visibility", [Visibility.HOUSE, Visibility.GOVERNMENT])
def test_open_record_is_read_by_others_only_with_what_it_hangs_on(
    people: People, make: Make, visibility: Visibility
) -> None:
    row = make(people, make_partnership(), visibility)
    stranger = make_user(role=Role.OFFICER, ministry=make_ministry())

    assert type(row).objects.visible_to(people.officer).exists()
    is_open = visibility == Visibility.GOVERNMENT
    assert type(row).objects.visible_to(stranger).exists() is is_open


@pytest.mark.parametrize("is_confidential", [True, False])
def test_house_loses_its_follow_up_and_request_with_the_partnership(
    people: People, is_confidential: bool
) -> None:
    partnership = make_partnership(is_confidential=is_confidential)
    make_follow_up(ministry=people.house, partnership=partnership)
    CorrectionRequest.objects.create(
        ministry=people.house,
        partnership=partnership,
        kind=CorrectionRequest.Kind.values[0],
        fact_id=1,
        about="Sitz",
        act="correct",
        proposal="Toulouse",
        asked_at=NOW,
        asked_by=people.officer,
    )

    for model in (FollowUp, CorrectionRequest):
        assert model.objects.visible_to(people.officer).exists() is not is_confidential


def test_import_is_left_behind_with_the_house(people: People) -> None:
    make_import(ministry=people.house, uploaded_by=people.officer)
    yesterday = today() - timedelta(days=1)
    assert Import.objects.visible_to(people.officer).exists()

    people.officer.appointments.update(valid_until=yesterday)
    _appoint(people.officer, make_ministry())

    assert not Import.objects.visible_to(User.objects.get(pk=people.officer.pk)).exists()


def _appoint(user: User, house: Ministry) -> None:
    user.appointments.create(role=Role.OFFICER, ministry=house)


def test_records_on_nothing_are_open(people: People) -> None:
    make_commitment(ministry=people.house, partnership=make_partnership())
    make_gift(ministry=people.house, partnership=make_partnership())
    _document(people, make_partnership())
    stranger = make_user(role=Role.OFFICER, ministry=make_ministry())

    for model in (Commitment, Gift, Document):
        assert model.objects.visible_to(stranger).count() == 1
