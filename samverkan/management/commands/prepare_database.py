"""Bring the database to this version: schema, rights, months of the log, reference rows. Safe to run again."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from audit import months
from audit.rights import grant_rights
from consent.policies import protect_tables
from samverkan.reference import load_reference_rows


class Command(BaseCommand):
    help = "Migrera som ägare, ge applikationens databasroll dess rättigheter och lägg in grunduppgifter."

    def handle(self, *args, **options):
        call_command("migrate", interactive=False, verbosity=options["verbosity"])
        protect_tables()
        grant_rights()
        months.make_next()
        load_reference_rows()
