"""Sessions in the database that know whose they are and when they end (SESSION_ENGINE)."""

import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts.models import Session

BEGAN, SEEN, DEVICE = "began", "seen", "device"
KEPT_EXACT_TO = 30


class SessionStore(DatabaseStore):
    """Django reads a session only until its `expire_date`; here that date is both limits at once, so no page can
    forget to ask. Saving does not prolong: only `touch` does, and the middleware calls it for what a person did."""

    @classmethod
    def get_model_class(cls):
        return Session

    def touch(self):
        """The person did something. Written at most every KEPT_EXACT_TO seconds, so the idle limit may come that
        much late and never early."""
        if time.time() - self.get(SEEN, 0) > KEPT_EXACT_TO:
            self[SEEN] = time.time()

    def get_expiry_date(self, **kwargs):
        if BEGAN not in self:
            return super().get_expiry_date(**kwargs)
        return min(
            _instant(self[BEGAN]) + timedelta(seconds=settings.SESSION_COOKIE_AGE),
            _instant(self[SEEN]) + settings.SESSION_IDLE + timedelta(seconds=KEPT_EXACT_TO),
        )

    def create_model_instance(self, data):
        user_id = data.get(SESSION_KEY)
        if user_id is not None and BEGAN not in data:
            data[BEGAN] = data[SEEN] = time.time()
        row = super().create_model_instance(data)
        row.user_id = user_id
        row.began_at, row.seen_at = (_instant(data[name]) if name in data else None for name in (BEGAN, SEEN))
        row.device = data.get(DEVICE, "")
        return row


def _instant(seconds):
    return datetime.fromtimestamp(seconds, UTC)
