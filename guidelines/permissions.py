"""Who may write in the Leitlinien-Check. Everything not named here is refused."""

import rules
from django.conf import settings

from guidelines.catalogue.models import Criterion, Edition, Guideline
from guidelines.catalogue.writers import writers_of
from guidelines.delegations.models import Delegation
from guidelines.queries.models import Written
from ministries.models import Ministry, Role, User
from ministries.permissions import is_coordinator, reads_content
from partnerships.permissions import WRITERS

# Who of a house is asked to answer, and who to release; written for it by `WRITERS`.
ANSWERERS = (Role.OFFICER,)
RELEASERS = (Role.HEAD,)


@rules.predicate
def writes_for_a_house(user: User, ministry: Ministry | None) -> bool:
    """Officer or head, of this house where one is named."""
    if ministry is None:
        return user.is_authenticated and user.has_role(*WRITERS)
    return user.has_role(*WRITERS, ministry_id=ministry.pk)


@rules.predicate
def is_officer_of_house(user: User, written: Written | Delegation) -> bool:
    return user.has_role(*WRITERS, ministry_id=written.ministry_id)


@rules.predicate
def is_asked(user: User, delegation: Delegation) -> bool:
    """Whoever left the house meanwhile is not asked any more."""
    return delegation.person_id == user.pk and delegation.ministry_id in user.ministry_ids()


@rules.predicate
def is_given_to_a_mailbox(user: User, delegation: Delegation) -> bool:
    return delegation.person_id is None


@rules.predicate
def is_head_of_house(user: User, written: Written) -> bool:
    return user.has_role(*RELEASERS, ministry_id=written.ministry_id)


@rules.predicate
def is_not_author(user: User, written: Written) -> bool:
    """Neither submitted it nor saved any version since the last release."""
    return written.submitted_by_id != user.pk and user not in written.authors.all()


@rules.predicate
def is_not_alone(user: User, written: Written) -> bool:
    """Two people: another one submitted it, and it is not this person's text alone."""
    return written.submitted_by_id != user.pk and list(written.authors.all()) != [user]


@rules.predicate
def has_another_author(user: User, written: Written) -> bool:
    """Somebody else saved a version since the last release."""
    return any(author.pk != user.pk for author in written.authors.all())


@rules.predicate
def is_unpublished(user: User, part: Edition | Guideline | Criterion | None) -> bool:
    """Part of an edition that is still being written; nothing at all counts as such."""
    match part:
        case Criterion():
            return part.guideline.edition.published_at is None
        case Guideline():
            return part.edition.published_at is None
        case Edition():
            return part.published_at is None
    return True


@rules.predicate
def is_second_person(user: User, edition: Edition | None) -> bool:
    """Where the house wants two, who began it or changed it last does not publish it."""
    if edition is None or not settings.EDITIONS_BY_TWO:
        return True
    return user.pk not in writers_of(edition)


rules.add_perm("guidelines.read", reads_content)
rules.add_perm("guidelines.coordinate", is_coordinator)
rules.add_perm("guidelines.join_round", writes_for_a_house)
rules.add_perm("guidelines.edit_catalogue", is_coordinator & is_unpublished)
rules.add_perm("guidelines.publish_edition", is_coordinator & is_unpublished & is_second_person)
rules.add_perm("guidelines.edit_statement", is_officer_of_house)
rules.add_perm("guidelines.release_statement", is_head_of_house & is_not_alone)
rules.add_perm("guidelines.correct_statement", is_head_of_house & is_not_alone & has_another_author)
rules.add_perm("guidelines.record_release", is_officer_of_house & is_not_author)
rules.add_perm("guidelines.return_statement", is_head_of_house)
rules.add_perm("guidelines.withdraw_statement", is_head_of_house)
rules.add_perm("guidelines.answer_delegation", is_asked)
rules.add_perm("guidelines.record_delegated_answer", is_officer_of_house & is_given_to_a_mailbox)
