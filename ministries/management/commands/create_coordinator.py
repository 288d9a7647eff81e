"""`manage.py create_coordinator E-MAIL NAME`: the first real account; invites for the Staatskanzlei."""

from ministries.accounts.roles import Role
from ministries.management.first_account import FirstAccount


class Command(FirstAccount):
    help = "Legt die erste Koordinierung der Staatskanzlei an und verschickt ihre Einladung."
    role = Role.COORDINATOR
    area = "create_coordinator"
