"""Who may write what concerns houses and accounts. Everything not named here is refused."""

import rules

from ministries.models import User


@rules.predicate
def reads_content(user: User) -> bool:
    """Whoever holds a function other than Technik; rows are left to `visible_to`."""
    return user.is_authenticated and user.reads_content


@rules.predicate
def is_coordinator(user: User) -> bool:
    return user.is_authenticated and user.is_coordinator


@rules.predicate
def is_administrator(user: User) -> bool:
    return user.is_authenticated and user.is_administrator


rules.add_perm("ministries.maintain_ministries", is_coordinator)
rules.add_perm("ministries.manage_accounts", is_administrator)
rules.add_perm("ministries.invite", is_administrator | is_coordinator)
