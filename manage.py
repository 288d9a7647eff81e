#!/usr/bin/env python
"""Django's command line. Commands that change the structure of the database run with the owner login."""

import os
import sys

from django.core.management import execute_from_command_line

from config import postgres

OWNER_COMMANDS = {"migrate", "backup", "restore", "sqlmigrate"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["BRUECKE_LOGIN"] = "owner"
    if postgres.is_wanted():
        postgres.start()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
