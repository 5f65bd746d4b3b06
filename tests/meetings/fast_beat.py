"""The house's own beat with a tick each second, for the test that kills things."""

from samverkan.celery import app

for name in ("reminders", "outbox"):
    app.conf.beat_schedule[name]["schedule"] = 1.0
app.conf.beat_schedule = {name: app.conf.beat_schedule[name] for name in ("reminders", "outbox")}
