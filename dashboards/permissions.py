"""Who may look at everything; what is seen there, `visible_to` decides row by row."""

import rules

from ministries.permissions import reads_content

rules.add_perm("dashboards.read", reads_content)
