"""The first person of a new installation: a systemförvaltare, who makes everybody else in the pages."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import Municipality, Organisation, Role, RoleAssignment, User


def asked_password(user):
    password = getpass("Lösenord: ")
    if getpass("En gång till: ") != password:
        raise CommandError("Lösenorden är olika. Inget är sparat.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password


def place_of_work(code, municipality, name):
    """Made when they are new; what kind of organisation it is can be told later, in the pages."""
    home, _ = Municipality.objects.get_or_create(code=code, defaults={"name": municipality})
    kind = {"kind": Organisation.Kind.OTHER, "short_name": name[:20]}
    return Organisation.objects.get_or_create(name=name, municipality=home, defaults=kind)[0]


class Command(BaseCommand):
    help = "Lägg upp installationens första systemförvaltare. Den kan sedan lägga upp alla andra."

    def add_arguments(self, parser):
        parser.add_argument("email", help="e-postadressen att logga in med")
        parser.add_argument("given_name", help="förnamn")
        parser.add_argument("family_name", help="efternamn")
        parser.add_argument("code", help="kommunens kod, t.ex. 0482")
        parser.add_argument("municipality", help="kommunens namn, t.ex. Flen")
        parser.add_argument("organisation", help="myndigheten, t.ex. Socialnämnden")

    @transaction.atomic
    def handle(self, *args, **options):
        today = timezone.localdate()
        if RoleAssignment.objects.in_force(today).filter(role=Role.ADMINISTRATOR).exists():
            raise CommandError("Det finns redan en systemförvaltare, som kan lägga upp fler.")
        organisation = place_of_work(options["code"], options["municipality"], options["organisation"])
        names = {name: options[name] for name in ("email", "given_name", "family_name")}
        password = asked_password(User(organisation=organisation, **names))
        user = User.objects.create_user(password=password, organisation=organisation, **names)
        RoleAssignment.objects.create(user=user, role=Role.ADMINISTRATOR, since=today, reason="Första start")
        self.stdout.write(f"{user.full_name} kan logga in.")
