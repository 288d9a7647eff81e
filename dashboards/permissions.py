"""Who may look at everything; what is seen there, `visible_to` decides row by row."""

import rules

from ministries.models import User
from ministries.permissions import reads_content


@rules.predicate
def audits(user: User) -> bool:
    return user.is_authenticated and user.is_auditor


rules.add_perm("dashboards.read", reads_content)
rules.add_perm("dashboards.audit", audits)
