"""`manage.py create_administrator E-MAIL NAME`: the first account of Technik, which may invite all others."""

from ministries.accounts.roles import Role
from ministries.management.first_account import FirstAccount


class Command(FirstAccount):
    help = "Legt das erste Konto der Technik an und verschickt seine Einladung."
    role = Role.ADMINISTRATOR
    area = "create_administrator"
