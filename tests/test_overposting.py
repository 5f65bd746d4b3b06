"""A form changes what it asks for and nothing else: every form is filled in and sent together with all other fields of
all models, and none of what was smuggled in is found anywhere in the database afterwards."""

import re
from datetime import date, timedelta
from itertools import product

import pytest
from django import forms
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Organisation, Unit, User
from cases.models import Note
from tests import casting
from tests.access_table import EXPECTED, ROUTES, address_of
from tests.conftest import DEEP
from tests.scene import furnish
from tests.test_architecture import APPS

pytestmark = pytest.mark.django_db

WORD, NUMBER, DAY = "Smuggelgods", 98765432, date(1901, 2, 3)
FOUND = f"{WORD}|{NUMBER}|{DAY}"
SENDERS = ["anna", "bo", "karin", "petra", "lova"]
INPUT = re.compile(r'name="([^"]+)"')


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker):
    """The furnished cast, and an organisation, a unit and a user that no form offers anybody."""
    with django_db_blocker.unblock(), transaction.atomic():
        cast = casting.assemble()
        scene = furnish(cast)
        hidden = Organisation.objects.create(pk=NUMBER, name="Dold", short_name="D", kind="other")
        unit = Unit(pk=NUMBER, organisation=hidden, name="Dold enhet")
        unit.save()
        User.objects.create(
            pk=NUMBER, email="dold@example.org", given_name="D", family_name="D", organisation=hidden, unit=unit
        )
        yield cast, scene, smuggled_into(TABLES)
        transaction.set_rollback(True)


def contraband():
    """Every field of every model of ours, with a value that is found again."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in APPS:
            for field in model._meta.concrete_fields:
                found |= {field.name: _smuggled(field), field.attname: _smuggled(field)}
    return found


def _smuggled(field):
    if isinstance(field, models.BooleanField):
        return "on"
    if isinstance(field, models.DateField):
        return DAY.isoformat()
    is_number = isinstance(field, models.IntegerField | models.ForeignKey)
    return str(NUMBER) if is_number else WORD


CONTRABAND = contraband()


TABLES = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in APPS}
WRITTEN = re.compile(r'(?:INSERT INTO|UPDATE) "?(\w+)')


def smuggled_into(tables):
    """{table: rows} in which something smuggled stands, where there is any."""
    if not tables:
        return {}
    counted = " UNION ALL ".join(f"SELECT '{t}', count(*) FROM {t} t WHERE t::text ~ '{FOUND}'" for t in tables)
    with connection.cursor() as cursor:
        cursor.execute(counted)
        return {table: rows for table, rows in cursor.fetchall() if rows}


class Written(set):
    """Of our tables, those that something is written to. To be used as a wrapper of the connection."""

    def __call__(self, execute, sql, params, many, context):
        self.update(TABLES.intersection(WRITTEN.findall(sql)))
        return execute(sql, params, many, context)


# --- filling in a form nobody knows ------------------------------------------------------------------------------------
def filled(page, thoroughly):
    """What somebody would send who leaves what stands there and fills in the rest, or only what must be filled in."""
    sent = {}
    for form in _forms_of(page):
        for name, field in form.fields.items():
            value = form[name].value()
            empty = value in (None, "", []) or (value is False and field.required)
            if thoroughly or field.required or not empty:
                sent[form.add_prefix(name)] = _something(field) if empty else value
    return {name: value for name, value in sent.items() if value not in (None, False)}


def _forms_of(page):
    seen = {}
    for layer in page.context or []:
        for value in layer.flatten().values() if hasattr(layer, "flatten") else layer.values():
            for form in getattr(value, "forms", [value]) if isinstance(value, forms.BaseFormSet) else [value]:
                if isinstance(form, forms.BaseForm):
                    seen[id(form)] = form
    return seen.values()


def _something(field):
    choices = (
        [str(value) for value, _ in getattr(field, "choices", []) if str(value)] if hasattr(field, "choices") else []
    )
    if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField):
        return choices[:1]
    if choices:
        return choices[0]
    if isinstance(field, forms.DateField):
        return (timezone.localdate() + timedelta(days=1)).isoformat()
    if isinstance(field, forms.TimeField):
        return "10:00"
    if isinstance(field, forms.IntegerField | forms.DecimalField):
        return "1"
    if isinstance(field, forms.BooleanField):
        return "on" if field.required else None
    if isinstance(field, forms.EmailField):
        return "nagon@example.org"
    return "Ringde och sa det, med tolk i rummet."[: getattr(field, "max_length", None) or 40]


def smuggle(client, address, hidden, get=True, thoroughly=True):
    """The form with contraband beside it: the answer, and where more was found than was hidden there before."""
    page = client.get(address) if get else None
    asked = filled(page, thoroughly) if page is not None and page.status_code == 200 else {}
    shown = set(INPUT.findall(page.content.decode())) if page is not None else set()
    beside = {name: value for name, value in CONTRABAND.items() if name not in asked and name not in shown}
    with connection.execute_wrapper(written := Written()):
        answer = client.post(address, beside | asked)
    return answer, {t: rows for t, rows in smuggled_into(written).items() if rows != hidden.get(t)}


def senders_of(path):
    return [name for name in SENDERS if EXPECTED[path, "POST"][name] in ("200", "302")]


FORMS = [path for path in ROUTES if senders_of(path) and path != "svar/<str:token>/"]


def forms_for(name):
    """All that this one can send, in the deep run; otherwise those who can send a form take turns."""
    if DEEP:
        return [path for path in FORMS if name in senders_of(path)]
    turns = {path: number % len(senders_of(path)) for number, path in enumerate(FORMS)}
    return [path for path in FORMS if senders_of(path)[turns[path]] == name]


@pytest.mark.parametrize("name", SENDERS)
def test_nothing_is_smuggled_in_beside_a_form(name, stage):
    """Filled in as far as it goes; if that was not accepted, with what must be there."""
    cast, scene, hidden = stage
    client, saved = Client(), set()
    client.force_login(getattr(cast, name))
    paths = forms_for(name)
    assert paths
    for path, thoroughly in product(paths, (True, False)):
        if path not in saved:
            with transaction.atomic():
                shows = EXPECTED[path, "GET"][name] == "200"
                answer, found = smuggle(client, address_of(path, scene), hidden, shows, thoroughly)
                assert answer.status_code < 500, path
                assert found == {}, path
                saved |= {path} if answer.status_code == 302 else set()
                transaction.set_rollback(True)
    assert len(saved) >= len(paths) / 2, f"Inget sparades av {set(paths) - saved}"


def test_the_control_what_a_careless_form_takes_is_found(stage, monkeypatch):
    cast, scene, hidden = stage
    save = Note.save

    def take_everything(self, **how):
        self.written_by_id = NUMBER
        save(self, **how)

    monkeypatch.setattr(Note, "save", take_everything)
    client = Client()
    client.force_login(cast.anna)
    with transaction.atomic():
        address = address_of("arenden/<uuid:case_id>/anteckningar/ny/", scene)
        _, found = smuggle(client, address, hidden, thoroughly=False)
        assert "cases_note" in found
        transaction.set_rollback(True)
