"""Settings, addresses, Celery and the demo."""

from samverkan.celery import app as celery_app

__all__ = ["celery_app"]
