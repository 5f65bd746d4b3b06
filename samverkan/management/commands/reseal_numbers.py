"""After a change of keys: seal identity numbers and second steps with the new one. Safe to stop and to run again."""

from django.core.management.base import BaseCommand, CommandError

from accounts.factors import reseal_factors
from accounts.sealing import SealBroken
from cases.resealing import reseal_numbers


class Command(BaseCommand):
    help = "Förslut alla personnummer med den nyckel som står först i IDENTITY_KEYS, och räkna om sökindexet."

    def handle(self, *args, **options):
        try:
            reseal_factors()
            changed = reseal_numbers()
        except SealBroken as error:
            raise CommandError(f"Ett nummer gick inte att öppna med nycklarna: {error}") from error
        self.stdout.write(f"{changed} nummer är förslutna på nytt." if changed else "Alla nummer har den nya nyckeln.")
