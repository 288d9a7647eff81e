"""Who may write the register. Everything not named here is refused."""

import rules

from ministries.permissions import is_coordinator, reads_content

rules.add_perm("partnerships.maintain_register", is_coordinator)
rules.add_perm("partnerships.confirm_fact", is_coordinator)
rules.add_perm("partnerships.read", reads_content)
