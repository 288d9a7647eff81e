#!/usr/bin/env python
"""Django's command line. What changes the structure of the database runs with the owner login."""

import os
import sys

from django.core.management import execute_from_command_line

from config.operations import postgres

OWNER_COMMANDS = {"migrate", "backup", "restore", "sqlmigrate", "erase_person"}
WITHOUT_DATABASE = {"collectstatic"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in OWNER_COMMANDS:
        os.environ["BRUECKE_LOGIN"] = "owner"
    if postgres.is_wanted() and command not in WITHOUT_DATABASE:
        postgres.start()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
