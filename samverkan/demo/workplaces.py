"""Organisations, units, rooms, interpreters and invented colleagues of the demo."""

from datetime import time, timedelta
from types import SimpleNamespace

from django.contrib.auth.hashers import make_password

from accounts.models import ConductPromise, Municipality, Organisation, Role, RoleAssignment, Unit, User
from meetings.models import Availability, Interpreter, Room
from samverkan.demo.logins import PASSWORD

KIND = Organisation.Kind

ORGANISATIONS = {
    "ifo": (KIND.SOCIAL_SERVICES, "Socialförvaltningen Flen, IFO", "IFO", "Försörjningsstöd", "0157-43 00 01"),
    "af": (KIND.EMPLOYMENT_SERVICE, "Arbetsförmedlingen Flen", "AF", "Flen och Katrineholm", "0771-00 00 01"),
    "ame": (KIND.LABOUR_MARKET_UNIT, "Arbetsmarknadsenheten Flen", "AME", "AU-centrum", "0157-43 00 02"),
    "fk": (KIND.SOCIAL_INSURANCE_AGENCY, "Försäkringskassan Södermanland", "FK", "Samverkan", "0771-00 00 02"),
    "region": (KIND.HEALTH_CARE, "Region Sörmland, primärvård Flen", "Vård", "Vårdcentralen", "0157-00 00 03"),
    "rar": (KIND.COORDINATION_ASSOCIATION, "Samordningsförbundet RAR", "RAR", "Kansli", "016-00 00 04"),
}

COLLEAGUES = {
    "ingrid": ("ifo", "Ingrid", "Holm", "Mottagningshandläggare", [Role.INTAKE]),
    "maria": ("ifo", "Maria", "Lind", "Handläggare", [Role.CASE_WORKER]),
    "elin": ("ifo", "Elin", "Strand", "Handläggare", [Role.CASE_WORKER]),
    "johan": ("ifo", "Johan", "Falk", "Handläggare", [Role.CASE_WORKER]),
    "karin": ("ifo", "Karin", "Dahl", "Enhetschef", [Role.UNIT_MANAGER]),
    "per": ("af", "Per", "Ek", "Arbetsförmedlare", [Role.CASE_WORKER]),
    "nadja": ("af", "Nadja", "Sol", "Arbetsförmedlare", [Role.CASE_WORKER]),
    "sofia": ("ame", "Sofia", "Berg", "Arbetskonsulent", [Role.CASE_WORKER]),
    "tomas": ("ame", "Tomas", "Ljung", "Arbetskonsulent", [Role.CASE_WORKER]),
    "eva": ("fk", "Eva", "Lund", "Personlig handläggare", [Role.CASE_WORKER]),
    "samuel": ("ame", "Samuel", "Vik", "Samordnare", [Role.COORDINATOR]),
    "petra": ("ifo", "Petra", "Nyberg", "Projektledare", [Role.PROJECT_LEAD]),
    "sten": ("rar", "Sten", "Öberg", "Förbundschef", [Role.STEERING_MEMBER]),
    "lova": ("ifo", "Lova", "Ask", "Loggranskare", [Role.LOG_REVIEWER]),
    "adam": ("ifo", "Adam", "Borg", "Systemförvaltare", [Role.ADMINISTRATOR]),
}

ACROSS_THE_MUNICIPALITY = {Role.COORDINATOR, Role.PROJECT_LEAD, Role.STEERING_MEMBER}
ASCII = str.maketrans("åäö", "aao")


def open_workplaces(today):
    """Everybody and everything by key: `.ifo`, `.maria`, `.rooms`, `.interpreters`, `.flen`."""
    place = SimpleNamespace(flen=Municipality.objects.get(code="0482"))
    password = make_password(PASSWORD)
    for key, (kind, name, short_name, unit, phone) in ORGANISATIONS.items():
        organisation = Organisation.objects.create(
            kind=kind, name=name, short_name=short_name, municipality=place.flen, phone=phone
        )
        organisation.serves.add(place.flen)
        Unit.objects.create(organisation=organisation, name=unit)
        setattr(place, key, organisation)
    for key, (organisation, given_name, family_name, title, roles) in COLLEAGUES.items():
        setattr(place, key, _colleague(place, organisation, given_name, family_name, title, roles, password, today))
    ConductPromise.objects.given_by(getattr(place, key) for key in COLLEAGUES)
    place.rooms = [_room(place, *words) for words in ROOMS]
    place.interpreters = {
        language: Interpreter.objects.create(
            name=f"Tolk {number}",
            language=language,
            agency="Tolkförmedling Sörmland",
            email=f"tolk{number}@example.org",
        )
        for language, number in INTERPRETERS.items()
    }
    return place


ROOMS = [
    ("ifo", "Rum Yxtaholm", "Sveavägen 1, Flen", True, True),
    ("ifo", "Rum Bjurtorp", "Sveavägen 1, Flen", True, False),
    ("af", "Rum Orrhammar", "Drottninggatan 5, Flen", False, False),
    ("ame", "Rum Malmköping", "Brogatan 9, Flen", True, False),
]
INTERPRETERS = {"somaliska": 1201, "arabiska": 1202, "dari": 1203, "tigrinja": 1204, "polska": 1205, "ukrainska": 1206}


def _colleague(place, organisation, given_name, family_name, title, roles, password, today):
    workplace = getattr(place, organisation)
    user = User.objects.create(
        email=f"{given_name}.{family_name}@example.org".lower().translate(ASCII),
        password=password,
        given_name=given_name,
        family_name=family_name,
        title=title,
        phone=workplace.phone,
        organisation=workplace,
        unit=workplace.units.get(),
    )
    for role in roles:
        RoleAssignment.objects.create(
            user=user,
            role=role,
            since=today - timedelta(days=500),
            municipality=place.flen if role in ACROSS_THE_MUNICIPALITY else None,
            reason="demo",
        )
    if Role.CASE_WORKER in roles:
        Availability.objects.bulk_create(
            Availability(
                user=user, weekday=day, starts=time(8, 30), ends=time(16, 30), valid_from=today - timedelta(500)
            )
            for day in range(5)
        )
    return user


def _room(place, organisation, name, address, step_free, hearing_loop):
    return Room.objects.create(
        organisation=getattr(place, organisation),
        municipality=place.flen,
        name=name,
        address=address,
        step_free=step_free,
        hearing_loop=hearing_loop,
        equipment="Skärm",
    )
