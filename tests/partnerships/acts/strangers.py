"""Who has no right to an act, one for each reason."""

from ministries.models import Ministry, Role, User
from tests.factories import make_ministry, make_user


def to_a_house(house: Ministry) -> list[User]:
    """Who works in another house, and who does not work in this one though they belong to it."""
    other = make_ministry()
    return [
        make_user(role=Role.OFFICER, ministry=other),
        make_user(role=Role.HEAD, ministry=other),
        make_user(role=Role.MANAGER, ministry=house),
        make_user(role=Role.AUDITOR, ministry=house),
        make_user(role=Role.COORDINATOR),
        make_user(role=Role.ADMINISTRATOR),
        make_user(),
    ]


def to_the_register() -> list[User]:
    """Everybody but the coordination, the Staatskanzlei's own people included."""
    return [
        make_user(role=Role.OFFICER),
        make_user(role=Role.HEAD),
        make_user(role=Role.MANAGER, is_chief=True),
        make_user(role=Role.AUDITOR),
        make_user(role=Role.ADMINISTRATOR),
        make_user(role=Role.HEAD, ministry=make_ministry()),
        make_user(),
    ]
