"""Who may look at everything; what is seen there, `visible_to` decides row by row."""

import rules

from ministries.models import User


@rules.predicate
def reads_content(user: User) -> bool:
    return user.is_authenticated and user.reads_content


rules.add_perm("dashboards.read", reads_content)
