"""The people whose lists are measured: N, H, M, R, W and A of docs/performance.md."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import connection

from accounts.models import User
from benchmarks.measuring.statements import read_floor
from consent.gate import Gate

PAGE = 25
DEEP = 40
START = (date(1900, 1, 1), UUID(int=0))
COMMON = """
SELECT g.user_id FROM consent_casegrant g
  JOIN accounts_user u ON u.id = g.user_id JOIN cases_case c ON c.id = g.content_object_id
 GROUP BY 1
HAVING count(*) BETWEEN %(mean)s * 0.9 AND %(mean)s * 1.3
 ORDER BY avg((c.organisation_id <> u.organisation_id)::int) DESC, 1 LIMIT 1
"""
HEAVY = "SELECT user_id FROM consent_casegrant GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"


@dataclass
class Reader:
    letter: str
    words: str
    user: User

    @cached_property
    def gate(self):
        return Gate(self.user)

    @cached_property
    def specified(self):
        """[(id, next_on)]: every open case of the reader by the plain words of the rule, in list order."""
        with connection.cursor() as cursor:
            cursor.execute(read_floor()["specification"], self.params)
            return cursor.fetchall()

    @cached_property
    def params(self):
        gate = self.gate
        return {
            "user": self.user.pk,
            "organisation": gate.organisation.pk,
            "day": gate.day,
            "scopes": gate.scopes,
            "groups": list(self.user.groups.values_list("pk", flat=True)),
            "view": Permission.objects.get(codename="view_case", content_type__app_label="cases").pk,
            "size": PAGE,
        }

    @property
    def deep_page(self):
        """40, or the last full page of a shorter list; None when there is only one page."""
        last = min(DEEP, len(self.specified) // PAGE)
        return last if last > 1 else None

    def after(self, page):
        """(next_on, id) of the last row before the page."""
        if page == 1:
            return None
        case_id, next_on = self.specified[PAGE * (page - 1) - 1]
        return next_on, case_id

    def expected(self, page):
        return [row[0] for row in self.specified[PAGE * (page - 1) : PAGE * page]]


def choose():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*)::float / count(DISTINCT user_id) FROM consent_casegrant")
        cursor.execute(COMMON, {"mean": cursor.fetchone()[0]})
        common = cursor.fetchone()[0]
        cursor.execute(HEAVY)
        heavy = cursor.fetchone()[0]
    users = User.objects.with_workplace()
    return [
        Reader("N", "handläggare, mest andras ärenden", users.get(pk=common)),
        Reader("H", "handläggare med flest ärenden", users.get(pk=heavy)),
        Reader("M", "hela enhetens ärenden", users.get(email="bred.m@example.org")),
        Reader("R", "tio enheters ärenden", users.get(email="bred.r@example.org")),
        Reader("W", "vart tjugonde ärende", users.get(email="bred.w@example.org")),
        Reader("A", "alla ärenden", users.get(email="bred.a@example.org")),
    ]
