"""The background: what ticks, and how often. What a tick does is claimed in the database, so two beats do no harm."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samverkan.settings")

app = Celery("samverkan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "pulse": {"task": "notices.tasks.beat_pulse", "schedule": 60.0, "options": {"expires": 120}},
    "ladder": {"task": "meetings.tasks.climb_ladder", "schedule": 60.0, "options": {"expires": 120}},
    "reminders": {"task": "meetings.tasks.remind", "schedule": 60.0, "options": {"expires": 120}},
    "secrecy": {"task": "meetings.tasks.rewrite_for_secrecy", "schedule": 60.0, "options": {"expires": 120}},
    "bounces": {"task": "notices.tasks.read_bounces", "schedule": 300.0, "options": {"expires": 300}},
    "factors": {"task": "notices.tasks.tell_of_factors", "schedule": 60.0, "options": {"expires": 120}},
    "outbox": {"task": "notices.tasks.send_due", "schedule": 60.0, "options": {"expires": 120}},
    "documents": {"task": "notices.tasks.remake_forgotten", "schedule": 60.0, "options": {"expires": 120}},
    "month": {"task": "reports.tasks.open_month", "schedule": 600.0, "options": {"expires": 1200}},
    "consents": {"task": "consent.tasks.warn_expiring", "schedule": 3600.0, "options": {"expires": 7200}},
    "assignments": {"task": "consent.tasks.warn_assigned", "schedule": 3600.0, "options": {"expires": 7200}},
    "access": {"task": "consent.tasks.warn_unanswered", "schedule": 300.0, "options": {"expires": 300}},
    "entrance": {"task": "accounts.tasks.sweep_entrance", "schedule": 3600.0, "options": {"expires": 7200}},
    "anchor": {"task": "audit.tasks.anchor_head", "schedule": 600.0, "options": {"expires": 600}},
    "months": {"task": "audit.tasks.make_months", "schedule": crontab(hour=2, minute=40)},
    "unusual": {"task": "consent.tasks.warn_unusual_reading", "schedule": 300.0, "options": {"expires": 300}},
    "emergencies": {"task": "consent.tasks.end_emergency_access", "schedule": 60.0, "options": {"expires": 60}},
    "log_reviews": {"task": "consent.tasks.draw_log_reviews", "schedule": crontab(hour=5, minute=20)},
    "verify": {"task": "consent.tasks.verify_log", "schedule": crontab(hour=3, minute=40)},
    "reconcile": {"task": "consent.tasks.reconcile_scopes", "schedule": crontab(hour=3, minute=10)},
}
