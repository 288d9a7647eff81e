"""A house confirms what is said about it, or asks the coordination to correct it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from ministries.models import Responsibility, Role, User
from partnerships.actions.corrections import confirm_for_house
from partnerships.models import Contact, Lead
from tests.factories import TODAY, make_ministry, make_partnership, make_subject_area, make_user
from tests.partnerships.conftest import People
from tests.record_factories import make_contact


@pytest.fixture
def lead(people: People) -> Lead:
    """Of a partnership that the house of `people` leads."""
    return make_partnership(lead=people.house).leads.get()


def confirm(*keys: str, by: User) -> int:
    return confirm_for_house(keys=keys, by=by, today=TODAY)


def confirmation(row: Any) -> tuple[Any, Any]:
    row.refresh_from_db()
    return row.confirmed_on, row.confirmed_by


# Confirmed


def test_house_confirms_what_it_names(people: People, lead: Lead) -> None:
    other = make_partnership(lead=people.house).leads.get()

    number = confirm(f"federfuehrung-{lead.pk}", f"ressort-{people.house.pk}", by=people.officer)

    assert number == 2
    assert confirmation(lead) == (TODAY, people.officer)
    assert confirmation(people.house) == (TODAY, people.officer)
    assert confirmation(other) == (None, None)


def test_key_names_the_kind(people: People, lead: Lead) -> None:
    """Rows of different kinds have the same numbers."""
    area = make_subject_area(ministry=people.house)
    responsibility = Responsibility.objects.get(subject_area=area)
    Lead.objects.filter(pk=lead.pk).update(id=responsibility.pk)

    confirm(f"zustaendigkeit-{responsibility.pk}", by=people.officer)

    assert confirmation(responsibility) == (TODAY, people.officer)
    assert confirmation(Lead.objects.get()) == (None, None)


def test_confirmed_contact_is_kept_longer(people: People, lead: Lead) -> None:
    sourced = {"ministry": people.house, "source": "Altliste", "delete_after_on": TODAY}
    contact, other = make_contact(**sourced), make_contact(**sourced)

    confirm(f"ansprechperson-{contact.pk}", by=people.officer)

    kept = Contact.objects.get(pk=contact.pk)
    assert (kept.confirmed_by, f"{kept.delete_after_on}") == (people.officer, "2028-11-23")
    assert Contact.objects.get(pk=other.pk).delete_after_on == TODAY


def test_nothing_named_confirms_nothing(people: People, lead: Lead) -> None:
    assert confirm(by=people.officer) == 0
    assert confirmation(lead) == (None, None)


def test_earlier_confirmation_stays(people: People, lead: Lead, colleague: User) -> None:
    Lead.objects.update(confirmed_on=TODAY, confirmed_by=colleague)

    assert confirm(f"federfuehrung-{lead.pk}", by=people.officer) == 0
    assert confirmation(lead) == (TODAY, colleague)


def test_another_house_confirms_nothing_of_it(people: People, lead: Lead) -> None:
    stranger = make_user(role=Role.HEAD, ministry=make_ministry())

    assert confirm(f"federfuehrung-{lead.pk}", by=stranger) == 0
    assert confirmation(lead) == (None, None)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_confirming_is_for_who_answers_for_the_house(
    people: People, lead: Lead, role: Role
) -> None:
    by = make_user(role=role, ministry=people.house)

    with pytest.raises(PermissionDenied):
        confirm(f"federfuehrung-{lead.pk}", by=by)
