"""Wake a background task after commit. The row it works on is the truth: a lost wake-up only delays it."""

from functools import partial

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)


def wake(task, *ids):
    transaction.on_commit(partial(_send, task, ids))


def _send(task, ids):
    try:
        task.delay(*ids)
    except OperationalError:
        logger.warning("broker_lost", task=task.name)
