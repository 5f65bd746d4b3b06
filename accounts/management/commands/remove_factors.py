"""For somebody who has lost every second step, after the operator has made sure who it is."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.factors import remove_all
from accounts.models import User


class Command(BaseCommand):
    help = "Tar bort alla andra steg för en användare, som sedan väljer nya vid nästa inloggning."

    def add_arguments(self, parser):
        parser.add_argument("email")

    @transaction.atomic
    def handle(self, email, **options):
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError("Det finns ingen användare med den adressen.")
        number = remove_all(user)
        self.stdout.write(f"{number} steg är borttagna. Användaren väljer nya vid nästa inloggning.")
