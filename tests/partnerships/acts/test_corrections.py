"""A house confirms what is said about it, or asks the coordination to correct it."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from ministries.models import Ministry, Responsibility, Role, User
from partnerships.house_facts.actions import (
    answer_correction,
    ask_for_correction,
    confirm_for_house,
)
from partnerships.models import Contact, CorrectionRequest, Lead
from tests.factories import (
    NOW,
    TODAY,
    make_ministry,
    make_partnership,
    make_subject_area,
    make_user,
)
from tests.partnerships.conftest import People
from tests.record_factories import make_contact
from ui.errors import Conflict, Refusal

ASKED: dict[str, Any] = {
    "kind": "federfuehrung",
    "fact_id": 1,
    "about": "Federführung: SMWK",
    "act": "correct",
    "proposal": "Zuständig ist SMI.",
    "partnership": None,
    "now": NOW,
}
ANSWER: dict[str, Any] = {"state": "refused", "answer": "Erlass vom 1.1.", "now": NOW}


@pytest.fixture
def lead(people: People) -> Lead:
    """Of a partnership that the house of `people` leads."""
    return make_partnership(lead=people.house).leads.get()


def confirm(*keys: str, by: User) -> int:
    return confirm_for_house(keys=keys, by=by, today=TODAY)


def ask(ministry: Ministry, *, by: User, **values: Any) -> CorrectionRequest:
    return ask_for_correction(ministry=ministry, by=by, **ASKED | values)


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
        confirm_for_house(keys=[f"federfuehrung-{lead.pk}"], by=by, today=TODAY)


# Asked for


def test_asked_for_in_the_name_of_the_house(people: People, lead: Lead) -> None:
    asked = ask(people.house, by=people.officer, partnership=lead.partnership, fact_id=lead.pk)

    stored = CorrectionRequest.objects.get()
    assert (asked, stored.ministry, stored.partnership) == (stored, people.house, lead.partnership)
    assert (stored.kind, stored.fact_id, stored.act) == ("federfuehrung", lead.pk, "correct")
    assert (stored.about, stored.proposal) == ("Federführung: SMWK", "Zuständig ist SMI.")
    assert (stored.asked_at, stored.asked_by, stored.state) == (NOW, people.officer, "open")


@pytest.mark.parametrize("is_hidden", [True, False, None])
def test_read_by_its_house_and_the_coordination(people: People, is_hidden: bool | None) -> None:
    """None: it is about no partnership; of a confidential one the house knows nothing any more."""
    about = None if is_hidden is None else make_partnership(is_confidential=is_hidden)
    stranger = make_user(role=Role.OFFICER, ministry=make_ministry())
    ask(people.house, by=people.officer, partnership=about)

    seen = CorrectionRequest.objects.visible_to

    assert seen(people.coordinator).exists()
    assert seen(people.officer).exists() is not bool(is_hidden)
    assert not seen(stranger).exists()


def test_long_words_about_it_are_cut(people: People) -> None:
    assert ask(people.house, by=people.officer, about="a" * 301).about == "a" * 300


def test_asked_for_without_words_is_refused(people: People) -> None:
    with pytest.raises(ValidationError, match="proposal"):
        ask_for_correction(ministry=people.house, by=people.officer, **ASKED | {"proposal": ""})


def test_asked_for_twice_is_refused(people: People) -> None:
    ask(people.house, by=people.officer)

    with pytest.raises(ValidationError, match="schon eine Bitte offen"):
        ask_for_correction(ministry=people.house, by=people.officer, **ASKED)


def test_coordination_asks_for_the_chancellery(people: People) -> None:
    chancellery = people.coordinator.appointments.get().ministry

    assert ask(chancellery, by=people.coordinator).ministry == chancellery


def test_asking_is_for_who_answers_for_the_house(people: People, outsider: User) -> None:
    with pytest.raises(PermissionDenied):
        ask_for_correction(ministry=people.house, by=outsider, **ASKED)


def test_blocked_account_asks_for_nothing(people: People) -> None:
    people.officer.is_active = False

    with pytest.raises(PermissionDenied):
        ask_for_correction(ministry=people.house, by=people.officer, **ASKED)


# Answered


@pytest.mark.parametrize("state", ["adopted", "refused"])
def test_answered_by_the_coordination(people: People, state: str) -> None:
    request = ask(people.house, by=people.officer)

    answer_correction(
        request=request, expected_version=1, by=people.coordinator, **ANSWER | {"state": state}
    )

    stored = CorrectionRequest.objects.get()
    assert (stored.state, stored.answer, stored.version) == (state, "Erlass vom 1.1.", 2)
    assert (stored.answered_at, stored.answered_by) == (NOW, people.coordinator)


def test_answered_once_only(people: People) -> None:
    request = ask(people.house, by=people.officer)
    answer_correction(request=request, expected_version=1, by=people.coordinator, **ANSWER)

    with pytest.raises(Refusal, match="schon beantwortet"):
        answer_correction(
            request=CorrectionRequest.objects.get(),
            expected_version=2,
            by=people.coordinator,
            **ANSWER,
        )


def test_answer_to_an_older_version_is_a_conflict(people: People) -> None:
    request = ask(people.house, by=people.officer)

    with pytest.raises(Conflict):
        answer_correction(request=request, expected_version=2, by=people.coordinator, **ANSWER)


@pytest.mark.parametrize("who", ["officer", "chief", "auditor", "administrator"])
def test_answering_is_for_the_coordination(people: People, who: str) -> None:
    request = ask(people.house, by=people.officer)

    with pytest.raises(PermissionDenied):
        answer_correction(request=request, expected_version=1, by=getattr(people, who), **ANSWER)
