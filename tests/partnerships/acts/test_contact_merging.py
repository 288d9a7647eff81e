"""Two entries of one person become one: what is kept of both, and who reads it then."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from ministries.models import Role, User
from partnerships.models import Contact
from partnerships.records.contacts.actions import merge_contacts
from tests.factories import TODAY, make_appointment, make_authority, make_ministry, make_partnership
from tests.partnerships.conftest import People
from tests.record_factories import make_contact, make_follow_up, make_organisation
from ui.errors import Conflict, Refusal

SignIn = Callable[[User], Client]
AS_SEEN: dict[str, Any] = {"expected_version": 1, "today": TODAY}


def make_confidential(people: People, *circle: User, **fields: Any) -> Contact:
    contact = make_contact(ministry=people.house, is_confidential=True, **fields)
    contact.circle.set(circle)
    return contact


def make_archived(people: People, **fields: Any) -> Contact:
    gone = {"archived_on": TODAY, "archived_by": people.officer, "archive_reason": "doppelt"}
    return make_contact(ministry=people.house, **gone, **fields)


def merge(kept: Contact, other: Contact, *, by: User, version: int = 1) -> None:
    merge_contacts(kept=kept, other=other, expected_version=version, by=by, today=TODAY)
    kept.refresh_from_db()
    other.refresh_from_db()


def reasons(contact: Contact) -> list[str]:
    events = Contact.pgh_event_model.objects.filter(pgh_obj_id=contact.pk, pgh_label="update")  # type: ignore[attr-defined]
    return [event.pgh_context["reason"] for event in events]


def readers(contact: Contact) -> set[User]:
    """The coordination reads every confidential one without being named in its circle."""
    return {user for user in User.objects.all() if contact in Contact.objects.visible_to(user)}


def test_open_one_that_takes_over_a_confidential_one_keeps_its_circle(
    people: People, colleague: User
) -> None:
    kept = make_contact(ministry=people.house)
    other = make_confidential(people, people.officer, colleague)

    merge(kept, other, by=people.officer)

    assert kept.is_confidential
    assert set(kept.circle.all()) == {people.officer, colleague}
    assert readers(kept) == {people.officer, colleague, people.coordinator}


def test_who_merges_into_an_open_one_is_not_locked_out(people: People, colleague: User) -> None:
    make_appointment(user=people.officer, role=Role.COORDINATOR)
    kept = make_contact(ministry=people.house)
    other = make_confidential(people, colleague)

    merge(kept, other, by=people.officer)

    assert set(kept.circle.all()) == {people.officer, colleague}


def test_confidential_one_that_takes_over_an_open_one_stays_confidential(
    people: People, colleague: User
) -> None:
    kept = make_confidential(people, people.officer, colleague)
    other = make_contact(ministry=people.house)

    merge(kept, other, by=people.officer)

    assert kept.is_confidential
    assert set(kept.circle.all()) == {people.officer, colleague}
    assert readers(kept) == {people.officer, colleague, people.coordinator}


def test_two_confidential_ones_have_both_circles(people: People, colleague: User) -> None:
    kept = make_confidential(people, people.officer)
    other = make_confidential(people, people.officer, colleague)

    merge(kept, other, by=people.officer)

    assert set(kept.circle.all()) == {people.officer, colleague}


def test_coordination_is_not_named_in_a_circle_there_was(people: People, colleague: User) -> None:
    make_appointment(user=people.officer, role=Role.COORDINATOR)
    kept = make_confidential(people, colleague)
    other = make_contact(ministry=people.house)

    merge(kept, other, by=people.officer)

    assert set(kept.circle.all()) == {colleague}


def test_two_open_ones_stay_open(people: People) -> None:
    kept, other = make_contact(ministry=people.house), make_contact(ministry=people.house)

    merge(kept, other, by=people.officer)

    assert not kept.is_confidential
    assert not kept.circle.exists()
    assert people.chief in readers(kept)


def test_contact_one_does_not_see_is_refused_as_unknown(people: People, colleague: User) -> None:
    kept = make_contact(ministry=people.house)
    other = make_confidential(people, colleague)

    with pytest.raises(Refusal, match="gibt es nicht"):
        merge_contacts(kept=kept, other=other, by=people.officer, **AS_SEEN)

    other.refresh_from_db()
    assert other.archived_on is None


def test_nothing_is_merged_into_a_contact_one_does_not_see(people: People, colleague: User) -> None:
    kept = make_confidential(people, colleague)
    other = make_contact(ministry=people.house)

    with pytest.raises(PermissionDenied):
        merge_contacts(kept=kept, other=other, by=people.officer, **AS_SEEN)


def test_page_answers_a_hidden_contact_like_one_that_does_not_exist(
    people: People, colleague: User, sign_in: SignIn
) -> None:
    kept = make_contact(ministry=people.house)
    hidden = make_confidential(people, colleague)
    officer = sign_in(people.officer)
    address = f"/kontakte/{kept.pk}/zusammenfuehren/"

    def errors(number: int) -> Any:
        answer = officer.post(address, {"other": number, "_version": 1, "_token": uuid4()})
        return answer.status_code, answer.context["form"].errors

    assert errors(hidden.pk) == errors(999_999)
    assert errors(hidden.pk)[0] == 422
    assert hidden not in officer.get(address).context["form"].fields["other"].queryset


def test_page_of_a_confidential_one_is_open_after_the_merge(
    people: People, sign_in: SignIn
) -> None:
    kept = make_contact(ministry=people.house)
    other = make_confidential(people, people.officer)
    sent = {"other": other.pk, "_version": 1, "_token": uuid4()}

    answer = sign_in(people.officer).post(
        f"/kontakte/{kept.pk}/zusammenfuehren/", sent, follow=True
    )

    assert answer.status_code == 200
    assert answer.context["contact"] == kept


def test_nothing_is_merged_into_an_archived_contact(people: People) -> None:
    other = make_contact(ministry=people.house)

    with pytest.raises(Refusal, match="ist archiviert"):
        merge_contacts(kept=make_archived(people), other=other, by=people.officer, **AS_SEEN)

    other.refresh_from_db()
    assert other.archived_on is None


@pytest.mark.parametrize(
    ("one", "other", "narrower"),
    [
        ("government", "house", "house"),
        ("public", "government", "government"),
        ("house", "public", "house"),
        ("public", "public", "public"),
    ],
)
def test_narrower_circle_of_readers_holds(
    people: People, one: str, other: str, narrower: str
) -> None:
    kept = make_contact(ministry=people.house, visibility=one)

    merge(kept, make_contact(ministry=people.house, visibility=other), by=people.officer)

    assert kept.visibility == narrower


def test_terms_of_office_that_do_not_fit_are_refused(people: People) -> None:
    kept = make_contact(ministry=people.house, valid_until=date(2026, 3, 31))
    later = make_contact(ministry=people.house, valid_from=date(2026, 4, 1))

    with pytest.raises(Refusal, match="endet, bevor der andere beginnt"):
        merge_contacts(kept=kept, other=later, by=people.officer, **AS_SEEN)


def test_term_of_office_of_a_single_day_is_taken_over(people: People) -> None:
    kept = make_contact(ministry=people.house, valid_until=date(2026, 4, 1))
    same_day = make_contact(ministry=people.house, valid_from=date(2026, 4, 1))

    merge(kept, same_day, by=people.officer)

    assert (kept.valid_from, kept.valid_until) == (date(2026, 4, 1), date(2026, 4, 1))


def test_term_of_office_without_a_beginning_is_left_so(people: People) -> None:
    kept = make_contact(ministry=people.house, valid_until=date(2026, 4, 1))

    merge(kept, make_contact(ministry=people.house), by=people.officer)

    assert (kept.valid_from, kept.valid_until) == (None, date(2026, 4, 1))


# What is kept of both


def test_what_is_lacking_is_taken_over(people: People) -> None:
    partnership = make_partnership()
    values: dict[str, Any] = {
        "function": "Leitung Kabinett",
        "name": "Demo Gast",
        "salutation": "Exzellenz",
        "email": "gast@demo.example",
        "phone": "+49 351 1",
        "language": "Polnisch",
        "remarks": "Ruft zurück",
        "authority": make_authority(region=partnership.regions.get()),
        "organisation": make_organisation(),
        "partnership": partnership,
        "valid_from": date(2026, 1, 1),
    }
    kept = make_contact(ministry=people.house, function="", name="Demo Gast")
    other = make_contact(ministry=people.house, **values)

    merge(kept, other, by=people.officer)

    assert {name: getattr(kept, name) for name in values} == values


def test_what_is_there_stays(people: People) -> None:
    own: dict[str, Any] = {"function": "Leitung", "name": "Demo Gast", "phone": "+49 351 1"}
    kept = make_contact(ministry=people.house, partnership=make_partnership(), **own)
    foreign = {"function": "Referat", "name": "Gast, D.", "phone": "+49 351 2"}
    other = make_contact(ministry=people.house, partnership=make_partnership(), **foreign)
    partnership = kept.partnership

    merge(kept, other, by=people.officer)

    assert {name: getattr(kept, name) for name in own} == own
    assert (kept.partnership, kept.version) == (partnership, 2)


def test_other_is_archived_and_both_say_why(people: People) -> None:
    kept, other = make_contact(ministry=people.house), make_contact(ministry=people.house)

    merge(kept, other, by=people.officer)

    reason = f"zusammengeführt mit Nr. {kept.pk}"
    archived = (other.archived_on, other.archived_by, other.archive_reason, other.version)
    assert archived == (TODAY, people.officer, reason, 2)
    assert kept.archived_on is None
    assert reasons(kept) == [f"zusammengeführt mit Nr. {other.pk}"]
    assert reasons(other) == [reason]


def test_follow_ups_of_the_other_move(people: People) -> None:
    kept, other = make_contact(ministry=people.house), make_contact(ministry=people.house)
    about = {"ministry": people.house, "partnership": make_partnership()}
    moved, plain = make_follow_up(contact=other, **about), make_follow_up(**about)

    merge(kept, other, by=people.officer)

    moved.refresh_from_db()
    plain.refresh_from_db()
    assert (moved.contact, plain.contact) == (kept, None)


# Refused


def test_contact_is_not_merged_with_itself(people: People) -> None:
    kept = make_contact(ministry=people.house)

    with pytest.raises(Refusal, match="zwei Einträge desselben Ressorts"):
        merge_contacts(
            kept=kept, other=Contact.objects.get(pk=kept.pk), by=people.officer, **AS_SEEN
        )


def test_contact_of_another_house_is_not_merged(people: People) -> None:
    kept, other = make_contact(ministry=people.house), make_contact(ministry=make_ministry())

    with pytest.raises(Refusal, match="zwei Einträge desselben Ressorts"):
        merge_contacts(kept=kept, other=other, by=people.officer, **AS_SEEN)


def test_archived_other_leaves_the_kept_one_as_it_was(people: People) -> None:
    kept = make_contact(ministry=people.house)

    with pytest.raises(Refusal, match="schon archiviert"):
        merge_contacts(
            kept=kept, other=make_archived(people, name="Demo Gast"), by=people.officer, **AS_SEEN
        )

    kept.refresh_from_db()
    assert (kept.name, kept.version) == ("", 1)


def test_merge_on_an_older_version_is_a_conflict(people: People) -> None:
    kept = make_contact(ministry=people.house, version=2)

    with pytest.raises(Conflict):
        merge_contacts(
            kept=kept, other=make_contact(ministry=people.house), by=people.officer, **AS_SEEN
        )


def test_merge_is_for_their_house(people: People, outsider: User) -> None:
    """Who is outside learns nothing of what else would be wrong."""
    kept, other = make_contact(ministry=people.house), make_contact(ministry=make_ministry())

    with pytest.raises(PermissionDenied):
        merge_contacts(kept=kept, other=other, by=outsider, **AS_SEEN)
