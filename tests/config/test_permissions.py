"""Who holds which right, a table written by hand: a right that is not listed fails."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from rules.permissions import permissions

from ministries.clock import now, today
from ministries.models import Ministry, Role, User
from tests import factories, record_factories

pytestmark = pytest.mark.django_db

STAFF = {"officer", "head", "manager", "chief", "auditor", "coordinator", "elsewhere"}
WRITERS = {"officer", "head", "elsewhere"}
# Rights that are about nothing in particular.
HOLDERS: dict[str, set[str]] = {
    "dashboards.audit": {"auditor"},
    "dashboards.read": STAFF,
    "guidelines.coordinate": {"coordinator"},
    "guidelines.edit_catalogue": {"coordinator"},
    "guidelines.join_round": WRITERS,
    "guidelines.read": STAFF,
    "ministries.invite": {"administrator", "coordinator"},
    "ministries.maintain_ministries": {"coordinator"},
    "ministries.manage_accounts": {"administrator"},
    "partnerships.add_follow_up": WRITERS | {"coordinator"},
    "partnerships.add_record": WRITERS,
    "partnerships.answer_for_house": WRITERS | {"coordinator"},
    "partnerships.confirm_fact": {"coordinator"},
    "partnerships.maintain_register": {"coordinator"},
    "partnerships.read": STAFF,
}


def people(house: Ministry) -> dict[str, Any]:
    """One of each function; the officer, the head and the manager are of the house."""
    chancellery = factories.make_chancellery()
    found: dict[str, Any] = {
        role.value: factories.make_user(role=role, ministry=house)
        for role in (Role.OFFICER, Role.HEAD, Role.MANAGER)
    }
    found |= {
        role.value: factories.make_user(role=role, ministry=chancellery)
        for role in (Role.COORDINATOR, Role.AUDITOR, Role.ADMINISTRATOR)
    }
    found["chief"] = factories.make_user(role=Role.MANAGER, ministry=chancellery, is_chief=True)
    found["elsewhere"] = factories.make_user(role=Role.OFFICER, ministry=factories.make_ministry())
    found["nobody"] = factories.make_user()
    found["anonymous"] = AnonymousUser()
    return found


@pytest.mark.parametrize("right", sorted(HOLDERS))
def test_right_is_held_by(right: str) -> None:
    everybody = people(factories.make_ministry())

    assert {who for who, user in everybody.items() if user.has_perm(right)} == HOLDERS[right]


def contact(house: Ministry) -> Any:
    return record_factories.make_contact(ministry=house)


def offered(house: Ministry) -> Any:
    other = factories.make_ministry()
    return record_factories.make_contact(ministry=other, offered_to=house, offer_reason="Anlass")


def lead(house: Ministry) -> Any:
    return factories.make_partnership(lead=house).leads.get()


def follow_up(house: Ministry) -> Any:
    about = factories.make_partnership()
    return record_factories.make_follow_up(ministry=house, partnership=about)


def statement(house: Ministry) -> Any:
    check = factories.make_check(check_round=factories.make_round())
    return factories.make_statement(ministry=house, check=check)


def written_along(house: Ministry) -> Any:
    found = statement(house)
    found.authors.add(factories.make_user(role=Role.OFFICER, ministry=house))
    return found


def delegation(house: Ministry) -> Any:
    return factories.make_delegation(statement=statement(house))


def given_to_the_manager(house: Ministry) -> Any:
    manager = User.objects.get(appointments__ministry=house, appointments__role=Role.MANAGER)
    return factories.make_delegation(statement=statement(house), person=manager)


def pending(house: Ministry) -> Any:
    return factories.make_appointment(
        user=factories.make_user(),
        role=Role.OFFICER,
        ministry=house,
        state="pending",
        requested_on=today(),
    )


def draft_edition(house: Ministry) -> Any:
    return factories.make_edition()


def published(house: Ministry) -> Any:
    edition = factories.make_edition()
    guideline = factories.make_guideline(edition=edition)
    criterion = factories.make_criterion(guideline=guideline)
    edition.published_at = now()
    edition.save(update_fields=["published_at"])
    return criterion


OWN = {"officer", "head"}
ABOUT: list[tuple[str, Callable[[Ministry], Any], set[str]]] = [
    ("partnerships.write_record", contact, OWN),
    ("partnerships.write_record", offered, set()),
    ("partnerships.accept_record", offered, OWN),
    ("partnerships.accept_record", contact, set()),
    ("partnerships.acknowledge_lead", lead, OWN),
    ("partnerships.write_follow_up", follow_up, OWN),
    ("ministries.confirm_appointment", pending, {"head"}),
    ("guidelines.join_round", lambda house: house, OWN),
    ("guidelines.edit_statement", statement, OWN),
    ("guidelines.release_statement", statement, {"head"}),
    ("guidelines.correct_statement", statement, set()),
    ("guidelines.correct_statement", written_along, {"head"}),
    ("guidelines.answer_delegation", delegation, set()),
    ("guidelines.answer_delegation", given_to_the_manager, {"manager"}),
    ("guidelines.record_delegated_answer", given_to_the_manager, set()),
    ("guidelines.record_delegated_answer", delegation, OWN),
    ("guidelines.record_release", statement, OWN),
    ("guidelines.return_statement", statement, {"head"}),
    ("guidelines.withdraw_statement", statement, {"head"}),
    ("guidelines.edit_catalogue", draft_edition, {"coordinator"}),
    ("guidelines.edit_catalogue", published, set()),
    ("guidelines.publish_edition", draft_edition, {"coordinator"}),
    ("guidelines.publish_edition", published, set()),
]


@pytest.mark.parametrize(("right", "make", "holders"), ABOUT)
def test_right_about_a_record_is_held_by(
    right: str, make: Callable[[Ministry], Any], holders: set[str]
) -> None:
    house = factories.make_ministry()
    everybody, record = people(house), make(house)
    del everybody["anonymous"]

    assert {who for who, user in everybody.items() if user.has_perm(right, record)} == holders


def test_every_right_is_listed() -> None:
    assert set(permissions) == set(HOLDERS) | {right for right, _, _ in ABOUT}
