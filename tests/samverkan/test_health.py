"""Health tells the truth and nothing else."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import OperationalError
from django.utils import timezone

from notices.models import Pulse
from samverkan import health


def test_live_asks_nothing(client):
    answer = client.get("/halsa/live")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_ready_is_200_with_a_remark_when_redis_is_away(client, db, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    answer = client.get("/halsa/redo")
    assert answer.status_code == 200
    assert answer.json() | {"redis": False, "redo": True} == answer.json()


def test_ready_is_503_without_a_database(client, db, monkeypatch):
    def gone():
        raise OperationalError("borta")

    monkeypatch.setattr(health, "connection", SimpleNamespace(cursor=gone))
    assert client.get("/halsa/redo").status_code == 503


@pytest.mark.parametrize(("minutes", "beats"), [(1, True), (4, False)])
def test_a_beat_that_is_silent_for_three_minutes_is_told(db, minutes, beats):
    Pulse.objects.create(name="beat", beat_at=timezone.now() - timedelta(minutes=minutes))
    assert health.checks()["beat"] is beats


def test_an_unmigrated_database_is_not_ready(client, db, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: [("0002", False)])
    answer = client.get("/halsa/redo")
    assert (answer.status_code, answer.json()["migrations"]) == (503, False)
