"""What the database holds of requests for more time, and who reads them."""

from typing import Any

import pytest
from django.db import Error, transaction

from guidelines.models import ExtensionRequest
from partnerships.models import Partnership
from tests.factories import NOW
from tests.guidelines.acts.test_extensions import answered, asked_for_time
from tests.guidelines.conftest import World


@pytest.mark.parametrize(
    "values",
    [
        {"state": "granted"},
        {"state": "declined", "answered_at": NOW},
        {"state": "withdrawn"},
        {"granted_on": NOW.date()},
        {"reason": ""},
    ],
)
def test_database_refuses_half_an_answer(world: World, values: dict[str, Any]) -> None:
    (request,) = asked_for_time(world)

    with pytest.raises(Error), transaction.atomic():
        ExtensionRequest.objects.filter(pk=request.pk).update(**values)


def test_database_refuses_a_way_that_no_table_names(world: World) -> None:
    (request,) = asked_for_time(world)
    answered(world, request, granted_on=None, remark="Anlass")

    with pytest.raises(Error), transaction.atomic():
        ExtensionRequest.objects.filter(pk=request.pk).update(
            state="open", answered_at=None, answered_by=None
        )


# Who knows of it


def test_request_is_read_by_the_house_and_the_coordination_alone(world: World) -> None:
    (request,) = asked_for_time(world)
    every = {
        "officer": world.house.officer,
        "head": world.house.head,
        "manager": world.house.manager,
        "coordinator": world.coordinator,
        "other": world.other.officer,
        "other head": world.other.head,
        "stranger": world.stranger.officer,
        "auditor": world.auditor,
        "administrator": world.administrator,
    }

    readers = {n for n, user in every.items() if ExtensionRequest.objects.visible_to(user).exists()}

    assert readers == {"officer", "head", "manager", "coordinator"}
    Partnership.objects.update(is_confidential=True)
    assert not ExtensionRequest.objects.visible_to(world.house.officer).exists()
    assert ExtensionRequest.objects.visible_to(world.coordinator).get() == request
