#!/usr/bin/env python3
"""Django's command line; commands that change the schema run as the owner of the database."""

import os
import sys

from django.core.management import execute_from_command_line

OWNER_COMMANDS = {"migrate", "prepare_database", "drop_old_months"}


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")
    if OWNER_COMMANDS.intersection(sys.argv[1:2]) and "DATABASE_OWNER_URL" in os.environ:
        os.environ["SAMVERKAN_DATABASE_ROLE"] = "owner"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
