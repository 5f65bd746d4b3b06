"""Drop the months that the log need not keep any longer. Runs as the owner; a line in the log says so."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from audit import months
from audit.log import Subject, record
from audit.models import Action


class Command(BaseCommand):
    help = "Gallra loggen: ta bort hela månader som är äldre än LOG_KEPT_YEARS (minst fem år)."

    def add_arguments(self, parser):
        parser.add_argument("--do", action="store_true", help="utan den visas bara vad som skulle tas bort")

    @transaction.atomic
    def handle(self, *args, **options):
        if not settings.LOG_ANCHORS:
            raise CommandError(
                "Sätt LOG_ANCHORS: utan ankare går det inte att visa hur gamla de borttagna raderna var."
            )
        for month in months.too_old(timezone.now()):
            self.stdout.write(month)
            if options["do"]:
                record(Action.LOG_WEEDED, subject=Subject(kind="month", id=month))
                months.drop(month)
