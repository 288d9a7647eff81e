"""What is archived is changed only after it was taken back."""

import pytest

from partnerships.records.shared.actions import refuse_archived
from tests.factories import TODAY
from tests.partnerships.conftest import People
from tests.record_factories import make_contact
from ui.errors import Refusal


def test_record_in_use_may_change(people: People) -> None:
    refuse_archived(make_contact(ministry=people.house))


def test_archived_record_may_not(people: People) -> None:
    gone = {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}

    with pytest.raises(Refusal, match="Holen Sie ihn zurück, um ihn zu ändern"):
        refuse_archived(make_contact(ministry=people.house, **gone))
