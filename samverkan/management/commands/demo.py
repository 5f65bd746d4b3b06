"""Load the demo once; say who can log in."""

from django.core.management.base import BaseCommand

from samverkan.demo import loading
from samverkan.demo.logins import LOGINS, PASSWORD


class Command(BaseCommand):
    help = "Lägg in demodata. Gör inget om de redan finns."

    def add_arguments(self, parser):
        parser.add_argument("--logins", action="store_true", help="skriv bara ut inloggningarna")

    def handle(self, *args, **options):
        if not options["logins"] and not loading.is_loaded():
            loading.load()
        for label, email, *_ in LOGINS:
            self.stdout.write(f"{label}: {email} / {PASSWORD}")
