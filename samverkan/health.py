"""What the ready page asks. Answers are true or false, without versions or names."""

from datetime import timedelta

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from audit.context import beyond
from notices.models import OutboxMessage, Pulse

BEAT_AT_MOST = timedelta(minutes=3)
LOG_AT_MOST = timedelta(hours=30)
OUTBOX_AT_MOST = timedelta(minutes=10)


def checks():
    database = _database()
    return {
        "database": database,
        "migrations": database and _migrations(),
        "redis": _redis(),
        "beat": database and _beat(),
        "outbox": database and _outbox(),
        "log": database and _log(),
    }


def _database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations():
    try:
        executor = MigrationExecutor(connection)
    except DatabaseError:
        return False
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def _redis():
    try:
        return redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1, socket_connect_timeout=1).ping()
    except redis.RedisError:
        return False


def _beat():
    return Pulse.objects.filter(name="beat", beat_at__gte=timezone.now() - BEAT_AT_MOST).exists()


def _outbox():
    with beyond("health"):
        return not OutboxMessage.objects.waiting(timezone.now() - OUTBOX_AT_MOST).exists()


def _log():
    """Found whole last night. An installation whose first night has not come is not told off."""
    return not Pulse.objects.filter(name="log", beat_at__lt=timezone.now() - LOG_AT_MOST).exists()
