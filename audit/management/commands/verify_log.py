"""Whether the log is as it was written. 0: whole, 1: not, 2: the anchors could not be read."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from audit import anchors, chain, months


class Command(BaseCommand):
    help = "Räkna om loggens sigill och jämför med ankarna. Namnger den första raden som är fel."

    def add_arguments(self, parser):
        parser.add_argument("--anchors", type=Path, default=settings.LOG_ANCHORS, help="ankarfilen, annars LOG_ANCHORS")

    def handle(self, *args, **options):
        try:
            known = anchors.read(options["anchors"]) if options["anchors"] else []
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"Ankarna går inte att läsa: {error}", returncode=2) from error
        fault = chain.first_fault(known, kept_since=months.kept_since(timezone.now()))
        if fault:
            raise CommandError(f"Loggen är inte som den skrevs. {fault}.", returncode=1)
        head = chain.head()
        self.stdout.write(f"Loggen är hel: {head.sequence if head else 0} rader, {len(known)} ankare.")
